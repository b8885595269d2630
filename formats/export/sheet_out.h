#pragma once
/* Sheets: a row per observation, the inspection's facts repeated in each; into CSV or a workbook.
 */
#include "formats/export/target.h"
#include "formats/sheet_columns.h"

enum column_presence {
    COLUMN_ALWAYS,
    COLUMN_WHEN_SET, /* only when some row has a value */
};

#define SHEET_NUMBER SHEET_ROLES /* not read: the row's number */

struct sheet_out_column {
    enum sheet_role role;
    const char *heading;
    enum column_presence presence;
};

/* How values are written. */
enum sheet_dialect {
    SHEET_PLAIN,   /* D, 3, one column each for both clocks */
    SHEET_CHINESE, /* 顺流, 0903, names beside codes, 无异常 */
};

struct sheet_layout {
    const struct sheet_out_column *columns;
    size_t n_columns;
    enum sheet_dialect dialect;
};

/* Takes a sheet cell by cell, row by row, headings first. */
struct sheet_sink {
    void *context;
    void (*cell)(void *context, enum sheet_role role, struct text text);
    void (*end_row)(void *context);
};

void sheet_out_write(const struct export_request *request, const struct sheet_layout *layout,
    const struct sheet_sink *sink);

/* The same as delimited text with ',' and CRLF: texts with separators, quotes, line breaks or
 * blanks at their ends are quoted.  Texts that a spreadsheet would take for a formula stay as they
 * are. */
void sheet_out_csv(
    const struct export_request *request, const struct sheet_layout *layout, struct text_out *out);

/* What sheets hold: inspections of segments, and rows whose code is no word for "nothing". */
bool sheet_out_holds_inspection(const struct inspection *inspection);
bool sheet_out_holds_row(
    const struct inspection *inspection, const struct observation *observation);
