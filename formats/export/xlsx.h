#pragma once
/* Sheets as Excel workbooks.  The only room of libxlsxwriter. */
#include "formats/export/sheet_out.h"

/* Writes one sheet called `name` (UTF-8, at most 31 characters) to `path`, and behind it the nodes
 * of request->network, where there are any, as a table of coordinates (坐标表).  Lengths and grades
 * that are numbers become number cells, all else text cells: no text becomes a formula.  The same
 * input gives the same bytes.  ERROR_FILE: cannot be written; ERROR_FORMAT: more rows than a sheet
 * has.
 */
bool xlsx_write(const struct export_request *request, const struct sheet_layout *layout,
    const char *name, const char *path, struct error *err);
