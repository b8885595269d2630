#include "cmd/print_table.h"

#include <stdbool.h>

#include "cmd/print.h"
#include "core/arena.h"

enum { BETWEEN = 2, LEAST_LAST = 24, UNDER = 6 };

static struct text cell_at(const struct print_table *table, size_t row, size_t column) {
    return table->cells[row * table->n_columns + column];
}

/* 0 for a column that only has a heading. */
static size_t column_width(const struct print_table *table, size_t column) {
    size_t widest = 0;

    for (size_t row = 1; row < table->n_rows; row++) {
        size_t width = display_width(cell_at(table, row, column));
        widest = width > widest ? width : widest;
    }
    size_t heading = display_width(cell_at(table, 0, column));
    return widest == 0 ? 0 : heading > widest ? heading : widest;
}

static void print_row(FILE *to, const struct print_table *table, size_t row, const size_t *widths,
    size_t left, size_t right) {
    size_t at = left, last = table->n_columns - 1, blanks = left; /* not yet printed */

    for (size_t column = 0; column < last; column++) {
        struct text cell = cell_at(table, row, column);
        if (widths[column] == 0) {
            continue;
        }
        if (cell.n > 0) { /* no blanks at the end of lines */
            fprintf(to, "%*s", (int)blanks, "");
            blanks = widths[column] - print_cut(to, cell, widths[column]) + BETWEEN;
        } else {
            blanks += widths[column] + BETWEEN;
        }
        at += widths[column] + BETWEEN;
    }
    struct text end = cell_at(table, row, last);
    if (end.n > 0 && at + LEAST_LAST > right) {
        fputc('\n', to);
        at = blanks = left + UNDER;
    }
    fprintf(to, "%*s", end.n == 0 ? 0 : (int)blanks, "");
    print_wrapped(to, end.n == 0 ? "" : end.at, at, right);
}

void print_table(FILE *to, const struct print_table *table, size_t left, size_t right) {
    CLEANUP(arena_release) struct arena scratch = {0};
    size_t *widths = ARENA_NEW(&scratch, size_t, table->n_columns + 1);

    for (size_t column = 0; column < table->n_columns; column++) {
        widths[column] = column_width(table, column);
    }
    right = print_right(to, right);
    for (size_t row = 0; row < table->n_rows; row++) {
        print_row(to, table, row, widths, left, right);
    }
}
