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

/* Is a file there that the survey may mean?  Folders in the name are passed over, and what
 * core/reference.h says; a name without extension takes any. */
bool file_names_has(const struct file_names *media, struct text name);

void file_names_release(struct file_names *media);
