#pragma once
/* The cells of a DBF as they lie in the file: OGR's own way to them costs more than all the rest of
 * reading a shapefile. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/text.h"

struct dbf_column;

struct dbf_rows {
    void *mapping;
    size_t mapping_n;
    size_t header_n, record_n;
    uint32_t n_rows; /* that are whole in the file */
    const struct dbf_column *columns;
    size_t n_columns;
};

/* Maps the file.  False when it is not there or is not plainly a table of texts, numbers, dates and
 * truth values: then OGR has to read it. */
bool dbf_rows_open(const char *path, struct arena *arena, struct dbf_rows *out);
void dbf_rows_close(struct dbf_rows *rows); /* safe on {0} */

struct text dbf_rows_name(const struct dbf_rows *rows, size_t column);

/* A cell without the blanks around it; {0} outside of the table. */
struct text dbf_rows_cell(const struct dbf_rows *rows, uint64_t row, size_t column);
