#pragma once
/* What surveys write to name a photo or a video: DCIM\0012.JPG, E:\photos\a.jpg, ./x/y.png. */
#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

/* The next reference of a list split by ';', blanks off; empty ones are passed over.  False when
 * there are no more. */
bool reference_next(struct text *list, struct text *out);

enum { REFERENCE_SIZE = 1024 };

/* Made comparable: ASCII letters in lower case, '/' between names, without drive, empty names and
 * '.', and what is before the last '..' left out.  Written to `out`; {0} when nothing is left or it
 * is too long. */
struct text reference_normalise(struct text reference, char out[REFERENCE_SIZE]);

/* How many names at the end of two normalised paths are the same, the last one not looked at. */
size_t reference_common(struct text a, struct text b);

/* What is before the last '.' of a name; the whole name when it has none, or begins with it. */
struct text reference_stem(struct text name);
