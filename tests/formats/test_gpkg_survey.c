/* Earlier results as surveys: what was delivered comes back, whatever became of the file since. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "formats/gpkg/gpkg.h"
#include "formats/sqlite.h"
#include "formats/survey/formats.h"
#include "tests/formats/reading.h"
#include "tests/formats/scratch.h"
#include "tests/formats/tiny.h"

static void write_tiny(const char *path) {
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};

    tiny_fill(&result);
    result.surveys[0].inspections[3].zero = ZERO_INNER_WALL;
    result.surveys[0].inspections[3].counts_up = true;
    inspection_more(&result.surveys[0], &result.surveys[0].inspections[4])->weather = TEXT("rain");
    cr_assert(
        gpkg_write(&result, &(struct gpkg_request){.path = path, .program_version = "9.9"}, &err),
        "%s", err.text);
}

/* As somebody would with another program, whose triggers are not asked for here. */
static void edit(const char *path, const char *sql) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    struct error err = {0};

    cr_assert(sqlite_open_existing(path, &db, &err), "%s", err.text);
    cr_assert(sqlite_exec(db, sql, &err), "%s: %s", sql, err.text);
}

static void read_back(const char *path, struct survey *survey) {
    struct error err = {0};

    cr_assert(survey_read(path, NULL, &no_options, survey, &err), "%s", err.text);
}

/* Writes the tiny result, changes it by the statements, reads it. */
static void read_edited(const char *sql, struct survey *survey) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    edit(path, sql);
    read_back(path, survey);
}

static const struct inspection *inspection_of(const struct survey *survey, const char *id) {
    for (size_t i = 0; i < survey->n_inspections; i++) {
        if (text_equal(survey->inspections[i].id, text_from(id))) {
            return &survey->inspections[i];
        }
    }
    cr_assert_fail("no inspection '%s'", id);
    return NULL;
}

/* The code that no catalogue has is told in every reading. */
static size_t n_own_findings(const struct survey *survey) {
    return survey->findings.n - count_findings(survey, FINDING_UNKNOWN_CODE);
}

static const char *first_detail(const struct survey *survey, enum finding_kind kind) {
    for (size_t i = 0; i < survey->findings.n; i++) {
        if (survey->findings.at[i].kind == kind) {
            return survey->findings.at[i].detail.at;
        }
    }
    return "nothing";
}

Test(gpkg_survey, each_source_file_is_a_delivery_again) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_edited("SELECT 1", &survey);
    expect_text(text_base_name(survey.file.path), "tiny.csv");
    cr_expect_str_eq(survey.file.format, "csv");
    cr_expect_eq(survey.file.size_bytes, 99);
    cr_expect_eq(survey.catalogue, CATALOGUE_CJJ181);
    cr_expect_eq(survey.scheme, SCHEME_CJJ181);
    expect_text(text_base_name(survey.file.earlier_result), "t.gpkg");
    cr_expect(survey.file.earlier_has_network);
    cr_expect_eq(survey.n_inspections, 6);
    cr_expect_eq(survey.n_observations, 8);
    cr_expect_eq(survey.n_measurements, 3);
    cr_assert_eq(survey.n_others, 1);
    expect_text(text_base_name(survey.others[0].file.path), "empty.csv");
    cr_expect_eq(survey.others[0].n_inspections, 0);
    cr_expect_eq(n_own_findings(&survey), 0);
}

Test(gpkg_survey, observations_come_back_as_delivered_and_in_order) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_edited("SELECT 1", &survey);
    const struct inspection *inspection = inspection_of(&survey, "I1");
    cr_assert_eq(inspection->n_observations, 4);
    const struct observation *rows = inspection_observations(inspection);
    const struct code *code = observation_code(inspection, &rows[0]);
    expect_text(code->delivered, "破裂");
    expect_text(code->code, "PL");
    cr_expect_eq(rows[0].grade, 4);
    cr_expect_eq(rows[0].chainage_m, 12);
    cr_expect_eq(rows[0].clock_from, 11);
    cr_expect_eq(rows[0].clock_to, 1);
    cr_expect_eq(rows[0].line, 1);
    expect_text(rows[0].more->remark, "a 'remark'");
    expect_text(rows[0].more->photo, "p1.jpg;p2.jpg");
    cr_expect_eq(rows[0].more->quant1, 12.5);
    cr_expect_eq(rows[1].mark, MARK_START);
    cr_expect_eq(rows[2].mark, MARK_END, "the end of it stands in `inventory`");
    cr_expect_eq(rows[2].mark_number, 1);
    cr_expect_eq(rows[3].chainage_m, 30);
    cr_expect_eq(rows[0].stretch, NO_STRETCH, "places are found anew");
}

Test(gpkg_survey, heads_come_back_with_what_no_layer_shows) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_edited("SELECT 1", &survey);
    const struct inspection *node = inspection_of(&survey, "N1");
    cr_expect_eq(node->object, OBJECT_NODE);
    cr_expect_eq(node->zero, ZERO_INNER_WALL);
    cr_expect(node->counts_up);
    expect_text(node->segment_ref, "B");
    const struct inspection *lost = inspection_of(&survey, "X1");
    expect_text(lost->segment_ref, "S9");
    expect_text(lost->more->weather, "rain");
    cr_expect_eq(lost->inspected_on, 20180505);
    cr_expect_eq(lost->line, 51, "not that of its observation");
    const struct observation *row = inspection_observations(lost);
    cr_expect_eq(row->mark_number, 2);
    expect_text(row->more->quant1_text, ">5");
    expect_text(((struct text){row->raw, row->raw_n}), "raw observation");
    const struct inspection *clean = inspection_of(&survey, "X2");
    cr_expect_eq(clean->n_observations, 0);
    expect_text(((struct text){clean->raw, clean->raw_n}), "raw inspection");
    cr_expect_eq(survey.measurements[2].inspection, 4);
    cr_expect_eq(survey.measurements[0].value, -1.245);
}

/* statements, finding, what it says, inspections and observations that are left */
static const struct {
    const char *name, *sql;
    enum finding_kind finding;
    const char *detail;
    size_t n_inspections, n_observations;
} edits[] = {
    {"a row of defects is deleted",       "DELETE FROM defects WHERE defect_id = 'I1#2'",       FINDING_KINDS,
     "",                                                                                                                                                            6, 7},
    {"an inspection is deleted",          "DELETE FROM inspections WHERE inspection_id = 'I1'",
     FINDING_ROW_SKIPPED,                                                                                                "4 rows of inspections that were deleted", 5, 4},
    {"an unplaced inspection is deleted", "DELETE FROM unplaced WHERE inspection_id = 'X2'",
     FINDING_ROW_SKIPPED,                                                                                                "1 inspection was deleted",                5, 8},
    {"a row is added by hand",
     "INSERT INTO defects(inspection_id, code, chainage_m) VALUES('I2', 'PL', '7,5')",          FINDING_KINDS,           "",                                        6, 9},
    {"an inspection is added by hand",
     "INSERT INTO inspections(inspection_id, delivered_segment_ref) VALUES('new', 'S2')",       FINDING_KINDS,           "",                                        6, 8},
    {"the table of media is dropped",     "DROP TABLE media",                                   FINDING_UNKNOWN_EDITION, "without media",
     6,                                                                                                                                                                8},
    {"the list of files is emptied",      "DELETE FROM source_files",                           FINDING_KINDS,           "",                                        6, 8},
    {"values are spoilt",
     "UPDATE defects SET clock_from = 77, quant1 = 'x', chainage_m = 1e99 WHERE code = 'PL'",   FINDING_INVALID_VALUE,   "are out of range",                        6, 8},
    {"an id is there twice",              "UPDATE inspections SET inspection_id = 'I1'",        FINDING_INVALID_VALUE,
     "are out of range",                                                                                                                                            4, 6},
    {"a text is no UTF-8",                "UPDATE defects SET remark = CAST(x'ff41' AS TEXT)",
     FINDING_ENCODING_DIFFERS,                                                                                           "no UTF-8",                                6, 8},
};

Test(gpkg_survey, what_people_changed_is_as_they_left_it) {
    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        read_edited(edits[i].sql, &survey);
        size_t n_inspections = survey.n_inspections, n_observations = survey.n_observations;
        for (size_t k = 0; k < survey.n_others && i != 4; k++) {
            n_inspections += survey.others[k].n_inspections;
            n_observations += survey.others[k].n_observations;
        }
        cr_expect_eq(
            n_inspections, edits[i].n_inspections, "%s: %zu", edits[i].name, n_inspections);
        cr_expect_eq(
            n_observations, edits[i].n_observations, "%s: %zu", edits[i].name, n_observations);
        if (edits[i].finding == FINDING_KINDS) {
            cr_expect_eq(n_own_findings(&survey), 0);
        }
    }
}

Test(gpkg_survey, a_reference_that_was_mended_in_unplaced_counts) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_edited("UPDATE unplaced SET delivered_segment_ref = 'S3', inspected_on = '2019-01-02' "
                "WHERE inspection_id = 'X1';"
                "UPDATE inspections SET start_node = 'B' WHERE inspection_id = 'I2';"
                "UPDATE defects SET code = 'CK', grade = 2 WHERE defect_id = 'I1#1'",
        &survey);
    expect_text(inspection_of(&survey, "X1")->segment_ref, "S3");
    cr_expect_eq(inspection_of(&survey, "X1")->inspected_on, 20190102);
    expect_text(inspection_of(&survey, "X2")->segment_ref, "S9");
    expect_text(inspection_of(&survey, "I2")->start_node, "B");
    const struct inspection *inspection = inspection_of(&survey, "I1");
    const struct observation *row = inspection_observations(inspection);
    expect_text(observation_code(inspection, row)->code, "CK");
    cr_expect_eq(row->grade, 2, "CJJ 181 goes by the grade that is shown");
}

Test(gpkg_survey, an_observation_that_lost_its_number_fills_its_gap) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_edited("UPDATE inventory SET defect_id = NULL WHERE defect_id = 'I1#3'", &survey);
    const struct observation *rows = inspection_observations(inspection_of(&survey, "I1"));
    cr_expect_eq(rows[2].mark, MARK_END);
    cr_expect_eq(rows[3].chainage_m, 30);
}

/* Versions before this one had no logs and fewer columns. */
Test(gpkg_survey, a_result_of_an_older_version_is_read_as_far_as_it_goes) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_edited("DROP TABLE inspection_logs;"
                "ALTER TABLE unplaced DROP COLUMN observation_id;"
                "ALTER TABLE unplaced DROP COLUMN main_code;"
                "ALTER TABLE source_files DROP COLUMN earlier_result;"
                "UPDATE runs SET program_version = '0.0.1'",
        &survey);
    cr_expect_eq(survey.n_inspections, 6);
    cr_expect_eq(survey.n_observations, 8);
    expect_text(inspection_of(&survey, "X1")->segment_ref, "S9");
    cr_expect_eq(inspection_of(&survey, "N1")->object, OBJECT_NODE);
    cr_expect_eq(inspection_observations(inspection_of(&survey, "I1"))->grade, 4);
    const char *detail = first_detail(&survey, FINDING_UNKNOWN_EDITION);
    cr_expect_not_null(strstr(detail, "version '0.0.1'"), "%s", detail);
    cr_expect_not_null(strstr(detail, "inspection_logs"), "%s", detail);
    cr_expect_not_null(strstr(detail, "unplaced.observation_id"), "%s", detail);
}

/* SQLite takes no file that is shorter than it says. */
Test(gpkg_survey, a_cut_file_is_refused) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    static struct source source;
    struct error err = {0};
    void *at = NULL;
    size_t n = 0;
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    cr_assert(source_open(path, &source, &err) && source_map(&source, &at, &n, &err));
    for (size_t cut = 1; cut < 60; cut++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("t.gpkg")};
        struct text part = {at, n * cut / 60};
        err = (struct error){0};
        cr_expect_not(
            chainage_read_bytes(part, (struct text){0}, &no_options, &survey, &err), "%zu", cut);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%zu: %s", cut, err.text);
    }
    cr_expect_not_null(strstr(err.text, "malformed"), "%s", err.text);
    source_unmap(at, n);
}

/* A page in the middle is spoilt: what can be read comes back, and the damage is told. */
Test(gpkg_survey, a_broken_table_is_read_up_to_there) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(survey_release) struct survey survey = {0};
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    struct error err = {0};
    sqlite3_int64 page = 0;
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    cr_assert(sqlite_open_existing(path, &db, &err), "%s", err.text);
    cr_assert(sqlite_query_int(
        db, "SELECT rootpage FROM sqlite_schema WHERE name = 'inventory'", &page, &err));
    sqlite_closep(&db);
    db = NULL;
    FILE *file = fopen(path, "r+b");
    cr_assert(file != NULL && fseek(file, (long)(page - 1) * 4096, SEEK_SET) == 0);
    for (int i = 0; i < 4096; i++) {
        fputc(0x55, file);
    }
    fclose(file);
    read_back(path, &survey);
    cr_expect(survey.file.is_damaged);
    cr_expect_eq(survey.n_inspections, 6);
    cr_expect_eq(survey.n_observations, 6, "without the two of `inventory`");
    const char *detail = first_detail(&survey, FINDING_FILE_DAMAGED);
    cr_expect_not_null(strstr(detail, "'inventory'"), "%s", detail);
}

Test(gpkg_survey, the_log_beside_the_file_is_read) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(survey_release) struct survey survey = {0};
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    struct error err = {0};
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    cr_assert(sqlite_open_existing(path, &db, &err), "%s", err.text);
    cr_assert(sqlite_exec(db,
                  "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; "
                  "DELETE FROM defects WHERE defect_id = 'I1#2'",
                  &err),
        "%s", err.text);
    read_back(path, &survey); /* while the other still has it open */
    cr_expect_eq(survey.n_observations, 7);
    cr_expect_eq(scratch_count(&scratch), 3, "the file, its log and the other's index");
}

Test(gpkg_survey, a_geopackage_of_others_is_refused_with_what_to_give) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(survey_release) struct survey survey = {0};
    static struct source source;
    struct error err = {0};
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    cr_assert(source_open(path, &source, &err));
    cr_expect_gt(format_chainage.bid(&source), 100);
    edit(path, "DROP TABLE runs");
    cr_expect_not(survey_read(path, &format_chainage, &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
    cr_expect_not_null(strstr(err.text, "no result of this program"), "%s", err.text);
    cr_expect_not_null(strstr(err.text, "--network"), "%s", err.text);

    scratch_path(&scratch, "pipes.gpkg", path);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fclose(file);
    edit(path, "PRAGMA application_id = 1196444487; CREATE TABLE pipes(fid INTEGER PRIMARY KEY)");
    err = (struct error){0};
    cr_expect_not(survey_read(path, NULL, &no_options, &survey, &err));
    cr_expect_not_null(
        strstr(err.text, "a GeoPackage that is no result of chainage"), "%s", err.text);
    cr_expect_not_null(strstr(err.text, "--network"), "%s", err.text);
}

Test(gpkg_survey, unfolding_puts_deliveries_behind_each_other) {
    size_t capacity = 0, n = 3;
    struct survey *surveys = array_reserve(NULL, &capacity, n, sizeof *surveys);

    for (size_t i = 0; i < n; i++) {
        surveys[i] = (struct survey){.file.size_bytes = 10 * i};
        survey_add_inspection(&surveys[i]);
    }
    size_t others = 0;
    surveys[1].others = array_reserve(NULL, &others, 2, sizeof *surveys);
    surveys[1].n_others = 2;
    surveys[1].others[0] = (struct survey){.file.size_bytes = 11};
    surveys[1].others[1] = (struct survey){.file.size_bytes = 12};
    surveys = surveys_unfold(surveys, &n, &capacity);
    static const uint64_t want[] = {0, 10, 11, 12, 20};
    cr_assert_eq(n, ARRAY_LEN(want));
    for (size_t i = 0; i < n; i++) {
        cr_expect_eq(surveys[i].file.size_bytes, want[i], "%zu", i);
        cr_expect(surveys[i].n_inspections == 0 || surveys[i].inspections[0].survey == &surveys[i]);
        survey_release(&surveys[i]);
    }
    array_release(&surveys);
}
