#pragma once
/* Which files lie with a survey: photos and videos are looked up by name. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/index.h"
#include "core/text.h"

struct file_names {
    struct arena arena;
    struct index names; /* base names in lower case, with and without their extension */
    size_t n_files;
};

/* Notes a file by its base name. */
void file_names_add(struct file_names *media, struct text base_name);

/* Is a file there that the survey may mean?  Folders in the name, on either kind of slash, and the
 * case of ASCII letters are passed over; a name without extension takes any. */
bool file_names_has(const struct file_names *media, struct text name);

/* What is behind the last slash or backslash. */
struct text file_names_base(struct text name);

/* The name at *rest, of several split by ';', trimmed; moves *rest behind it.  False at the end. */
bool file_names_next_name(struct text *rest, struct text *name);

void file_names_release(struct file_names *media);
