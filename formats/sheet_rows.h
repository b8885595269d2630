#pragma once
/* Rows of cells, wherever they come from: a delimited text, a workbook, a DBF. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

struct sheet_row {
    const struct text *cells; /* not trimmed */
    size_t n_cells;
    size_t n_same;   /* so many cells are, byte for byte, those of the row before; 0 unknown */
    struct text raw; /* the record as delivered */
    uint32_t line;   /* 1 first */
    bool is_cut;     /* the file seems to break off in it; said by whoever found out */
};

/* A source of rows; `next` gives views that are good until the row after. */
struct sheet_rows {
    void *context;
    bool (*next)(void *context, struct sheet_row *row);
    void (*rewind)(void *context);
    const struct document *document; /* whose views can be kept; NULL: copy them */
};
