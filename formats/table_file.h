#pragma once
/* Workbooks and tables through OGR: xls, xlsx, ods, dbf; a sheet as rows of text cells. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/text.h"
#include "formats/sheet_rows.h"
#include "formats/source.h"

struct table_file;

/* Is it a file that libfreexl would read: an old Office document? */
bool table_file_is_xls(const struct source *source);

/* Is the file read by a child process (child.h)?  Then no other thread of ours may run while it is
 * opened.  True for xls, ods and an xlsx of unusual size, whose rows come from a child with limits
 * on memory and time; false for other workbooks, for a DBF, and for what is no table. */
bool table_file_needs_child(const struct source *source);

/* ERROR_FORMAT when OGR cannot read it as a table, when it has no sheet, or when the child crashes
 * or spends its limits.  `encoding` is the user's word on the texts of a DBF, NULL: found out. */
bool table_file_open(
    const struct source *source, const char *encoding, struct table_file **out, struct error *err);

size_t table_file_n_sheets(const struct table_file *table);
struct text table_file_sheet_name(const struct table_file *table, size_t sheet);

/* The rows of a sheet, from the first, the heading row among them.  Numbers are printed as short as
 * they can be read back, dates as YYYY-MM-DD.  One sheet at a time. */
struct sheet_rows table_file_rows(struct table_file *table, size_t sheet);

void table_file_close(struct table_file **table); /* safe on NULL; also as CLEANUP */
