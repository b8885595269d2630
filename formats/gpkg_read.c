#include "formats/gpkg_read.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/scheme/scheme.h"
#include "formats/gpkg/read/reader.h"
#include "formats/gpkg/read/words.h"

enum {
    GEOPACKAGE_ID = 0x47504B47, /* "GPKG" */
    STEPS = 10 * 1000 * 1000,
    STEPS_A_BYTE = 4, /* a row of 300 bytes takes some tens */
};

/* --- passes over a table --- */

bool reader_scan(struct gpkg_reader *reader, const char *sql,
    void (*take)(void *context, sqlite3_stmt *row), void *context, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;
    int status;

    if (sqlite3_prepare_v2(reader->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        return rows_refuse(reader->db, err);
    }
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
        take(context, statement);
    }
    return status == SQLITE_DONE || rows_refuse(reader->db, err);
}

struct text reader_text(sqlite3_stmt *row, int column) {
    const char *at = sqlite3_column_type(row, column) == SQLITE_TEXT
                         ? (const char *)sqlite3_column_text(row, column)
                         : NULL;
    int n = at == NULL ? 0 : sqlite3_column_bytes(row, column);

    return (struct text){n == 0 ? NULL : at, (size_t)n};
}

/* --- is it ours? --- */

static bool check_kind(sqlite3 *db, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(db, "PRAGMA main.application_id", -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        return rows_refuse(db, err);
    }
    if (sqlite3_column_int(statement, 0) != GEOPACKAGE_ID) {
        return error_set(err, ERROR_FORMAT, "is no GeoPackage");
    }
    return true;
}

static bool check_tables(sqlite3 *db, struct error *err) {
    static const enum gpkg_table_id needed[] = {
        TABLE_RUNS, /* first: other GeoPackages may well have a table `segments` */
        TABLE_SEGMENTS,
        TABLE_NODES,
        TABLE_INSPECTIONS,
        TABLE_DEFECTS,
        TABLE_DEFECT_LINES,
        TABLE_INVENTORY,
        TABLE_UNPLACED,
        TABLE_SOURCE_FILES,
    };

    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        const char *name = gpkg_tables[needed[i]].name;
        bool has = false;
        if (!rows_has_table(db, name, &has, err)) {
            return false;
        }
        if (!has) {
            return error_set(err, ERROR_FORMAT,
                "is a GeoPackage, but no result of this program: it has no table '%s'", name);
        }
    }
    return true;
}

struct runs {
    struct gpkg_reader *reader;
    size_t n;
};

static void take_run(void *context, sqlite3_stmt *row) {
    struct runs *runs = context;
    struct gpkg_reader *reader = runs->reader;

    if (runs->n++ == 0) {
        reader->run.program_version = arena_copy(&reader->arena, reader_text(row, 0));
        reader->run.options = arena_copy(&reader->arena, reader_text(row, 1));
    }
}

static bool read_run(struct gpkg_reader *reader, const char *program_version, struct error *err) {
    struct runs runs = {.reader = reader};

    if (!reader_scan(reader, "SELECT t.\"program_version\", t.\"options\" FROM main.\"runs\" AS t",
            take_run, &runs, err)) {
        return false;
    }
    if (runs.n != 1) {
        return error_set(
            err, ERROR_FORMAT, "is no result of one run: its table 'runs' has %zu rows", runs.n);
    }
    if (!text_equal(reader->run.program_version, text_from(program_version))) {
        return error_set(err, ERROR_FORMAT,
            "was written by version '%.*s' of this program, this is '%s'; run it again to have it "
            "explained",
            TEXT_ARGS(text_cut(reader->run.program_version, 40)), program_version);
    }
    return true;
}

static void take_file(void *context, sqlite3_stmt *row) {
    struct gpkg_reader *reader = context;
    sqlite3_int64 version = sqlite3_column_int64(row, 3);
    struct text path = reader_text(row, 0);

    if (path.n == 0) {
        return;
    }
    reader->kept_files = array_reserve(reader->kept_files, &reader->files_capacity,
        reader->n_files + 1, sizeof *reader->kept_files);
    reader->kept_files[reader->n_files] = (struct kept_file){
        .catalogue = catalogue_from_title(reader_text(row, 1)),
        .scheme = scheme_from_name(reader_text(row, 2)),
        .coding_version = version > 0 && version < 100 ? (uint8_t)version : 0,
    };
    index_add(&reader->files, arena_copy(&reader->arena, path), (uint32_t)reader->n_files++);
}

static void take_count(void *context, sqlite3_stmt *row) {
    *(uint64_t *)context = (uint64_t)sqlite3_column_int64(row, 0);
}

static bool read_about(struct gpkg_reader *reader, const char *program_version, struct error *err) {
    return check_kind(reader->db, err) && check_tables(reader->db, err) &&
           read_run(reader, program_version, err) &&
           reader_scan(reader,
               "SELECT t.\"path\", t.\"catalogue\", t.\"scheme\", t.\"coding_version\" "
               "FROM main.\"source_files\" AS t",
               take_file, reader, err) &&
           reader_scan(reader, "SELECT count(*) FROM main.\"segments\" AS t WHERE t.\"rank\" > 0",
               take_count, &reader->run.n_ranked, err);
}

bool gpkg_reader_open(
    const char *path, const char *program_version, struct gpkg_reader **out, struct error *err) {
    CLEANUP(gpkg_reader_close) struct gpkg_reader *reader = NULL;
    struct stat about;
    size_t capacity = 0;

    if (stat(path, &about) != 0) {
        return error_set(err, ERROR_FILE, "'%s' cannot be opened: %s", path, strerror(errno));
    }
    if (!S_ISREG(about.st_mode)) {
        return error_set(err, ERROR_FILE, "'%s' is no file", path);
    }
    reader = array_reserve(NULL, &capacity, 1, sizeof *reader);
    *reader = (struct gpkg_reader){.budget.steps = STEPS + STEPS_A_BYTE * (uint64_t)about.st_size};
    if (!sqlite_open_untrusted(path, &reader->budget, &reader->db, err)) {
        return error_wrap(err, "'%s'", path);
    }
    if (!read_about(reader, program_version, err)) {
        if (err->kind == ERROR_FILE) {
            return error_wrap(err, "'%s'", path);
        }
        char said[sizeof err->text];
        memcpy(said, err->text, sizeof said);
        return error_set(err, err->kind, "'%s' %s", path, said);
    }
    *out = reader;
    reader = NULL;
    return true;
}

void gpkg_reader_close(struct gpkg_reader **pointer) {
    struct gpkg_reader *reader = *pointer;

    if (reader == NULL) {
        return;
    }
    for (size_t i = 0; i < TABLES; i++) {
        sqlite_finalizep(&reader->statements[i]);
        array_release(&reader->hits[i].at);
    }
    array_release(&reader->kept_files);
    array_release(&reader->node_rows);
    index_release(&reader->files);
    index_release(&reader->by_id);
    index_release(&reader->inspections);
    index_release(&reader->nodes);
    arena_release(&reader->arena);
    sqlite_closep(&reader->db);
    array_release(pointer);
}

const struct gpkg_run *gpkg_reader_run(const struct gpkg_reader *reader) {
    return &reader->run;
}

/* --- ids --- */

struct visitor {
    void (*visit)(void *context, struct text id);
    void *context;
};

static void take_id(void *context, sqlite3_stmt *row) {
    struct visitor *visitor = context;
    struct text id = reader_text(row, 0);

    if (id.n > 0) {
        visitor->visit(visitor->context, id);
    }
}

bool gpkg_reader_each_id(struct gpkg_reader *reader, void (*visit)(void *context, struct text id),
    void *context, struct error *err) {
    struct visitor visitor = {visit, context};

    return reader_scan(
        reader, "SELECT t.\"segment_id\" FROM main.\"segments\" AS t", take_id, &visitor, err);
}

/* --- rows --- */

bool reader_row(struct gpkg_reader *reader, enum gpkg_table_id table, int64_t number,
    struct arena *arena, const struct value **out, struct error *err) {
    sqlite3_stmt **statement = &reader->statements[table];

    if (*statement == NULL && !rows_prepare(reader->db, &gpkg_tables[table], statement, err)) {
        return false;
    }
    return rows_read(*statement, number, arena, out, err);
}
