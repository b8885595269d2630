#pragma once
/* A repair table or unit costs while they are read: its cells, and what is wrong with them. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/repair/tables.h"
#include "core/survey.h"
#include "formats/delimited.h"
#include "formats/document.h"

enum repair_column {
#define COLUMN(id, name, name_zh, layouts) COLUMN_##id,
#include "formats/repair/columns.def"
#undef COLUMN
    REPAIR_COLUMNS,
};

enum repair_layout {
    REPAIR_LAYOUT_TABLE = 1,
    REPAIR_LAYOUT_MATRIX = 2,
    REPAIR_LAYOUT_COSTS = 4,
};

enum { REPAIR_ROWS_MOST = 4000 };

struct repair_cells {
    struct survey survey;  /* owned: the document's, and the findings */
    struct survey unheard; /* owned: gets what the first pass would tell twice */
    struct document document;
    struct delimited scan; /* owned */
    struct sheet_row row;
    struct arena *arena;
    size_t at[REPAIR_COLUMNS]; /* column of the file, SIZE_MAX none */
    size_t n_columns;          /* of the heading */
    bool is_last_pass;
    size_t n_bad;
    uint64_t layout;
};

/* Reads the heading of the document, which belongs to the survey; rows follow.  `layouts` are those
 * that may be; false when it is none of them: ERROR_FORMAT. */
bool repair_cells_start(struct repair_cells *cells, unsigned layouts, struct error *err);

/* The next row with something in it.  Cells beyond the heading are bad. */
bool repair_cells_next(struct repair_cells *cells);

/* To the first row, for the last pass: only now what is wrong with the text itself is told. */
void repair_cells_again(struct repair_cells *cells);

void repair_cells_release(struct repair_cells *cells); /* safe on {0}; also as CLEANUP */

struct text repair_cell(const struct repair_cells *cells, enum repair_column column);

/* Tells that a cell is bad: "column 'dn_from': '12x' is no number".  Returns false. */
bool repair_cell_bad(struct repair_cells *cells, enum repair_column column, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Values of cells, `unset` where they are empty; false, told, when they are something else. */
bool repair_cell_number(
    struct repair_cells *cells, enum repair_column column, double unset, double *out);
bool repair_cell_grade(
    struct repair_cells *cells, enum repair_column column, uint8_t unset, uint8_t *out);
bool repair_cell_yes(struct repair_cells *cells, enum repair_column column, bool *out);

/* One of n names; 0 where it is empty. */
bool repair_cell_word(struct repair_cells *cells, enum repair_column column,
    const char *(*name)(size_t), size_t n, size_t *out);

/* The text ended by NUL, in the arena. */
const char *repair_cell_keep(const struct repair_cells *cells, enum repair_column column);

/* Cuts the next part off a text, up to the mark, trimmed. */
struct text repair_cut(struct text *left, char mark);

const char *repair_column_name(enum repair_column column);
