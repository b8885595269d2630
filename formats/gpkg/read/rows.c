#include "formats/gpkg/read/rows.h"

bool rows_refuse(sqlite3 *db, struct error *err) {
    switch (sqlite3_errcode(db) & 0xff) {
    case SQLITE_NOTADB:
        return error_set(err, ERROR_FORMAT, "is no GeoPackage");
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
    case SQLITE_TOOBIG:
        return error_set(err, ERROR_FORMAT, "is damaged (SQLite: %s)", sqlite3_errmsg(db));
    case SQLITE_ERROR: /* a schema that is not ours */
        return error_set(
            err, ERROR_FORMAT, "is no result of this program (SQLite: %s)", sqlite3_errmsg(db));
    default:
        return sqlite_error(db, err);
    }
}

bool rows_prepare(
    sqlite3 *db, const struct gpkg_table *table, sqlite3_stmt **out, struct error *err) {
    sqlite3_str *sql = sqlite3_str_new(db);

    for (size_t i = 0; i < table->n_columns; i++) {
        bool is_geometry = i == 0 && table->geometry != NULL;
        sqlite3_str_appendall(sql, i == 0 ? "SELECT " : ", ");
        if (is_geometry) {
            sqlite3_str_appendall(sql, "NULL");
        } else {
            sqlite3_str_appendf(sql, "t.\"%w\"", table->columns[i].name);
        }
    }
    sqlite3_str_appendf(sql, " FROM main.\"%w\" AS t WHERE t.rowid = ?1", table->name);
    char *text = sqlite3_str_finish(sql);
    if (text == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    bool is_done = sqlite3_prepare_v2(db, text, -1, out, NULL) == SQLITE_OK;
    sqlite3_free(text);
    return is_done || rows_refuse(db, err);
}

struct value rows_value(sqlite3_stmt *statement, int column, struct arena *arena) {
    struct value value = {.kind = VALUE_NULL};

    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        put_integer(&value, sqlite3_column_int64(statement, column));
        break;
    case SQLITE_FLOAT:
        put_real(&value, sqlite3_column_double(statement, column));
        break;
    case SQLITE_TEXT: {
        const char *at = (const char *)sqlite3_column_text(statement, column);
        int n = sqlite3_column_bytes(statement, column);
        if (at != NULL && n > 0) {
            put_text(&value, arena_copy(arena, (struct text){at, (size_t)n}));
        }
        break;
    }
    default:
        break;
    }
    return value;
}

bool rows_read(sqlite3_stmt *statement, int64_t number, struct arena *arena,
    const struct value **out, struct error *err) {
    int n = sqlite3_column_count(statement);

    sqlite3_bind_int64(statement, 1, number);
    int status = sqlite3_step(statement);
    if (status != SQLITE_ROW) {
        bool is_done = status == SQLITE_DONE || rows_refuse(sqlite3_db_handle(statement), err);
        sqlite3_reset(statement);
        *out = NULL;
        return is_done;
    }
    struct value *row = ARENA_NEW(arena, struct value, (size_t)n);
    for (int i = 0; i < n; i++) {
        row[i] = rows_value(statement, i, arena);
    }
    sqlite3_reset(statement);
    *out = row;
    return true;
}

bool rows_has_table(sqlite3 *db, const char *name, bool *out, struct error *err) {
    static const char sql[] = "SELECT count(*) FROM main.sqlite_schema "
                              "WHERE name = ?1 AND type = 'table' AND rootpage > 0";
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        return rows_refuse(db, err);
    }
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_ROW) {
        return rows_refuse(db, err);
    }
    *out = sqlite3_column_int(statement, 0) > 0;
    return true;
}

int value_integer(const struct value *at, int least, int most, int otherwise) {
    bool is_in = at->kind == VALUE_INTEGER && at->integer >= least && at->integer <= most;

    return is_in ? (int)at->integer : otherwise;
}
