#pragma once
/* Copies of files. */
#include <stdbool.h>

#include "core/error.h"

/* Copies a file, with its time, under a name whose folders are made where they are missing; a copy
 * of the same size and time is left as it is.  The name is there with the whole file or not at all.
 * ERROR_FILE: cannot be read, no room, not allowed. */
bool copy_file(const char *from, const char *to, struct error *err);
