#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/survey/formats.h"
#include "formats/survey/pacp.h"
#include "tests/formats/pacp_tables.h"
#include "tests/formats/temp_files.h"
#include "tests/formats/wincan_project.h"
#include "tests/samples.h"

static const struct read_options no_options = {0};

#define expect_text(found, want)                                                               \
    do {                                                                                       \
        struct text is = (found);                                                              \
        cr_expect(text_equal(is, text_from(want)), "'%.*s' is not '%s'", TEXT_ARGS(is), want); \
    } while (0)

static size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

/* Reads the database after these statements; its bytes may be gone then. */
static bool read_sql(const char *const *sql, size_t n, const struct read_options *options,
    struct survey *survey, struct error *err) {
    size_t n_bytes = 0;
    unsigned char *bytes = wincan_bytes(sql, n, &n_bytes);
    bool is_read = pacp_read_bytes(
        (struct text){(const char *)bytes, n_bytes}, (struct text){0}, options, survey, err);

    sqlite3_free(bytes);
    return is_read;
}

Test(pacp, a_database_of_version_7) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("x.db")};
    struct error err = {0};
    const char *const sql[] = {pacp_schema, pacp_content};

    cr_assert(read_sql(sql, 2, &no_options, &survey, &err), "%s", err.text);
    cr_assert_eq(survey.n_inspections, 4);
    cr_assert_eq(survey.n_observations, 10);
    cr_expect_eq(survey.catalogue, CATALOGUE_PACP);
    cr_expect_eq(survey.coding_version, 7);
    expect_text(survey.file.version, "7.0.4");
    const struct inspection *run = &survey.inspections[0];
    cr_assert_eq(run->n_observations, 6);
    expect_text(run->id, "1");
    expect_text(run->segment_ref, "P1");
    expect_text(run->start_node, "A");
    expect_text(run->finish_node, "B");
    expect_text(run->more->time, "13:31:00");
    expect_text(run->more->video, "C:\\v\\x.mp4");
    expect_text(run->more->abandoned_reason, "MSA camera stuck");
    expect_text(pool_word(&survey.words, run->method_word), "camera");
    cr_expect(text_contains((struct text){run->raw, run->raw_n},
                  TEXT("InspectionID=1; STPipeRating=5; OverallPipeRating=12")),
        "ratings are kept");
    cr_expect_eq(run->inspected_on, 20240304);
    cr_expect_eq(run->direction, DIRECTION_DOWNSTREAM);
    cr_expect(run->is_abandoned && run->start_is_assumed);
    cr_expect_float_eq(run->expected_m, 30.48, 1e-9);
    cr_expect_float_eq(run->inspected_m, 18.288, 1e-9);
    cr_expect_float_eq(run->diameter_mm, 203.2, 1e-3);
    cr_expect(isnan(run->height_mm));
    expect_text(survey.inspections[2].id, "LACP 1");
    cr_expect(survey.inspections[2].is_lateral);
    expect_text(survey.inspections[3].segment_ref, "MH7");
    cr_expect_eq(survey.inspections[3].object, OBJECT_NODE);
    cr_expect_float_eq(
        inspection_observations(&survey.inspections[3])[0].chainage_m, 3, 1e-9, "metres");
    cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 1, "one row of no inspection");
    cr_expect_eq(count(&survey, FINDING_CLOCK_INVALID), 1);
}

Test(pacp, observations) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("x.db")};
    struct error err = {0};
    const char *const sql[] = {pacp_schema, pacp_content};

    cr_assert(read_sql(sql, 2, &no_options, &survey, &err), "%s", err.text);
    catalogue_resolve(&survey);
    const struct observation *rows = inspection_observations(&survey.inspections[0]);
    cr_expect_eq(survey.codes[rows[0].code].role, ROLE_START_NODE);
    cr_expect_float_eq(rows[1].more->quant1, 20, 1e-9);
    expect_text(rows[1].more->quant1_text, "20 %");
    cr_expect_float_eq(rows[2].chainage_m, 3.048, 1e-9);
    cr_expect_eq(rows[2].mark, MARK_START);
    cr_expect_eq(rows[2].mark_number, 1);
    cr_expect_eq(rows[2].clock_from, 12, "00 is the top");
    cr_expect_eq(rows[2].at_joint, 1, "the code says so, whatever the column does");
    cr_expect_eq(rows[3].mark, MARK_END);
    cr_expect_float_eq(rows[4].more->quant1, 101.6, 1e-9);
    expect_text(rows[4].more->quant1_text, "4 in");
    cr_expect_eq(rows[4].clock_from, 3, "a lone end is a place");
    cr_expect_eq(rows[4].clock_to, 0);
    cr_expect_eq(rows[4].at_joint, 2);
    expect_text(rows[4].more->photo, "C:\\p\\x.jpg;y.jpg");
    cr_expect_eq(survey.codes[rows[5].code].role, ROLE_ABANDONED);
    rows = inspection_observations(&survey.inspections[1]);
    cr_expect_eq(rows[0].clock_from, 0, "a plain 0 is none");
    cr_expect_eq(rows[1].at_joint, 1);
    expect_text(rows[1].more->clock_text, "13");
    expect_text(survey.codes[rows[1].code].code, "QQQ");
    cr_expect_eq(count(&survey, FINDING_UNKNOWN_CODE), 1);
}

Test(pacp, a_reverse_set_up_is_of_the_same_segment) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("x.db")};
    struct error err = {0};
    const char *const sql[] = {pacp_schema, pacp_content};

    cr_assert(read_sql(sql, 2, &no_options, &survey, &err), "%s", err.text);
    const struct inspection *run = &survey.inspections[1];
    expect_text(run->segment_ref, "P1");
    expect_text(run->start_node, "B");
    expect_text(run->finish_node, "A");
    cr_expect_eq(run->direction, DIRECTION_UPSTREAM);
    cr_expect_eq(run->inspected_on, 20240304);
    cr_expect_float_eq(run->diameter_mm, 254, 1e-3);
    cr_expect_float_eq(run->height_mm, 203.2, 1e-3);
    cr_expect_not(run->is_abandoned);
}

/* --- Ends --- */

#define INSPECTIONS_HEAD                                                              \
    "InspectionID,Surveyed_By,Pipe_Segment_Reference,Date,Upstream_MH,Downstream_MH," \
    "Direction,Height,Length_Surveyed,Reverse_Setup,IsImperial\n"
#define CONDITIONS_HEAD "ConditionID,InspectionID,Distance,PACP_Code\n"

static const struct {
    const char *name, *rows;
    const char *want; /* S start, F finish, - on the way, . other */
} ends[] = {
    {"a run from node to node",            "1,1,0,AMH\n2,1,20,CL\n3,1,50,AMH\n",              "S.F"},
    {"a node on the way",                  "1,1,0,AMH\n2,1,25,AMH\n3,1,50,AMH\n",             "S-F"},
    {"two nodes on the way, out of order", "1,1,0,AMH\n3,1,50,AMH\n2,1,10,AMH\n4,1,30,AJB\n",
     "SF--"                                                                                        },
    {"abandoned behind a node on the way", "1,1,0,AMH\n2,1,25,AMH\n3,1,40,MSA\n",             "S-."},
    {"the length is a little longer",      "1,1,0,AMH\n2,1,48,AMH\n",                         "SF" },
    {"a node at half of the length",       "1,1,0,AMH\n2,1,25,AMH\n",                         "S-" },
    {"it starts between nodes",            "1,1,0,CL\n2,1,50,AEP\n",                          ".F" },
    {"chainages are missing",              "1,1,,AMH\n2,1,,CL\n",                             "S." },
};

static char end_of(enum code_role role) {
    return role == ROLE_START_NODE    ? 'S'
           : role == ROLE_FINISH_NODE ? 'F'
           : role == ROLE_NODE        ? '-'
                                      : '.';
}

Test(pacp, access_points_are_ends_or_on_the_way) {
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};
        char text[1000];
        struct temp_path path = temp_text(&folder, "X_PACP_Inspections.csv",
            INSPECTIONS_HEAD "1,N,P1,2024-03-04,A,B,D,8,50,,0\n");
        snprintf(text, sizeof text, "%s%s", CONDITIONS_HEAD, ends[i].rows);
        temp_text(&folder, "x_pacp_CONDITIONS.csv", text);

        cr_assert(survey_read(path.at, NULL, &no_options, &survey, &err), "%s", err.text);
        cr_assert_eq(survey.n_observations, strlen(ends[i].want), "%s", ends[i].name);
        for (size_t k = 0; k < survey.n_observations; k++) {
            cr_expect_eq(end_of(survey.codes[survey.observations[k].code].role), ends[i].want[k],
                "%s: row %zu", ends[i].name, k);
        }
    }
}

/* --- CSV --- */

Test(pacp, a_table_leads_to_those_beside_it) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    const struct temp_path paths[] = {
        temp_text(&folder, "Town Inspections 2024.csv",
            INSPECTIONS_HEAD "1,N,P1,01/31/24,A,B,u,8,50,,0\n"),
        temp_text(&folder, "Town Conditions 2024.csv", CONDITIONS_HEAD "5,1,7,CL\n"),
        temp_text(&folder, "Town Media_Conditions 2024.csv",
            "MediaID,ConditionID,Image_Reference\n1,5,p.jpg\n"),
    };

    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        static struct source source;
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};
        cr_assert(survey_read(paths[i].at, NULL, &no_options, &survey, &err), "%s", err.text);
        cr_expect_str_eq(survey.file.format, "pacp");
        cr_assert_eq(survey.n_inspections, 1);
        cr_assert_eq(survey.n_observations, 1);
        expect_text(survey.inspections[0].start_node, "B");
        cr_expect_eq(survey.inspections[0].inspected_on, 20240131);
        expect_text(survey.observations[0].more->photo, "p.jpg");
        cr_expect_eq(survey.coding_version, 6);
        cr_assert(source_open(paths[i].at, &source, &err));
        cr_expect_eq(format_pacp.is_companion(&source), i > 0);
    }
}

Test(pacp, conditions_alone) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("c.csv")};
    struct error err = {0};

    cr_assert(pacp_read_bytes(TEXT(CONDITIONS_HEAD "1,7,10,CL\n2,8,20,CL\n3,7,30,CL\n"),
                  (struct text){0}, &no_options, &survey, &err),
        "%s", err.text);
    cr_assert_eq(survey.n_inspections, 2);
    cr_expect_eq(survey.inspections[0].n_observations, 2);
    expect_text(survey.inspections[1].id, "8");
    cr_expect_float_eq(survey.observations[0].chainage_m, 3.048, 1e-9);
    cr_expect_float_eq(survey.observations[1].chainage_m, 9.144, 1e-9, "the third row");
    cr_expect_float_eq(survey.observations[2].chainage_m, 6.096, 1e-9, "the second row");
}

/* --- Units --- */

static const struct {
    const char *name, *row;
    double told_m, want_m, want_mm;
} units[] = {
    {"feet and inches",                     "1,N,P,,A,B,D,8,100,,-1\n",   0, 30.48, 203.2},
    {"metres and millimetres",              "1,N,P,,A,B,D,200,100,,No\n", 0, 100,   200  },
    {"nothing is said: feet",               "1,N,P,,A,B,D,8,100,,\n",     0, 30.48, 203.2},
    {"no pipe is 200 inches high",          "1,N,P,,A,B,D,200,100,,\n",   0, 100,   200  },
    {"what the user says goes before it",   "1,N,P,,A,B,D,8,100,,-1\n",   1, 100,   8    },
    {"a word that is neither is a finding", "1,N,P,,A,B,D,8,100,,x\n",    0, 30.48, 203.2},
};

Test(pacp, units) {
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("i.csv")};
        const struct read_options options = {.length_unit_m = units[i].told_m};
        struct error err = {0};
        char text[1000];
        snprintf(text, sizeof text, "%s%s", INSPECTIONS_HEAD, units[i].row);

        cr_assert(pacp_read_bytes(text_from(text), (struct text){0}, &options, &survey, &err), "%s",
            err.text);
        cr_expect_float_eq(
            survey.inspections[0].inspected_m, units[i].want_m, 1e-9, "%s", units[i].name);
        cr_expect_float_eq(
            survey.inspections[0].diameter_mm, units[i].want_mm, 1e-3, "%s", units[i].name);
        cr_expect_eq(count(&survey, FINDING_UNKNOWN_VALUE), strstr(text, ",x\n") != NULL);
    }
}

/* --- Versions, refusals, the sample --- */

static const struct {
    const char *sql, *version;
    int want;
} versions[] = {
    {"DELETE FROM DB_Version",                                                                                          "7",     7},
    {"UPDATE DB_Version SET DB_Version = '8.0.1'",                                                                      "8.0.1", 8},
    {"UPDATE DB_Version SET DB_Version = 4.2",                                                                          "4.2",   6},
    {"UPDATE DB_Version SET DB_Version = 'draft'",                                                                      "7",     7},
    {"DROP TABLE DB_Version; DROP TABLE MACP_Inspections; ALTER TABLE PACP_Inspections RENAME Inspection_Date TO Date",
     "6",                                                                                                                        6},
};

Test(pacp, versions) {
    for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("x.db")};
        struct error err = {0};
        const char *const sql[] = {pacp_schema, pacp_content, versions[i].sql};

        cr_assert(read_sql(sql, 3, &no_options, &survey, &err), "%s", err.text);
        cr_expect_eq(survey.coding_version, versions[i].want, "%s", versions[i].sql);
        expect_text(survey.file.version, versions[i].version);
    }
}

static const struct {
    const char *name, *bytes, *message;
} refused[] = {
    {"other headings",            "InspectionID,Date\n1,2\n",    "the headings are those of no table"},
    {"headings and nothing else", INSPECTIONS_HEAD,              "no inspections in it"              },
    {"a database that is none",   "SQLite format 3\0 and so on", ""                                  },
};

Test(pacp, refused) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("x")};
        struct error err = {0};
        struct text bytes = {refused[i].bytes, i == 2 ? 26 : strlen(refused[i].bytes)};

        cr_expect_not(pacp_read_bytes(bytes, (struct text){0}, &no_options, &survey, &err), "%s",
            refused[i].name);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", refused[i].name);
        cr_expect(
            err.text[0] != '\0' && strstr(err.text, refused[i].message) != NULL, "%s", err.text);
    }
}

Test(pacp, sample) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    char path[1024];
    size_t n_ends = 0;

    if (sample_path(path, sizeof path, "pacp/stillwater_Inspections_v6_headers_only.csv") == NULL) {
        cr_skip_test("no samples");
    }
    cr_assert(survey_read(path, NULL, &no_options, &survey, &err), "%s", err.text);
    cr_expect_str_eq(survey.file.format, "pacp");
    cr_expect_eq(survey.n_inspections, 20);
    cr_expect_eq(survey.n_observations, 0);
    cr_expect_eq(survey.coding_version, 6);
    cr_expect_eq(count(&survey, FINDING_NO_OBSERVATIONS), 20);
    for (size_t i = 0; i < survey.n_inspections; i++) {
        n_ends += survey.inspections[i].start_node.n > 0;
        cr_expect(survey.inspections[i].inspected_on > 20170000);
    }
    cr_expect_gt(n_ends, 10);
    /* 369.9 ft, from 2186 down to 2185. */
    cr_expect_float_eq(survey.inspections[0].inspected_m, 112.74552, 1e-6);
    expect_text(survey.inspections[0].start_node, "2186");
    expect_text(survey.inspections[4].start_node, "2617");
}
