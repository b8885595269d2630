#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/trace.h"
#include "formats/gpkg/gpkg.h"
#include "formats/gpkg/schema.h"
#include "formats/gpkg_read.h"
#include "formats/sqlite.h"
#include "tests/formats/scratch.h"
#include "tests/formats/tiny.h"

static const char version[] = "9.9";

static void write_tiny(const char *path) {
    CLEANUP(result_release) struct result result = {0};
    struct error err = {0};

    tiny_fill(&result);
    cr_assert(gpkg_write(&result,
                  &(struct gpkg_request){
                      .path = path, .program_version = version, .options = "merge=window"},
                  &err),
        "%s", err.text);
}

static void select_tiny(struct gpkg_reader *reader) {
    static const struct text ids[] = {
        {"S2", 2},
        {"S9", 2},
        {"S1", 2}
    };
    struct error err = {0};

    cr_assert(gpkg_reader_select(reader, ids, ARRAY_LEN(ids), &err), "%s", err.text);
}

static struct gpkg_reader *open_tiny(const char *path) {
    struct gpkg_reader *reader = NULL;
    struct error err = {0};

    cr_assert(gpkg_reader_open(path, version, &reader, &err), "%s", err.text);
    return reader;
}

Test(gpkg_read, a_segment_comes_back_with_all_that_lies_on_it) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(gpkg_reader_close) struct gpkg_reader *reader = NULL;
    CLEANUP(kept_segment_release) struct kept_segment kept = {.n_observations = 0};
    struct error err = {0};
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    reader = open_tiny(path);
    cr_expect(text_equal(gpkg_reader_run(reader)->options, TEXT("merge=window")));
    cr_expect_eq(gpkg_reader_run(reader)->n_ranked, 1);
    select_tiny(reader);
    cr_expect_eq(gpkg_reader_n_selected(reader), 3);
    cr_expect_eq(gpkg_reader_n_rows(reader, 1), 0, "S9 is not there");
    cr_assert_eq(gpkg_reader_n_rows(reader, 2), 1);
    cr_assert(gpkg_reader_segment(reader, 2, &kept, &err), "%s", err.text);

    const struct segment *segment = &kept.result.network.segments[0];
    cr_expect(text_equal(segment->id, TEXT("S1")));
    cr_expect(text_equal(kept.result.network.nodes[segment->from_node].id, TEXT("A")));
    cr_expect_eq(kept.result.network.nodes[segment->to_node].ground_m, 12.5);
    cr_expect_eq(segment->drawn_m, 30);
    cr_expect_eq(segment->length_m, 31.5);
    cr_expect_eq(segment->diameter_mm, 300);
    cr_expect_eq(segment->from_invert_m, 10.3);
    cr_expect_eq(segment->area_importance, -1);
    cr_expect_eq(segment->system, SYSTEM_FOUL);

    cr_assert_eq(kept.result.n_inspections, 3, "I1, I2 and the chain");
    cr_expect(text_equal(kept.result.inspections[2]->id, TEXT("I3")));
    cr_expect_eq(kept.result.inspections[1]->inspected_on, 20180502);
    cr_expect_eq(kept.result.inspections[1]->survey->catalogue, CATALOGUE_CJJ181);
    cr_expect(kept.result.stretches[0].is_current);
    cr_expect_not(kept.result.stretches[1].is_current);
    cr_expect(kept.result.stretches[2].is_current, "by its part of the chain");
    cr_expect_eq(kept.result.stretches[2].to_along_m, 30);

    cr_assert_eq(kept.n_observations, 5);
    const struct kept_observation *first = &kept.observations[0];
    const struct observation *row = &kept.result.surveys[first->inspection].observations[0];
    cr_expect(text_equal(first->id, TEXT("I1#1")));
    cr_expect_eq(first->score, 10);
    cr_expect(first->is_hazard);
    cr_expect_eq(row->grade, 4);
    cr_expect_eq(row->clock_from, 11);
    cr_expect_eq(row->more->quant1, 12.5);
    cr_expect(
        text_equal(observation_code(kept.result.inspections[0], row)->delivered, TEXT("破裂")));
    cr_expect(text_equal(kept.observations[1].duplicate_of, TEXT("I1#1")), "12.2 m, seen by I2");
    row = &kept.result.surveys[0].observations[kept.observations[2].number];
    cr_expect_eq(row->along_m, 15);
    cr_expect_eq(row->along_to_m, 20);
    cr_expect_eq(row->mark, MARK_START);
    row = &kept.result.surveys[0].observations[kept.observations[3].number];
    cr_expect(row->is_mark_end);
}

Test(gpkg_read, a_chain_is_seen_from_each_of_its_segments) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(gpkg_reader_close) struct gpkg_reader *reader = NULL;
    CLEANUP(kept_segment_release) struct kept_segment kept = {.n_observations = 0};
    struct error err = {0};
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    reader = open_tiny(path);
    select_tiny(reader);
    cr_assert(gpkg_reader_segment(reader, 0, &kept, &err), "%s", err.text);
    cr_assert_eq(kept.result.n_inspections, 1);
    cr_assert_eq(kept.result.n_stretches, 1);
    cr_expect_eq(kept.result.stretches[0].to_along_m, 10);
    cr_assert_eq(kept.n_observations, 1);
    cr_expect_eq(kept.observations[0].along_m, 5);
}

/* --- what is not as it should be --- */

/* Everything that a program would ask for.  What cannot be had must be refused in words. */
static void read_all(const char *path) {
    CLEANUP(gpkg_reader_close) struct gpkg_reader *reader = NULL;
    static const struct text ids[] = {
        {"S1", 2},
        {"S2", 2},
        {"S3", 2}
    };
    struct error err = {0};

    if (!gpkg_reader_open(path, version, &reader, &err)) {
        cr_expect(err.kind == ERROR_FORMAT || err.kind == ERROR_FILE || err.kind == ERROR_LIBRARY);
        cr_expect_neq(err.text[0], '\0');
        return;
    }
    if (!gpkg_reader_select(reader, ids, ARRAY_LEN(ids), &err)) {
        cr_expect_neq(err.text[0], '\0');
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        CLEANUP(kept_segment_release) struct kept_segment kept = {.n_observations = 0};
        CLEANUP(trace_release) struct trace trace = {.n = 0};
        size_t n = 0;
        if (gpkg_reader_n_rows(reader, i) != 1 || !gpkg_reader_segment(reader, i, &kept, &err)) {
            continue;
        }
        struct assess_request request = {
            .network = &kept.result.network,
            .stretches_of_segment = kept.stretches,
            .n_stretches_of_segment = kept.result.n_stretches,
            .inspections = kept.result.inspections,
            .stretches = kept.result.stretches,
            .options = &assess_defaults,
            .trace = &trace,
        };
        kept.result.assessments[0] =
            assess_segment(&request, &kept.result.arena, &kept.result.findings);
        kept_segment_compare(&kept, &n);
    }
}

static const struct {
    const char *name, *sql, *want; /* part of the message; NULL: it is read all the same */
} edits[] = {
    {"no GeoPackage",           "PRAGMA application_id = 1",                                       "is no GeoPackage"        },
    {"no table runs",           "ALTER TABLE runs RENAME TO r",                                    "no table 'runs'"         },
    {"no table unplaced",       "DROP TABLE unplaced",                                             "no table 'unplaced'"     },
    {"no run",                  "DELETE FROM runs",                                                "has 0 rows"              },
    {"two runs",                "INSERT INTO runs(program_version) VALUES('9.9')",                 "has 2 rows"              },
    {"another version",         "UPDATE runs SET program_version = '8'",                           "written by version '8'"  },
    {"a number for a version",  "UPDATE runs SET program_version = 9.9",                           NULL                      },
    {"no column",               "ALTER TABLE source_files DROP COLUMN scheme",                     "no such column: t.scheme"},
    {"no column by rows",       "ALTER TABLE defects DROP COLUMN along_m",                         NULL                      },
    {"words for numbers",
     "UPDATE defects SET along_m = 'far', grade = 'bad', clock_from = 'x', quant1 = zeroblob(9)",  NULL                      },
    {"numbers out of range",
     "UPDATE defects SET along_m = 1e308, grade = 9e18, clock_from = -7, clock_to = 999,"
        "length_m = -1e308, source_line = -1, continuous = 'A99999999999'",                        NULL                      },
    {"infinite places",         "UPDATE defects SET along_m = 9e999, length_m = -9e999",           NULL                      },
    {"no ids",
     "UPDATE defects SET defect_id = NULL, inspection_id = NULL; UPDATE inspections SET "
        "inspection_id = NULL",                                                                    NULL                      },
    {"numbers for ids",         "UPDATE defects SET defect_id = 7, inspection_id = 8",             NULL                      },
    {"many inspections alike",  "UPDATE inspections SET inspection_id = 'I1'",                     NULL                      },
    {"a chain of nothing",
     "UPDATE inspections SET segment_ids = '; ; S1; S1; ', segment_parts = ';'",                   NULL                      },
    {"parts that are none",     "UPDATE inspections SET segment_parts = '--- m -; 1-x m, counts'",
     NULL                                                                                                                    },
    {"segments without length", "UPDATE segments SET length_m = -5, network_length_m = 'x'",       NULL                      },
    {"nodes that are gone",     "DELETE FROM nodes",                                               NULL                      },
    {"files that are gone",     "DELETE FROM source_files",                                        NULL                      },
    {"K and T of no table",
     "UPDATE segments SET area_importance_given = 1000, soil_influence_given = -3",                NULL                      },
    {"other repairs",           "ALTER TABLE repairs RENAME COLUMN method TO m",                   NULL                      },
    {"no repairs",              "DROP TABLE repairs",                                              NULL                      },
    {"a long text",             "UPDATE defects SET remark = printf('%.*c', 2000000, 'x')",        NULL                      },
    {"control characters",
     "UPDATE segments SET segment_id = 'S1' || char(27) || '[2J'"
        " WHERE segment_id = 'S3'",                                                                NULL                      },
};

/* As somebody would whose SQLite does not know the functions of the R-tree's triggers. */
static void edit(const char *path, const char *sql) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    CLEANUP(sqlite_finalizep) sqlite3_stmt *names = NULL;
    struct error err = {0};
    char drops[8192] = "";
    size_t n = 0;

    cr_assert_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    cr_assert(sqlite_exec(db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", &err));
    cr_assert(
        sqlite_prepare(db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'", &names, &err));
    while (sqlite3_step(names) == SQLITE_ROW) {
        n += (size_t)snprintf(drops + n, sizeof drops - n, "DROP TRIGGER \"%s\";",
            (const char *)sqlite3_column_text(names, 0));
        cr_assert(n < sizeof drops);
    }
    sqlite_finalizep(&names);
    cr_assert(sqlite_exec(db, drops, &err), "%s", err.text);
    cr_assert(sqlite_exec(db, sql, &err), "%s: %s", sql, err.text);
}

Test(gpkg_read, what_was_edited_is_read_or_refused) {
    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        CLEANUP(scratch_release) struct scratch scratch = scratch_new();
        CLEANUP(gpkg_reader_close) struct gpkg_reader *reader = NULL;
        struct error err = {0};
        char path[128];

        write_tiny(scratch_path(&scratch, "t.gpkg", path));
        edit(path, edits[i].sql);
        bool is_open = gpkg_reader_open(path, version, &reader, &err);
        cr_expect_eq(is_open, edits[i].want == NULL, "%s: %s", edits[i].name, err.text);
        cr_expect(is_open || edits[i].want == NULL || strstr(err.text, edits[i].want) != NULL,
            "%s: %s", edits[i].name, err.text);
        gpkg_reader_close(&reader);
        read_all(path);
    }
}

Test(gpkg_read, repairs_come_along) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    CLEANUP(gpkg_reader_close) struct gpkg_reader *reader = NULL;
    CLEANUP(kept_segment_release) struct kept_segment kept = {.n_observations = 0};
    struct error err = {0};
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    edit(path, "DELETE FROM repairs; INSERT INTO repairs(segment_id, method, quantity) VALUES"
               "('S2', 'dig', NULL), ('S1', 'liner', 7.5)");
    reader = open_tiny(path);
    select_tiny(reader);
    cr_assert(gpkg_reader_segment(reader, 2, &kept, &err), "%s", err.text);
    cr_assert_eq(kept.n_repairs, 1);
    cr_expect_eq(kept.repairs[0][REPAIRS_QUANTITY].real, 7.5);
    cr_expect_eq(kept.repairs[0][REPAIRS_REASON].kind, VALUE_NULL);
}

/* --- mutilated copies --- */

enum { MOST_BYTES = 1 << 20 };
static unsigned char whole[MOST_BYTES], cut[MOST_BYTES];

static size_t load(const char *path) {
    FILE *file = fopen(path, "rb");

    cr_assert(file != NULL);
    size_t n = fread(whole, 1, sizeof whole, file);
    fclose(file);
    cr_assert(n > 0 && n < sizeof whole);
    return n;
}

static void store(const char *path, const unsigned char *at, size_t n) {
    FILE *file = fopen(path, "wb");

    cr_assert(file != NULL);
    cr_assert_eq(fwrite(at, 1, n, file), n);
    fclose(file);
}

Test(gpkg_read, a_file_that_ends_early_is_refused) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    size_t n = load(path);
    for (size_t end = 0; end < n; end += end < 600 ? 37 : 4096 + 13) {
        store(path, whole, end);
        read_all(path);
    }
}

Test(gpkg_read, bytes_that_changed_do_no_harm) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    uint64_t state = 20240501;
    char path[128];

    write_tiny(scratch_path(&scratch, "t.gpkg", path));
    size_t n = load(path);
    for (int round = 0; round < 1200; round++) {
        memcpy(cut, whole, n);
        for (int i = 0; i <= round % 8; i++) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            size_t place = (size_t)(state >> 33) % n;
            if (round % 3 == 0) { /* headers of pages, where it hurts most */
                place = place / 4096 * 4096 + place % 16;
            }
            cut[place] = (unsigned char)(state >> 20);
        }
        store(path, cut, n);
        read_all(path);
    }
}

Test(gpkg_read, what_is_no_file_is_refused) {
    CLEANUP(scratch_release) struct scratch scratch = scratch_new();
    struct gpkg_reader *reader = NULL;
    struct error err = {0};
    char path[128];

    cr_expect_not(gpkg_reader_open(scratch.folder, version, &reader, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not(gpkg_reader_open(scratch_path(&scratch, "no", path), version, &reader, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_eq(reader, NULL);
}
