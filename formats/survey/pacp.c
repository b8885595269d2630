/* NASSCO PACP, LACP and MACP, 4 to 8, whatever holds their tables:
 *
 *     PACP_Inspections        InspectionID, Pipe_Segment_Reference, Upstream_MH, Direction ...
 *     PACP_Conditions         ConditionID, InspectionID, Distance, PACP_Code, Continuous ...
 *     PACP_Media_Inspections  videos;  PACP_Media_Conditions  photos;  PACP_Ratings
 *     LACP_...  laterals;     MACP_...  manholes;     until 6.x without a prefix
 *
 * in an SQLite database, in an Access database, or in CSV files named after them, one of which is
 * given and leads to the others. */
#include "formats/survey/pacp.h"

#include <string.h>

#include "core/base.h"
#include "formats/sqlite_file.h"
#include "formats/survey/formats.h"

const char *const pacp_prefixes[PACP_FAMILIES] = {"PACP", "LACP", "MACP"};
const char *const pacp_table_names[PACP_TABLES] = {
    [PACP_INSPECTIONS] = "Inspections",
    [PACP_RATINGS] = "Ratings",
    [PACP_VIDEOS] = "Media_Inspections",
    [PACP_CONDITIONS] = "Conditions",
    [PACP_PHOTOS] = "Media_Conditions",
};

static const struct {
    pacp_taker *take;
    enum pacp_column needed[2];
} tables[PACP_TABLES] = {
    [PACP_INSPECTIONS] = {pacp_take_inspection, {PACP_INSPECTION_ID, PACP_INSPECTION_SURVEYED}},
    [PACP_RATINGS] = {pacp_take_rating,     {PACP_RATING_RATED, PACP_RATING_RATED}        },
    [PACP_VIDEOS] = {pacp_take_video,      {PACP_VIDEO_RUN, PACP_VIDEO_NAME}             },
    [PACP_CONDITIONS] = {pacp_take_condition,  {PACP_CONDITION_OF, PACP_CONDITION_CODE}      },
    [PACP_PHOTOS] = {pacp_take_photo,      {PACP_PHOTO_ROW, PACP_PHOTO_IMAGE}            },
};

static struct text bytes_of(const struct source *source) {
    return (struct text){(const char *)source->head, source->head_n};
}

/* --- Where the tables are --- */

struct holder {
    struct pacp *pacp;
    struct arena arena;
    struct text *names; /* of the tables of a database */
    size_t n_names;
    sqlite3 *sqlite; /* one of these */
    struct text access;
    const struct source *csv; /* the file that was offered */
    struct text csv_bytes;    /* or its bytes, alone */
    struct pacp_csv head;
};

static void holder_release(struct holder *holder) {
    sqlite_closep(&holder->sqlite);
    arena_release(&holder->arena);
}

/* PACP_Conditions, "PACP Conditions", and of pipes Conditions too. */
static struct text find_name(
    const struct holder *holder, enum pacp_family family, const char *word) {
    char full[64];
    size_t n_prefix = strlen(pacp_prefixes[family]), n_word = strlen(word);

    memcpy(full, pacp_prefixes[family], n_prefix);
    memcpy(full + n_prefix, word, n_word + 1);
    for (size_t i = 0; i < holder->n_names; i++) {
        if (rows_same_name(holder->names[i], text_from(full))) {
            return holder->names[i];
        }
    }
    for (size_t i = 0; family == PACP_PIPES && i < holder->n_names; i++) {
        if (rows_same_name(holder->names[i], text_from(word))) {
            return holder->names[i];
        }
    }
    return (struct text){0};
}

/* --- Reading tables --- */

static bool open_database(struct holder *holder, const struct rows_request *request,
    struct rows *rows, struct error *err) {
    return holder->sqlite != NULL ? rows_open_sqlite(request, holder->sqlite, rows, err)
                                  : rows_open_mdb(request, holder->access, rows, err);
}

static bool open_csv(struct holder *holder, enum pacp_table table, struct rows_request *request,
    struct rows *rows, bool *is_there, struct error *err) {
    struct text path = {0};

    *is_there = true;
    if (table == holder->head.table) {
        return holder->csv != NULL ? rows_open_csv(request, holder->csv, rows, err)
                                   : rows_open_csv_bytes(request, holder->csv_bytes, rows, err);
    }
    *is_there = holder->csv != NULL && pacp_csv_beside(&holder->pacp->survey->arena, holder->csv,
                                           holder->head.table, table, &path);
    if (!*is_there) {
        return true;
    }
    struct source *source = ARENA_NEW(&holder->arena, struct source, 1);
    request->file = path;
    return (source_open(path.at, source, err) && rows_open_csv(request, source, rows, err)) ||
           error_wrap(err, "its sibling '%s'", path.at);
}

/* A table, when it is there. */
static bool open_table(struct holder *holder, enum pacp_family family, enum pacp_table table,
    struct rows *rows, bool *is_there, struct error *err) {
    struct rows_request request = {
        .survey = holder->pacp->survey,
        .options = holder->pacp->options,
        .file = holder->pacp->survey->file.path,
    };

    *is_there = false;
    if (holder->sqlite == NULL && holder->access.n == 0) {
        return family != holder->head.family ||
               open_csv(holder, table, &request, rows, is_there, err);
    }
    request.table = find_name(holder, family, pacp_table_names[table]);
    if (request.table.n == 0) {
        return true;
    }
    *is_there = true;
    return open_database(holder, &request, rows, err) ||
           error_wrap(err, "table '%.*s'", TEXT_ARGS(text_cut(request.table, 100)));
}

static void report_columns(struct pacp *pacp, enum pacp_table table) {
    for (size_t i = 0; i < 2; i++) {
        if (!pacp_has(pacp, tables[table].needed[i])) {
            findings_add(&pacp->survey->findings, FINDING_UNKNOWN_EDITION,
                (struct finding_place){.file = pacp->rows->request.file},
                "table %s is without a column that it should have", pacp_table_names[table]);
            return;
        }
    }
}

static bool read_table(
    struct holder *holder, enum pacp_family family, enum pacp_table table, struct error *err) {
    CLEANUP(rows_close) struct rows rows = {0};
    struct pacp *pacp = holder->pacp;
    bool is_there = false;

    if (!open_table(holder, family, table, &rows, &is_there, err)) {
        return false;
    }
    if (!is_there) {
        return true;
    }
    pacp->family = family;
    pacp_learn(pacp, &rows);
    if (table != PACP_INSPECTIONS || family == PACP_PIPES) {
        report_columns(pacp, table);
    }
    pacp->has_inspections = pacp->has_inspections || table == PACP_INSPECTIONS;
    while (rows_next(&rows)) {
        tables[table].take(pacp);
    }
    return true;
}

/* The first value of a table that is called after its version. */
static struct text read_version(struct holder *holder) {
    struct rows_request request = {
        .survey = holder->pacp->survey,
        .options = holder->pacp->options,
        .file = holder->pacp->survey->file.path,
    };
    CLEANUP(rows_close) struct rows rows = {0};
    struct error ignored = {0};

    for (size_t i = 0; i < holder->n_names && request.table.n == 0; i++) {
        bool is_it = rows_same_name(holder->names[i], TEXT("DB_Version")) ||
                     rows_same_name(holder->names[i], TEXT("PACP_DB_Version")) ||
                     rows_same_name(holder->names[i], TEXT("Version"));
        request.table = is_it ? holder->names[i] : request.table;
    }
    if (request.table.n == 0 || !open_database(holder, &request, &rows, &ignored) ||
        !rows_next(&rows)) {
        return (struct text){0};
    }
    pacp_learn(holder->pacp, &rows);
    struct text value = pacp_value(holder->pacp, PACP_VERSION_NUMBER);
    value = value.n == 0 && rows.n_columns > 0 ? rows.cells[rows.n_columns - 1] : value;
    return arena_copy(&holder->arena, value);
}

/* Inspections of all families first: what they say of units together decides where some are
 * silent. */
static bool read_all(struct holder *holder, struct error *err) {
    struct pacp *pacp = holder->pacp;

    for (enum pacp_family f = PACP_PIPES; f < PACP_FAMILIES; f++) {
        if (!read_table(holder, f, PACP_INSPECTIONS, err)) {
            return false;
        }
    }
    pacp_units_finish(pacp);
    for (enum pacp_family f = PACP_PIPES; f < PACP_FAMILIES; f++) {
        for (enum pacp_table t = PACP_RATINGS; t < PACP_TABLES; t++) {
            if (!read_table(holder, f, t, err)) {
                return false;
            }
        }
    }
    pacp_fill_version(pacp, read_version(holder));
    pacp_finish(pacp);
    return pacp->survey->n_inspections > 0 ||
           error_set(err, ERROR_FORMAT, "there are no inspections in it");
}

/* --- Containers --- */

static bool read_sqlite(
    struct holder *holder, struct text bytes, struct text log, struct error *err) {
    enum { STEPS_PER_BYTE = 100 };
    CLEANUP(sqlite_image_release) struct sqlite_image image = {0};
    struct text database = sqlite_file_apply(bytes, log, holder->pacp->survey, &image);
    struct sqlite_budget budget = {
        .steps = 50000000 + STEPS_PER_BYTE * (uint64_t)database.n,
        .mapped = sqlite_file_mapped(holder->pacp->survey, database),
    };

    bool is_read =
        sqlite_open_bytes(database, &budget, &holder->sqlite, err) &&
        rows_list_sqlite(holder->sqlite, &holder->arena, &holder->names, &holder->n_names, err) &&
        read_all(holder, err);
    if (!is_read) {
        err->kind = ERROR_FORMAT;
    }
    sqlite_closep(&holder->sqlite);
    return is_read;
}

static bool read_access(struct holder *holder, struct text bytes, struct error *err) {
    holder->access = bytes;
    holder->pacp->survey->file.encoding = TEXT("UTF-16LE");
    return rows_list_mdb(bytes, holder->pacp->survey, &holder->arena, &holder->names,
               &holder->n_names, err) &&
           read_all(holder, err);
}

static bool is_sqlite(struct text head) {
    return text_starts_with(head, (struct text){"SQLite format 3", 16});
}

static bool read_holder(
    struct holder *holder, struct text bytes, struct text log, struct error *err) {
    if (is_sqlite(bytes)) {
        return read_sqlite(holder, bytes, log, err);
    }
    if (mdb_is(bytes)) {
        return read_access(holder, bytes, err);
    }
    struct text name = holder->csv == NULL ? (struct text){0} : text_from(holder->csv->name);
    if (!pacp_csv_is(bytes, name, &holder->head)) {
        return error_set(err, ERROR_FORMAT, "the headings are those of no table of PACP");
    }
    holder->csv_bytes = bytes;
    return read_all(holder, err);
}

bool pacp_read_bytes(struct text bytes, struct text log, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(pacp_release) struct pacp pacp = {.survey = survey, .options = options};
    CLEANUP(holder_release) struct holder holder = {.pacp = &pacp};

    return read_holder(&holder, bytes, log, err);
}

static bool pacp_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(pacp_release) struct pacp pacp = {.survey = survey, .options = options};
    CLEANUP(holder_release) struct holder holder = {.pacp = &pacp, .csv = source};
    CLEANUP(sqlite_file_close) struct sqlite_file file = {0};
    struct text head = bytes_of(source);

    if (!is_sqlite(head) && !mdb_is(head)) {
        return read_holder(&holder, head, (struct text){0}, err);
    }
    return sqlite_file_open(source, survey, &file, err) &&
           read_holder(&holder, file.bytes, file.log, err);
}

/* --- The bid --- */

static const char *const words[] = {"PACP_Inspections", "PACP_Conditions", "LACP_Inspections",
    "MACP_Inspections", "Pipe_Segment_Reference", "Reverse_Setup", "PACP_Code", "LACP_Code",
    "MACP_Code", "Value_1st_Dimension"};

static int pacp_bid(const struct source *source) {
    struct text head = bytes_of(source);
    int bits = 0;
    size_t n = 0;

    if (mdb_is(head)) {
        n = mdb_count_names(source, words, ARRAY_LEN(words));
        return n >= 2 ? (int)n * 64 : 0;
    }
    if (is_sqlite(head)) {
        bool is_geopackage = head.n > 72 && memcmp(head.at + 68, "GPKG", 4) == 0;
        for (size_t i = 0; i < ARRAY_LEN(words) && !is_geopackage; i++) {
            bool is_named = source_head_names(source, words[i]);
            bits += is_named ? (int)strlen(words[i]) * 8 : 0;
            n += is_named;
        }
        return n >= 2 ? bits : 0;
    }
    struct pacp_csv csv = {0};
    return pacp_csv_is(head, text_from(source->name), &csv) ? csv.bits : 0;
}

/* Of files beside each other inspections lead, then conditions. */
static bool pacp_is_companion(const struct source *source) {
    static const enum pacp_table leaders[] = {PACP_INSPECTIONS, PACP_CONDITIONS};
    CLEANUP(arena_release) struct arena arena = {0};
    struct text path = {0}, head = bytes_of(source);
    struct pacp_csv csv = {0};

    if (is_sqlite(head) || mdb_is(head) || !pacp_csv_is(head, text_from(source->name), &csv)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(leaders) && leaders[i] != csv.table; i++) {
        if (pacp_csv_beside(&arena, source, csv.table, leaders[i], &path)) {
            return true;
        }
    }
    return false;
}

const struct survey_format format_pacp = {
    .name = "pacp",
    .description = "NASSCO PACP, LACP, MACP 4 to 8: Access, SQLite, or a CSV file per table",
    .extensions = ".mdb .accdb .db .sqlite .csv",
    .bid = pacp_bid,
    .is_companion = pacp_is_companion,
    .read = pacp_read,
};
