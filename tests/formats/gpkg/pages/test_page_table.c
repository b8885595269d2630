/* Tables of every size and shape are whole in SQLite's eyes. */
#include "formats/gpkg/pages/page_table.h"
#include "tests/formats/gpkg/pages/new_database.h"

static const char create[] = "CREATE TABLE t(fid INTEGER PRIMARY KEY NOT NULL, a, b BLOB);"
                             "CREATE TABLE other(x); INSERT INTO other VALUES('kept');";

/* Rows i = 1..n with the rowid i * step and a blob of size_of(i) bytes, all equal to i % 251. */
struct table_case {
    const char *name;
    unsigned page_bytes;
    int64_t n, step;
    size_t blob_bytes, every; /* only each so many-th row has the blob, others one of 3 bytes */
    uint32_t lock_page;       /* 0: where it is */
};

static const struct table_case cases[] = {
    {"no rows",                     4096,  0,     1,                3,      1,  0 },
    {"one row",                     4096,  1,     1,                3,      1,  0 },
    {"one page",                    4096,  100,   1,                3,      1,  0 },
    {"two levels",                  4096,  5000,  1,                3,      1,  0 },
    {"three levels of small pages", 512,   20000, 1,                3,      1,  0 },
    {"large pages",                 65536, 20000, 1,                3,      1,  0 },
    {"ids far apart",               4096,  3000,  1000000007,       3,      1,  0 },
    {"ids of nine bytes",           4096,  600,   3000000000000000, 3,      1,  0 },
    {"the longest that fits",       4096,  9,     1,                4049,   1,  0 },
    {"one byte more",               4096,  9,     1,                4050,   1,  0 },
    {"one overflow page, full",     4096,  9,     1,                8500,   1,  0 },
    {"long chains",                 4096,  9,     1,                100000, 1,  0 },
    {"a long one now and then",     4096,  2000,  1,                20000,  97, 0 },
    {"long ones in large pages",    16384, 300,   1,                70000,  7,  0 },
    {"a page that must stay empty", 4096,  5000,  1,                3,      1,  7 },
    {"the same in a chain",         4096,  9,     1,                100000, 1,  20},
};

static size_t blob_bytes(const struct table_case *at, int64_t i) {
    return (uint64_t)i % at->every == 0 ? at->blob_bytes : 3;
}

static void add_row(struct page_table *table, const struct table_case *at, int64_t i) {
    static unsigned char bytes[100000];
    struct value values[2] = {0};
    struct error err = {0};
    size_t n = blob_bytes(at, i);

    memset(bytes, (int)(i % 251), n);
    put_integer(&values[0], i);
    put_blob(&values[1], bytes, n);
    cr_assert(page_table_add(table, i * at->step, values, &err), "%s: %s", at->name, err.text);
}

static void write_case(const struct new_database *made, const struct table_case *at) {
    static const enum affinity affinities[2] = {AFFINITY_BLOB, AFFINITY_BLOB};
    CLEANUP(page_file_release) struct page_file file = {.descriptor = -1};
    CLEANUP(page_table_release) struct page_table table = {0};
    uint32_t root = new_database_root(made, "t");
    struct error err = {0};

    cr_assert(page_file_open(made->path, &file, &err), "%s", err.text);
    file.lock_page = at->lock_page == 0 ? file.lock_page : at->lock_page;
    page_table_begin(&table, &file, root, affinities, 2);
    for (int64_t i = 1; i <= at->n; i++) {
        add_row(&table, at, i);
    }
    cr_assert(page_table_end(&table, &err) && page_file_finish(&file, &err), "%s", err.text);
}

static void expect_rows(sqlite3 *db, const struct table_case *at) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *query = NULL;
    struct error err = {0};
    int64_t i = 0;

    cr_assert(sqlite_prepare(db, "SELECT fid, a, b FROM t", &query, &err), "%s", err.text);
    while (sqlite3_step(query) == SQLITE_ROW) {
        i++;
        const unsigned char *bytes = sqlite3_column_blob(query, 2);
        size_t n = (size_t)sqlite3_column_bytes(query, 2), n_right = 0;
        cr_assert_eq(sqlite3_column_int64(query, 0), i * at->step, "%s", at->name);
        cr_assert_eq(sqlite3_column_int64(query, 1), i, "%s", at->name);
        cr_assert_eq(n, blob_bytes(at, i), "%s: row %lld", at->name, (long long)i);
        while (n_right < n && bytes[n_right] == i % 251) {
            n_right++;
        }
        cr_assert_eq(n_right, n, "%s: row %lld", at->name, (long long)i);
    }
    cr_expect_eq(i, at->n, "%s: %lld rows", at->name, (long long)i);
}

/* A page that nobody uses is what SQLite must find wrong, when we left one on purpose. */
static void expect_whole(sqlite3 *db, const struct table_case *at) {
    char said[256], want[256] = "ok";

    if (at->lock_page != 0) {
        snprintf(
            want, sizeof want, "*** in database main ***\nPage %u is never used", at->lock_page);
    }
    new_database_ask(db, "PRAGMA integrity_check", said);
    cr_expect_str_eq(said, want, "%s: %s", at->name, said);
}

Test(page_table, of_every_size) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(new_database_release)
        struct new_database made = new_database(cases[i].page_bytes, create);
        char said[256];
        write_case(&made, &cases[i]);
        CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(&made);
        expect_whole(db, &cases[i]);
        expect_rows(db, &cases[i]);
        new_database_ask(db, "SELECT x FROM other", said);
        cr_expect_str_eq(said, "kept", "%s", cases[i].name);
    }
}

Test(page_table, records_of_each_length_around_the_limit) {
    for (unsigned page_bytes = 512; page_bytes <= 1024; page_bytes *= 2) {
        for (size_t n = page_bytes - 60; n < 2 * page_bytes + 60; n++) {
            const struct table_case at = {"length", page_bytes, 4, 1, n, 1, 0};
            CLEANUP(new_database_release)
            struct new_database made = new_database(page_bytes, create);
            write_case(&made, &at);
            CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(&made);
            expect_whole(db, &at);
            expect_rows(db, &at);
        }
    }
}

Test(page_table, can_be_edited_afterwards) {
    const struct table_case at = {"edited", 4096, 20000, 1, 9000, 400, 0};
    CLEANUP(new_database_release) struct new_database made = new_database(at.page_bytes, create);
    struct error err = {0};
    char said[256];

    write_case(&made, &at);
    CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(&made);
    cr_assert(
        sqlite_exec(db,
            "DELETE FROM t WHERE fid % 3 = 0; UPDATE t SET b = zeroblob(700) WHERE fid % 5 = 0;"
            "INSERT INTO t VALUES(NULL, 1, NULL), (9, 2, NULL); CREATE INDEX i ON t(a);",
            &err),
        "%s", err.text);
    new_database_ask(db, "PRAGMA integrity_check", said);
    cr_expect_str_eq(said, "ok");
    new_database_ask(db, "SELECT count(*) || ' ' || max(fid) FROM t", said);
    cr_expect_str_eq(said, "13336 20001");
}

Test(page_table, a_database_of_another_kind_is_refused) {
    static const char *const kinds[] = {
        "PRAGMA auto_vacuum = FULL; CREATE TABLE t(a);",
        "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t(a);",
        "PRAGMA journal_mode = WAL; CREATE TABLE t(a);",
        "",
    };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        CLEANUP(new_database_release) struct new_database made = new_database(4096, kinds[i]);
        CLEANUP(page_file_release) struct page_file file = {.descriptor = -1};
        struct error err = {0};
        cr_expect_not(page_file_open(made.path, &file, &err), "%s", kinds[i]);
        cr_expect_eq(err.kind, ERROR_LIBRARY, "%s", kinds[i]);
    }
}
