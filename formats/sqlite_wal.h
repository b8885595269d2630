#pragma once
/* The write-ahead log beside an SQLite database (FILE-wal): pages that are not in the file yet. */
#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

/* A database as it is with its log; an array of its own. */
struct sqlite_image {
    unsigned char *at;
    size_t n, capacity;
};

enum sqlite_wal {
    SQLITE_WAL_EMPTY,   /* nothing committed in it */
    SQLITE_WAL_APPLIED, /* up to its last commit, as SQLite does */
    SQLITE_WAL_DAMAGED, /* the same, but it breaks off in the middle of a page or a check fails */
    SQLITE_WAL_FOREIGN, /* not a log of this database: left out */
};

/* Does the header say that the database has, or had, a log? */
bool sqlite_wal_is_used(struct text database);

/* Fills *out with the database and its committed pages, in a shape that can be read without a log;
 * also for an empty log. */
enum sqlite_wal sqlite_wal_apply(struct text database, struct text log, struct sqlite_image *out);

void sqlite_image_release(struct sqlite_image *image); /* safe on {0}; also as CLEANUP */
