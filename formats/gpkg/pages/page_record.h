#pragma once
/* A row as SQLite stores it: a record.  Source: "Database File Format", 2.1. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/gpkg/block.h"

/* What SQLite makes of the type that a column was declared with ("Datatypes In SQLite", 3.1). */
enum affinity {
    AFFINITY_BLOB, /* none: values stay as they are */
    AFFINITY_TEXT,
    AFFINITY_NUMERIC,
    AFFINITY_INTEGER,
    AFFINITY_REAL,
};

/* `type` as in CREATE TABLE; NULL for none. */
enum affinity affinity_of(const char *type);

enum { RECORD_VALUES_MOST = BLOCK_COLUMNS_MOST };

/* The shape of one record: how long it is, and how each value is stored. */
struct record_shape {
    uint64_t types[RECORD_VALUES_MOST];   /* SQLite's serial types */
    size_t n_values, header_bytes, bytes; /* bytes: the header too */
};

/* Of a row whose first column is an alias of the rowid, so that nothing is stored for it, and whose
 * other columns are these values.  Texts must not be in columns of numbers, numbers not in columns
 * of text: SQLite would convert them, this does not. */
void record_measure(const struct value *values, const enum affinity *affinities, size_t n,
    struct record_shape *shape);

/* Writes shape->bytes bytes. */
void record_write(const struct value *values, const struct record_shape *shape, unsigned char *at);
