/* An earlier result of `run`, read back as the deliveries that it was made of:
 *
 *     source_files                    one survey each, with its catalogue and checksum
 *     inspection_logs                 the order of inspections, and what no layer shows of them
 *     inspections, node_inspections   those that had a place
 *     defects, inventory, unplaced    observations; unplaced inspections too
 *     measurements, media             what belongs to them
 *
 * What is computed (places, grades, priorities, repairs) is left alone: the run makes it anew. What
 * people changed or deleted in the tables is taken as they left it. */
#include "formats/survey/gpkg_survey.h"

#include <string.h>

#include "core/base.h"
#include "formats/sqlite_file.h"
#include "formats/survey/formats.h"

/* --- the bid --- */

/* Names of our layers are among the first rows of gpkg_contents. */
static int chainage_bid(const struct source *source) {
    static const char magic[] = "SQLite format 3";
    static const char *const words[] = {
        "node_inspections", "collapse_hazards", "defect_lines", "source_files", "unplaced"};
    int bits = 32, n_words = 0;

    if (source->head_n < 100 || memcmp(source->head, magic, sizeof magic) != 0 ||
        memcmp(source->head + 68, "GPKG", 4) != 0) {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (source_head_names(source, words[i])) {
            bits += (int)strlen(words[i]) * 8;
            n_words++;
        }
    }
    return n_words >= 3 ? bits : 0;
}

/* --- tables --- */

static void note_lacking(struct earlier *earlier, const char *table, const char *column) {
    enum { LACKING_MOST = 400 };

    if (earlier->lacking.n < LACKING_MOST) {
        earlier->lacking = arena_printf(&earlier->arena, "%.*s%s%s%s%s",
            TEXT_ARGS(earlier->lacking), earlier->lacking.n > 0 ? ", " : "", table,
            column == NULL ? "" : ".", column == NULL ? "" : column);
    }
}

static void report_damage(struct earlier *earlier, const struct scan *scan) {
    earlier->is_damaged = true;
    findings_add(&earlier->survey->findings, FINDING_FILE_DAMAGED, earlier->place,
        "table '%s' breaks off behind %zu rows: %s", gpkg_tables[scan->table].name, scan->n_rows,
        scan->trouble.text);
}

bool earlier_scan(struct earlier *earlier, enum gpkg_table_id table,
    void (*take)(void *context, int64_t number, const struct value *row), struct error *err) {
    struct scan scan = {.db = earlier->db, .table = table, .take = take, .context = earlier};
    const struct gpkg_table *about = &gpkg_tables[table];
    enum scan_outcome outcome;

    if (!scan_table(&scan, &outcome, err)) {
        return false;
    }
    earlier->n_mended += scan.n_mended;
    switch (outcome) {
    case SCAN_DONE:
        break;
    case SCAN_NO_TABLE:
        if (table != TABLE_MEASUREMENTS) {
            note_lacking(earlier, about->name, NULL);
        }
        return true;
    case SCAN_BROKEN:
        report_damage(earlier, &scan);
        break;
    }
    for (size_t i = 0; i < about->n_columns; i++) {
        if (scan.lacks[i]) {
            note_lacking(earlier, about->name, about->columns[i].name);
        }
    }
    return true;
}

int64_t earlier_integer(
    struct earlier *earlier, const struct value *at, int64_t least, int64_t most) {
    double number = value_number(at);

    if (at->kind == VALUE_NULL) {
        return 0;
    }
    if (!(number >= (double)least && number <= (double)most)) { /* also NAN */
        earlier->n_invalid++;
        return 0;
    }
    return (int64_t)number;
}

/* --- is it ours? --- */

static void take_run(void *context, int64_t number, const struct value *row) {
    struct earlier *earlier = context;

    (void)number;
    earlier->has_network = value_number(&row[RUNS_N_SEGMENTS]) > 0;
    earlier->version =
        arena_copy(&earlier->arena, text_cut(value_text(&row[RUNS_PROGRAM_VERSION]), 40));
}

static bool check_ours(struct earlier *earlier, struct error *err) {
    static const enum gpkg_table_id needed[] = {TABLE_RUNS, TABLE_INSPECTIONS, TABLE_DEFECTS};
    sqlite3_int64 id = 0;

    if (!sqlite_query_int(earlier->db, "PRAGMA main.application_id", &id, err)) {
        return rows_refuse(earlier->db, err);
    }
    if (id != 0x47504B47) { /* "GPKG" */
        return error_set(err, ERROR_FORMAT, "it is a database, but no GeoPackage");
    }
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        bool has = false;
        if (!rows_has_table(earlier->db, gpkg_tables[needed[i]].name, &has, err)) {
            return false;
        }
        if (!has) {
            return error_set(err, ERROR_FORMAT,
                "it is a GeoPackage, but no result of this program: it has no table '%s'; a network "
                "is given by --network, a table of inspections as CSV or sheet",
                gpkg_tables[needed[i]].name);
        }
    }
    return earlier_scan(earlier, TABLE_RUNS, take_run, err);
}

/* --- the whole --- */

static void report(const struct earlier *earlier, enum finding_kind kind, size_t n, const char *one,
    const char *many) {
    if (n > 0) {
        findings_add(
            &earlier->survey->findings, kind, earlier->place, "%zu %s", n, n == 1 ? one : many);
    }
}

static void report_all(struct earlier *earlier) {
    for (size_t i = 0; i < earlier->n_files && earlier->is_damaged; i++) {
        earlier_survey(earlier, i)->file.is_damaged = true;
    }
    report(earlier, FINDING_ROW_SKIPPED, earlier->n_orphans,
        "row of an inspection that was deleted from the result",
        "rows of inspections that were deleted from the result");
    report(earlier, FINDING_ROW_SKIPPED, earlier->n_deleted,
        "inspection was deleted from the result", "inspections were deleted from the result");
    report(earlier, FINDING_ENCODING_DIFFERS, earlier->n_mended,
        "text that is no UTF-8 or holds NUL bytes: shown with '?'",
        "texts that are no UTF-8 or hold NUL bytes: shown with '?'");
    report(earlier, FINDING_INVALID_VALUE, earlier->n_invalid,
        "value is out of range and was left out", "values are out of range and were left out");
    if (earlier->lacking.n > 0) {
        findings_add(&earlier->survey->findings, FINDING_UNKNOWN_EDITION, earlier->place,
            "written by version '%.*s', it is without %.*s", TEXT_ARGS(earlier->version),
            TEXT_ARGS(earlier->lacking));
    }
}

static void release(struct earlier *earlier) {
    sqlite_closep(&earlier->db);
    arena_release(&earlier->arena);
    array_release(&earlier->file_numbers);
    array_release(&earlier->heads);
    array_release(&earlier->rows);
    array_release(&earlier->media);
    index_release(&earlier->file_paths);
    index_release(&earlier->heads_by_id);
    index_release(&earlier->photos);
    index_release(&earlier->videos);
}

static struct text folder_of(struct text path) {
    return text_part(path, 0, path.n - text_base_name(path).n);
}

/* All of a database that SQLite can read without a log. */
static bool read_database(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    enum { STEPS_PER_BYTE = 100 };
    struct sqlite_budget budget = {.steps = 50000000 + STEPS_PER_BYTE * (uint64_t)bytes.n};
    CLEANUP(release)
    struct earlier earlier = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
        .folder = folder_of(survey->file.path),
    };

    if (!sqlite_open_bytes(bytes, &budget, &earlier.db, err)) {
        return false;
    }
    if (!check_ours(&earlier, err) || !earlier_read_files(&earlier, err) ||
        !earlier_read_heads(&earlier, err) || !earlier_read_media(&earlier, err) ||
        !earlier_read_observations(&earlier, err)) {
        err->kind = ERROR_FORMAT;
        return false;
    }
    earlier_build(&earlier);
    if (!earlier_read_measurements(&earlier, err)) {
        err->kind = ERROR_FORMAT;
        return false;
    }
    report_all(&earlier);
    if (survey->n_inspections == 0 && survey->file.earlier_result.n == 0) {
        return error_set(err, ERROR_FORMAT, "there are no inspections in it");
    }
    return true;
}

bool chainage_read_bytes(struct text bytes, struct text log, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(sqlite_image_release) struct sqlite_image image = {0};

    return read_database(sqlite_file_apply(bytes, log, survey, &image), options, survey, err);
}

static bool chainage_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(sqlite_file_close) struct sqlite_file file = {0};

    return sqlite_file_open(source, survey, &file, err) &&
           chainage_read_bytes(file.bytes, file.log, options, survey, err);
}

const struct survey_format format_chainage = {
    .name = "chainage",
    .description = "results of chainage itself: what was delivered for them, unplaced too",
    .extensions = ".gpkg",
    .is_named_only = true, /* the last output lies where the next delivery comes */
    .bid = chainage_bid,
    .read = chainage_read,
};
