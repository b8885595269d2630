#pragma once
/* Between the parts of the reader of scheme tables. */
#include "core/findings.h"
#include "core/index.h"
#include "core/scheme/overlay.h"
#include "formats/scheme_table.h"

/* Whose rows these are, and where complaints go. */
struct scheme_rows_read {
    const struct scheme_table *base;
    struct scheme_overlay overlay;
    struct text path;
    struct findings *findings;
};

/* What only all rows of the scheme together can show: ranges with gaps and overlaps, rows that no
 * observation can reach, classes that do not ascend, grades without a priority. */
void scheme_rows_check(const struct scheme_rows_read *read);

/* The lowest and the highest grade (enum grade) that the scheme gives; false when it gives none. */
bool scheme_grade_range(const struct scheme_table *table, uint8_t *lowest, uint8_t *highest);

/* Are the values of this figure's classes grades or types: small whole numbers?  The range of those
 * that it has. */
bool scheme_figure_is_graded(
    const struct scheme_table *table, const char *figure, double *lowest, double *highest);

/* The file as it is being read. */
struct scheme_reading {
    const struct scheme_table_request *request;
    struct findings *findings;
    struct text path;
    int column_at[SCHEME_COLUMNS]; /* where each column is, -1 without */
    size_t n_columns;
    struct scheme_rows_read of[SCHEMES];
    struct index told; /* codes that were said to be unknown */
    size_t n_rows;
};

/* A row as it is being read. */
struct scheme_row {
    struct scheme_reading *reading;
    struct scheme_rows_read *of; /* its scheme */
    enum scheme_part part;
    struct text cells[SCHEME_COLUMNS]; /* trimmed */
    uint32_t line;
    bool is_bad;
};

/* Puts the row into its scheme's overlay, or marks it as bad and tells why. */
void scheme_row_read(struct scheme_row *row);
/* A row that takes others out: nothing but names may stand in it. */
void scheme_row_read_removal(struct scheme_row *row);

/* --- cells --- */

/* "column 'grade': '7' WHAT"; for an empty cell "column 'grade': is empty, WHAT". */
void scheme_row_complain(struct scheme_row *row, enum scheme_column column, const char *what);
/* "... is none of a, b, c"; words may be NULL. */
void scheme_row_complain_of_word(
    struct scheme_row *row, enum scheme_column column, const char *const *words, size_t n);

/* Texts in the request's arena. */
const char *scheme_cell_text(const struct scheme_row *row, enum scheme_column column);
const char *scheme_cell_text_or_null(const struct scheme_row *row, enum scheme_column column);
const char *scheme_cell_upper(const struct scheme_row *row, enum scheme_column column);

/* `empty` for an empty cell, and for one that is told to be none. */
double scheme_cell_number(struct scheme_row *row, enum scheme_column column, double empty);
double scheme_cell_within(
    struct scheme_row *row, enum scheme_column column, double empty, double low, double high);
bool scheme_cell_flag(struct scheme_row *row, enum scheme_column column, bool empty);

/* What is always in the column of the same name. */
uint8_t scheme_cell_measure(struct scheme_row *row);
uint8_t scheme_cell_when(struct scheme_row *row);
uint8_t scheme_cell_group(struct scheme_row *row);
uint8_t scheme_cell_grade(struct scheme_row *row);
double scheme_cell_from(struct scheme_row *row, uint8_t measure); /* 0 without a measure */

/* Upper case; a finding when no catalogue of the scheme has it. */
const char *scheme_cell_code(struct scheme_row *row);
/* A figure or factor that the scheme's own table of the row's part has. */
const char *scheme_cell_figure(struct scheme_row *row);
