#pragma once
/* A table of a result from its first row to its last, whatever version wrote it and whoever changed
 * it since. */
#include "formats/gpkg/read/rows.h"

enum scan_outcome {
    SCAN_DONE,
    SCAN_NO_TABLE, /* nor a view or anything else in its place */
    SCAN_BROKEN,   /* breaks off behind n_rows; `trouble` says why */
};

struct scan {
    sqlite3 *db;
    enum gpkg_table_id table;
    /* One value a column of the table, those that the file has not are NULL.  Texts are UTF-8
     * without NUL bytes, borrowed until it returns. */
    void (*take)(void *context, int64_t number, const struct value *row);
    void *context;

    size_t n_rows;
    size_t n_mended;         /* texts that were no UTF-8, or held NUL bytes */
    bool lacks[MAX_COLUMNS]; /* columns that the file's table has not */
    struct error trouble;
};

/* ERROR_FORMAT when the database cannot be read at all. */
bool scan_table(struct scan *scan, enum scan_outcome *out, struct error *err);

/* A number however it is kept, NAN for what is none. */
double value_number(const struct value *at);
