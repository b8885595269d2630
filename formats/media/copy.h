#pragma once
/* Copies of files. */
#include <stdbool.h>

#include "core/error.h"
#include "core/text.h"

enum copy_outcome {
    COPY_MADE,
    COPY_TAKEN,      /* something has the name; it is as it was */
    COPY_UNREADABLE, /* the file cannot be opened or read, or is no plain file */
    COPY_FAILED,     /* *err is filled */
};

/* Copies a file of any size, with its time, under a name that is free; its folders are made where
 * they are missing.  The name is there with the whole file or not at all.  ERROR_FILE: no room, not
 * allowed. */
enum copy_outcome copy_file(const char *from, const char *to, struct error *err);

/* Is this the base name of a copy in the making? */
bool copy_is_unfinished(struct text name);

/* Removes what killed runs left in a folder; nothing when there is no such folder. */
void copy_clean_up(const char *folder);
