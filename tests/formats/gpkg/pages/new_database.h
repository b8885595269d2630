#pragma once
/* A database that SQLite has made and closed, for pages to be appended. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "formats/gpkg/fill.h"
#include "formats/sqlite.h"
#include "tests/formats/scratch.h"

struct new_database {
    struct scratch scratch;
    char path[128];
};

static inline struct new_database new_database(unsigned page_bytes, const char *sql) {
    struct new_database made = {.scratch = scratch_new()};
    struct error err = {0};
    sqlite3 *db = NULL;

    FILE *file = fopen(scratch_path(&made.scratch, "t.db", made.path), "wb");
    cr_assert_not_null(file);
    fclose(file);
    cr_assert(
        sqlite_open_new(&(struct sqlite_new){made.path, page_bytes}, &db, &err), "%s", err.text);
    cr_assert(sqlite_exec(db, sql, &err), "%s", err.text);
    cr_assert(sqlite_close(&db, &err), "%s", err.text);
    return made;
}

static inline void new_database_release(struct new_database *made) {
    remove(made->path);
    scratch_release(&made->scratch);
}

static inline sqlite3 *new_database_open(const struct new_database *made) {
    struct error err = {0};
    sqlite3 *db = NULL;

    cr_assert(sqlite_open_new(&(struct sqlite_new){.path = made->path}, &db, &err), "%s", err.text);
    return db;
}

static inline uint32_t new_database_root(const struct new_database *made, const char *table) {
    CLEANUP(sqlite_closep) sqlite3 *db = new_database_open(made);
    struct error err = {0};
    uint32_t root = 0;

    cr_assert(fill_find_root(db, table, &root, &err), "%s", err.text);
    return root;
}

/* The first value of a query, as text. */
static inline struct text new_database_ask(sqlite3 *db, const char *sql, char out[256]) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *query = NULL;
    struct error err = {0};

    cr_assert(sqlite_prepare(db, sql, &query, &err), "%s", err.text);
    cr_assert_eq(sqlite3_step(query), SQLITE_ROW, "%s", sql);
    snprintf(out, 256, "%s", (const char *)sqlite3_column_text(query, 0));
    return text_from(out);
}
