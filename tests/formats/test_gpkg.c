#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "formats/gpkg/gpkg.h"
#include "formats/gpkg/schema.h"
#include "formats/sqlite.h"
#include "tests/formats/contract.h"
#include "tests/formats/dump.h"
#include "tests/formats/scratch.h"
#include "tests/formats/synthetic.h"
#include "tests/formats/tiny.h"

static const struct synthetic_request some_town = {
    .n_segments = 3000,
    .observations_per_segment = 4,
    .n_districts = 3,
};

/* The fake CRS never looks behind the pointer. */
static const struct crs *fake_crs(void) {
    static const char anything;

    return (const struct crs *)(const void *)&anything;
}

static bool write_to(
    const struct result *result, const char *path, unsigned n_threads, struct error *err) {
    return gpkg_write(result,
        &(struct gpkg_request){
            .path = path,
            .crs = fake_crs(),
            .program_version = "9.9",
            .command_line = "chainage run",
            .n_threads = n_threads,
        },
        err);
}

static sqlite3 *open_file(const char *path) {
    sqlite3 *db = NULL;

    cr_assert_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK, "%s", path);
    return db;
}

static sqlite3_int64 ask(sqlite3 *db, const char *sql) {
    struct error err = {0};
    sqlite3_int64 answer = -1;

    cr_assert(sqlite_query_int(db, sql, &answer, &err), "%s: %s", sql, err.text);
    return answer;
}

static void check_column(sqlite3 *db, const char *table, const char *column) {
    char sql[256];

    sqlite3_snprintf(sizeof sql, sql, "SELECT count(*) FROM pragma_table_info(%Q) WHERE name = %Q",
        table, column);
    cr_expect_eq(ask(db, sql), 1, "%s.%s", table, column);
}

Test(gpkg, has_every_column_of_the_contract) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128];

    tiny_fill(&result);
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 1, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    for (size_t i = 0; i < ARRAY_LEN(contract); i++) {
        for (const char *at = contract[i].columns; *at != '\0';) {
            char column[64];
            size_t n = strcspn(at, " ");
            snprintf(column, sizeof column, "%.*s", (int)n, at);
            check_column(db, contract[i].table, column);
            at += n + 1;
        }
    }
}

/* Every table of a tiny result as text; CHAINAGE_UPDATE=1 rewrites what it is compared with. */
Test(gpkg, rows_are_as_they_should_be) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128], dumped[128], golden[512], command[1024];
    const char *source = getenv("CHAINAGE_SOURCE");

    if (source == NULL) {
        cr_skip_test("CHAINAGE_SOURCE does not say where the golden files are");
    }
    snprintf(golden, sizeof golden, "%s/tests/golden/gpkg_tiny.txt", source);
    tiny_fill(&result);
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 2, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    scratch_path(&scratch, "dump.txt", dumped);
    FILE *out = fopen(getenv("CHAINAGE_UPDATE") == NULL ? dumped : golden, "w");
    cr_assert_not_null(out);
    static const char *const own[] = {"gpkg_contents", "gpkg_geometry_columns", "gpkg_extensions",
        "gpkg_ogr_contents", "gpkg_spatial_ref_sys", "collapse_hazards", "district_codes"};
    for (size_t i = 0; i < TABLES; i++) {
        dump_table(db, gpkg_tables[i].name, out);
    }
    for (size_t i = 0; i < ARRAY_LEN(own); i++) {
        dump_table(db, own[i], out);
    }
    fclose(out);
    if (getenv("CHAINAGE_UPDATE") == NULL) {
        snprintf(command, sizeof command, "diff -u '%s' '%s'", golden, dumped);
        cr_expect_eq(system(command), 0);
    }
}

static const char *const spatial[] = {"segments", "defects", "defect_lines", "inventory",
    "inspections", "node_inspections", "nodes", "districts"};

static void check_file(const char *path, const char *what) {
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    char sql[512];

    cr_expect_eq(
        ask(db, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1, "%s", what);
    cr_expect_eq(ask(db, "SELECT count(*) FROM pragma_foreign_key_check"), 0, "%s", what);
    cr_expect_eq(ask(db, "PRAGMA application_id"), 0x47504B47, "%s", what);
    cr_expect_eq(ask(db, "PRAGMA user_version"), 10300, "%s", what);
    cr_expect_eq(ask(db, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"), 1, "%s", what);
    for (size_t i = 0; i < ARRAY_LEN(spatial); i++) {
        sqlite3_snprintf(sizeof sql, sql,
            "SELECT count(*) FROM gpkg_contents WHERE table_name = %Q", spatial[i]);
        if (ask(db, sql) == 0) {
            cr_expect_str_eq(spatial[i], "districts", "only districts may be missing: %s", what);
            continue;
        }
        sqlite3_snprintf(sizeof sql, sql, "SELECT rtreecheck('rtree_%w_geom') = 'ok'", spatial[i]);
        cr_expect_eq(ask(db, sql), 1, "%s: %s", what, spatial[i]);
        sqlite3_snprintf(sizeof sql, sql,
            "SELECT (SELECT count(*) FROM \"rtree_%w_geom\") = count(geom) FROM \"%w\"", spatial[i],
            spatial[i]);
        cr_expect_eq(ask(db, sql), 1, "%s: the R-tree of %s has every geometry", what, spatial[i]);
        sqlite3_snprintf(sizeof sql, sql,
            "SELECT count(*) = (SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = %Q) "
            "FROM \"%w\"",
            spatial[i], spatial[i]);
        cr_expect_eq(ask(db, sql), 1, "%s: count of %s", what, spatial[i]);
        sqlite3_snprintf(sizeof sql, sql,
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = %Q",
            spatial[i]);
        cr_expect_eq(ask(db, sql), 8, "%s: triggers of %s", what, spatial[i]);
    }
}

static const struct {
    const char *name;
    size_t n_segments, n_districts;
    unsigned n_threads;
} towns[] = {
    {"an empty town",           0,     0, 2},
    {"one segment",             1,     1, 1},
    {"a town on one thread",    3000,  3, 1},
    {"a town on two threads",   3000,  3, 2},
    {"a town with large pages", 10000, 0, 2},
};

Test(gpkg, files_are_valid) {
    for (size_t i = 0; i < ARRAY_LEN(towns); i++) {
        CLEANUP(scratch_release) struct scratch scratch = scratch_new();
        CLEANUP(result_release) struct result result = {0};
        struct error err = {0};
        char path[128];
        synthetic_fill(
            &result, &(struct synthetic_request){towns[i].n_segments, 4, towns[i].n_districts});
        scratch_path(&scratch, "t.gpkg", path);
        cr_assert(
            write_to(&result, path, towns[i].n_threads, &err), "%s: %s", towns[i].name, err.text);
        cr_expect_eq(scratch_count(&scratch), 1, "%s: nothing beside it", towns[i].name);
        check_file(path, towns[i].name);
    }
}

/* Every row, by a count of our own. */
Test(gpkg, no_observation_is_lost) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128];
    sqlite3_int64 n_unplaced = 0, n_inventory = 0, n_lines = 0;

    synthetic_fill(&result, &some_town);
    for (size_t i = 0; i < result.n_observations; i++) {
        const struct observation *observation = &result.surveys[0].observations[i];
        bool is_unplaced = observation->unplaced != UNPLACED_NOT;
        n_unplaced += is_unplaced;
        n_inventory += !is_unplaced && observation->code == 5;
        n_lines += !is_unplaced && observation->code != 5 && !isnan(observation->along_to_m);
    }
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 2, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM unplaced"), n_unplaced);
    cr_expect_eq(ask(db, "SELECT count(*) FROM inventory"), n_inventory);
    cr_expect_eq(ask(db, "SELECT count(*) FROM defects"),
        (sqlite3_int64)result.n_observations - n_unplaced - n_inventory);
    cr_expect_eq(ask(db, "SELECT count(*) FROM defect_lines"), n_lines);
    cr_expect_eq(
        ask(db, "SELECT count(*) FROM segments"), (sqlite3_int64)result.network.n_segments);
    cr_expect_eq(ask(db, "SELECT count(*) FROM inspections"), (sqlite3_int64)result.n_inspections);
    cr_expect_eq(ask(db, "SELECT count(DISTINCT defect_id) FROM (SELECT defect_id FROM defects "
                         "UNION ALL SELECT defect_id FROM inventory)"),
        (sqlite3_int64)result.n_observations - n_unplaced);
    cr_expect_eq(
        ask(db, "SELECT n_observations = n_defects + n_inventory + n_unplaced FROM source_files"),
        1);
}

/* --- results that do not add up --- */

static void lose_inspection(struct result *result) {
    result->n_inspections--;
}

static void lose_place(struct result *result) {
    result->surveys[0].observations[1].stretch = NO_STRETCH;
}

static void miscount(struct result *result) {
    size_t capacity = 0;

    result->file_tallies =
        array_reserve(NULL, &capacity, result->n_surveys, sizeof *result->file_tallies);
    result->file_tallies[0] = (struct file_tally){.n_observations = result->n_observations};
}

static const struct {
    const char *name, *says;
    void (*spoil)(struct result *result);
} spoilt[] = {
    {"an inspection that is in no list",             "observations were read", lose_inspection},
    {"an observation with neither place nor reason", "observations were read", lose_place     },
    {"a tally that says something else",             "were counted, but",      miscount       },
};

Test(gpkg, refuses_what_does_not_add_up) {
    for (size_t i = 0; i < ARRAY_LEN(spoilt); i++) {
        CLEANUP(scratch_release) struct scratch scratch = scratch_new();
        CLEANUP(result_release) struct result result = {0};
        struct error err = {0};
        char path[128];
        synthetic_fill(&result, &some_town);
        spoilt[i].spoil(&result);
        cr_expect_not(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 2, &err), "%s",
            spoilt[i].name);
        cr_expect_eq(err.kind, ERROR_LIBRARY, "%s", spoilt[i].name);
        cr_expect_not_null(strstr(err.text, spoilt[i].says), "%s: %s", spoilt[i].name, err.text);
        cr_expect_eq(scratch_count(&scratch), 0, "%s: nothing is left", spoilt[i].name);
    }
}

/* --- the same again --- */

static bool is_same_file(const char *a, const char *b) {
    FILE *files[] = {fopen(a, "rb"), fopen(b, "rb")};
    int c = 0, d = 0;

    cr_assert(files[0] != NULL && files[1] != NULL);
    while (c != EOF && c == d) {
        c = fgetc(files[0]);
        d = fgetc(files[1]);
    }
    fclose(files[0]);
    fclose(files[1]);
    return c == d;
}

Test(gpkg, the_same_result_gives_the_same_bytes) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char once[128], again[128];

    synthetic_fill(&result, &some_town);
    cr_assert(
        write_to(&result, scratch_path(&scratch, "once.gpkg", once), 1, &err), "%s", err.text);
    cr_assert(
        write_to(&result, scratch_path(&scratch, "again.gpkg", again), 2, &err), "%s", err.text);
    cr_expect(is_same_file(once, again), "on one thread and on two");
}

/* --- odd networks --- */

Test(gpkg, ids_that_repeat_are_shown_as_they_are) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128];

    tiny_fill(&result);
    result.network.segments[1].id = TEXT("S1");
    result.network.segments[2].id = (struct text){0};
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 2, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM segments WHERE segment_id = 'S1'"), 2);
    cr_expect_eq(ask(db, "SELECT count(*) FROM segments WHERE segment_id IS NULL"), 1);
    check_file(path, "ids that repeat");
}

Test(gpkg, tables_of_what_there_is_not_are_missing) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128];

    tiny_fill(&result);
    result.surveys[0].n_measurements = 0;
    result.districts.n = 0;
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 1, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM sqlite_master WHERE name IN ('measurements', "
                         "'districts')"),
        0);
    cr_expect_eq(
        ask(db, "SELECT count(*) FROM gpkg_contents WHERE table_name = 'measurements'"), 0);
}

Test(gpkg, a_vertex_that_is_nowhere_leaves_a_finding) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128];

    tiny_fill(&result);
    struct xy line[] = {
        {0,        0},
        {INFINITY, 0}
    };
    result.network.segments[1].line = (struct polyline){line, 2};
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 2, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(
        ask(db,
            "SELECT count(*) FROM findings WHERE kind = 'geometry_broken' AND detail LIKE '%rows%'"),
        1);
    cr_expect_eq(ask(db, "SELECT geom IS NULL FROM segments WHERE segment_id = 'S2'"), 1);
    check_file(path, "a vertex that is nowhere");
}

Test(gpkg, a_result_without_a_crs_is_cartesian) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct gpkg_request request = {.timestamp = "2024-02-03T04:05:06Z", .n_threads = 1};
    struct error err = {0};
    char path[128];

    tiny_fill(&result);
    request.path = scratch_path(&scratch, "t.gpkg", path);
    cr_assert(gpkg_write(&result, &request, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_geometry_columns WHERE srs_id <> -1"), 0);
    cr_expect_eq(
        ask(db,
            "SELECT count(*) FROM gpkg_contents WHERE last_change <> '2024-02-03T04:05:06.000Z'"),
        0);
    cr_expect_eq(ask(db, "SELECT timestamp = '2024-02-03T04:05:06Z' FROM runs"), 1);
}

/* --- what QGIS looks for --- */

Test(gpkg, styles_are_found_by_qgis) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128];

    tiny_fill(&result);
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 2, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_contents WHERE table_name = 'layer_styles' AND "
                         "data_type = 'attributes'"),
        1);
    cr_expect_eq(
        ask(db, "SELECT count(*) FROM gpkg_geometry_columns g WHERE (SELECT sum(useAsDefault) FROM "
                "layer_styles WHERE f_table_schema = '' AND f_table_name = g.table_name AND "
                "f_geometry_column = g.column_name) IS NOT 1"),
        0, "each layer has one default style");
    cr_expect_eq(ask(db, "SELECT count(*) FROM layer_styles WHERE f_table_name NOT IN (SELECT "
                         "table_name FROM gpkg_contents)"),
        0, "no style of a layer that is not there");
    cr_expect_eq(ask(db, "SELECT count(*) FROM layer_styles WHERE update_time NOT GLOB "
                         "'*-*-*T*:*:*.*Z'"),
        0);
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_data_columns d WHERE constraint_name IS NOT "
                         "NULL AND constraint_name NOT IN (SELECT constraint_name FROM "
                         "gpkg_data_column_constraints)"),
        0, "every value list has values");
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_data_columns WHERE name IS NOT NULL"), 0);
}

Test(gpkg, metadata_of_each_layer_is_qgis_xml) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct gpkg_request request = {.program_version = "1 < 2 & \x01\"3\"", .n_threads = 1};
    struct error err = {0};
    char path[128];

    tiny_fill(&result);
    request.path = scratch_path(&scratch, "t.gpkg", path);
    cr_assert(gpkg_write(&result, &request, &err), "%s", err.text);
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_contents c WHERE table_name <> 'layer_styles' "
                         "AND (SELECT count(*) FROM gpkg_metadata_reference r JOIN gpkg_metadata m "
                         "ON m.id = r.md_file_id WHERE r.table_name = c.table_name AND "
                         "md_standard_uri = 'http://mrcc.com/qgis.dtd' AND metadata LIKE "
                         "'%<title>' || c.identifier || '</title>%') <> 1"),
        0);
    cr_expect_eq(ask(db, "SELECT count(*) FROM gpkg_metadata WHERE metadata NOT LIKE "
                         "'%<history>Program version: 1 &lt; 2 &amp; &quot;3&quot;</history>%'"),
        0);
}

/* --- a full disk --- */

/* In a child, so that the limit ends with it; gives the exit status of gpkg_write. */
static int write_under_limit(
    const struct result *result, const char *path, unsigned n_threads, rlim_t bytes) {
    pid_t child = fork();

    if (child == 0) {
        struct rlimit limit = {bytes, bytes};
        struct error err = {0};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        bool is_written = write_to(result, path, n_threads, &err);
        _exit(is_written ? 0 : strstr(err.text, path) == NULL ? 99 : (int)err.kind);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void fill_town(struct result *result) {
    synthetic_fill(result, &some_town);
}

/* The small result fits into what is written at the very end. */
static const struct {
    const char *name;
    void (*fill)(struct result *result);
    rlim_t bytes;
    int want;
} limits[] = {
    {"full at once",                            fill_town, 0,         ERROR_FILE},
    {"full in the first page",                  fill_town, 1000,      ERROR_FILE},
    {"full in the middle",                      fill_town, 1000000,   ERROR_FILE},
    {"just enough room",                        fill_town, 100000000, 0         },
    {"a small result, full at once",            tiny_fill, 0,         ERROR_FILE},
    {"a small result, full at its second page", tiny_fill, 4096,      ERROR_FILE},
    {"a small result, full near its end",       tiny_fill, 300000,    ERROR_FILE},
    {"a small result, just enough room",        tiny_fill, 1000000,   0         },
};

Test(gpkg, a_full_disk_leaves_the_old_file) {
    for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
        CLEANUP(scratch_release) struct scratch scratch = scratch_new();
        CLEANUP(result_release) struct result old = {0}, fresh = {0};
        struct error err = {0};
        char path[128], copy[128];
        synthetic_fill(&old, &(struct synthetic_request){.n_segments = 5});
        limits[i].fill(&fresh);
        scratch_path(&scratch, "t.gpkg", path);
        cr_assert(write_to(&old, path, 1, &err), "%s", err.text);
        cr_assert(write_to(&old, scratch_path(&scratch, "copy.gpkg", copy), 1, &err));
        for (unsigned n_threads = 1; n_threads <= 2; n_threads++) {
            if (limits[i].want == 0 && n_threads == 1) {
                continue; /* the old file is needed once more */
            }
            cr_expect_eq(write_under_limit(&fresh, path, n_threads, limits[i].bytes),
                limits[i].want, "%s, %u threads", limits[i].name, n_threads);
            cr_expect_eq(is_same_file(path, copy), limits[i].want != 0, "%s, %u threads",
                limits[i].name, n_threads);
            cr_expect_eq(scratch_count(&scratch), 2, "%s: nothing else is left", limits[i].name);
        }
    }
}

/* Killed in the middle: the old file is whole, and the next run sweeps up. */
Test(gpkg, a_killed_run_leaves_the_old_file) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result old = {0}, town = {0};
    struct error err = {0};
    char path[128];

    tiny_fill(&old);
    scratch_path(&scratch, "t.gpkg", path);
    cr_assert(write_to(&old, path, 1, &err), "%s", err.text);
    synthetic_fill(&town, &(struct synthetic_request){60000, 4, 0});
    pid_t child = fork();
    if (child == 0) {
        write_to(&town, path, 2, &err);
        _exit(0);
    }
    for (int i = 0; i < 1000 && scratch_count(&scratch) < 2; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_expect_eq(scratch_count(&scratch), 2, "the half file is there under another name");
    CLEANUP(sqlite_closep) sqlite3 *db = open_file(path);
    cr_expect_eq(ask(db, "SELECT count(*) FROM segments"), 3);
    gpkg_clean_up(path);
    cr_expect_eq(scratch_count(&scratch), 1);
}

/* --- others read it --- */

Test(gpkg, ogr_reads_every_layer_without_a_word) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};
    char path[128], command[512];

    if (system("command -v ogrinfo >/dev/null 2>&1") != 0) {
        cr_skip_test("ogrinfo is not installed");
    }
    tiny_fill(&result);
    cr_assert(write_to(&result, scratch_path(&scratch, "t.gpkg", path), 2, &err), "%s", err.text);
    snprintf(command, sizeof command,
        "test \"$(ogrinfo -ro -al '%s' 2>&1 >'%s/said' | wc -c)\" -eq 0", path, scratch.folder);
    cr_expect_eq(system(command), 0, "warnings");
    snprintf(command, sizeof command, "test \"$(grep -c '^Layer name:' '%s/said')\" -eq %d",
        scratch.folder, TABLES + 4);
    cr_expect_eq(system(command), 0, "every table, three views and the styles are layers");
}
