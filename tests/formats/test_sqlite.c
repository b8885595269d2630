#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/sqlite.h"

struct made {
    unsigned char *bytes;
    sqlite3_int64 n;
};

static void made_release(struct made *made) {
    sqlite3_free(made->bytes);
}

static struct made make(const char *sql) {
    struct made made = {0};
    sqlite3 *db = NULL;

    cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
    made.bytes = sqlite3_serialize(db, "main", &made.n, 0);
    cr_assert_eq(sqlite3_close(db), SQLITE_OK);
    return made;
}

static struct text text_of(const struct made *made) {
    return (struct text){(const char *)made->bytes, (size_t)made->n};
}

static const char numbers[] =
    "CREATE TABLE t(x); CREATE TABLE u(x);"
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000)"
    "INSERT INTO t SELECT x FROM n;"
    "CREATE VIEW v AS SELECT * FROM t";

Test(sqlite, bytes_are_read) {
    CLEANUP(made_release) struct made made = make(numbers);
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    struct sqlite_budget budget = {.steps = 1000000};
    struct error err = {0};
    sqlite3_int64 n = 0;

    cr_assert(sqlite_open_bytes(text_of(&made), &budget, &db, &err), "%s", err.text);
    cr_assert(sqlite_query_int(db, "SELECT count(*) FROM t", &n, &err), "%s", err.text);
    cr_expect_eq(n, 2000);
}

/* clang-format off */
static const struct {
    const char *name, *sql;
    enum error_kind kind;
} denied[] = {
    {"bytes are not written to", "INSERT INTO u VALUES(1) RETURNING x", ERROR_FILE},
    {"views are none", "SELECT count(*) FROM v", ERROR_LIBRARY},
    {"work comes to an end", "SELECT count(*) FROM t a, t b, t c", ERROR_FORMAT},
    {"no cell is endless", "SELECT length(zeroblob(100000000))", ERROR_FORMAT},
    {"no other file is opened", "ATTACH 'x.db' AS y", ERROR_LIBRARY},
};
/* clang-format on */

Test(sqlite, what_foreign_databases_cannot_do) {
    CLEANUP(made_release) struct made made = make(numbers);

    for (size_t i = 0; i < ARRAY_LEN(denied); i++) {
        CLEANUP(sqlite_closep) sqlite3 *db = NULL;
        struct sqlite_budget budget = {.steps = 1000000};
        struct error err = {0};
        sqlite3_int64 n = 0;

        cr_assert(sqlite_open_bytes(text_of(&made), &budget, &db, &err), "%s", err.text);
        cr_expect_not(sqlite_query_int(db, denied[i].sql, &n, &err), "%s", denied[i].name);
        cr_expect_eq(err.kind, denied[i].kind, "%s: %s", denied[i].name, err.text);
    }
}

Test(sqlite, other_bytes_are_no_database) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    struct sqlite_budget budget = {.steps = 1000000};
    struct error err = {0};

    cr_expect_not(sqlite_open_bytes(TEXT("SQLite format 3, or not"), &budget, &db, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_null(db);
}
