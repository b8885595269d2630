#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "core/measure.h"

static void log_slope(struct survey *survey, double chainage_m, double value) {
    struct measurement *measurement = survey_add_measurement(survey);

    measurement->inspection = (uint32_t)(survey->n_inspections - 1);
    measurement->line = (uint32_t)survey->n_measurements;
    measurement->kind = MEASUREMENT_SLOPE;
    measurement->unit = MEASURED_IN_PERCENT;
    measurement->chainage_m = chainage_m;
    measurement->value = value;
}

static void inspect(struct survey *survey, const char *pipe, double inspected_m) {
    struct inspection *inspection = survey_add_inspection(survey);

    inspection->segment_ref = text_from(pipe);
    inspection->inspected_m = inspected_m;
}

Test(measure, stations_are_sorted_and_count_once) {
    CLEANUP(survey_release) struct survey survey = {0};
    inspect(&survey, "P1", 10);
    log_slope(&survey, 3, 0.3);
    log_slope(&survey, 1, 0.1);
    log_slope(&survey, 3, 9);
    log_slope(&survey, 2, 0.2);
    survey_add_measurement(&survey)->chainage_m = 3; /* of another kind */

    measurements_settle(&survey);
    cr_assert_eq(survey.n_measurements, 4);
    cr_expect_eq(survey.measurements[0].kind, MEASUREMENT_OTHER);
    for (size_t i = 1; i < 4; i++) {
        cr_expect_eq(survey.measurements[i].chainage_m, (double)i);
        cr_expect_float_eq(survey.measurements[i].value, (double)i / 10, 1e-12, "the first counts");
    }
    cr_assert_eq(survey.findings.n, 1);
    cr_expect_eq(survey.findings.at[0].kind, FINDING_DUPLICATE_MEASUREMENT);
}

/* name, pipes, how far the cameras came, measurements left, of which inspection, zero unknown */
static const struct {
    const char *name, *pipe;
    double first_m, second_m;
    size_t n;
    uint32_t inspection;
    bool is_zero_unknown;
} blocks[] = {
    {"the first came so far",  "P1", 30, 3,  2, 0, false},
    {"the second came so far", "P1", 3,  30, 2, 1, false},
    {"neither did",            "P1", 3,  27, 2, 0, true },
    {"both did",               "P1", 31, 31, 2, 0, true },
    {"other pipes",            "P2", 31, 31, 4, 0, false},
};

Test(measure, a_block_under_two_inspections_counts_once) {
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
        CLEANUP(survey_release) struct survey survey = {0};
        inspect(&survey, "P1", blocks[i].first_m);
        log_slope(&survey, 5, 0.5);
        log_slope(&survey, 30, 0.7);
        inspect(&survey, blocks[i].pipe, blocks[i].second_m);
        log_slope(&survey, 5, 0.5);
        log_slope(&survey, 30, 0.7);

        measurements_settle(&survey);
        cr_assert_eq(survey.n_measurements, blocks[i].n, "%s", blocks[i].name);
        cr_expect_eq(survey.measurements[0].inspection, blocks[i].inspection, "%s", blocks[i].name);
        cr_expect_eq(survey.measurements[0].is_zero_unknown, blocks[i].is_zero_unknown, "%s",
            blocks[i].name);
        cr_expect_eq(survey.findings.n, blocks[i].n == 2, "%s", blocks[i].name);
    }
}

/* A pipe of 40 m, inspected against the flow with a scale of 2, zero at 1 m. */
Test(measure, places_are_those_of_the_inspection) {
    struct xy ends[] = {
        {0,  0},
        {40, 0}
    };
    struct segment segment = {
        .line = {ends, 2},
          .drawn_m = 40
    };
    struct stretch stretch = {.is_against_flow = true, .scale = 2, .offset_m = 1};
    const struct result result = {
        .network = {.segments = &segment, .n_segments = 1},
          .stretches = &stretch
    };
    struct inspection inspection = {.object = OBJECT_SEGMENT, .n_stretches = 1};
    struct measurement measurement = {.chainage_m = 10};

    cr_expect_eq(measurement_at(&result, &inspection, &measurement).along_m, 40 - 21);
    measurement.chainage_m = 19.6;
    cr_expect_eq(measurement_at(&result, &inspection, &measurement).along_m, 0, "a little behind");
    measurement.chainage_m = 21;
    cr_expect(isnan(measurement_at(&result, &inspection, &measurement).along_m), "behind the end");
    measurement.chainage_m = -0.1;
    cr_expect(isnan(measurement_at(&result, &inspection, &measurement).along_m), "negative");
    measurement = (struct measurement){.chainage_m = 10, .is_zero_unknown = true};
    cr_expect(isnan(measurement_at(&result, &inspection, &measurement).along_m), "from which end?");
    measurement.is_zero_unknown = false;
    inspection.n_stretches = 0;
    cr_expect(isnan(measurement_at(&result, &inspection, &measurement).along_m), "no place");
}
