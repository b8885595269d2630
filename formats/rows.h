#pragma once
/* A table as rows of texts, whether it lies in an SQLite database, in a CSV file or in an Access
 * database: readers of exports that come in all three ask here and never know.
 *
 * Values are trimmed UTF-8; what is not UTF-8 is decoded, NUL bytes are blanks, values of more than
 * 64 KiB are cut.  What stands for many rows is said once, by rows_close. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/survey.h"
#include "formats/encoding.h"
#include "formats/mdb.h"
#include "formats/source.h"
#include "formats/sqlite.h"
#include "formats/survey_format.h"

enum rows_step {
    ROWS_ROW,
    ROWS_END,
    ROWS_BROKEN, /* what came before stays good */
};

struct rows;

/* Where rows come from. */
struct rows_source {
    /* Puts the row's values into rows->cells (there is room for n_columns) and rows->line; *why
     * when it is broken. */
    enum rows_step (*next)(struct rows *rows, struct error *why);
    void (*close)(struct rows *rows); /* may be NULL */
};

/* Whose findings, and what the user said; all borrowed. */
struct rows_request {
    struct survey *survey;
    const struct read_options *options;
    struct text file;  /* for findings */
    struct text table; /* its name; for a CSV file {0} */
};

struct rows {
    struct rows_request request;
    struct text *columns; /* an array of its own: headings as delivered, texts in `arena` */
    size_t n_columns, columns_capacity;
    struct text *cells; /* of the row in hand, n_columns of them, {0} for what is missing */
    size_t cells_capacity;
    uint32_t line; /* of the row in hand, 1 first; a line of a CSV file */

    const struct rows_source *source;
    void *context;
    struct arena arena, scratch; /* as long as the table, as the row */
    struct encoding_decoder decoder;
    size_t n_rows, n_recoded, n_nul, n_cut;
    uint32_t first_recoded, first_nul, first_cut;
};

/* Adds a heading, before the first row. */
void rows_add_column(struct rows *rows, struct text name);

/* The next row; views are good until the one after.  A table that breaks off is a finding, and
 * makes the file a damaged one. */
bool rows_next(struct rows *rows);

/* Where the row in hand stands, for findings. */
struct finding_place rows_place(const struct rows *rows);

/* "Heading=value; heading=value": what the row in hand was delivered as, in the arena. */
struct text rows_record(const struct rows *rows, struct arena *arena);

void rows_close(struct rows *rows); /* also as CLEANUP; safe on {0} */

/* Are these the same name, letters and digits only and without regard to case: Pipe Segment
 * Reference, Pipe_Segment_Reference? */
bool rows_same_name(struct text a, struct text b);

/* The number of the column of that name, SIZE_MAX when there is none. */
size_t rows_column(const struct rows *rows, const char *name);

/* A date as text_to_date, or MM/DD/YY, whose century begins with 1970. */
bool rows_date(struct text text, int32_t *out);

/* --- Where from --- */

/* A table of a database; no view.  False with ERROR_FORMAT when it has none of this name. */
bool rows_open_sqlite(
    const struct rows_request *request, sqlite3 *db, struct rows *out, struct error *err);

/* The names of a database's tables, in the arena. */
bool rows_list_sqlite(
    sqlite3 *db, struct arena *arena, struct text **names, size_t *n, struct error *err);

/* A file whose first record holds the headings. */
bool rows_open_csv(const struct rows_request *request, const struct source *source,
    struct rows *out, struct error *err);

/* The same, of bytes that outlive the rows. */
bool rows_open_csv_bytes(
    const struct rows_request *request, struct text bytes, struct rows *out, struct error *err);

/* The names of an Access database's tables, in the arena; a finding when there should be more. */
bool rows_list_mdb(struct text bytes, struct survey *survey, struct arena *arena,
    struct text **names, size_t *n, struct error *err);

/* A table of an Access database, whose bytes outlive the rows (mdb.h). */
bool rows_open_mdb(
    const struct rows_request *request, struct text bytes, struct rows *out, struct error *err);
