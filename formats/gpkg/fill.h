#pragma once
/* Rows out of a feed into tables, as pages of the file, without SQLite's statements in between: a
 * row costs a fifth of what an INSERT does.  The tables must be there and empty, and the database
 * closed. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "formats/gpkg/feed.h"
#include "formats/gpkg/pages/page_file.h"
#include "formats/gpkg/schema.h"

enum fill_ids {
    FILL_NUMBERED,    /* ids count rows from 1 */
    FILL_AS_THEY_ARE, /* the first value of a row is its id; ids ascend */
};

/* Where rows go. */
struct fill_into {
    const char *table;
    const struct gpkg_column *columns; /* behind the id; NULL: columns without types */
    size_t n_columns;                  /* behind the id */
    enum fill_ids ids;
    uint32_t root; /* as fill_find_root told it */
};

/* The page that SQLite has made as the table's root. */
bool fill_find_root(sqlite3 *db, const char *table, uint32_t *root, struct error *err);

/* Adds all rows of the feed's source at hand. */
bool fill_table(
    struct page_file *file, struct feed *feed, const struct fill_into *into, struct error *err);

/* Adds all rows of a source that is no feed's, made here and now. */
bool fill_table_now(struct page_file *file, const struct feed_source *source,
    const struct fill_into *into, struct error *err);
