/* Surveys that come as Access databases, made by tiny_mdb: PACP, WinCan 8, Hong Kong's. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/formats.h"
#include "tests/formats/access_tables.h"
#include "tests/formats/temp_files.h"

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

/* --- PACP --- */

Test(access_surveys, pacp) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    struct text bytes = tiny_mdb(&arena, pacp_access, ARRAY_LEN(pacp_access));
    struct temp_path path = temp_bytes(&folder, "x.mdb", bytes.at, bytes.n);
    struct error err = {0};

    cr_assert(survey_read(path.at, NULL, &no_options, &survey, &err), "%s", err.text);
    cr_expect_str_eq(survey.file.format, "pacp");
    cr_expect_eq(survey.coding_version, 8);
    cr_assert_eq(survey.n_inspections, 2);
    cr_assert_eq(survey.n_observations, 3);
    const struct inspection *run = &survey.inspections[0];
    expect_text(run->id, "12");
    expect_text(run->start_node, "B");
    expect_text(run->more->time, "13:30:00");
    expect_text(run->more->remark, "behind the mill");
    cr_expect_eq(run->inspected_on, 20240304);
    cr_expect_float_eq(run->inspected_m, 30.48, 1e-9);
    const struct observation *rows = inspection_observations(run);
    cr_expect_eq(survey.codes[rows[0].code].role, ROLE_START_NODE);
    cr_expect_float_eq(rows[1].chainage_m, 3.81, 1e-9);
    cr_expect_eq(rows[1].clock_from, 3);
    cr_expect_eq(rows[1].at_joint, 1);
    cr_expect_eq(rows[1].mark, MARK_START);
    cr_expect_eq(survey.codes[rows[2].code].role, ROLE_FINISH_NODE);
    cr_expect_eq(survey.inspections[1].inspected_m, 0);
}

/* --- WinCan 8 --- */

Test(access_surveys, wincan_8) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    struct text bytes = tiny_mdb(&arena, wincan_access, ARRAY_LEN(wincan_access));
    struct temp_path path = temp_bytes(&folder, "x.mdb", bytes.at, bytes.n);
    struct error err = {0};

    cr_assert(survey_read(path.at, NULL, &no_options, &survey, &err), "%s", err.text);
    cr_expect_str_eq(survey.file.format, "wincan-mdb");
    expect_text(survey.file.generator, "WinCan 8");
    cr_expect_eq(survey.catalogue, CATALOGUE_EN13508);
    cr_assert_eq(survey.n_inspections, 1);
    cr_assert_eq(survey.n_observations, 2);
    const struct inspection *run = &survey.inspections[0];
    expect_text(run->segment_ref, "2");
    expect_text(run->start_node, "20");
    cr_expect_eq(run->inspected_on, 20140131);
    cr_expect_float_eq(run->expected_m, 30.24, 1e-9);
    const struct observation *rows = inspection_observations(run);
    expect_text(survey.codes[rows[0].code].code, "BCD");
    expect_text(survey.codes[rows[1].code].code, "BAB");
    cr_expect_float_eq(rows[1].chainage_m, 4.887, 1e-9);
    expect_text(rows[1].more->photo, "p.JPG");
}

/* --- Hong Kong --- */

Test(access_surveys, hong_kong) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(survey_release) struct survey survey = {0};
    struct text bytes = tiny_mdb(&arena, hk_access, ARRAY_LEN(hk_access));
    struct temp_path path = temp_bytes(&folder, "x.mdb", bytes.at, bytes.n);
    struct error err = {0};

    cr_assert(survey_read(path.at, NULL, &no_options, &survey, &err), "%s", err.text);
    cr_expect_str_eq(survey.file.format, "hk-mdb");
    cr_expect_eq(survey.catalogue, CATALOGUE_MSCC);
    cr_assert_eq(survey.n_inspections, 3);
    cr_assert_eq(survey.n_observations, 4);
    const struct inspection *run = &survey.inspections[0];
    cr_assert_eq(run->n_observations, 2);
    expect_text(run->start_node, "FMH1");
    cr_expect_eq(run->direction, DIRECTION_DOWNSTREAM);
    cr_expect_float_eq(run->inspected_m, 39.5, 1e-9);
    cr_expect_float_eq(survey.inspections[1].height_mm, 600, 1e-3);
    cr_expect_float_eq(survey.inspections[1].diameter_mm, 900, 1e-3);
    const struct observation *rows = inspection_observations(run);
    cr_expect_eq(rows[0].mark, MARK_START);
    cr_expect_eq(rows[0].clock_to, 7);
    cr_expect_float_eq(rows[0].more->quant1, 10, 1e-9);
    expect_text(rows[0].more->photo, "a.jpg");
    cr_expect_eq(rows[1].mark, MARK_END);
    rows = inspection_observations(&survey.inspections[1]);
    cr_expect_eq(survey.codes[rows[0].code].role, ROLE_START_NODE);
    expect_text(rows[1].more->clock_text, "14");
    cr_expect_float_eq(rows[1].more->quant1, 150, 1e-9);
    cr_expect_eq(count(&survey, FINDING_MARK_INVALID), 1);
    cr_expect_eq(count(&survey, FINDING_CLOCK_INVALID), 1);
    cr_expect_eq(count(&survey, FINDING_UNKNOWN_VALUE), 1, "the direction");
    cr_expect_eq(count(&survey, FINDING_NO_OBSERVATIONS), 1);
    cr_expect_eq(count(&survey, FINDING_ROW_SKIPPED), 1, "an observation of row 9");
}
