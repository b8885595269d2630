#pragma once
/* Text for a terminal: aligned by the columns that it takes there, and harmless. */
#include <stdint.h>
#include <stdio.h>

#include "core/findings.h"
#include "core/text.h"

/* Columns of a terminal: 2 for wide characters (Chinese), 0 for combining marks. */
size_t display_width(struct text text);

/* The text with control characters and broken UTF-8 as '?': files must not steer the terminal. */
void print_text(FILE *to, struct text text);

/* The same, cut with "..." to `width` columns; returns the columns that it took. */
size_t print_cut(FILE *to, struct text text, size_t width);

/* The same, cut or filled with blanks to `width` columns. */
void print_padded(FILE *to, struct text text, size_t width);

/* 1,234,567 as a string. */
struct grouped {
    char at[32];
};
struct grouped group_digits(uint64_t count);

/* 1,234,567 with blanks in front up to `width` columns. */
void print_count(FILE *to, uint64_t count, int width);

/* Where lines end: `usual`, or the columns of the terminal that `to` is, when it is narrower; but
 * not less than 80. */
size_t print_right(FILE *to, size_t usual);

/* Breaks at blanks, and beside Chinese characters, so that lines end before `right`, or before the
 * end of a narrower terminal; lines after the first start at `left`. */
void print_wrapped(FILE *to, const char *text, size_t left, size_t right);

/* Each finding of severity error as a line on stderr: "chainage: FILE:LINE: DETAIL". */
void print_flaws(const struct findings *findings);
