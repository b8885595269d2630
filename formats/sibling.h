#pragma once
/* Files that are delivered beside each other, whatever the case of their names. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/text.h"

/* The file in the folder of `path` that is called so, ASCII case apart: its path, in the arena.  Of
 * several the one that is called just so, else the first in byte order.  False when there is none.
 */
bool sibling_find(const char *path, struct text name, struct arena *arena, struct text *out);

/* The same for the file that is called like `path` but with another extension (".rmb"). */
bool sibling_find_extension(
    const char *path, const char *extension, struct arena *arena, struct text *out);
