#pragma once
/* Files of sheets: a delimited text or a workbook, to a survey.  What `cjj181` and `csv` share. */
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/survey.h"
#include "formats/sheet.h"
#include "formats/source.h"
#include "formats/survey_format.h"

/* Reads a delimited text or, by its first bytes, a workbook.  All its sheets of observations and
 * coordinate tables are read; others are findings.  ERROR_FORMAT when there is none. */
bool sheet_file_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err);

/* What the first bytes of a file look like to the readers of sheets. */
struct sheet_look {
    bool is_workbook;     /* xls, xlsx, ods, dbf: what is in it shows only when it is read */
    enum sheet_kind kind; /* of a text */
    size_t n_roles;       /* headings known */
    size_t n_chinese;     /* of these, in Chinese */
    size_t n_columns;
};
struct sheet_look sheet_file_look(const struct source *source);
