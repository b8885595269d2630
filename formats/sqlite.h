#pragma once
/* SQLite with our errors and lifetimes. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/text.h"

struct sqlite_new {
    const char *path;    /* of an empty file, or of one made like this before */
    unsigned page_bytes; /* large pages make large files faster to write, small files larger */
};

/* A new database, for this process alone and without a journal: for a file that is thrown away when
 * anything fails. */
bool sqlite_open_new(const struct sqlite_new *request, sqlite3 **out, struct error *err);

/* The work that a database out of foreign hands may cause, in steps of SQLite's virtual machine;
 * goes down as they are taken. */
struct sqlite_budget {
    uint64_t steps;
    struct text mapped; /* of sqlite_open_bytes: a mapped file, whose pages go back to the system
                           now and then; {0}: the bytes are other memory */
    uint64_t dropped;   /* how many steps were left at the last time */
};

/* A database that nobody trusts, out of its bytes: read only; no views, no triggers, no functions
 * in the schema but harmless ones, no cell or row above 16 MiB; interrupted when the budget is
 * spent. Bytes and budget must outlive the handle.  Nothing is touched but these bytes: a database
 * in write-ahead mode needs its log applied before (sqlite_wal.h).  ERROR_FORMAT when it is none.
 */
bool sqlite_open_bytes(
    struct text bytes, struct sqlite_budget *budget, sqlite3 **out, struct error *err);

/* The same of a file that may be too large to be held, and may be in use. */
bool sqlite_open_untrusted(
    const char *path, struct sqlite_budget *budget, sqlite3 **out, struct error *err);

/* A database to be changed, out of anybody's hands: no triggers, no views, no functions in the
 * schema but harmless ones.  Waits some seconds for others.  ERROR_FILE: not there, not writable.
 */
bool sqlite_open_existing(const char *path, sqlite3 **out, struct error *err);

/* One or more statements without results. */
bool sqlite_exec(sqlite3 *db, const char *sql, struct error *err);

/* The same, made with sqlite3_mprintf: %Q a quoted text, NULL for none; \"%w\" a name. */
bool sqlite_execf(sqlite3 *db, struct error *err, const char *format, ...);

bool sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *err);

/* Runs a statement without results to its end and makes it ready for the next time. */
bool sqlite_run(sqlite3_stmt *statement, struct error *err);

/* The one number that a query gives. */
bool sqlite_query_int(sqlite3 *db, const char *sql, sqlite3_int64 *out, struct error *err);

/* ERROR_FILE when the disk is at fault, ERROR_FORMAT when the database is, ERROR_LIBRARY otherwise.
 * Returns false. */
bool sqlite_error(sqlite3 *db, struct error *err);

/* What people are told of a locked database, whoever found it so.  ERROR_FILE; returns false. */
bool sqlite_error_busy(struct error *err);

bool sqlite_close(sqlite3 **db, struct error *err);

/* For CLEANUP. */
void sqlite_closep(sqlite3 **db);
void sqlite_finalizep(sqlite3_stmt **statement);
