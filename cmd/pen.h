#pragma once
/* Texts for people, in their language. */
#include <stdint.h>
#include <stdio.h>

#include "core/lang.h"

enum { PEN_RIGHT = 100 }; /* where reports wrap */

/* Where texts go, and in which language. */
struct pen {
    FILE *to;
    enum language language;
};

/* The English text's translation. */
void pen_say(struct pen pen, const char *english);

/* The English format's translation, filled in. */
void pen_print(struct pen pen, const char *format, ...) PRINTF_LIKE(2, 3);

/* The same on a line of its own, `left` blanks in, further lines two more. */
void pen_print_line(struct pen pen, int left, const char *format, ...) PRINTF_LIKE(3, 4);

/* Filled with blanks to `width` columns of the terminal: behind it, or in front of it. */
void pen_say_padded(struct pen pen, const char *english, size_t width);
void pen_say_right(struct pen pen, const char *english, size_t width);

/* A number and what it counts.  Chinese has no plural: only English ever sees `many`. */
void pen_say_count(
    struct pen pen, const char *before, uint64_t n, const char *one, const char *many);
