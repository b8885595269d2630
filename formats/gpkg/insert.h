#pragma once
/* Rows into tables: one INSERT ... SELECT a table, out of a virtual table that hands over the
 * blocks of a feed.  Faster than binding and stepping row by row. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "formats/gpkg/feed.h"

enum insert_ids {
    INSERT_NUMBERED,    /* the table's first column is its id and counts rows from 1 */
    INSERT_AS_THEY_ARE, /* the rows hold every column */
};

/* What is being inserted; must stay where it is while the database is open. */
struct inserter {
    struct feed *feed;
    uint64_t n_rows; /* handed over for the table at hand */
};

/* Makes the virtual table `made_rows` known to the database. */
bool inserter_attach(struct inserter *inserter, sqlite3 *db, struct error *err);

/* Inserts all rows of the feed's source at hand into the table, which has so many columns (its id
 * not counted). */
bool insert_rows(struct inserter *inserter, sqlite3 *db, const char *table, size_t n_columns,
    enum insert_ids ids, struct error *err);
