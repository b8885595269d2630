#pragma once
/* Access databases (.mdb of Jet 3 and Jet 4, .accdb) through libmdb.
 *
 * libmdb crashes and loops on broken files.  It is therefore run in a child process of its own for
 * each table, with limits on memory, time and what may come out (child.h): the worst that a file
 * can do is to break off.  Nothing is written; passwords of the database are of no concern. */
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "formats/source.h"

/* Has it the mark of an Access database? */
bool mdb_is(struct text head);

/* How many of these names (of tables or columns) stand somewhere in the file, in one byte or in
 * two a letter: for bids, since Access keeps names anywhere.  0 when it is no Access database; of a
 * very large file only the first 64 MiB are looked at. */
size_t mdb_count_names(const struct source *source, const char *const *names, size_t n);

struct mdb_names {
    struct text *at; /* in the arena */
    size_t n;
    bool is_whole; /* there are as many entries as the database says */
};

/* The names of the tables that users make.  ERROR_FORMAT when there is none to be read. */
bool mdb_list(struct text bytes, struct arena *arena, struct mdb_names *out, struct error *err);

struct mdb_table;

enum mdb_step {
    MDB_STEP_ROW,
    MDB_STEP_END,
    MDB_STEP_BROKEN, /* what came before stays good */
};

/* A table by its name; the bytes outlive it.  ERROR_FORMAT when there is none. */
bool mdb_table_open(struct text bytes, struct text name, struct mdb_table **out, struct error *err);

/* Its columns but those that hold files or other bytes; as long as the table is open. */
const struct text *mdb_table_columns(const struct mdb_table *table, size_t *n);

/* libmdb passes over pages that are missing: a table with fewer rows than it says counts as broken
 * behind the last of them.
 * The next row: a UTF-8 text for each column, {0} for none, good until the next row.  Dates are
 * YYYY-MM-DD hh:mm:ss, yes and no 1 and 0, GUIDs in braces. */
enum mdb_step mdb_table_next(struct mdb_table *table, const struct text **cells, struct error *err);

void mdb_table_close(struct mdb_table **table); /* safe on NULL; also as CLEANUP */
