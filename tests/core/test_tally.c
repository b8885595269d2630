#include <criterion/criterion.h>

#include "core/summary.h"
#include "core/tally.h"

/* One file, one inspection on segment 0, with the observations that the tests put in. */
struct town {
    struct result result;
    struct survey *survey;
};

static void town_release(struct town *town) {
    result_release(&town->result);
}

static void found(struct town *town) {
    size_t capacity = 0;
    struct result *result = &town->result;

    result->n_surveys = 1;
    result->surveys = array_reserve(NULL, &capacity, 1, sizeof *result->surveys);
    result->surveys[0] = (struct survey){.file.path = TEXT("a.csv"), .graded_by = SCHEME_CJJ181};
    town->survey = &result->surveys[0];
    survey_add_code(town->survey, (struct text){0}, TEXT("PL"), (struct text){0}, (struct text){0});
    survey_add_code(town->survey, (struct text){0}, TEXT("YJ"), (struct text){0}, (struct text){0});
    town->survey->codes[0].kind = CODE_STRUCTURAL;
    town->survey->codes[1].kind = CODE_INVENTORY;
    survey_add_inspection(town->survey);
    for (uint32_t i = 0; i < 2; i++) {
        struct segment *segment = network_add_segment(&result->network);
        segment->length_m = 100 * (i + 1);
    }
    network_connect(&result->network);
    capacity = 0;
    result->assessments = array_reserve(NULL, &capacity, 2, sizeof *result->assessments);
    result->assessments[0] = (struct assessment){
        .n_inspections = 1, .inspected_m = 50, .n_defects = 2, .priority = 2, .rank = 1};
    result->assessments[1] = (struct assessment){0};
    capacity = 0;
    result->stretches = array_reserve(NULL, &capacity, 1, sizeof *result->stretches);
    result->stretches[0] = (struct stretch){.segment = 0};
    result->n_stretches = 1;
}

static struct observation *put(struct town *town, uint32_t code, int8_t grade) {
    struct observation *observation = survey_add_observation(town->survey);

    observation->code = code;
    observation->grade = grade;
    observation->stretch = 0;
    observation->along_m = 5;
    observation->is_current = true;
    return observation;
}

static void tally(struct town *town) {
    struct result *result = &town->result;
    size_t capacity = 0;

    result->inspections = array_reserve(NULL, &capacity, 1, sizeof *result->inspections);
    result->inspections[0] = &town->survey->inspections[0];
    result->n_inspections = 1;
    tally_files(result, 2);
    tally_districts(result);
}

Test(tally, each_observation_is_in_one_table) {
    CLEANUP(town_release) struct town town = {0};

    found(&town);
    put(&town, 0, 4);
    put(&town, 0, 2)->is_mark_end = true;
    put(&town, 1, 0);
    put(&town, 0, 1)->unplaced = UNPLACED_CHAINAGE_MISSING;
    tally(&town);
    const struct file_tally *got = town.result.file_tallies;
    cr_expect_eq(got->n_observations, 4);
    cr_expect_eq(got->n_defects, 1);
    cr_expect_eq(got->n_inventory, 2, "the end of a continuous defect is inventory");
    cr_expect_eq(got->n_unplaced, 1);
    cr_expect(tally_check(&town.result).holds);
}

Test(tally, an_observation_without_place_and_reason_is_missed) {
    CLEANUP(town_release) struct town town = {0};

    found(&town);
    put(&town, 0, 4);
    put(&town, 0, 4)->stretch = NO_STRETCH;
    tally(&town);
    struct identity identity = tally_check(&town.result);
    cr_expect_not(identity.holds);
    cr_expect_eq(identity.survey, 0);
    cr_expect_eq(identity.tally.n_defects, 1);
}

Test(tally, an_observation_of_no_inspection_is_missed) {
    CLEANUP(town_release) struct town town = {0};

    found(&town);
    put(&town, 0, 4);
    put(&town, 0, 4);
    town.survey->inspections[0].n_observations = 1;
    tally(&town);
    cr_expect_not(tally_check(&town.result).holds);
}

Test(tally, districts_count_what_is_current_once) {
    CLEANUP(town_release) struct town town = {0};
    size_t capacity = 0;

    found(&town);
    put(&town, 0, 4)->is_collapse_hazard = true;
    put(&town, 0, 2);
    put(&town, 0, 2)->is_current = false;
    put(&town, 0, 4)->duplicate_of = 1;
    put(&town, 1, 0);
    town.result.districts.n = 1;
    town.result.segment_district = array_reserve(NULL, &capacity, 2, sizeof(uint32_t));
    town.result.segment_district[0] = 0;
    town.result.segment_district[1] = NO_POLYGON;
    tally(&town);
    const struct district_tally *got = town.result.district_tallies;
    cr_expect_eq(got->n_segments, 1);
    cr_expect_float_eq(got->length_m, 100, 1e-9);
    cr_expect_float_eq(got->inspected_m, 50, 1e-9);
    cr_expect_eq(got->n_grade[4], 1);
    cr_expect_eq(got->n_grade[2], 1);
    cr_expect_eq(got->n_collapse_hazards, 1);
    cr_expect_eq(got->n_priority[2], 1);
}

Test(tally, severities_are_on_one_scale) {
    static const struct {
        enum scheme scheme;
        uint32_t n_severity[5];
    } expected[] = {
        {SCHEME_CJJ181, {1, 0, 0, 1, 0}},
        {SCHEME_DWA,    {1, 0, 1, 0, 0}},
        {SCHEME_NONE,   {2, 0, 0, 0, 0}},
    };

    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        CLEANUP(town_release) struct town town = {0};
        size_t capacity = 0;

        found(&town);
        town.survey->graded_by = expected[i].scheme;
        put(&town, 0, 3)->scheme_grade = GRADE_3;
        put(&town, 0, -1);
        town.result.districts.n = 1;
        town.result.segment_district = array_reserve(NULL, &capacity, 2, sizeof(uint32_t));
        town.result.segment_district[0] = 0;
        town.result.segment_district[1] = NO_POLYGON;
        tally(&town);
        for (size_t k = 0; k < ARRAY_LEN(expected[i].n_severity); k++) {
            cr_expect_eq(town.result.district_tallies->n_severity[k], expected[i].n_severity[k],
                "%s, severity %zu", scheme_name(expected[i].scheme), k);
        }
    }
}

Test(summary, figures) {
    CLEANUP(town_release) struct town town = {0};

    found(&town);
    put(&town, 0, 4)->is_collapse_hazard = true;
    put(&town, 0, 9);
    put(&town, 1, 0);
    put(&town, 0, 1)->unplaced = UNPLACED_CHAINAGE_MISSING;
    findings_add(&town.result.findings, FINDING_BEYOND_END, (struct finding_place){0}, "first");
    findings_add(&town.result.findings, FINDING_BEYOND_END, (struct finding_place){0}, "second");
    findings_add(&town.result.findings, FINDING_NOT_MATCHED, (struct finding_place){0}, "third");
    tally(&town);
    const struct summary got = summary_of(&town.result);
    cr_expect_eq(got.n_segments, 2);
    cr_expect_eq(got.n_inspected_segments, 1);
    cr_expect_float_eq(got.coverage, 50.0 / 300, 1e-12);
    cr_expect_eq(got.n_current_defects, 2);
    cr_expect_eq(got.n_by_grade[SCHEME_CJJ181][CODE_STRUCTURAL][1 + 4], 1);
    cr_expect_eq(
        got.n_by_grade[SCHEME_CJJ181][CODE_STRUCTURAL][0], 1, "a grade that no scheme has");
    cr_expect_eq(got.n_collapse_hazards, 1);
    cr_expect_eq(got.n_unplaced_by_reason[UNPLACED_CHAINAGE_MISSING], 1);
    cr_expect_eq(got.worst[0], 0);
    cr_expect_eq(got.worst[1], NO_SEGMENT);
    cr_assert_eq(got.n_finding_kinds, 2);
    cr_expect_eq(got.findings[0].kind, FINDING_NOT_MATCHED, "errors come first");
    cr_expect_eq(got.findings[1].n, 2);
    cr_expect_eq(got.findings[1].example, 0);
}
