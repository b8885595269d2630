/* What happens in the child: libmdb opens the bytes, finds the table and reads row after row; each
 * is a message.  The first message says that it is open, so that a child which hangs over the head
 * of a broken file is given up sooner. */
#include "formats/mdb.h"

#include <mdbtools.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "formats/child.h"

enum {
    BIND_BYTES = 65536, /* a value that is longer is cut */
    TABLES_MAX = 4096,
    START_SILENT_S = 10,
    SILENT_S = 30,
    MIB = 1024 * 1024,
};

enum message {
    MESSAGE_OPEN = 'O',
    MESSAGE_TABLES = 'T', /* names; behind them an END, or why there may be more */
    MESSAGE_COLUMNS = 'C',
    MESSAGE_ROW = 'R',
    MESSAGE_END = 'E',
    MESSAGE_FAILED = 'X', /* why */
};

struct task {
    struct text bytes;
    struct text table; /* {0}: list the tables */
};

/* --- In the child --- */

static void fail(int out, const char *why) {
    struct text words = text_from(why);

    child_send(out, MESSAGE_FAILED, &words, 1);
}

static void send_tables(MdbHandle *mdb, int out) {
    static struct text names[TABLES_MAX];
    size_t n = 0;

    for (unsigned i = 0; i < mdb->num_catalog && n < TABLES_MAX; i++) {
        MdbCatalogEntry *entry = g_ptr_array_index(mdb->catalog, i);
        if (entry->object_type == MDB_TABLE && mdb_is_user_table(entry)) {
            entry->object_name[MDB_MAX_OBJ_NAME] = '\0';
            names[n++] = text_from(entry->object_name);
        }
    }
    child_send(out, MESSAGE_TABLES, names, n);
    MdbCatalogEntry list = {.mdb = mdb, .object_type = MDB_TABLE, .table_pg = 2};
    MdbTableDef *table = mdb_read_table(&list);
    if (table == NULL || mdb->num_catalog < table->num_rows) {
        fail(out, "its list of tables is not whole");
    } else {
        child_send(out, MESSAGE_END, NULL, 0);
    }
}

static bool is_readable(const MdbColumn *column) {
    return column->col_type != MDB_OLE && column->col_type != MDB_BINARY &&
           column->col_type != MDB_COMPLEX;
}

/* libmdb prints seventeen digits: 3.0239999999999998e+01. */
static struct text shorter(const MdbColumn *column, char *buffer, size_t n) {
    struct text value = {buffer, n};
    double number;

    if ((column->col_type == MDB_FLOAT || column->col_type == MDB_DOUBLE) &&
        text_to_double(value, &number)) {
        int length =
            snprintf(buffer, BIND_BYTES, "%.*g", column->col_type == MDB_FLOAT ? 7 : 15, number);
        value.n = length < 0 ? 0 : (size_t)length;
    }
    return value;
}

static void send_rows(MdbTableDef *table, int out, struct arena *arena) {
    size_t n = table->columns->len, n_shown = 0, n_rows = 0;
    MdbColumn **columns = ARENA_NEW(arena, MdbColumn *, n + 1);
    struct text *cells = ARENA_NEW(arena, struct text, n + 1);
    char **buffers = ARENA_NEW(arena, char *, n + 1);
    int *lengths = ARENA_NEW(arena, int, n + 1);

    for (size_t i = 0; i < n; i++) {
        MdbColumn *column = g_ptr_array_index(table->columns, (guint)i);
        if (is_readable(column)) {
            columns[n_shown] = column;
            cells[n_shown] = text_from(column->name);
            buffers[n_shown] = ARENA_NEW(arena, char, BIND_BYTES + 1);
            mdb_bind_column(table, (int)i + 1, buffers[n_shown], &lengths[n_shown]);
            n_shown++;
        }
    }
    if (!child_send(out, MESSAGE_COLUMNS, cells, n_shown)) {
        return;
    }
    mdb_rewind_table(table);
    for (; mdb_fetch_row(table); n_rows++) {
        for (size_t i = 0; i < n_shown; i++) {
            size_t length = lengths[i] <= 0 ? 0 : strnlen(buffers[i], BIND_BYTES);
            cells[i] = shorter(columns[i], buffers[i], length);
        }
        if (!child_send(out, MESSAGE_ROW, cells, n_shown)) {
            return;
        }
    }
    if (n_rows < table->num_rows) {
        fail(out, "it should have more rows");
        return;
    }
    child_send(out, MESSAGE_END, NULL, 0);
}

static void send_table(MdbHandle *mdb, struct text name, int out) {
    struct arena arena = {0}; /* the child's end releases it */
    MdbCatalogEntry *entry = mdb_get_catalogentry_by_name(mdb, arena_copy(&arena, name).at);

    if (entry == NULL || entry->object_type != MDB_TABLE) {
        fail(out, "there is no such table");
        return;
    }
    MdbTableDef *table = mdb_read_table(entry);
    if (table == NULL || mdb_read_columns(table) == NULL) {
        fail(out, "its columns cannot be read");
        return;
    }
    send_rows(table, out, &arena);
}

static void work(void *context, int out) {
    const struct task *task = context;

    unsetenv("MDBICONV");
    unsetenv("MDBOPTS");
    unsetenv("MDB_JET3_CHARSET");
    MdbHandle *mdb = mdb_open_buffer((void *)(uintptr_t)task->bytes.at, task->bytes.n, MDB_NOFLAGS);
    if (mdb == NULL) {
        fail(out, "it is no Access database, or one of an unknown kind");
        return;
    }
    child_send(out, MESSAGE_OPEN, NULL, 0);
    mdb_set_bind_size(mdb, BIND_BYTES);
    mdb_set_date_fmt(mdb, "%Y-%m-%d %H:%M:%S");
    mdb_set_shortdate_fmt(mdb, "%Y-%m-%d");
    mdb_set_boolean_fmt_numbers(mdb);
    if (mdb_read_catalog(mdb, MDB_ANY) == NULL) {
        fail(out, "its list of tables cannot be read");
    } else if (task->table.n == 0) {
        send_tables(mdb, out);
    } else {
        send_table(mdb, task->table, out);
    }
}

/* --- In the parent --- */

/* Rows cannot be more than the file has bytes, but many may name one long text. */
static struct child_limits limits_for(struct text bytes) {
    return (struct child_limits){
        .memory_bytes = 512 * (uint64_t)MIB,
        .sent_bytes = 256 * (uint64_t)MIB + 64 * (uint64_t)bytes.n,
        .cpu_s = 20 + (unsigned)(bytes.n / (4 * MIB)),
        .silent_s = START_SILENT_S,
    };
}

/* A message of that kind; anything else is an error. */
static bool expect(struct child *child, enum message wanted, struct error *err) {
    char kind = 0;

    if (!child_receive(child, &kind, err)) {
        return false;
    }
    if (kind == (char)wanted) {
        return true;
    }
    if (kind == MESSAGE_FAILED && child->n_parts == 1 && text_is_utf8(child->parts[0])) {
        return error_set(err, ERROR_FORMAT, "%.*s", TEXT_ARGS(text_cut(child->parts[0], 200)));
    }
    return error_set(err, ERROR_FORMAT, "its reader talks nonsense");
}

/* Started, and the database open. */
static bool start(struct task *task, struct child *child, struct error *err) {
    const struct child_limits limits = limits_for(task->bytes);

    if (!child_start(work, task, &limits, child, err) || !expect(child, MESSAGE_OPEN, err)) {
        return false;
    }
    child->limits.silent_s = SILENT_S;
    return true;
}

bool mdb_list(struct text bytes, struct arena *arena, struct mdb_names *out, struct error *err) {
    CLEANUP(child_end) struct child child = {0};
    struct task task = {.bytes = bytes};

    if (!mdb_is(bytes)) {
        return error_set(err, ERROR_FORMAT, "it is no Access database");
    }
    if (!start(&task, &child, err) || !expect(&child, MESSAGE_TABLES, err)) {
        return false;
    }
    struct error ignored = {0};
    struct mdb_names names = {.at = ARENA_NEW(arena, struct text, child.n_parts + 1)};
    for (size_t i = 0; i < child.n_parts; i++) {
        if (child.parts[i].n > 0 && text_is_utf8(child.parts[i])) {
            names.at[names.n++] = arena_copy(arena, child.parts[i]);
        }
    }
    if (names.n == 0) {
        return error_set(err, ERROR_FORMAT, "there is no table in it");
    }
    names.is_whole = expect(&child, MESSAGE_END, &ignored);
    *out = names;
    return true;
}

struct mdb_table {
    struct arena arena; /* holds itself */
    struct child child;
    struct text *columns;
    size_t n_columns;
};

bool mdb_table_open(
    struct text bytes, struct text name, struct mdb_table **out, struct error *err) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(child_end) struct child child = {0};
    struct task task = {.bytes = bytes, .table = name};

    if (!mdb_is(bytes) || name.n == 0) {
        return error_set(err, ERROR_FORMAT, "it is no Access database");
    }
    if (!start(&task, &child, err) || !expect(&child, MESSAGE_COLUMNS, err)) {
        return false;
    }
    struct mdb_table *table = ARENA_NEW(&arena, struct mdb_table, 1);
    table->n_columns = child.n_parts;
    table->columns = ARENA_NEW(&arena, struct text, child.n_parts + 1);
    for (size_t i = 0; i < child.n_parts; i++) {
        bool is_plain = text_is_utf8(child.parts[i]);
        table->columns[i] = is_plain ? arena_copy(&arena, child.parts[i]) : TEXT("?");
    }
    table->child = child;
    table->arena = arena;
    child = (struct child){0};
    arena = (struct arena){0};
    *out = table;
    return true;
}

const struct text *mdb_table_columns(const struct mdb_table *table, size_t *n) {
    *n = table->n_columns;
    return table->columns;
}

enum mdb_step mdb_table_next(
    struct mdb_table *table, const struct text **cells, struct error *err) {
    char kind = 0;

    if (!child_receive(&table->child, &kind, err)) {
        return MDB_STEP_BROKEN;
    }
    if (kind == MESSAGE_END) {
        return MDB_STEP_END;
    }
    if (kind == MESSAGE_FAILED) {
        error_set(err, ERROR_FORMAT, "it should have more rows");
        return MDB_STEP_BROKEN;
    }
    if (kind != MESSAGE_ROW || table->child.n_parts != table->n_columns) {
        error_set(err, ERROR_FORMAT, "its reader talks nonsense");
        return MDB_STEP_BROKEN;
    }
    *cells = table->child.parts;
    return MDB_STEP_ROW;
}

void mdb_table_close(struct mdb_table **table) {
    if (*table != NULL) {
        struct arena arena = (*table)->arena;
        child_end(&(*table)->child);
        arena_release(&arena);
        *table = NULL;
    }
}

/* --- Looking --- */

bool mdb_is(struct text head) {
    return head.n >= 32 && (memcmp(head.at + 4, "Standard Jet DB", 16) == 0 ||
                               memcmp(head.at + 4, "Standard ACE DB", 16) == 0);
}

static bool has(struct text bytes, const char *word, size_t n) {
    const char *at = bytes.at, *end = bytes.at + bytes.n;

    while (
        (size_t)(end - at) >= n && (at = memchr(at, word[0], (size_t)(end - at) - n + 1)) != NULL) {
        if (memcmp(at, word, n) == 0) {
            return true;
        }
        at++;
    }
    return false;
}

size_t mdb_count_names(const struct source *source, const char *const *names, size_t n) {
    enum { LOOKED_AT = 64 * MIB };
    struct error ignored = {0};
    void *at = NULL;
    size_t n_bytes = 0, n_found = 0;
    char wide[128];

    if (!mdb_is((struct text){(const char *)source->head, source->head_n}) ||
        !source_map(source, &at, &n_bytes, &ignored)) {
        return 0;
    }
    struct text bytes = {at, n_bytes < LOOKED_AT ? n_bytes : LOOKED_AT};
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(names[i]);
        for (size_t k = 0; k < length && 2 * k + 1 < sizeof wide; k++) {
            wide[2 * k] = names[i][k];
            wide[2 * k + 1] = '\0';
        }
        n_found += has(bytes, names[i], length) || has(bytes, wide, 2 * length);
    }
    source_unmap(at, n_bytes);
    return n_found;
}
