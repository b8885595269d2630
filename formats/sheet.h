#pragma once
/* Sheets: a row per observation, the inspection's facts repeated in each; to surveys.
 *
 * An inspection is what has the same inspection id (and segment); without an id column, the same
 * segment, nodes, direction, date and video.  Rows of one inspection need not stand together.  A
 * row without a code, or with a word for "no defect", is a clean inspection. */
#include <stdbool.h>

#include "core/error.h"
#include "core/survey.h"
#include "formats/sheet_columns.h"
#include "formats/sheet_rows.h"
#include "formats/survey_format.h"

/* What a sheet is about, by its headings. */
enum sheet_kind {
    SHEET_OF_NOTHING,
    SHEET_OF_OBSERVATIONS,
    SHEET_OF_NODES, /* a coordinate table: 井号, X, Y */
};
enum sheet_kind sheet_kind_of(const struct sheet_columns *columns);

/* Are there columns for a well and its coordinates? */
bool sheet_has_nodes(const struct sheet_columns *columns);

/* Fails with ERROR_FORMAT when a column that is needed is missing: says which, and what is there.
 */
bool sheet_check_columns(const struct sheet_columns *columns, struct error *err);

struct sheet_request {
    const struct sheet_rows *rows; /* behind the heading row */
    const struct sheet_columns *columns;
    const struct read_options *options;
};

/* Appends the sheet's inspections to the survey; the columns must have been checked. */
void sheet_read(const struct sheet_request *request, struct survey *survey);

/* Appends the nodes of a coordinate table to survey->network.  X is north, as in Chinese tables. */
void sheet_read_nodes(const struct sheet_request *request, struct survey *survey);

/* After the last sheet: settles the catalogue (the options' one; for Chinese headings CJJ 181, or
 * DB31 when only its codes occur; else guessed) and the codes in its words. */
void sheet_finish(const struct read_options *options, struct survey *survey);
