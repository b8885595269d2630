#include "formats/gpkg/read/scan.h"

#include <string.h>

#include "core/base.h"

/* Which of its columns has the file's table? */
static bool find_columns(struct scan *scan, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    const struct gpkg_table *table = &gpkg_tables[scan->table];
    int status;

    if (sqlite3_prepare_v2(scan->db, "SELECT name FROM pragma_table_info(?1, 'main')", -1,
            &statement, NULL) != SQLITE_OK) {
        return rows_refuse(scan->db, err);
    }
    sqlite3_bind_text(statement, 1, table->name, -1, SQLITE_STATIC);
    for (size_t i = 0; i < table->n_columns; i++) {
        scan->lacks[i] = table->geometry == NULL || i > 0;
    }
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        for (size_t i = 0; name != NULL && i < table->n_columns; i++) {
            scan->lacks[i] = scan->lacks[i] && sqlite3_stricmp(name, table->columns[i].name) != 0;
        }
    }
    return status == SQLITE_DONE || rows_refuse(scan->db, err);
}

static bool prepare(const struct scan *scan, sqlite3_stmt **out, struct error *err) {
    const struct gpkg_table *table = &gpkg_tables[scan->table];
    sqlite3_str *sql = sqlite3_str_new(scan->db);

    sqlite3_str_appendall(sql, "SELECT t.rowid");
    for (size_t i = 0; i < table->n_columns; i++) {
        bool is_geometry = i == 0 && table->geometry != NULL;
        if (is_geometry || scan->lacks[i]) {
            sqlite3_str_appendall(sql, ", NULL");
        } else {
            sqlite3_str_appendf(sql, ", t.\"%w\"", table->columns[i].name);
        }
    }
    sqlite3_str_appendf(sql, " FROM main.\"%w\" AS t", table->name);
    char *text = sqlite3_str_finish(sql);
    if (text == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    bool is_done = sqlite3_prepare_v2(scan->db, text, -1, out, NULL) == SQLITE_OK;
    sqlite3_free(text);
    return is_done || rows_refuse(scan->db, err);
}

/* What is no UTF-8 is shown as that: a result has no other encoding. */
static struct text mend(struct scan *scan, struct text text, struct arena *arena) {
    char *mended = ARENA_NEW(arena, char, text.n + 1);

    scan->n_mended++;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.at[i];
        mended[i] = c == 0 ? ' ' : c < 0x80 ? (char)c : '?';
    }
    return (struct text){mended, text.n};
}

static struct value value_at(
    struct scan *scan, sqlite3_stmt *statement, int column, struct arena *arena) {
    struct value value = {.kind = VALUE_NULL};
    struct text text;

    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        put_integer(&value, sqlite3_column_int64(statement, column));
        break;
    case SQLITE_FLOAT:
        put_real(&value, sqlite3_column_double(statement, column));
        break;
    case SQLITE_TEXT:
        text.at = (const char *)sqlite3_column_text(statement, column);
        text.n = text.at == NULL ? 0 : (size_t)sqlite3_column_bytes(statement, column);
        if (text.n > 0 && (memchr(text.at, '\0', text.n) != NULL || !text_is_utf8(text))) {
            text = mend(scan, text, arena);
        }
        put_text(&value, text);
        break;
    default:
        break;
    }
    return value;
}

bool scan_table(struct scan *scan, enum scan_outcome *out, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    CLEANUP(arena_release) struct arena arena = {0};
    const struct gpkg_table *table = &gpkg_tables[scan->table];
    struct value row[MAX_COLUMNS];
    bool has_table = false;
    int status;

    *out = SCAN_NO_TABLE;
    if (!rows_has_table(scan->db, table->name, &has_table, err)) {
        return false;
    }
    if (!has_table) {
        return true;
    }
    if (!find_columns(scan, err) || !prepare(scan, &statement, err)) {
        return error_wrap(err, "table '%s'", table->name);
    }
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        for (size_t i = 0; i < table->n_columns; i++) {
            row[i] = value_at(scan, statement, (int)i + 1, &arena);
        }
        scan->n_rows++;
        scan->take(scan->context, sqlite3_column_int64(statement, 0), row);
        arena_release(&arena);
    }
    *out = status == SQLITE_DONE ? SCAN_DONE : SCAN_BROKEN;
    if (status != SQLITE_DONE) {
        error_set(&scan->trouble, ERROR_FORMAT, "%s", sqlite3_errmsg(scan->db));
    }
    return true;
}

double value_number(const struct value *at) {
    double number = value_real(at);

    if (at->kind == VALUE_TEXT && !text_to_double(value_text(at), &number)) {
        return (double)NAN;
    }
    return isfinite(number) ? number : (double)NAN;
}
