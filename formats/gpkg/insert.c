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
    const struct block *block;
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

static int cursor_filter(
    sqlite3_vtab_cursor *base, int plan, const char *plan_text, int n_args, sqlite3_value **args) {
    struct cursor *cursor = (struct cursor *)base;
    (void)plan;
    (void)plan_text;
    (void)n_args;
    (void)args;

    cursor->block = cursor->inserter->block;
    cursor->number = cursor->inserter->number;
    cursor->row = cursor->block->values;
    cursor->n_left = cursor->block->n_rows;
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *base) {
    struct cursor *cursor = (struct cursor *)base;

    cursor->number++;
    cursor->row += cursor->block->n_columns;
    cursor->n_left--;
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *base) {
    return ((struct cursor *)base)->n_left == 0;
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

/* Names of the target's columns are needed, or of made_rows' columns. */
static void append_columns(sqlite3_str *sql, const struct insert_into *into,
    const struct column_set *used, bool are_of_target) {
    const char *comma = "";

    if (into->ids == INSERT_NUMBERED) {
        sqlite3_str_appendall(sql, are_of_target ? "fid" : "rowid");
        comma = ",";
    }
    for (size_t i = 0; i < into->n_columns; i++) {
        if (!column_set_has(used, i)) {
            continue;
        }
        if (are_of_target) {
            sqlite3_str_appendf(sql, "%s\"%w\"", comma, into->columns[i].name);
        } else {
            sqlite3_str_appendf(sql, "%sc%d", comma, (int)i);
        }
        comma = ",";
    }
}

static char *insert_sql(const struct insert_into *into, const struct column_set *used) {
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendf(sql, "INSERT INTO \"%w\"", into->table);
    if (into->columns != NULL) {
        sqlite3_str_appendall(sql, "(");
        append_columns(sql, into, used, true);
        sqlite3_str_appendall(sql, ")");
    }
    sqlite3_str_appendall(sql, " SELECT ");
    append_columns(sql, into, used, false);
    sqlite3_str_appendall(sql, " FROM made_rows");
    return sqlite3_str_finish(sql);
}

static bool prepare_insert(sqlite3 *db, const struct insert_into *into,
    const struct column_set *used, sqlite3_stmt **insert, struct error *err) {
    CLEANUP(sql_release) char *sql = insert_sql(into, used);

    sqlite3_finalize(*insert);
    *insert = NULL;
    return sql == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                       : sqlite_prepare(db, sql, insert, err);
}

static bool insert_block(struct inserter *inserter, sqlite3 *db, sqlite3_stmt *insert,
    const struct block *block, struct error *err) {
    inserter->block = block;
    if (!sqlite_run(insert, err)) {
        return false;
    }
    uint64_t n_written = (uint64_t)sqlite3_changes64(db);
    if (n_written != block->n_rows) {
        return error_set(err, ERROR_LIBRARY, "%zu rows were made and %llu written", block->n_rows,
            (unsigned long long)n_written);
    }
    inserter->number += (sqlite3_int64)block->n_rows;
    return true;
}

/* All columns of a table whose columns have no names here. */
static struct column_set all_columns(size_t n) {
    struct column_set set = {0};

    for (size_t i = 0; i < n; i++) {
        set.bits[i / 64] |= (uint64_t)1 << (i % 64);
    }
    return set;
}

bool insert_rows(
    struct inserter *inserter, sqlite3 *db, const struct insert_into *into, struct error *err) {
    struct column_set used =
        into->columns == NULL ? all_columns(into->n_columns) : (struct column_set){0};
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;
    const struct block *block;

    inserter->number = 1;
    while ((block = feed_next(inserter->feed)) != NULL) {
        if (block->n_rows == 0) {
            continue;
        }
        if ((column_set_add(&used, &block->used) || insert == NULL) &&
            !prepare_insert(db, into, &used, &insert, err)) {
            return error_wrap(err, "table '%s'", into->table);
        }
        if (!insert_block(inserter, db, insert, block, err)) {
            return error_wrap(err, "table '%s'", into->table);
        }
    }
    return true;
}
