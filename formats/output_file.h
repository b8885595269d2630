#pragma once
/* A file that appears under its name when it is complete, or not at all.
 *
 * It is written as `.NAME.PID.chainage-tmp` in the same folder and renamed at the end, so that a
 * killed or failed run leaves the old file as it was and nothing that looks like a result. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/error.h"

struct output_file {
    struct arena arena;
    const char *path, *folder; /* the final name, and where it is */
    const char *temporary;     /* write here; NULL when there is none */
};

/* The temporary name of a file in a folder. */
struct text output_file_temporary(struct arena *arena, const char *folder, struct text name);

/* Makes the temporary file, empty.  ERROR_FILE: the folder is not there or not writable, or what
 * has the name is no plain file. */
bool output_file_begin(const char *path, struct output_file *out, struct error *err);

/* Brings the bytes to the disk and gives the file its name.  Every handle on it must be closed. */
bool output_file_commit(struct output_file *output, struct error *err);

/* Removes the temporary file unless it was committed; safe on {0}. */
void output_file_release(struct output_file *output);

/* Removes the temporary files beside `path` whose process is gone. */
void output_file_clean_up(const char *path);
