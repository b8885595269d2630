#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/gpkg.h"
#include "formats/gpkg/project/project.h"
#include "formats/gpkg/project/stored_zip.h"
#include "formats/gpkg/renew.h"
#include "formats/gpkg/style/style.h"
#include "formats/sqlite.h"
#include "tests/formats/scratch.h"
#include "tests/formats/tiny.h"

/* As the zip format's own check value has it. */
Test(project, checksums_are_those_of_zip) {
    cr_expect_eq(crc32_of("123456789", 9), 0xCBF43926);
    cr_expect_eq(crc32_of("", 0), 0);
}

static uint32_t number_at(const char *bytes, size_t at, size_t n) {
    uint32_t number = 0;

    for (size_t i = n; i > 0; i--) {
        number = number << 8 | (unsigned char)bytes[at + i - 1];
    }
    return number;
}

Test(project, a_zip_of_one_file) {
    sqlite3_str *out = sqlite3_str_new(NULL);
    stored_zip_append(out, "a.qgs", "hello", 5);
    size_t n = (size_t)sqlite3_str_length(out);
    char *bytes = sqlite3_str_finish(out);

    cr_assert_eq(n, 30 + 5 + 5 + 46 + 5 + 22);
    cr_expect_eq(memcmp(bytes, "PK\3\4", 4), 0);
    cr_expect_eq(number_at(bytes, 8, 2), 0, "stored");
    cr_expect_eq(number_at(bytes, 14, 4), crc32_of("hello", 5));
    cr_expect_eq(number_at(bytes, 18, 4), 5);
    cr_expect_eq(number_at(bytes, 22, 4), 5);
    cr_expect_eq(memcmp(bytes + 30, "a.qgshello", 10), 0);
    size_t end = n - 22, directory = number_at(bytes, end + 16, 4);
    cr_expect_eq(memcmp(bytes + end, "PK\5\6", 4), 0);
    cr_expect_eq(directory, 40);
    cr_expect_eq(number_at(bytes, end + 12, 4), end - directory);
    cr_expect_eq(memcmp(bytes + directory, "PK\1\2", 4), 0);
    cr_expect_eq(number_at(bytes, directory + 42, 4), 0, "where the file is");
    sqlite3_free(bytes);
}

/* --- in a file --- */

static void write_to(const char *path, bool has_project) {
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    const struct gpkg_request request = {
        .path = path,
        .program_version = "9.9",
        .command_line = "chainage run",
        .contact = "Office <1>",
        .licence = "CC BY & more",
        .has_project = has_project,
        .n_threads = 1,
    };

    tiny_fill(&result);
    cr_assert(gpkg_write(&result, &request, &err), "%s", err.text);
}

static sqlite3 *open_file(const char *path) {
    sqlite3 *db = NULL;

    cr_assert_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK, "%s", path);
    return db;
}

static sqlite3_int64 ask(sqlite3 *db, const char *sql) {
    struct error err = {0};
    sqlite3_int64 answer = -1;

    cr_assert(sqlite_query_int(db, sql, &answer, &err), "%s: %s", sql, err.text);
    return answer;
}

static void change(const char *path, const char *sql) {
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    struct error err = {0};

    cr_assert(sqlite_exec(db, sql, &err), "%s", err.text);
}

static sqlite3_int64 ask_file(const char *path, const char *sql) {
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);

    return ask(db, sql);
}

static int digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* The archive, ended by NUL; to be freed with sqlite3_free. */
static char *archive_of(const char *path, size_t *n) {
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    CLEANUP(sqlite_finalizep) sqlite3_stmt *row = NULL;

    cr_assert_eq(
        sqlite3_prepare_v2(db, "SELECT content FROM qgis_projects", -1, &row, NULL), SQLITE_OK);
    cr_assert_eq(sqlite3_step(row), SQLITE_ROW);
    const char *hex = (const char *)sqlite3_column_text(row, 0);
    size_t n_bytes = strlen(hex) / 2;
    char *bytes = sqlite3_malloc64(n_bytes + 1);
    for (size_t i = 0; i < n_bytes; i++) {
        bytes[i] = (char)(digit(hex[2 * i]) * 16 + digit(hex[2 * i + 1]));
    }
    bytes[n_bytes] = '\0';
    *n = n_bytes;
    return bytes;
}

/* The document in it, likewise. */
static char *document_of(const char *path) {
    size_t n = 0;
    char *bytes = archive_of(path, &n);
    size_t from = 30 + number_at(bytes, 26, 2), n_text = number_at(bytes, 22, 4);

    cr_assert_lt(from + n_text, n);
    cr_expect_eq(number_at(bytes, 14, 4), crc32_of(bytes + from, n_text));
    memmove(bytes, bytes + from, n_text);
    bytes[n_text] = '\0';
    return bytes;
}

static size_t count(const char *text, const char *part) {
    size_t n = 0;

    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        n++;
    }
    return n;
}

Test(project, is_only_there_when_asked_for) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    char path[128];

    write_to(scratch_path(&scratch, "t.gpkg", path), false);
    cr_expect_eq(
        ask_file(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'qgis_projects'"), 0);
}

Test(project, has_every_layer_once) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    char path[128];

    write_to(scratch_path(&scratch, "a & b.gpkg", path), true);
    char *document = document_of(path);
    size_t n = (size_t)ask_file(
        path, "SELECT count(*) FROM gpkg_contents WHERE table_name <> 'layer_styles'");
    cr_expect_eq(count(document, "<Private>1</Private>"), 1, "the rows of printed tables");
    cr_expect_eq(count(document, "<maplayer "), n + 1);
    cr_expect_eq(count(document, "<datasource>./a &amp; b.gpkg|layername="), n + 1);
    cr_expect_eq(count(document, "<map-layer-style name="),
        (size_t)ask_file(path, "SELECT count(*) FROM layer_styles"));
    cr_expect_eq(count(document, "<contact><name>Office &lt;1&gt;</name>"), n, "metadata");
    cr_expect_eq(
        ask_file(path, "SELECT count(*) FROM gpkg_contents WHERE table_name = 'qgis_projects'"), 0);
    cr_expect_eq(count(document, "$"), count(document, "$geometry"), "a name was not filled in");
    sqlite3_free(document);
}

/* Every word that nobody says is one that somebody would translate for nothing. */
Test(project, every_word_is_used) {
    static const struct {
        const char *name, *text;
    } words[] = {
#define WORD(name, text) {#name, text},
#include "formats/gpkg/style/words.def"
#undef WORD
    };
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    char path[128];
    size_t n_used = 0;

    write_to(scratch_path(&scratch, "t.gpkg", path), true);
    char *document = document_of(path);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strncmp(words[i].name, "group_", 6) == 0 || strncmp(words[i].name, "layout_", 7) == 0 ||
            strncmp(words[i].name, "project_t", 9) == 0 ||
            strncmp(words[i].name, "relation_", 9) == 0) {
            cr_expect_not_null(strstr(document, words[i].text), "'%s'", words[i].name);
            n_used++;
        }
    }
    cr_expect_gt(n_used, 20);
    sqlite3_free(document);
}

/* --- renewing --- */

static bool renew(
    const char *path, bool wants_project, struct renew_report *report, struct error *err) {
    struct theme theme = theme_default;
    const struct renew_request request = {path, &theme, wants_project, NULL};

    theme.values[THEME_NAME_alarm] = "1,2,3";
    return gpkg_renew(&request, report, err);
}

Test(renew, changes_styles_and_no_row) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    struct renew_report report = {0};
    struct error err = {0};
    char path[128];

    write_to(scratch_path(&scratch, "t.gpkg", path), true);
    change(path, "UPDATE gpkg_contents SET identifier = 'mine' WHERE table_name = 'segments';"
                 "UPDATE gpkg_data_columns SET title = 'mine' WHERE column_name = 'street';"
                 "DELETE FROM gpkg_data_column_constraints WHERE value = 'storm'");
    sqlite3_int64 n_rows = ask_file(path, "SELECT count(*) FROM defects");
    cr_assert(renew(path, false, &report, &err), "%s", err.text);
    cr_expect_gt(report.styles.n_renewed, 15);
    cr_expect_eq(report.styles.n_kept, 0);
    cr_expect_eq(report.project, PROJECT_RENEWED);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_gt(
        ask(db, "SELECT count(*) FROM layer_styles WHERE instr(styleQML, '\"1,2,3\"') > 0"), 0);
    cr_expect_eq(ask(db, "SELECT count(*) FROM layer_styles WHERE useAsDefault"),
        ask(db, "SELECT count(DISTINCT f_table_name) FROM layer_styles"));
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_contents WHERE identifier = 'mine'"), 0);
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_data_columns WHERE title = 'mine'"), 0);
    cr_expect_gt(
        ask(db, "SELECT count(*) FROM gpkg_data_column_constraints WHERE value = 'storm'"), 0);
    cr_expect_eq(ask(db, "SELECT count(*) FROM defects"), n_rows);
    char *document = document_of(path);
    cr_expect_not_null(strstr(document, "\"1,2,3\""), "the project has the theme");
    sqlite3_free(document);
}

Test(renew, keeps_what_others_added) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    struct renew_report report = {0};
    struct error err = {0};
    char path[128];

    write_to(scratch_path(&scratch, "t.gpkg", path), false);
    change(path,
        "UPDATE layer_styles SET useAsDefault = 0 WHERE f_table_name = 'defects';"
        "INSERT INTO layer_styles(f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, useAsDefault) VALUES('', 'defects', 'geom', 'mine', '<qgis/>', 1);"
        "DELETE FROM layer_styles WHERE f_table_name = 'nodes';"
        "INSERT INTO gpkg_data_column_constraints VALUES('system', 'enum', 'private', NULL, NULL, "
        "NULL, NULL, 'mine')");
    cr_assert(renew(path, false, &report, &err), "%s", err.text);
    cr_expect_eq(report.styles.n_kept, 1);
    cr_expect_eq(report.project, PROJECT_NONE);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM layer_styles WHERE f_table_name = 'defects' AND "
                         "useAsDefault AND styleName = 'mine' AND styleQML = '<qgis/>'"),
        1);
    cr_expect_eq(ask(db, "SELECT count(*) FROM layer_styles WHERE f_table_name = 'defects' AND "
                         "useAsDefault"),
        1, "what is shown at first stays");
    cr_expect_eq(ask(db, "SELECT useAsDefault FROM layer_styles WHERE f_table_name = 'nodes'"), 1,
        "what was lost comes back");
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_data_column_constraints WHERE value = "
                         "'private' AND description = 'mine'"),
        1);
}

Test(renew, leaves_a_project_to_who_saved_it) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    struct renew_report report = {0};
    struct error err = {0};
    char path[128];

    write_to(scratch_path(&scratch, "t.gpkg", path), true);
    change(path, "UPDATE qgis_projects SET content = '00', metadata = "
                 "'{\"last_modified_time\": \"x\", \"last_modified_user\": \"anna\"}'");
    cr_assert(renew(path, true, &report, &err), "%s", err.text);
    cr_expect_eq(report.project, PROJECT_KEPT);
    cr_expect_eq(ask_file(path, "SELECT content = '00' FROM qgis_projects"), 1);
}

Test(renew, puts_a_project_in_when_asked_for) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    struct renew_report report = {0};
    struct error err = {0};
    char path[128];

    write_to(scratch_path(&scratch, "t.gpkg", path), false);
    cr_assert(renew(path, true, &report, &err), "%s", err.text);
    cr_expect_eq(report.project, PROJECT_RENEWED);
    cr_expect_eq(ask_file(path, "SELECT count(*) FROM qgis_projects"), 1);
}

/* What is done to a result, what is said. */
static const struct {
    const char *name, *sql;
    enum error_kind kind;
    const char *said;
} refused[] = {
    {"no GeoPackage",          "PRAGMA application_id = 1",              ERROR_FORMAT,  "it is no GeoPackage"    },
    {"another's GeoPackage",   "DROP TABLE runs",                        ERROR_FORMAT,  "it has no table 'runs'" },
    {"of another version",     "ALTER TABLE segments DROP COLUMN owner", ERROR_FORMAT,
     "has no column 'owner'"                                                                                     },
    {"a table that is a view",
     "ALTER TABLE layer_styles RENAME TO x; CREATE VIEW layer_styles AS "
        "SELECT * FROM x",                                               ERROR_FORMAT,  "no table 'layer_styles'"},
    {"a trigger that fails",
     "CREATE TRIGGER t BEFORE UPDATE ON layer_styles BEGIN SELECT "
        "RAISE(ABORT, 'no'); END",                                       ERROR_NONE,    ""                       },
    {"a check that fails",
     "DROP TABLE gpkg_data_column_constraints; CREATE TABLE "
        "gpkg_data_column_constraints(constraint_name, constraint_type, value, "
        "min, min_is_inclusive, max, max_is_inclusive, description CHECK (0), "
        "UNIQUE (constraint_name, constraint_type, value))",             ERROR_LIBRARY, "CHECK"                  },
};

Test(renew, refuses_and_leaves_the_file_as_it_was) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(scratch_release) struct scratch scratch = scratch_new();
        struct renew_report report = {0};
        struct error err = {0};
        char path[128];

        write_to(scratch_path(&scratch, "t.gpkg", path), false);
        change(path, refused[i].sql);
        bool is_done = renew(path, true, &report, &err);
        cr_expect_eq(err.kind, refused[i].kind, "%s: %s", refused[i].name, err.text);
        cr_expect_eq(is_done, refused[i].kind == ERROR_NONE, "%s", refused[i].name);
        if (is_done) {
            continue; /* triggers do not run */
        }
        cr_expect_not_null(strstr(err.text, refused[i].said), "%s: %s", refused[i].name, err.text);
        cr_expect_eq(ask_file(path, "SELECT count(*) FROM layer_styles WHERE "
                                    "instr(styleQML, '\"1,2,3\"') > 0"),
            0, "%s", refused[i].name);
        cr_expect_eq(ask_file(path, "SELECT count(*) FROM sqlite_schema WHERE name = "
                                    "'qgis_projects'"),
            0, "%s", refused[i].name);
        cr_expect_eq(scratch_count(&scratch), 1, "%s: no other file is left", refused[i].name);
    }
}

Test(renew, waits_for_no_other_writer_for_ever) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    struct renew_report report = {0};
    struct error err = {0};
    char path[128];

    write_to(scratch_path(&scratch, "t.gpkg", path), false);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_assert(sqlite_exec(db, "BEGIN EXCLUSIVE", &err));
    cr_expect_not(renew(path, true, &report, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "another program"), "%s", err.text);
}

Test(renew, a_file_that_is_not_there) {
    struct renew_report report = {0};
    struct error err = {0};

    cr_expect_not(renew("/no/such.gpkg", true, &report, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
}
