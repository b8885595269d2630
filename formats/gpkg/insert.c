#include "formats/gpkg/insert.h"

#include "formats/gpkg/schema.h"
#include "formats/sqlite.h"

/* SQLite allocates and frees these two through us. */
struct made_rows {
    sqlite3_vtab base;
    struct inserter *inserter;
};

struct cursor {
    sqlite3_vtab_cursor base;
    struct inserter *inserter;
    const struct block *block; /* NULL at the end */
    const struct value *row;
    size_t n_left; /* rows in the block, this one too */
    sqlite3_int64 number;
};

static int table_connect(sqlite3 *db, void *context, int n_args, const char *const *args,
    sqlite3_vtab **out, char **message) {
    (void)n_args;
    (void)args;
    (void)message;
    sqlite3_str *sql = sqlite3_str_new(db);

    for (int i = 0; i < MAX_COLUMNS; i++) {
        sqlite3_str_appendf(sql, "%s%d", i == 0 ? "CREATE TABLE x(c" : ",c", i);
    }
    sqlite3_str_append(sql, ")", 1);
    char *text = sqlite3_str_finish(sql);
    int status = text == NULL ? SQLITE_NOMEM : sqlite3_declare_vtab(db, text);
    sqlite3_free(text);
    if (status != SQLITE_OK) {
        return status;
    }
    struct made_rows *table = sqlite3_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (struct made_rows){.inserter = context};
    *out = &table->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

static int table_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->estimatedCost = 1e6;
    return SQLITE_OK;
}

static int table_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
    struct cursor *cursor = sqlite3_malloc(sizeof *cursor);

    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (struct cursor){.inserter = ((struct made_rows *)table)->inserter};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *cursor) {
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static void take_block(struct cursor *cursor) {
    do {
        cursor->block = feed_next(cursor->inserter->feed);
    } while (cursor->block != NULL && cursor->block->n_rows == 0);
    if (cursor->block != NULL) {
        cursor->row = cursor->block->values;
        cursor->n_left = cursor->block->n_rows;
        cursor->inserter->n_rows += cursor->n_left;
    }
}

static int cursor_filter(
    sqlite3_vtab_cursor *base, int plan, const char *plan_text, int n_args, sqlite3_value **args) {
    struct cursor *cursor = (struct cursor *)base;
    (void)plan;
    (void)plan_text;
    (void)n_args;
    (void)args;

    cursor->number = 1;
    take_block(cursor);
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base) {
    struct cursor *cursor = (struct cursor *)base;

    cursor->number++;
    cursor->row += cursor->block->n_columns;
    if (--cursor->n_left == 0) {
        take_block(cursor);
    }
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *base) {
    return ((struct cursor *)base)->block == NULL;
}

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const struct value *value = &((struct cursor *)base)->row[column];

    switch ((enum value_kind)value->kind) {
    case VALUE_NULL: /* is what SQLite starts with */
        break;
    case VALUE_INTEGER:
        sqlite3_result_int64(context, value->integer);
        break;
    case VALUE_REAL:
        sqlite3_result_double(context, value->real);
        break;
    case VALUE_TEXT:
        sqlite3_result_text(context, value->bytes, (int)value->n, SQLITE_STATIC);
        break;
    case VALUE_BLOB:
        sqlite3_result_blob(context, value->bytes, (int)value->n, SQLITE_STATIC);
        break;
    }
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = ((struct cursor *)base)->number;
    return SQLITE_OK;
}

/* Without xCreate: the table is there for each connection and nowhere in the file. */
static const sqlite3_module module = {
    .iVersion = 1,
    .xConnect = table_connect,
    .xBestIndex = table_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_eof,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};

bool inserter_attach(struct inserter *inserter, sqlite3 *db, struct error *err) {
    return sqlite3_create_module_v2(db, "made_rows", &module, inserter, NULL) == SQLITE_OK ||
           sqlite_error(db, err);
}

static void sql_release(char **sql) {
    sqlite3_free(*sql);
}

static char *insert_sql(const char *table, size_t n_columns, enum insert_ids ids) {
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendf(
        sql, "INSERT INTO \"%w\" SELECT %s", table, ids == INSERT_NUMBERED ? "rowid," : "");
    for (size_t i = 0; i < n_columns; i++) {
        sqlite3_str_appendf(sql, "%sc%d", i == 0 ? "" : ",", (int)i);
    }
    sqlite3_str_appendall(sql, " FROM made_rows");
    return sqlite3_str_finish(sql);
}

bool insert_rows(struct inserter *inserter, sqlite3 *db, const char *table, size_t n_columns,
    enum insert_ids ids, struct error *err) {
    CLEANUP(sql_release) char *sql = insert_sql(table, n_columns, ids);
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;

    if (sql == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    inserter->n_rows = 0;
    if (!sqlite_prepare(db, sql, &insert, err) || !sqlite_run(insert, err)) {
        return error_wrap(err, "table '%s'", table);
    }
    uint64_t n_written = (uint64_t)sqlite3_changes64(db);
    if (n_written != inserter->n_rows) {
        return error_set(err, ERROR_LIBRARY, "table '%s': %llu rows were made and %llu written",
            table, (unsigned long long)inserter->n_rows, (unsigned long long)n_written);
    }
    return true;
}
