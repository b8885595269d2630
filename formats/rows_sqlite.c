/* Tables of an SQLite database as rows. */
#include <string.h>

#include "core/base.h"
#include "formats/rows.h"

enum { TABLES_MAX = 4096, COLUMNS_MAX = 2000 };

bool rows_list_sqlite(
    sqlite3 *db, struct arena *arena, struct text **names, size_t *n, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    struct text *list = ARENA_NEW(arena, struct text, TABLES_MAX);
    size_t n_found = 0;
    int code = SQLITE_DONE;

    if (!sqlite_prepare(db,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT "
            "LIKE 'sqlite#_%' ESCAPE '#' ORDER BY name",
            &statement, err)) {
        return false;
    }
    while (n_found < TABLES_MAX && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct text name = text_from((const char *)sqlite3_column_text(statement, 0));
        if (name.n > 0 && text_is_utf8(name)) {
            list[n_found++] = arena_copy(arena, name);
        }
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
        return sqlite_error(db, err);
    }
    *names = list;
    *n = n_found;
    return true;
}

/* GUIDs may be stored as 16 bytes; other blobs are no values of ours. */
static struct text hex_of(struct arena *arena, const unsigned char *at, size_t n) {
    static const char digits[] = "0123456789abcdef";

    if (n != 16) {
        return (struct text){0};
    }
    char *out = ARENA_NEW(arena, char, 32);
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[at[i] >> 4];
        out[2 * i + 1] = digits[at[i] & 15];
    }
    return (struct text){out, 32};
}

static struct text value_at(struct rows *rows, sqlite3_stmt *statement, int place) {
    int type = sqlite3_column_type(statement, place);

    if (type == SQLITE_NULL) {
        return (struct text){0};
    }
    if (type == SQLITE_BLOB) {
        const void *blob = sqlite3_column_blob(statement, place);
        return hex_of(&rows->scratch, blob, (size_t)sqlite3_column_bytes(statement, place));
    }
    const char *text = (const char *)sqlite3_column_text(statement, place);
    size_t n = (size_t)sqlite3_column_bytes(statement, place);
    return text == NULL ? (struct text){0} : (struct text){text, n};
}

static enum rows_step next(struct rows *rows, struct error *why) {
    sqlite3_stmt *statement = rows->context;
    int code = sqlite3_step(statement);

    if (code == SQLITE_DONE) {
        return ROWS_END;
    }
    if (code != SQLITE_ROW) {
        sqlite_error(sqlite3_db_handle(statement), why);
        return ROWS_BROKEN;
    }
    rows->line = (uint32_t)rows->n_rows + 1;
    for (size_t i = 0; i < rows->n_columns; i++) {
        rows->cells[i] = value_at(rows, statement, (int)i);
    }
    return ROWS_ROW;
}

static void close_statement(struct rows *rows) {
    sqlite3_stmt *statement = rows->context;

    sqlite_finalizep(&statement);
}

/* The table's name comes out of rows_list_sqlite, which lists no views. */
bool rows_open_sqlite(
    const struct rows_request *request, sqlite3 *db, struct rows *out, struct error *err) {
    static const struct rows_source source = {next, close_statement};
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    CLEANUP(arena_release) struct arena arena = {0};
    struct text sql = {0};
    char *quoted = sqlite3_mprintf("SELECT * FROM \"%w\"", arena_copy(&arena, request->table).at);

    if (quoted == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    sql = arena_copy(&arena, text_from(quoted));
    sqlite3_free(quoted);
    if (!sqlite_prepare(db, sql.at, &statement, err)) {
        return false;
    }
    *out = (struct rows){.request = *request, .source = &source, .context = statement};
    int n = sqlite3_column_count(statement);
    for (int i = 0; i < n && i < COLUMNS_MAX; i++) {
        struct text name = text_from(sqlite3_column_name(statement, i));
        rows_add_column(out, text_is_utf8(name) ? name : TEXT("?"));
    }
    statement = NULL;
    return true;
}
