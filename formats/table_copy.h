#pragma once
/* A workbook that a child process reads, and its rows here: the reader of the file's format never
 * runs in this process, and the worst that a file can do to it is to be refused. */
#include <stddef.h>

#include "core/error.h"
#include "core/text.h"
#include "formats/child.h"
#include "formats/sheet_rows.h"

/* In the child, all return false when nobody listens: a sheet, then its rows; then the next one, at
 * last the end.  A cell beyond 1 MiB is cut. */
bool table_send_sheet(int out, struct text name);
bool table_send_row(int out, const struct sheet_row *row);
bool table_send_end(int out);
bool table_send_failure(int out, const char *why);

struct table_copy;

/* Takes what a child sends until its end.  ERROR_FORMAT with the child's reason, or when it
 * crashes, spends its limits or is silent for too long. */
bool table_copy_receive(struct child *child, struct table_copy **out, struct error *err);

size_t table_copy_n_sheets(const struct table_copy *copy);
struct text table_copy_sheet_name(const struct table_copy *copy, size_t sheet);

/* The rows as the child saw them.  One sheet at a time. */
struct sheet_rows table_copy_rows(struct table_copy *copy, size_t sheet);

void table_copy_close(struct table_copy **copy); /* safe on NULL; also as CLEANUP */
