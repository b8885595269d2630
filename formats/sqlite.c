#include "formats/sqlite.h"

#include <stdarg.h>
#include <string.h>

#include "formats/source.h"

/* The whole file is one transaction into a file that nobody knows yet: no journal, no waiting for
 * the disk.  A small cache is enough because rows are only appended. */
static const char settings[] = "PRAGMA journal_mode = OFF;"
                               "PRAGMA synchronous = OFF;"
                               "PRAGMA locking_mode = EXCLUSIVE;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA secure_delete = OFF;"
                               "PRAGMA cache_size = -8192;";

bool sqlite_error_busy(struct error *err) {
    return error_set(err, ERROR_FILE, "another program has it open and is writing to it");
}

bool sqlite_error(sqlite3 *db, struct error *err) {
    int code = sqlite3_errcode(db) & 0xff, system = sqlite3_system_errno(db);

    switch (code) {
    case SQLITE_FULL:
        return error_set(err, ERROR_FILE, "the disk is full, or the file grew beyond a limit");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return sqlite_error_busy(err);
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
        return error_set(err, ERROR_FILE, "%s%s%s", sqlite3_errmsg(db), system == 0 ? "" : ": ",
            system == 0 ? "" : strerror(system));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:
        return error_set(err, ERROR_FORMAT, "SQLite: %s", sqlite3_errmsg(db));
    case SQLITE_INTERRUPT:
        return error_set(err, ERROR_FORMAT,
            "SQLite: the database causes more work than it can be "
            "worth");
    default:
        return error_set(err, ERROR_LIBRARY, "SQLite: %s", sqlite3_errmsg(db));
    }
}

bool sqlite_open_new(const struct sqlite_new *request, sqlite3 **out, struct error *err) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

    if (sqlite3_open_v2(request->path, &db, flags, NULL) != SQLITE_OK) {
        return db == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                          : sqlite_error(db, err);
    }
    if (!sqlite_execf(db, err, "PRAGMA page_size = %u", request->page_bytes) ||
        !sqlite_exec(db, settings, err)) {
        return false;
    }
    *out = db;
    db = NULL;
    return true;
}

/* --- databases out of foreign hands --- */

enum { STEPS_AT_A_TIME = 1000, STEPS_A_DROP = 100 * STEPS_AT_A_TIME };

/* A step reads a page at most, and a row takes many steps. */
static void drop_pages(struct sqlite_budget *budget) {
    if (budget->mapped.n > 0 && budget->dropped - budget->steps >= STEPS_A_DROP) {
        source_drop_pages(budget->mapped.at, budget->mapped.at + budget->mapped.n);
        budget->dropped = budget->steps;
    }
}

static int spend(void *context) {
    struct sqlite_budget *budget = context;

    budget->steps -= budget->steps < STEPS_AT_A_TIME ? budget->steps : STEPS_AT_A_TIME;
    drop_pages(budget);
    return budget->steps == 0;
}

static void set_limits(sqlite3 *db) {
    static const struct {
        int id, most;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH,              16 * 1024 * 1024},
        {SQLITE_LIMIT_SQL_LENGTH,          1024 * 1024     },
        {SQLITE_LIMIT_EXPR_DEPTH,          50              },
        {SQLITE_LIMIT_COMPOUND_SELECT,     2               },
        {SQLITE_LIMIT_VDBE_OP,             100000          },
        {SQLITE_LIMIT_FUNCTION_ARG,        8               },
        {SQLITE_LIMIT_ATTACHED,            0               },
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100             },
        {SQLITE_LIMIT_VARIABLE_NUMBER,     8               },
        {SQLITE_LIMIT_TRIGGER_DEPTH,       1               },
        {SQLITE_LIMIT_WORKER_THREADS,      0               },
    };
    static const struct {
        int id, is_on;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE,      1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW,    0},
    };

    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        sqlite3_limit(db, limits[i].id, limits[i].most);
    }
    for (size_t i = 0; i < ARRAY_LEN(switches); i++) {
        sqlite3_db_config(db, switches[i].id, switches[i].is_on, NULL);
    }
}

bool sqlite_open_bytes(
    struct text bytes, struct sqlite_budget *budget, sqlite3 **out, struct error *err) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    sqlite3_int64 n_objects = 0;

    if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        return db == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                          : sqlite_error(db, err);
    }
    set_limits(db);
    /* SQLite takes the bytes as its own to write to, and with READONLY never does. */
    if (sqlite3_deserialize(db, "main", (unsigned char *)(uintptr_t)bytes.at,
            (sqlite3_int64)bytes.n, (sqlite3_int64)bytes.n,
            SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
        return sqlite_error(db, err);
    }
    budget->dropped = budget->steps;
    sqlite3_progress_handler(db, STEPS_AT_A_TIME, spend, budget);
    if (!sqlite_exec(db, "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY", err) ||
        !sqlite_query_int(db, "SELECT count(*) FROM sqlite_schema", &n_objects, err)) {
        err->kind = ERROR_FORMAT;
        return false;
    }
    *out = db;
    db = NULL;
    return true;
}

bool sqlite_open_untrusted(
    const char *path, struct sqlite_budget *budget, sqlite3 **out, struct error *err) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;

    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        return db == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                          : sqlite_error(db, err);
    }
    set_limits(db);
    sqlite3_progress_handler(db, STEPS_AT_A_TIME, spend, budget);
    if (!sqlite_exec(db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", err)) {
        return false;
    }
    *out = db;
    db = NULL;
    return true;
}

bool sqlite_open_existing(const char *path, sqlite3 **out, struct error *err) {
    enum { PATIENCE_MS = 5000 };
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

    if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK) {
        return db == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                          : sqlite_error(db, err);
    }
    set_limits(db);
    sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, 16);
    sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 500); /* an insert of many rows */
    sqlite3_busy_timeout(db, PATIENCE_MS);
    if (sqlite3_db_readonly(db, "main") == 1) {
        return error_set(err, ERROR_FILE, "it is not writable");
    }
    *out = db;
    db = NULL;
    return true;
}

bool sqlite_exec(sqlite3 *db, const char *sql, struct error *err) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || sqlite_error(db, err);
}

static void sql_release(char **sql) {
    sqlite3_free(*sql);
}

bool sqlite_execf(sqlite3 *db, struct error *err, const char *format, ...) {
    va_list args;

    va_start(args, format);
    CLEANUP(sql_release) char *sql = sqlite3_vmprintf(format, args);
    va_end(args);
    if (sql == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    return sqlite_exec(db, sql, err);
}

bool sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct error *err) {
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        return sqlite_error(db, err);
    }
    *out = statement;
    return true;
}

bool sqlite_run(sqlite3_stmt *statement, struct error *err) {
    if (sqlite3_step(statement) != SQLITE_DONE) {
        return sqlite_error(sqlite3_db_handle(statement), err);
    }
    sqlite3_reset(statement);
    return true;
}

bool sqlite_query_int(sqlite3 *db, const char *sql, sqlite3_int64 *out, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;

    if (!sqlite_prepare(db, sql, &statement, err)) {
        return false;
    }
    if (sqlite3_step(statement) != SQLITE_ROW) {
        return sqlite_error(db, err);
    }
    *out = sqlite3_column_int64(statement, 0);
    return true;
}

bool sqlite_close(sqlite3 **db, struct error *err) {
    if (sqlite3_close(*db) != SQLITE_OK) {
        return sqlite_error(*db, err);
    }
    *db = NULL;
    return true;
}

void sqlite_closep(sqlite3 **db) {
    sqlite3_close_v2(*db);
    *db = NULL;
}

void sqlite_finalizep(sqlite3_stmt **statement) {
    sqlite3_finalize(*statement);
    *statement = NULL;
}
