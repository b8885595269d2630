/* The tables of a WinCan VX database.  Columns differ with the edition: each table is asked first
 * which of ours it has, and the others count as empty.  Deleted rows are still there, with a date
 * in their ..._Deleted column; whoever takes a row looks at it. */
#include "formats/survey/wincan_db.h"

#include <string.h>

#include "core/base.h"

enum { VALUE_MAX = 65536, MISSING_MAX = 600, PROGRESS_EVERY = 8192 };

/* --- The schema --- */

enum shape {
    SHAPE_MISSING,
    SHAPE_TABLE,
    SHAPE_OTHER, /* a view, a virtual table */
};

/* A view or a virtual table could run anything in the place of a table. */
static bool look_up(struct wincan_db *db, const char *table, enum shape *out, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;

    if (!sqlite_prepare(db->db,
            "SELECT type = 'table' AND rootpage > 0 FROM sqlite_schema WHERE lower(name) = "
            "lower(?1) AND type IN ('table', 'view')",
            &statement, err)) {
        return false;
    }
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return sqlite_error(db->db, err);
    }
    *out = code == SQLITE_DONE                     ? SHAPE_MISSING
           : sqlite3_column_int(statement, 0) != 0 ? SHAPE_TABLE
                                                   : SHAPE_OTHER;
    return true;
}

static void note_missing(struct wincan_db *db, const char *table, const char *column) {
    if (db->missing.n < MISSING_MAX) {
        db->missing = arena_printf(&db->wincan->keys, "%.*s%s%s%s%s", TEXT_ARGS(db->missing),
            db->missing.n > 0 ? ", " : "", table, column == NULL ? "" : ".",
            column == NULL ? "" : column);
    }
}

static bool find_columns(struct wincan_db *db, const struct wincan_table *table,
    bool has[WINCAN_COLUMNS], struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    int code;

    if (!sqlite_prepare(db->db, "SELECT name FROM pragma_table_info(?1)", &statement, err)) {
        return false;
    }
    sqlite3_bind_text(statement, 1, table->name, -1, SQLITE_STATIC);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct text name = text_from((const char *)sqlite3_column_text(statement, 0));
        for (size_t i = 0; i < WINCAN_COLUMNS; i++) {
            has[i] = has[i] || (wincan_columns[i].set == table->set &&
                                   text_equal_nocase(name, text_from(wincan_columns[i].name)));
        }
    }
    return code == SQLITE_DONE || sqlite_error(db->db, err);
}

/* Is the column one that this table should have? */
static bool belongs(const struct wincan_table *table, const struct wincan_column_about *column) {
    unsigned other = table->of_nodes ? WINCAN_SECTIONS : WINCAN_NODES;

    return column->set == table->set && (column->flags & other) == 0;
}

static bool check_columns(struct wincan_db *db, const struct wincan_table *table,
    const bool has[WINCAN_COLUMNS], struct error *err) {
    for (size_t i = 0; i < WINCAN_COLUMNS; i++) {
        if (has[i] || !belongs(table, &wincan_columns[i])) {
            continue;
        }
        if ((wincan_columns[i].flags & WINCAN_REQUIRED) != 0) {
            return error_set(err, ERROR_FORMAT, "table '%s' has no column '%s'", table->name,
                wincan_columns[i].name);
        }
        note_missing(db, table->name, wincan_columns[i].name);
    }
    return true;
}

/* SELECT NULL, "OBS_Distance", ... FROM "SECOBS": the first place is the row's number, where the
 * table has one. */
static bool prepare(struct wincan_db *db, const struct wincan_table *table,
    const bool has[WINCAN_COLUMNS], sqlite3_stmt **out, struct error *err) {
    struct arena *arena = &db->wincan->keys;
    struct text list = {0};
    struct error ignored = {0};

    for (size_t i = 0; i < WINCAN_COLUMNS; i++) {
        if (wincan_columns[i].set == table->set) {
            list = arena_printf(arena, "%.*s, %s%s%s", TEXT_ARGS(list), has[i] ? "\"" : "",
                has[i] ? wincan_columns[i].name : "NULL", has[i] ? "\"" : "");
        }
    }
    struct text numbered =
        arena_printf(arena, "SELECT rowid%.*s FROM \"%s\"", TEXT_ARGS(list), table->name);
    struct text plain =
        arena_printf(arena, "SELECT NULL%.*s FROM \"%s\"", TEXT_ARGS(list), table->name);
    return sqlite_prepare(db->db, numbered.at, out, &ignored) ||
           sqlite_prepare(db->db, plain.at, out, err);
}

/* --- Values --- */

static void note(size_t *n, uint32_t *first, uint32_t row) {
    *first = (*n)++ == 0 ? row : *first;
}

static enum encoding encoding_of(const struct wincan_db *db, struct text text) {
    const char *told = db->wincan->options->encoding;
    enum encoding encoding = told == NULL ? ENCODING_UNKNOWN : encoding_from_name(text_from(told));

    encoding = encoding == ENCODING_UNKNOWN ? encoding_guess(text) : encoding;
    bool is_wide = encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
    bool is_none = encoding == ENCODING_UNKNOWN || encoding == ENCODING_UTF8 || is_wide;
    return is_none ? ENCODING_CP1252 : encoding;
}

/* The first text that is no UTF-8 decides for all; what cannot be decoded becomes U+FFFD. */
static struct text recode(struct wincan_db *db, struct text text) {
    struct error ignored = {0};
    size_t n_bad = 0;

    if (db->decoder.encoding == ENCODING_UNKNOWN &&
        !encoding_decoder_open(encoding_of(db, text), &db->decoder, &ignored)) {
        return (struct text){0};
    }
    note(&db->n_recoded, &db->first_recoded, db->row.line);
    db->buffer = array_reserve(db->buffer, &db->buffer_capacity, 3 * text.n + 1, 1);
    size_t n = encoding_decoder_run(&db->decoder, text, db->buffer, &n_bad);
    return (struct text){db->buffer, n};
}

static struct text without_nul(struct wincan_db *db, struct text text) {
    note(&db->n_nul, &db->first_nul, db->row.line);
    db->plain = array_reserve(db->plain, &db->plain_capacity, text.n + 1, 1);
    for (size_t i = 0; i < text.n; i++) {
        db->plain[i] = text.at[i] == '\0' ? ' ' : text.at[i];
    }
    return (struct text){db->plain, text.n};
}

static struct text clean(struct wincan_db *db, struct text text) {
    if (text.n > VALUE_MAX) {
        note(&db->n_too_long, &db->first_too_long, db->row.line);
        text = text_cut(text, VALUE_MAX);
    }
    if (text.n > 0 && memchr(text.at, '\0', text.n) != NULL) {
        text = without_nul(db, text);
    }
    return text_is_utf8(text) ? text : recode(db, text);
}

/* GUIDs may be stored as 16 bytes; other blobs are no values of ours. */
static struct text hex_of(struct wincan_db *db, const unsigned char *at, size_t n) {
    static const char digits[] = "0123456789abcdef";

    if (n != 16) {
        return (struct text){0};
    }
    db->buffer = array_reserve(db->buffer, &db->buffer_capacity, 33, 1);
    for (size_t i = 0; i < n; i++) {
        db->buffer[2 * i] = digits[at[i] >> 4];
        db->buffer[2 * i + 1] = digits[at[i] & 15];
    }
    return (struct text){db->buffer, 32};
}

static struct text value_at(struct wincan_db *db, sqlite3_stmt *statement, int place) {
    if (sqlite3_column_type(statement, place) == SQLITE_NULL) {
        return (struct text){0};
    }
    if (sqlite3_column_type(statement, place) == SQLITE_BLOB) {
        const void *blob = sqlite3_column_blob(statement, place);
        return hex_of(db, blob, (size_t)sqlite3_column_bytes(statement, place));
    }
    const char *text = (const char *)sqlite3_column_text(statement, place);
    size_t n = (size_t)sqlite3_column_bytes(statement, place);
    return text == NULL ? (struct text){0} : clean(db, (struct text){text, n});
}

static void read_row(
    struct wincan_db *db, const struct wincan_table *table, sqlite3_stmt *statement, uint32_t n) {
    sqlite3_int64 number = sqlite3_column_type(statement, 0) == SQLITE_INTEGER
                               ? sqlite3_column_int64(statement, 0)
                               : n;
    int place = 1;

    wincan_row_clear(&db->row, number > 0 && number <= UINT32_MAX ? (uint32_t)number : n);
    for (size_t i = 0; i < WINCAN_COLUMNS; i++) {
        if (wincan_columns[i].set != table->set) {
            continue;
        }
        struct text value = value_at(db, statement, place++);
        if (!wincan_row_add(&db->row, (enum wincan_column)i, value)) {
            note(&db->n_too_long, &db->first_too_long, db->row.line);
        }
    }
}

/* --- Tables --- */

static void report_damage(struct wincan_db *db, const struct wincan_table *table, uint32_t n) {
    struct survey *survey = db->wincan->survey;

    survey->file.is_damaged = true;
    findings_add(&survey->findings, FINDING_FILE_DAMAGED, db->wincan->place,
        "table '%s' breaks off behind %u rows: %s", table->name, (unsigned)n,
        sqlite3_errmsg(db->db));
}

static void read_rows(
    struct wincan_db *db, const struct wincan_table *table, sqlite3_stmt *statement) {
    const struct read_options *options = db->wincan->options;
    uint32_t n = 0;
    int code;

    while ((code = sqlite3_step(statement)) == SQLITE_ROW && n < UINT32_MAX - 1) {
        read_row(db, table, statement, ++n);
        table->take(db->wincan, &db->row);
        if (n % PROGRESS_EVERY == 0 && options->progress != NULL) {
            options->progress(options->progress_context, db->wincan->survey->n_observations);
        }
    }
    if (code != SQLITE_DONE) {
        report_damage(db, table, n);
    }
}

bool wincan_db_each(struct wincan_db *db, const struct wincan_table *table, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    bool has[WINCAN_COLUMNS] = {false};
    enum shape shape = SHAPE_MISSING;

    db->wincan->of_nodes = table->of_nodes;
    if (!look_up(db, table->name, &shape, err)) {
        return false;
    }
    if (shape == SHAPE_OTHER) {
        return error_set(err, ERROR_FORMAT, "'%s' is no table", table->name);
    }
    if (shape == SHAPE_MISSING && table->presence == WINCAN_MUST_BE) {
        return error_set(
            err, ERROR_FORMAT, "there is no table '%s': no WinCan VX project", table->name);
    }
    if (shape == SHAPE_MISSING) {
        note_missing(db, table->name, NULL);
        return true;
    }
    if (!find_columns(db, table, has, err) || !check_columns(db, table, has, err) ||
        !prepare(db, table, has, &statement, err)) {
        return false;
    }
    read_rows(db, table, statement);
    return true;
}

/* --- What stands for many rows --- */

static void report(
    struct wincan_db *db, enum finding_kind kind, uint32_t line, size_t n, const char *what) {
    struct finding_place place = db->wincan->place;

    if (n > 0) {
        place.line = line;
        findings_add(&db->wincan->survey->findings, kind, place, "%zu value%s %s", n,
            n == 1 ? "" : "s", what);
    }
}

void wincan_db_finish(struct wincan_db *db) {
    struct wincan *wincan = db->wincan;

    if (db->n_recoded > 0) {
        struct text words = arena_printf(&wincan->keys, "that %s no UTF-8: taken as %s",
            db->n_recoded == 1 ? "is" : "are", encoding_name(db->decoder.encoding));
        report(db, FINDING_ENCODING_DIFFERS, db->first_recoded, db->n_recoded, words.at);
    }
    report(db, FINDING_NUL_BYTES, db->first_nul, db->n_nul, "with NUL bytes");
    report(db, FINDING_LINE_TOO_LONG, db->first_too_long, db->n_too_long,
        "of more than 64 KiB: cut or left out");
    if (db->missing.n > 0) {
        findings_add(&wincan->survey->findings, FINDING_UNKNOWN_EDITION, wincan->place,
            "WinCan VX '%.*s' is without %.*s%s", TEXT_ARGS(text_cut(wincan->version, 50)),
            TEXT_ARGS(db->missing), db->missing.n >= MISSING_MAX ? " ..." : "");
    }
}

void wincan_db_release(struct wincan_db *db) {
    array_release(&db->row.raw);
    array_release(&db->buffer);
    array_release(&db->plain);
    encoding_decoder_close(&db->decoder);
    sqlite_closep(&db->db);
}
