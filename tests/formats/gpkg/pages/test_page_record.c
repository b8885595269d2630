/* Rows laid out here are what SQLite makes of the same values. */
#include <math.h>

#include "formats/gpkg/pages/page_table.h"
#include "tests/formats/gpkg/pages/new_database.h"

static const struct {
    const char *type;
    enum affinity affinity;
} types[] = {
    {"TEXT",     AFFINITY_TEXT   },
    {"text(20)", AFFINITY_TEXT   },
    {"INTEGER",  AFFINITY_INTEGER},
    {"POINT",    AFFINITY_INTEGER},
    {"REAL",     AFFINITY_REAL   },
    {"DOUBLE",   AFFINITY_REAL   },
    {"BOOLEAN",  AFFINITY_NUMERIC},
    {"DATE",     AFFINITY_NUMERIC},
    {"BLOB",     AFFINITY_BLOB   },
    {"",         AFFINITY_BLOB   },
    {NULL,       AFFINITY_BLOB   },
};

Test(page_record, affinities) {
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        cr_expect_eq(affinity_of(types[i].type), types[i].affinity, "%s", types[i].type);
    }
}

/* Every width of an integer from both sides, whole and broken numbers. */
static const int64_t integers[] = {0, 1, 2, -1, 127, 128, -128, -129, 32767, 32768, -32768, -32769,
    8388607, 8388608, -8388608, -8388609, 2147483647, 2147483648, -2147483648, -2147483649,
    140737488355327, 140737488355328, -140737488355328, -140737488355329, INT64_MAX, INT64_MIN};
static const double reals[] = {0, -0.0, 1, 5, -5, 0.5, 127, 128, 23.4, -1e-300, 8388608, 4294967296,
    140737488355327, 140737488355328, 1e15, 9007199254740992, 1e18, 1e19, -1e19, 1e300,
    2500000.125};

enum { COLUMNS = 5, ROWS = ARRAY_LEN(integers) + ARRAY_LEN(reals) + 6 };
static const char *const column_types[COLUMNS] = {"INTEGER", "REAL", "BOOLEAN", "TEXT", NULL};
static const char create[] = "CREATE TABLE t(fid INTEGER PRIMARY KEY NOT NULL, a INTEGER, b REAL, "
                             "c BOOLEAN, d TEXT, e);"
                             "CREATE TABLE want(fid INTEGER PRIMARY KEY NOT NULL, a INTEGER, "
                             "b REAL, c BOOLEAN, d TEXT, e);";

static void fill_row(size_t row, struct value values[COLUMNS]) {
    static const char letters[] = "\xe9\x81\x93\xe8\xb7\xaf 1; \"x\" and more";
    size_t i = row;

    memset(values, 0, COLUMNS * sizeof *values);
    if (i < ARRAY_LEN(integers)) {
        for (size_t column = 0; column < COLUMNS; column++) {
            if (column != 3) {
                put_integer(&values[column], integers[i]);
            }
        }
        return;
    }
    i -= ARRAY_LEN(integers);
    if (i < ARRAY_LEN(reals)) {
        for (size_t column = 0; column < COLUMNS; column++) {
            if (column != 3) {
                put_real(&values[column], reals[i]);
            }
        }
        return;
    }
    i -= ARRAY_LEN(reals);
    if (i > 0) { /* the first of these rows is all NULL */
        put_text(&values[3], (struct text){letters, i * 3});
        put_blob(&values[4], letters, i);
        put_blob(&values[0], letters, i);
    }
}

static void bind(sqlite3_stmt *insert, int at, const struct value *value) {
    switch ((enum value_kind)value->kind) {
    case VALUE_NULL:
        sqlite3_bind_null(insert, at);
        break;
    case VALUE_INTEGER:
        sqlite3_bind_int64(insert, at, value->integer);
        break;
    case VALUE_REAL:
        sqlite3_bind_double(insert, at, value->real);
        break;
    case VALUE_TEXT:
        sqlite3_bind_text(insert, at, value->bytes, (int)value->n, SQLITE_STATIC);
        break;
    case VALUE_BLOB:
        sqlite3_bind_blob(insert, at, value->bytes, (int)value->n, SQLITE_STATIC);
        break;
    }
}

static void insert_with_sqlite(sqlite3 *db) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;
    struct error err = {0};

    cr_assert(sqlite_prepare(db, "INSERT INTO want VALUES(?,?,?,?,?,?)", &insert, &err));
    for (size_t row = 0; row < ROWS; row++) {
        struct value values[COLUMNS];
        fill_row(row, values);
        sqlite3_bind_int64(insert, 1, (sqlite3_int64)row + 1);
        for (int i = 0; i < COLUMNS; i++) {
            bind(insert, i + 2, &values[i]);
        }
        cr_assert(sqlite_run(insert, &err), "%s", err.text);
    }
}

Test(page_record, is_what_sqlite_makes_of_the_same_values) {
    CLEANUP(new_database_release) struct new_database made = new_database(4096, create);
    CLEANUP(page_file_release) struct page_file file = {.descriptor = -1};
    CLEANUP(page_table_release) struct page_table table = {0};
    enum affinity affinities[COLUMNS];
    uint32_t root = new_database_root(&made, "t");
    struct error err = {0};
    char said[256];

    for (size_t i = 0; i < COLUMNS; i++) {
        affinities[i] = affinity_of(column_types[i]);
    }
    cr_assert(page_file_open(made.path, &file, &err), "%s", err.text);
    page_table_begin(&table, &file, root, affinities, COLUMNS);
    for (size_t row = 0; row < ROWS; row++) {
        struct value values[COLUMNS];
        fill_row(row, values);
        cr_assert(page_table_add(&table, (int64_t)row + 1, values, &err), "%s", err.text);
    }
    cr_assert(page_table_end(&table, &err) && page_file_finish(&file, &err), "%s", err.text);

    CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(&made);
    insert_with_sqlite(db);
    cr_expect(
        text_equal(new_database_ask(db, "PRAGMA integrity_check", said), TEXT("ok")), "%s", said);
    /* Values, and how they are stored: the bytes that a row takes are the same, too. */
    new_database_ask(db,
        "SELECT count(*) || ' of ' || (SELECT count(*) FROM want) FROM t JOIN want USING (fid) WHERE "
        "t.a IS want.a AND t.b IS want.b AND t.c IS want.c AND t.d IS want.d AND t.e IS want.e AND "
        "typeof(t.a) = typeof(want.a) AND typeof(t.b) = typeof(want.b) AND "
        "typeof(t.c) = typeof(want.c) AND typeof(t.d) = typeof(want.d) AND "
        "typeof(t.e) = typeof(want.e)",
        said);
    char want[64];
    snprintf(want, sizeof want, "%zu of %zu", (size_t)ROWS, (size_t)ROWS);
    cr_expect_str_eq(said, want);
}
