#pragma once
/* Workbooks and tables through OGR: xls, xlsx, ods, dbf; a sheet as rows of text cells. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/text.h"
#include "formats/sheet_rows.h"

struct table_file;

/* Is the workbook safe to open here?  It is read to its end in a child process first, with limits
 * on memory and time that grow with its size.  ERROR_FORMAT when OGR cannot read it, or when the
 * child crashes or spends its limits. */
bool table_file_try(const char *path, uint64_t size_bytes, struct error *err);

/* ERROR_FORMAT when OGR cannot read it as a table, or it has no sheet.  `encoding` is the user's
 * word on the texts of a DBF, NULL: found out. */
bool table_file_open(
    const char *path, const char *encoding, struct table_file **out, struct error *err);

size_t table_file_n_sheets(const struct table_file *table);
struct text table_file_sheet_name(const struct table_file *table, size_t sheet);

/* The rows of a sheet, from the first, the heading row among them.  Numbers are printed as short as
 * they can be read back, dates as YYYY-MM-DD.  One sheet at a time. */
struct sheet_rows table_file_rows(struct table_file *table, size_t sheet);

void table_file_close(struct table_file **table); /* safe on NULL; also as CLEANUP */
