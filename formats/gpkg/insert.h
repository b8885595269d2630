#pragma once
/* Rows into tables: one INSERT ... SELECT a block of a feed, out of a virtual table that hands it
 * over.  Faster than binding and stepping row by row; columns that nothing fills are left out of
 * the statement, because fetching a NULL costs as much as fetching a number. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "formats/gpkg/feed.h"
#include "formats/gpkg/schema.h"

enum insert_ids {
    INSERT_NUMBERED,    /* the table's first column is its id and counts rows from 1 */
    INSERT_AS_THEY_ARE, /* the rows hold every column */
};

/* What is being inserted; must stay where it is while the database is open. */
struct inserter {
    struct feed *feed;
    const struct block *block; /* at hand */
    sqlite3_int64 number;      /* of its first row in the table, 1 first */
};

/* Makes the virtual table `made_rows` known to the database. */
bool inserter_attach(struct inserter *inserter, sqlite3 *db, struct error *err);

/* Where rows go. */
struct insert_into {
    const char *table;
    const struct gpkg_column *columns; /* NULL: rows hold every column, in the table's order */
    size_t n_columns;                  /* the id not counted */
    enum insert_ids ids;
};

/* Inserts all rows of the feed's source at hand. */
bool insert_rows(
    struct inserter *inserter, sqlite3 *db, const struct insert_into *into, struct error *err);
