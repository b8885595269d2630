#pragma once
/* Text for a terminal: aligned by the columns that it takes there, and harmless. */
#include <stdio.h>

#include "core/text.h"

/* Columns of a terminal: 2 for wide characters (Chinese), 0 for combining marks. */
size_t display_width(struct text text);

/* The text with control characters and broken UTF-8 as '?': files must not steer the terminal. */
void print_text(FILE *to, struct text text);

/* The same, cut with "..." or filled with blanks to `width` columns. */
void print_padded(FILE *to, struct text text, size_t width);

/* Breaks at blanks so that lines end before `right`; lines after the first start at `left`. */
void print_wrapped(FILE *to, const char *text, size_t left, size_t right);
