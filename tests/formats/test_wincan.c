#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "formats/survey/wincan.h"
#include "tests/formats/temp_files.h"
#include "tests/formats/wincan_project.h"
#include "tests/samples.h"

static const struct read_options no_options = {0};

static bool read_with(const struct read_options *options, const char *more, struct survey *survey,
    struct error *err) {
    const char *const sql[] = {wincan_schema, wincan_content, more};
    size_t n = 0;
    unsigned char *bytes = wincan_bytes(sql, ARRAY_LEN(sql), &n);

    survey->file.path = TEXT("a.db3");
    bool is_read =
        wincan_read_bytes((struct text){(char *)bytes, n}, (struct text){0}, options, survey, err);
    sqlite3_free(bytes);
    return is_read;
}

static void read_project(const char *more, struct survey *survey) {
    struct error err = {0};

    cr_assert(read_with(&no_options, more, survey, &err), "%s", err.text);
}

static size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

static const struct finding *first_finding(const struct survey *survey, enum finding_kind kind) {
    for (size_t i = 0; i < survey->findings.n; i++) {
        if (survey->findings.at[i].kind == kind) {
            return &survey->findings.at[i];
        }
    }
    return NULL;
}

#define expect_text(found, want)                                                               \
    do {                                                                                       \
        struct text is = (found);                                                              \
        cr_expect(text_equal(is, text_from(want)), "'%.*s' is not '%s'", TEXT_ARGS(is), want); \
    } while (0)

Test(wincan, what_is_deleted_does_not_appear) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("", &survey);
    cr_assert_eq(survey.n_inspections, 2);
    cr_assert_eq(survey.n_observations, 5);
    cr_expect_eq(survey.inspections[0].n_observations, 5);
    cr_expect_eq(survey.inspections[1].n_observations, 0);
    expect_text(survey.inspections[1].segment_ref, "");
    cr_expect_eq(count(&survey, FINDING_OBJECT_DELETED), 1, "its section is deleted, it is not");
    cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 0);
}

Test(wincan, an_inspection_keeps_start_and_direction_apart) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("", &survey);
    const struct inspection *inspection = &survey.inspections[0];
    expect_text(inspection->segment_ref, "SW01X");
    expect_text(inspection->id, "i1");
    expect_text(inspection->start_node, "1202");
    expect_text(inspection->finish_node, "SW01");
    cr_expect(inspection->start_is_assumed, "only the direction tells it");
    cr_expect_eq(inspection->direction, DIRECTION_UPSTREAM);
    expect_text(inspection->more->direction_text, "2");
    expect_text(inspection->more->upstream_node, "SW01");
    cr_expect_eq(inspection->inspected_on, 20250423);
    expect_text(inspection->more->time, "09:42:30");
    expect_text(pool_word(&survey.words, inspection->method_word), "camera");
    expect_text(pool_word(&survey.words, inspection->operator_word), "N. Kanal");
    expect_text(inspection->more->material, "VC");
    expect_text(inspection->more->shape, "circular");
    expect_text(inspection->more->system, "storm");
    expect_text(inspection->more->street, "Am Weg");
    expect_text(inspection->more->standard, "WRC~MSCC-5");
    cr_expect_float_eq(inspection->diameter_mm, 150, 1e-6);
    cr_expect(isnan(inspection->height_mm));
    cr_expect_float_eq(inspection->expected_m, 15.5, 1e-9);
    cr_expect_float_eq(inspection->inspected_m, 15.5, 1e-9);
    cr_expect_not(inspection->is_abandoned);
    cr_expect(text_contains((struct text){inspection->raw, inspection->raw_n},
        TEXT("INS_Standard=BS EN 13508-2:2003")));
}

Test(wincan, observations_come_in_their_order) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("", &survey);
    const struct observation *rows = inspection_observations(&survey.inspections[0]);
    expect_text(survey.codes[rows[0].code].code, "MH");
    expect_text(rows[0].more->quant1_text, "1202");
    cr_expect(isnan(rows[0].more->quant1), "the name of a node is no number");
    cr_expect_eq(rows[1].mark, MARK_START);
    cr_expect_eq(rows[1].mark_number, 1);
    cr_expect_eq(rows[1].clock_from, 8);
    cr_expect_eq(rows[1].clock_to, 4);
    cr_expect_float_eq(rows[1].more->quant1, 5, 1e-9);
    expect_text(rows[1].more->quant1_text, "5 %");
    expect_text(rows[1].more->remark, "Grease; light");
    cr_expect_eq(rows[1].grade, 3);
    cr_expect_eq(rows[1].at_joint, 2);
    cr_expect_float_eq(rows[2].more->quant1, 101.6, 1e-9, "inches in millimetres");
    expect_text(rows[2].more->quant1_text, "4 in");
    cr_expect_float_eq(rows[2].more->quant2, 15, 1e-9);
    cr_expect_eq(rows[2].clock_from, 12);
    cr_expect_eq(rows[2].mark, MARK_NONE, "a number of a row is no mark");
    cr_expect_eq(rows[2].at_joint, 1);
    cr_expect_eq(rows[2].grade, 0, "two grades are not one");
    expect_text(rows[2].more->grade_text, "S=1 O=3");
    cr_expect_eq(rows[3].mark, MARK_END);
    cr_expect_float_eq(rows[3].chainage_m, 5.74, 1e-9);
    expect_text(rows[4].more->quant1_text, "SW01");
    cr_expect_eq(rows[4].line, 1, "the row in its table");
}

Test(wincan, photos_and_clips) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("", &survey);
    const struct observation *rows = inspection_observations(&survey.inspections[0]);
    expect_text(survey.inspections[0].more->video, "01.mp4;02.mp4");
    expect_text(rows[2].more->photo, "Pic\\a.jpg;Pic\\b.jpg");
    expect_text(rows[2].more->video, "01.mp4");
    expect_text(rows[2].more->video_time, "00:01:00");
    expect_text(rows[3].more->video, "02.mp4");
    expect_text(rows[4].more->video, "02.mp4");
}

Test(wincan, the_file_is_described) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("", &survey);
    cr_expect_eq(survey.catalogue, CATALOGUE_MSCC);
    expect_text(survey.file.version, "2025.17.1.71");
    expect_text(survey.file.generator, "WinCan VX-v.2025");
    expect_text(survey.file.encoding, "UTF-8");
    cr_expect_null(survey.network, "nothing has a place");
    cr_expect_not(survey.length_unit_is_assumed);
    cr_expect_eq(count(&survey, FINDING_UNKNOWN_EDITION), 0);
}

/* clang-format off */
static const struct {
    const char *name, *sql, *start, *finish;
    enum direction direction;
    size_t n_contradictions;
} starts[] = {
    {"with the direction from node to node", "UPDATE SECINSP SET INS_InspectionDir = 1",
        "SW01", "1202", DIRECTION_DOWNSTREAM, 0},
    {"water that runs back turns the direction only", "UPDATE SECTION SET OBJ_FlowDir = 2",
        "1202", "SW01", DIRECTION_DOWNSTREAM, 0},
    {"without a flow the direction is not known", "UPDATE SECTION SET OBJ_FlowDir = NULL",
        "1202", "SW01", DIRECTION_UNKNOWN, 0},
    {"without a direction nothing is known", "UPDATE SECINSP SET INS_InspectionDir = NULL",
        "", "", DIRECTION_UNKNOWN, 0},
    {"a named node is believed", "UPDATE SECINSP SET INS_StartNode_REF = '{NA}'",
        "SW01", "1202", DIRECTION_UPSTREAM, 1},
    {"so is its name", "UPDATE SECINSP SET INS_StartManhole = '1202'",
        "1202", "SW01", DIRECTION_UPSTREAM, 0},
    {"a deleted node has no name", "UPDATE NODE SET OBJ_Deleted = 'gone' WHERE OBJ_PK = 'nb'",
        "", "", DIRECTION_UPSTREAM, 0},
    {"a direction of another list is said", "UPDATE SECINSP SET INS_InspectionDir = 7",
        "", "", DIRECTION_UNKNOWN, 0},
};
/* clang-format on */

Test(wincan, start_nodes) {
    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        CLEANUP(survey_release) struct survey survey = {0};

        read_project(starts[i].sql, &survey);
        const struct inspection *inspection = &survey.inspections[0];
        cr_expect(text_equal(inspection->start_node, text_from(starts[i].start)), "%s: '%.*s'",
            starts[i].name, TEXT_ARGS(inspection->start_node));
        cr_expect(text_equal(inspection->finish_node, text_from(starts[i].finish)), "%s: '%.*s'",
            starts[i].name, TEXT_ARGS(inspection->finish_node));
        cr_expect_eq(inspection->direction, starts[i].direction, "%s", starts[i].name);
        cr_expect_eq(count(&survey, FINDING_DIRECTION_CONTRADICTS), starts[i].n_contradictions,
            "%s", starts[i].name);
    }
}

Test(wincan, an_abandoned_inspection) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("UPDATE SECOBS SET OBS_OpCode = 'SA', OBS_Q1_Value = '', OBS_Memo = 'blocked'"
                 " WHERE OBS_PK = 'o5'",
        &survey);
    cr_expect(survey.inspections[0].is_abandoned);
    expect_text(survey.inspections[0].more->abandoned_reason, "SA blocked");
}

Test(wincan, feet_become_metres) {
    CLEANUP(survey_release) struct survey survey = {0}, told = {0};
    struct error err = {0};
    const struct read_options metres = {.length_unit_m = 1};
    const char *imperial = "UPDATE SECINSP SET INS_IsImperial = 1;"
                           "UPDATE SECTION SET OBJ_Unit = NULL, OBJ_Size1 = 6";

    read_project(imperial, &survey);
    cr_expect_float_eq(survey.inspections[0].inspected_m, 15.5 * 0.3048, 1e-9);
    cr_expect_float_eq(survey.inspections[0].expected_m, 15.5 * 0.3048, 1e-9);
    cr_expect_float_eq(survey.observations[1].chainage_m, 0.7 * 0.3048, 1e-9);
    cr_expect_float_eq(survey.inspections[0].diameter_mm, 152.4, 1e-4);
    cr_expect_eq(count(&survey, FINDING_UNIT_CONVERTED), 1);
    cr_assert(read_with(&metres, imperial, &told, &err));
    cr_expect_float_eq(told.observations[1].chainage_m, 0.7, 1e-9, "the option knows better");
}

/* clang-format off */
static const struct {
    const char *name, *sql;
    enum catalogue catalogue;
} catalogues[] = {
    {"PACP", "UPDATE JOB SET JOB_DefStandard = 'NASSCO PACP 7'", CATALOGUE_PACP},
    {"by the rules that were rated by",
        "UPDATE JOB SET JOB_DefStandard = NULL; UPDATE SECINSP SET INS_RateText = 'WRC_MSCC-5'", CATALOGUE_MSCC},
    {"a job's European norm gives way to what is special",
        "UPDATE JOB SET JOB_DefStandard = 'EN 13508-2'; UPDATE SECINSP SET INS_RateText = 'WRC_MSCC-5'", CATALOGUE_MSCC},
    {"EN 13508-2, when the codes are",
        "UPDATE JOB SET JOB_DefStandard = 'EN 13508-2:2011'; UPDATE SECOBS SET OBS_OpCode = 'BABBA'", CATALOGUE_EN13508},
};
/* clang-format on */

Test(wincan, catalogues) {
    for (size_t i = 0; i < ARRAY_LEN(catalogues); i++) {
        CLEANUP(survey_release) struct survey survey = {0};

        read_project(catalogues[i].sql, &survey);
        cr_expect_eq(survey.catalogue, catalogues[i].catalogue, "%s: %s", catalogues[i].name,
            catalogue_name(survey.catalogue));
    }
}

Test(wincan, glued_codes_of_the_european_norm_are_split) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project(catalogues[3].sql, &survey);
    const struct code *code = &survey.codes[survey.observations[0].code];
    expect_text(code->code, "BAB");
    expect_text(code->char1, "B");
    expect_text(code->char2, "A");
    expect_text(code->delivered, "BABBA");
}

Test(wincan, manholes_are_read_when_somebody_looked) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("INSERT INTO NODINSP(INS_PK, INS_Node_FK, INS_Key) VALUES('k1', 'NA', 'x'),"
                 " ('k2', 'nb', 'y');"
                 "INSERT INTO NODOBS(OBS_PK, OBS_Inspection_FK, OBS_Depth, OBS_OpCode,"
                 " OBS_Component) VALUES('p1', '{K1}', 1.2, 'CC', 'B');"
                 "INSERT INTO NODOBSMM(OMM_PK, OMM_Observation_FK, OMM_Type, OMM_FileName)"
                 " VALUES('q1', 'p1', 'XYZ', 'm.JPG')",
        &survey);
    cr_assert_eq(survey.n_inspections, 3);
    const struct inspection *manhole = &survey.inspections[2];
    cr_expect_eq(manhole->object, OBJECT_NODE);
    expect_text(manhole->segment_ref, "SW01");
    cr_assert_eq(manhole->n_observations, 1);
    const struct observation *row = inspection_observations(manhole);
    cr_expect_float_eq(row->chainage_m, 1.2, 1e-9);
    expect_text(row->more->place, "B");
    expect_text(row->more->photo, "m.JPG");
}

/* clang-format off */
static const struct {
    const char *name, *sql;
    enum finding_kind kind;
    size_t n;
} flaws[] = {
    {"a chainage that is no number", "UPDATE SECOBS SET OBS_Distance = 'far' WHERE OBS_PK = 'o2'", FINDING_INVALID_VALUE, 1},
    {"an endless chainage", "UPDATE SECOBS SET OBS_Distance = 9e999 WHERE OBS_PK = 'o2'", FINDING_INVALID_VALUE, 1},
    {"a chainage beyond the earth", "UPDATE SECOBS SET OBS_Distance = 1e300 WHERE OBS_PK = 'o2'", FINDING_INVALID_VALUE, 1},
    {"a negative length", "UPDATE SECINSP SET INS_InspectedLength = -1 WHERE INS_PK = '{I1}'", FINDING_INVALID_VALUE, 1},
    {"a position that no clock has", "UPDATE SECOBS SET OBS_ClockPos1 = 13 WHERE OBS_PK = 'o2'", FINDING_CLOCK_INVALID, 1},
    {"a mark that is none", "UPDATE SECOBS SET OBS_CD_Code1 = 'Q?' WHERE OBS_PK = 'o2'", FINDING_MARK_INVALID, 1},
    {"a date that is none", "UPDATE SECINSP SET INS_StartDate = '2025-13-45' WHERE INS_PK = '{I1}'", FINDING_DATE_INVALID, 1},
    {"text in another encoding", "UPDATE SECOBS SET OBS_Memo = CAST(x'4bfc6d' AS TEXT) WHERE OBS_PK = 'o2'", FINDING_ENCODING_DIFFERS, 1},
    {"NUL bytes", "UPDATE SECOBS SET OBS_Memo = 'a' || char(0) || 'b' WHERE OBS_PK = 'o2'", FINDING_NUL_BYTES, 1},
    {"a novel", "UPDATE SECOBS SET OBS_Memo = printf('%.*c', 70000, 'x') WHERE OBS_PK = 'o2'", FINDING_LINE_TOO_LONG, 1},
    {"an observation of nothing", "UPDATE SECOBS SET OBS_Inspection_FK = 'zz' WHERE OBS_PK = 'o2'", FINDING_ROW_SKIPPED, 1},
    {"an observation that says nothing", "UPDATE SECOBS SET OBS_OpCode = NULL WHERE OBS_PK = 'o3'", FINDING_ROW_SKIPPED, 2},
    {"two inspections with one key", "UPDATE SECINSP SET INS_PK = 'I1' WHERE INS_PK = 'i3'", FINDING_DUPLICATE_ID, 1},
    {"a medium of no known kind", "UPDATE SECOBSMM SET OMM_Type = 'X', OMM_FileName = 'a.q' WHERE OMM_PK = 'm2'", FINDING_UNKNOWN_VALUE, 1},
    {"an observation on the way back", "UPDATE SECOBS SET OBS_ReverseInsp = 1 WHERE OBS_PK = 'o2'", FINDING_UNKNOWN_VALUE, 1},
    {"broken geometry", "UPDATE NODE SET OBJ_Shape_WKT = 'POINT (1)' WHERE OBJ_PK = 'na'", FINDING_GEOMETRY_BROKEN, 1},
    {"an edition with less", "ALTER TABLE SECOBS DROP COLUMN OBS_U1_Value; DROP TABLE NODOBSMM", FINDING_UNKNOWN_EDITION, 1},
};
/* clang-format on */

Test(wincan, flaws) {
    for (size_t i = 0; i < ARRAY_LEN(flaws); i++) {
        CLEANUP(survey_release) struct survey survey = {0};

        read_project(flaws[i].sql, &survey);
        cr_expect_eq(count(&survey, flaws[i].kind), flaws[i].n, "%s: %zu", flaws[i].name,
            count(&survey, flaws[i].kind));
        for (size_t k = 0; k < survey.n_observations; k++) {
            const struct observation *row = &survey.observations[k];
            cr_expect(text_is_utf8((struct text){row->raw, row->raw_n}), "%s", flaws[i].name);
            cr_expect(isnan(row->chainage_m) || isfinite(row->chainage_m), "%s", flaws[i].name);
        }
    }
}

Test(wincan, an_edition_is_named_with_what_it_lacks) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("ALTER TABLE SECOBS DROP COLUMN OBS_U1_Value; DROP TABLE NODOBSMM", &survey);
    const struct finding *finding = first_finding(&survey, FINDING_UNKNOWN_EDITION);
    cr_assert_not_null(finding);
    expect_text(
        finding->detail, "WinCan VX '2025.17.1.71' is without SECOBS.OBS_U1_Value, NODOBSMM");
    cr_expect_eq(survey.n_observations, 5);
}

/* clang-format off */
static const struct {
    const char *name, *sql, *message;
} refused[] = {
    {"no observations", "DROP TABLE SECOBS", "no table 'SECOBS': no WinCan VX project"},
    {"no codes", "ALTER TABLE SECOBS DROP COLUMN OBS_OpCode", "table 'SECOBS' has no column 'OBS_OpCode'"},
    {"a view in the place of a table",
        "ALTER TABLE SECOBS RENAME TO X; CREATE VIEW SECOBS AS SELECT * FROM X", "'SECOBS' is no table"},
    {"a view that never ends", "DROP TABLE NODE; CREATE VIEW NODE AS WITH RECURSIVE t(x) AS "
        "(SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x AS OBJ_PK, x AS OBJ_Key FROM t", "'NODE' is no table"},
    {"nothing in it", "DELETE FROM SECINSP", "no inspections and no network"},
};
/* clang-format on */

Test(wincan, refused) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};

        cr_expect_not(read_with(&no_options, refused[i].sql, &survey, &err), "%s", refused[i].name);
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", refused[i].name);
        cr_expect_not_null(
            strstr(err.text, refused[i].message), "%s: %s", refused[i].name, err.text);
    }
}

Test(wincan, other_bytes_are_refused) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};

    cr_expect_not(
        wincan_read_bytes(TEXT("SQLite format 3"), (struct text){0}, &no_options, &survey, &err));
    cr_expect_eq(err.kind, ERROR_FORMAT);
}

Test(wincan, texts_in_utf16) {
    CLEANUP(survey_release) struct survey survey = {0};
    const char *const sql[] = {"PRAGMA encoding = 'UTF-16le'", wincan_schema, wincan_content,
        "UPDATE SECOBS SET OBS_Memo = 'Dämmung' WHERE OBS_PK = 'o2'"};
    struct error err = {0};
    size_t n = 0;
    unsigned char *bytes = wincan_bytes(sql, ARRAY_LEN(sql), &n);

    cr_assert(wincan_read_bytes(
        (struct text){(char *)bytes, n}, (struct text){0}, &no_options, &survey, &err));
    sqlite3_free(bytes);
    cr_assert_eq(survey.n_observations, 5);
    expect_text(survey.observations[1].more->remark, "Grease; Dämmung");
    expect_text(survey.file.encoding, "UTF-16le");
}

/* --- Geometry --- */

Test(wincan, sections_with_a_place_are_a_network) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("INSERT INTO PROJECT VALUES('EPSG:27700', NULL);"
                 "INSERT INTO POINT VALUES('{P1}', 100, 200, 5, NULL);"
                 "UPDATE NODE SET OBJ_Point_REF = 'p1', OBJ_NodeInvert = 4.5 WHERE OBJ_PK = 'na';"
                 "UPDATE NODE SET OBJ_Shape_WKT = 'POINT Z (110 200 3)' WHERE OBJ_PK = 'nb'",
        &survey);
    const struct network *network = survey.network;
    cr_assert_not_null(network);
    cr_assert_eq(network->n_segments, 1, "the deleted section is none");
    cr_assert_eq(network->n_nodes, 2);
    expect_text(network->crs, "EPSG:27700");
    const struct segment *segment = &network->segments[0];
    expect_text(segment->id, "SW01X");
    cr_assert_eq(segment->line.n, 2);
    cr_expect_float_eq(segment->line.at[0].x, 100, 1e-9);
    cr_expect_float_eq(segment->line.at[1].x, 110, 1e-9);
    cr_expect_float_eq(network->nodes[segment->from_node].invert_m, 4.5, 1e-9);
    cr_expect_float_eq(segment->length_m, 15.5, 1e-9);
    cr_expect_float_eq(segment->diameter_mm, 150, 1e-6);
}

Test(wincan, a_network_in_feet_and_inches) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("UPDATE NODE SET OBJ_Shape_WKT = 'POINT (100 200)';"
                 "UPDATE SECINSP SET INS_IsImperial = 1;"
                 "UPDATE SECTION SET OBJ_Unit = NULL, OBJ_Size1 = 10, OBJ_Size2 = 5",
        &survey);
    cr_expect_float_eq(survey.network->segments[0].length_m, 15.5 * 0.3048, 1e-9);
    cr_expect_float_eq(survey.network->segments[0].diameter_mm, 127, 1e-4, "the width");
    cr_expect_float_eq(survey.network->segments[0].height_mm, 254, 1e-4);
    cr_expect_float_eq(survey.inspections[0].diameter_mm, 127, 1e-4);
    cr_expect_float_eq(survey.inspections[0].height_mm, 254, 1e-4);
}

Test(wincan, a_line_runs_with_the_flow) {
    CLEANUP(survey_release) struct survey survey = {0};

    read_project("UPDATE NODE SET OBJ_Shape_WKT = 'POINT (100 200)' WHERE OBJ_PK = 'na';"
                 "UPDATE NODE SET OBJ_Shape_WKT = 'POINT (110 200)' WHERE OBJ_PK = 'nb';"
                 "UPDATE SECTION SET OBJ_FlowDir = 2,"
                 " OBJ_Shape_WKT = 'LINESTRING Z (100 200 1, 105 203 1, 110 200 1)'",
        &survey);
    const struct segment *segment = &survey.network->segments[0];
    expect_text(survey.network->nodes[segment->from_node].id, "1202");
    cr_assert_eq(segment->line.n, 3);
    cr_expect_float_eq(segment->line.at[0].x, 110, 1e-9);
    cr_expect(segment->is_flipped);
}

static const struct {
    const char *wkt;
    size_t n;
} wkts[] = {
    {"",                          0       },
    {"POINT EMPTY",               0       },
    {"POINT 0",                   0       },
    {"POINT (0 0)",               0       },
    {"point(1 2)",                1       },
    {"POINT Z (1 2 3)",           1       },
    {"LINESTRING (1 2, 3 4)",     2       },
    {"LINESTRING M(1 2 9,3 4 9)", 2       },
    {"LINESTRING (1 2, 3)",       SIZE_MAX},
    {"LINESTRING (1 2",           SIZE_MAX},
    {"LINESTRING (1 2)",          SIZE_MAX},
    {"POINT (1 2, 3 4)",          SIZE_MAX},
    {"POINT (1 nan)",             SIZE_MAX},
    {"POLYGON ((1 2, 3 4))",      SIZE_MAX},
};

Test(wincan, wkt) {
    for (size_t i = 0; i < ARRAY_LEN(wkts); i++) {
        CLEANUP(array_release) struct xy *at = NULL;
        size_t capacity = 0;

        cr_expect_eq(
            wincan_wkt(text_from(wkts[i].wkt), &at, &capacity), wkts[i].n, "%s", wkts[i].wkt);
    }
}

/* --- Files --- */

static bool read_file(const char *path, struct survey *survey, struct error *err) {
    return survey_read(path, &format_wincan, &no_options, survey, err);
}

/* A project in write-ahead mode, whose last observation is in the log alone; the handle stays open
 * because closing it would put the log into the file. */
static sqlite3 *logged_project(const char *path) {
    sqlite3 *db = NULL;

    cr_assert_eq(sqlite3_open(path, &db), SQLITE_OK);
    wincan_exec(db, "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL");
    wincan_exec(db, wincan_schema);
    wincan_exec(db, wincan_content);
    wincan_exec(db, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0");
    wincan_exec(db, "INSERT INTO SECOBS(OBS_PK, OBS_Inspection_FK, OBS_Distance, OBS_OpCode,"
                    " OBS_SortOrder) VALUES('o9', 'i1', 9, 'CC', 6)");
    return db;
}

static struct temp_path file_copy(
    const struct temp_folder *folder, const char *from, const char *to, size_t most) {
    static unsigned char bytes[1 << 20];
    FILE *file = fopen(temp_path_of(folder, from).at, "rb");

    cr_assert_not_null(file);
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return temp_bytes(folder, to, bytes, n < most ? n : most);
}

Test(wincan, the_log_beside_the_file_is_read) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey with = {0}, without = {0}, cut = {0}, foreign = {0};
    struct error err = {0};
    struct temp_path path = temp_path_of(&folder, "a.db3");
    sqlite3 *db = logged_project(path.at);

    cr_assert(read_file(path.at, &with, &err), "%s", err.text);
    cr_expect_eq(with.n_observations, 6);
    cr_expect_eq(count(&with, FINDING_JOURNAL_UNREAD) + count(&with, FINDING_FILE_DAMAGED), 0);
    path = file_copy(&folder, "a.db3", "alone.db3", SIZE_MAX);
    cr_assert(read_file(path.at, &without, &err), "%s", err.text);
    cr_expect_eq(without.n_observations, 5);
    cr_expect_neq(access(temp_path_of(&folder, "alone.db3-shm").at, F_OK), 0, "nothing is made");

    path = file_copy(&folder, "a.db3", "cut.db3", SIZE_MAX);
    file_copy(&folder, "a.db3-wal", "cut.db3-wal", 32 + 24 + 1024 + 100);
    cr_assert(read_file(path.at, &cut, &err), "%s", err.text);
    cr_expect_eq(cut.n_observations, 5, "nothing of a change that was not completed");
    cr_expect_eq(count(&cut, FINDING_FILE_DAMAGED), 1);

    path = file_copy(&folder, "a.db3", "foreign.db3", SIZE_MAX);
    temp_text(&folder, "foreign.db3-wal", "this is no log");
    cr_assert(read_file(path.at, &foreign, &err), "%s", err.text);
    cr_expect_eq(foreign.n_observations, 5);
    cr_expect_eq(count(&foreign, FINDING_JOURNAL_UNREAD), 1);
    cr_assert_eq(sqlite3_close(db), SQLITE_OK);
}

Test(wincan, what_lies_beside_and_cannot_be_read_is_said) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(survey_release) struct survey survey = {0};
    const char *const sql[] = {wincan_schema, wincan_content};
    struct error err = {0};
    size_t n = 0;
    unsigned char *bytes = wincan_bytes(sql, ARRAY_LEN(sql), &n);
    struct temp_path path = temp_bytes(&folder, "a.db3", bytes, n);
    struct temp_path log = temp_path_of(&folder, "a.db3-wal");

    sqlite3_free(bytes);
    cr_assert_eq(mkdir(log.at, 0700), 0); /* what cannot be read as a file, even by root */
    temp_bytes(&folder, "a.db3-journal", "\xd9\xd5\x05\xf9 half a change", 17);
    cr_assert(read_file(path.at, &survey, &err), "%s", err.text);
    cr_expect_eq(survey.n_observations, 5);
    cr_expect_eq(count(&survey, FINDING_JOURNAL_UNREAD), 2);
    rmdir(log.at);
}

/* --- Damage --- */

static void expect_whole_or_said(struct text bytes, size_t n_whole, size_t at) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};

    if (!wincan_read_bytes(bytes, (struct text){0}, &no_options, &survey, &err)) {
        cr_expect_eq(err.kind, ERROR_FORMAT, "cut at %zu", at);
        cr_expect_neq(err.text[0], '\0', "cut at %zu", at);
        return;
    }
    cr_expect(survey.n_observations == n_whole || survey.findings.n > 0, "cut at %zu", at);
}

/* The header says how many pages there are: set to what is left, SQLite reads the rest. */
Test(wincan, a_file_that_lost_its_last_pages) {
    const char *const sql[] = {"PRAGMA page_size = 512", wincan_schema, wincan_content};
    size_t n = 0;
    unsigned char *bytes = wincan_bytes(sql, ARRAY_LEN(sql), &n);

    for (size_t n_pages = 1; n_pages < n / 512; n_pages++) {
        bytes[30] = (unsigned char)(n_pages >> 8);
        bytes[31] = (unsigned char)n_pages;
        expect_whole_or_said((struct text){(char *)bytes, n_pages * 512}, 5, n_pages);
    }
    sqlite3_free(bytes);
}

/* --- Real projects --- */

static const struct {
    const char *name;
    size_t n_inspections, n_observations, n_deleted, n_photos, n_without_nodes;
    const char *version;
} samples[] = {
    {"wincan/GR7188_BuryStEdmunds.db3", 39, 189, 15, 8, 15, "2025.17.1.71"},
    {"wincan/GR7204.db3",               2,  28,  0,  5, 0,  "2025.17.0.71"},
};

Test(wincan, samples) {
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        struct error err = {0};
        char path[1024];
        size_t n_photos = 0, n_without_nodes = 0;

        if (sample_path(path, sizeof path, samples[i].name) == NULL) {
            cr_skip_test("no samples");
        }
        cr_assert(survey_read(path, NULL, &no_options, &survey, &err), "%s", err.text);
        cr_expect_str_eq(survey.file.format, "wincan");
        cr_expect_eq(survey.n_inspections, samples[i].n_inspections, "%s", samples[i].name);
        cr_expect_eq(survey.n_observations, samples[i].n_observations, "%s", samples[i].name);
        cr_expect_eq(survey.catalogue, CATALOGUE_MSCC, "%s", samples[i].name);
        cr_expect_eq(count(&survey, FINDING_OBJECT_DELETED), samples[i].n_deleted);
        cr_expect_eq(count(&survey, FINDING_DIRECTION_CONTRADICTS), 0);
        cr_expect_eq(count(&survey, FINDING_UNKNOWN_EDITION), 0);
        expect_text(survey.file.version, samples[i].version);
        cr_expect_null(survey.network, "%s", samples[i].name);
        for (size_t k = 0; k < survey.n_observations; k++) {
            const struct observation_more *more = survey.observations[k].more;
            n_photos += more != NULL && more->photo.n > 0;
        }
        cr_expect_eq(n_photos, samples[i].n_photos, "%s: %zu", samples[i].name, n_photos);
        for (size_t k = 0; k < survey.n_inspections; k++) {
            const struct inspection *inspection = &survey.inspections[k];
            n_without_nodes += inspection->start_node.n == 0;
            if (inspection->n_observations > 0 && inspection->start_node.n > 0) {
                const struct observation *first = inspection_observations(inspection);
                cr_expect(text_equal(first->more->quant1_text, inspection->start_node),
                    "the first observation names the node that the direction says");
            }
        }
        cr_expect_eq(n_without_nodes, samples[i].n_without_nodes, "%s", samples[i].name);
    }
}

Test(wincan, a_continuous_defect_of_a_real_project) {
    CLEANUP(survey_release) struct survey survey = {0};
    struct error err = {0};
    char path[1024];
    size_t n_starts = 0, n_ends = 0;

    if (sample_path(path, sizeof path, samples[1].name) == NULL) {
        cr_skip_test("no samples");
    }
    cr_assert(survey_read(path, NULL, &no_options, &survey, &err), "%s", err.text);
    for (size_t i = 0; i < survey.n_observations; i++) {
        n_starts += survey.observations[i].mark == MARK_START;
        n_ends += survey.observations[i].mark == MARK_END;
    }
    cr_expect(n_starts == 1 && n_ends == 1, "S01 and F01");
    cr_expect_eq(survey.inspections[0].direction, DIRECTION_UPSTREAM);
    cr_expect(survey.inspections[1].is_abandoned);
    expect_text(survey.inspections[1].more->abandoned_reason, "SA Unable to pass blockage");
}
