#pragma once
/* Files by the names that both sides of a contract see: within the delivery, wherever it lies. */
#include <stddef.h>

#include "core/arena.h"

/* The folder that all operands have in common: folders themselves, files and archives by the folder
 * that they lie in.  "" when there is none.  In the arena. */
const char *names_common_folder(const char *const *operands, size_t n, struct arena *arena);

/* The path within the folder (or archive), without "." and doubled slashes.  In the arena. */
const char *names_within(const char *folder, const char *path, struct arena *arena);
