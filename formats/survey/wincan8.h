#pragma once
/* Tables of WinCan 8, out of CSV files or an Access database: every record is handed on as a row of
 * WinCan VX.  Nobody but the WinCan readers includes this. */
#include "formats/sheet_rows.h"
#include "formats/survey/wincan.h"

enum wincan8_table {
    WINCAN8_PROJECT,
    WINCAN8_SECTION,
    WINCAN8_INSPECTION,
    WINCAN8_OBSERVATION,
    WINCAN8_TABLES,
};

/* Columns that are no columns of the same row in WinCan VX. */
enum wincan8_extra {
    WINCAN8_START_X,
    WINCAN8_START_Y,
    WINCAN8_END_X,
    WINCAN8_END_Y,
    WINCAN8_PHOTO1,
    WINCAN8_PHOTO2,
    WINCAN8_CLIP,
    WINCAN8_EXTRAS,
};

/* The reading of the tables, in the order of the enum. */
struct wincan8 {
    struct wincan *wincan;
    struct wincan_row row, extra; /* the record in hand; a row that is made of it */
    const char *names[WINCAN_COLUMNS];
    size_t cell_of[WINCAN_COLUMNS]; /* SIZE_MAX: the file has none */
    size_t extra_of[WINCAN8_EXTRAS];
    struct text *headings; /* an array of its own; texts in the keys' arena */
    size_t n_headings, headings_capacity;
    struct sheet_row record;
    bool has_inspections;
};

/* The heading of the table that is read next. */
void wincan8_learn(struct wincan8 *csv, enum wincan8_table table, const struct sheet_row *head);
/* One record of it. */
void wincan8_take(struct wincan8 *csv, enum wincan8_table table, const struct sheet_row *record);
void wincan8_release(struct wincan8 *csv); /* also as CLEANUP; leaves the survey alone */

/* When all tables were read.  ERROR_FORMAT when there was nothing in them. */
bool wincan8_finish(struct wincan *wincan, struct error *err);
