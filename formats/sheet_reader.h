#pragma once
/* What sheet.c, sheet_inspection.c and sheet_observation.c share while one sheet is read. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base.h"
#include "core/findings.h"
#include "core/index.h"
#include "core/survey.h"
#include "formats/document.h"
#include "formats/sheet.h"
#include "formats/sheet_group.h"

#define NO_INSPECTION UINT32_MAX

enum { KEYS_MOST = 8, CODE_SLOTS = 256 };

/* A short code that was met before. */
struct code_slot {
    uint64_t bytes;
    uint32_t code; /* its number in the survey */
    bool is_used;
};

struct sheet_reader {
    const struct sheet_request *request;
    const struct sheet_columns *columns;
    const struct document *document; /* NULL: texts must be copied */
    struct survey *survey;
    const struct sheet_row *row;

    double length_m;    /* of lengths whose heading has no unit */
    double diameter_mm; /* the same of diameters */

    uint32_t current; /* inspection of the row before, NO_INSPECTION at first */
    size_t key_columns[KEYS_MOST], n_keys;
    size_t n_key_cells;          /* the key lies in this many first cells */
    struct text key[KEYS_MOST];  /* of the current inspection */
    enum sheet_role twin_length; /* which length tells two pipes apart; SHEET_ROLES: none does */
    struct text size, length;    /* of the current inspection, as written, when it does */
    bool has_ids;                /* the key starts with an inspection id */
    bool is_indexed;             /* ids do not ascend: the index knows them all */
    struct index index;          /* key -> inspection */
    char *key_buffer;            /* owned */
    size_t key_capacity;
    uint32_t first_inspection; /* of this sheet */
    struct sheet_group group;

    size_t rare_inspection[SHEET_ROLES], n_rare_inspection; /* columns that are there, */
    size_t *rare_observation;                               /* seldom filled; in the arena */
    size_t n_rare_observation;

    struct code_slot codes[CODE_SLOTS];
    size_t n_found[FINDING_KINDS]; /* findings of this sheet, those not said too */
};

/* The trimmed cell of a column; {0} when the column or the cell is not there. */
static inline struct text sheet_cell_at(const struct sheet_reader *reader, size_t column) {
    if (column >= reader->row->n_cells || reader->row->cells[column].n == 0) {
        return (struct text){0};
    }
    struct text cell = reader->row->cells[column];
    unsigned char first = (unsigned char)cell.at[0], last = (unsigned char)cell.at[cell.n - 1];
    bool is_trim = first > ' ' && first < 0x80 && last > ' ' && last < 0x80;
    return is_trim ? cell : text_trim(cell);
}

/* The trimmed cell of a role. */
static inline struct text sheet_cell(const struct sheet_reader *reader, enum sheet_role role) {
    return sheet_cell_at(reader, reader->columns->first[role]);
}

/* A text that lives as long as the survey. */
struct text sheet_keep(struct sheet_reader *reader, struct text text);

/* A finding of the current row; after the first thousand of a kind they are only counted. */
void sheet_note(struct sheet_reader *reader, enum finding_kind kind, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* A length in metres; false when the cell is empty or (with a finding) no number. */
bool sheet_length(struct sheet_reader *reader, enum sheet_role role, double *out);

/* Starts an inspection from the current row. */
void sheet_add_inspection(struct sheet_reader *reader);

/* Is the row about another pipe between the same nodes?  When both its size and its length say so;
 * one alone may be a slip of the pen. */
bool sheet_is_other_pipe(struct sheet_reader *reader, const struct inspection *inspection);

/* Makes an id that the other pipe's inspection does not have. */
void sheet_name_twin(struct sheet_reader *reader, struct inspection *inspection);

/* Takes facts that the inspection's first row did not have. */
void sheet_fill_inspection(struct sheet_reader *reader, struct inspection *inspection);

/* An id for an inspection that was delivered without one, when all rows were read. */
void sheet_make_id(struct survey *survey, struct inspection *inspection);

/* The row's observation, if it is one. */
void sheet_read_observation(struct sheet_reader *reader, struct inspection *inspection);
