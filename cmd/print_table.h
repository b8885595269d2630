#pragma once
/* Tables for a terminal. */
#include <stddef.h>
#include <stdio.h>

#include "core/text.h"

struct print_table {
    const struct text *cells; /* row by row, headings first; texts are ended by NUL */
    size_t n_rows, n_columns; /* rows: with the headings */
};

/* Columns as wide as their texts, from `left` on, those without any text left out; the last one is
 * broken into lines that end before `right`, and goes under the others where these leave no room.
 */
void print_table(FILE *to, const struct print_table *table, size_t left, size_t right);
