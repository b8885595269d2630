#pragma once
/* Which files lie with a survey: photos and videos are looked up by name. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/index.h"
#include "core/text.h"

struct media {
    struct arena arena;
    struct index names; /* base names in lower case, with and without their extension */
    size_t n_files;
};

/* Notes a file by its base name. */
void media_add(struct media *media, struct text base_name);

/* Is a file there that the survey may mean?  Folders in the name, on either kind of slash, and the
 * case of ASCII letters are passed over; a name without extension takes any. */
bool media_has(const struct media *media, struct text name);

/* What is behind the last slash or backslash. */
struct text media_base_name(struct text name);

/* The name at *rest, of several split by ';', trimmed; moves *rest behind it.  False at the end. */
bool media_next_name(struct text *rest, struct text *name);

void media_release(struct media *media);
