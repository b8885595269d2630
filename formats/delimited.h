#pragma once
/* Delimited text (CSV and the like): records of fields, as views into the document.
 *
 * Quoted fields may hold separators, line breaks and doubled quotes.  Records may be ragged.  A
 * record longer than LINE_LIMIT is skipped with a finding; a quote that is never closed is taken as
 * part of its field; a last line without an end and with fewer fields than the record before is
 * said, for the file may be cut off there. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/survey.h"
#include "formats/document.h"
#include "formats/sheet_rows.h"

struct delimited {
    struct lines lines;
    char separator;
    struct text *cells; /* owned; of the current record */
    size_t cells_capacity, n_cells;
    size_t n_before; /* cells of the record before */
    struct text raw; /* of the current record, {0} when its cells are not all plain views of it */
    char *unquoted;  /* owned; texts of fields that were written with doubled quotes */
    size_t unquoted_n, unquoted_capacity;
    size_t n_findings; /* of the survey, when it started */
};

/* The separator that cuts the first lines into the most, and the same number of, fields. */
char delimited_guess_separator(struct text head);

/* From the start of the document, which must outlive it.  Separator 0: found out.  A first line
 * `sep=;` (Excel) sets it too. */
struct delimited delimited_of(struct document *document, struct survey *survey, char separator);

/* The next record that is not blank; its views are good until the one after. */
bool delimited_next(struct delimited *scan, struct sheet_row *row);

/* Back to the start; takes back the findings that were added meanwhile. */
void delimited_rewind(struct delimited *scan);

void delimited_release(struct delimited *scan); /* also as CLEANUP */

/* As rows for sheet_read. */
struct sheet_rows delimited_rows(struct delimited *scan);
