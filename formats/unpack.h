#pragma once
/* Archives of deliveries, through libarchive: unpacked into a folder, with bounds. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/findings.h"
#include "formats/source.h"

/* Does it look like an archive, and not like a document that is one inside (xlsx, ods)? */
bool unpack_is_archive(const struct source *source);

/* Unpacks into a new folder under $TMPDIR and gives its path (in the arena); NULL with *err when
 * it cannot be done, then no folder is left.  Members that were left out become findings. */
const char *unpack_archive(const char *path, const char *shown, struct arena *arena,
    struct findings *findings, struct error *err);

/* Removes such a folder with all that is in it. */
void unpack_remove(const char *folder);
