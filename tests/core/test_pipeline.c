#include <criterion/criterion.h>
#include <math.h>

#include "core/catalogue.h"
#include "core/pipeline.h"
#include "core/tally.h"

enum { N_SEGMENTS = 5, N_INSPECTIONS = 200 };

/* A street of five segments of 20 m each: S0 from node N0 to N1, and so on, to the east. */
static void build_network(struct network *network) {
    for (int i = 0; i <= N_SEGMENTS; i++) {
        struct node *node = network_add_node(network);
        node->id = arena_printf(&network->arena, "N%d", i);
        node->at = (struct xy){20 * i, 0};
    }
    for (uint32_t i = 0; i < N_SEGMENTS; i++) {
        struct xy *at = ARENA_NEW(&network->arena, struct xy, 2);
        struct segment *segment = network_add_segment(network);
        at[0] = network->nodes[i].at;
        at[1] = network->nodes[i + 1].at;
        segment->id = arena_printf(&network->arena, "S%u", (unsigned)i);
        segment->from_node = i;
        segment->to_node = i + 1;
        segment->line = (struct polyline){at, 2};
        segment->diameter_mm = 600;
    }
    network_connect(network);
}

/* Each inspection names a segment, every seventh one that is not there; three observations. */
static void build_survey(struct survey *survey) {
    static const double chainages_m[] = {3, 11, NAN};

    survey->file.path = TEXT("street.csv");
    survey->catalogue = CATALOGUE_CJJ181;
    uint32_t code =
        survey_add_code(survey, (struct text){0}, TEXT("PL"), (struct text){0}, (struct text){0});
    for (int i = 0; i < N_INSPECTIONS; i++) {
        struct inspection *inspection = survey_add_inspection(survey);
        int segment = i % 7 == 6 ? 99 : i % N_SEGMENTS;
        inspection->id = arena_printf(&survey->arena, "I%d", i);
        inspection->segment_ref = arena_printf(&survey->arena, "S%d", segment);
        inspection->start_node = arena_printf(&survey->arena, "N%d", segment);
        inspection->finish_node = arena_printf(&survey->arena, "N%d", segment + 1);
        inspection->direction = DIRECTION_DOWNSTREAM;
        inspection->inspected_m = 20;
        inspection->inspected_on = 20240101 + i % 28;
        inspection->line = (uint32_t)i + 2;
        for (size_t k = 0; k < ARRAY_LEN(chainages_m); k++) {
            struct observation *observation = survey_add_observation(survey);
            observation->code = code;
            observation->chainage_m = chainages_m[k];
            observation->grade = (int8_t)(1 + (i + (int)k) % 4);
            observation->line = (uint32_t)(i + 2);
        }
    }
    catalogue_resolve(survey);
}

/* One polygon over the first two segments. */
static void build_area(struct polygons *polygons, const char *name, double value) {
    static const struct xy ring[] = {
        {-1, -1},
        {39, -1},
        {39, 1 },
        {-1, 1 },
        {-1, -1}
    };
    static const uint32_t ring_n[] = {5};
    static const bool ring_is_outer[] = {true};

    polygons->at = array_reserve(NULL, &polygons->capacity, 1, sizeof *polygons->at);
    polygons->at[0] = (struct polygon){
        .name = text_from(name),
        .value = value,
        .at = ring,
        .ring_n = ring_n,
        .ring_is_outer = ring_is_outer,
        .n_rings = 1,
        .n = 5,
        .box = {-1, -1, 39, 1},
    };
    polygons->n = 1;
    polygons_index(polygons);
}

static void build(struct result *result, bool has_network) {
    size_t capacity = 0;

    if (has_network) {
        build_network(&result->network);
    }
    result->n_surveys = 1;
    result->surveys = array_reserve(NULL, &capacity, 1, sizeof *result->surveys);
    result->surveys[0] = (struct survey){0};
    build_survey(&result->surveys[0]);
}

static void run(struct result *result, unsigned n_threads) {
    const struct pipeline_options options = {match_defaults, locate_defaults, assess_defaults,
        &repair_defaults, RANK_BY_PRIORITY, n_threads};

    pipeline_run(result, &options);
}

Test(pipeline, everything_is_accounted_for) {
    CLEANUP(result_release) struct result result = {0};

    build(&result, true);
    run(&result, 1);
    const struct file_tally *tally = result.file_tallies;
    size_t n_lost = N_INSPECTIONS / 7; /* inspections of a segment that is not there */
    size_t n_placed = N_INSPECTIONS - n_lost;
    cr_expect(tally_check(&result).holds);
    cr_expect_eq(tally->n_observations, N_INSPECTIONS * 3);
    cr_expect_eq(tally->n_defects, n_placed * 2);
    cr_expect_eq(tally->n_unplaced, n_placed + n_lost * 3, "without chainage, or without segment");
    cr_expect_eq(result.n_stretches, n_placed);
    size_t n_counted = 0, n_duplicates = 0;
    for (size_t i = 0; i < result.n_stretches; i++) {
        n_duplicates += result.inspections[result.stretches[i].inspection]->is_duplicate;
    }
    for (size_t i = 0; i < N_SEGMENTS; i++) {
        n_counted += result.assessments[i].n_inspections;
        cr_expect_gt(result.assessments[i].priority, 0);
        cr_expect_gt(result.assessments[i].rank, 0);
        cr_expect_float_eq(result.assessments[i].coverage, 1, 1e-9);
    }
    cr_expect_gt(n_duplicates, 0);
    cr_expect_eq(n_counted, n_placed - n_duplicates, "each inspection counts once");
}

static void expect_same_places(const struct result *a, const struct result *b, unsigned n) {
    cr_assert_eq(a->n_stretches, b->n_stretches, "%u threads", n);
    for (size_t i = 0; i < a->n_stretches; i++) {
        cr_expect_eq(a->stretches[i].inspection, b->stretches[i].inspection);
        cr_expect_eq(a->stretches[i].segment, b->stretches[i].segment);
        cr_expect_eq(a->stretches[i].is_current, b->stretches[i].is_current);
    }
    for (size_t i = 0; i < a->n_inspections; i++) {
        const struct inspection *left = a->inspections[i], *right = b->inspections[i];
        cr_expect_eq(left->first_stretch, right->first_stretch, "%u threads", n);
        for (uint32_t k = 0; k < left->n_observations; k++) {
            cr_expect_eq(inspection_observations(left)[k].stretch,
                inspection_observations(right)[k].stretch, "%u threads", n);
        }
    }
}

static void expect_same_verdicts(const struct result *a, const struct result *b, unsigned n) {
    for (size_t i = 0; i < N_SEGMENTS; i++) {
        cr_expect_eq(a->assessments[i].rank, b->assessments[i].rank, "%u threads", n);
        cr_expect(text_equal(a->assessments[i].priority_reason, b->assessments[i].priority_reason),
            "%u threads", n);
    }
    cr_assert_eq(a->findings.n, b->findings.n, "%u threads", n);
    for (size_t i = 0; i < a->findings.n; i++) {
        cr_expect_eq(a->findings.at[i].kind, b->findings.at[i].kind, "%u threads", n);
        cr_expect(text_equal(a->findings.at[i].detail, b->findings.at[i].detail), "%u threads", n);
    }
}

Test(pipeline, the_number_of_threads_does_not_show) {
    CLEANUP(result_release) struct result one = {0};

    build(&one, true);
    run(&one, 1);
    for (unsigned n = 2; n <= 64; n = n * 2 + 1) {
        CLEANUP(result_release) struct result many = {0};

        build(&many, true);
        run(&many, n);
        expect_same_places(&one, &many, n);
        expect_same_verdicts(&one, &many, n);
    }
}

Test(pipeline, without_a_network_all_is_unplaced) {
    CLEANUP(result_release) struct result result = {0};

    build(&result, false);
    run(&result, 2);
    cr_expect(tally_check(&result).holds);
    cr_expect_eq(result.file_tallies->n_unplaced, N_INSPECTIONS * 3);
    cr_expect_eq(observation_unplaced_reason(
                     result.inspections[0], &inspection_observations(result.inspections[0])[0]),
        UNPLACED_NO_NETWORK);
}

Test(pipeline, areas_fill_what_the_network_lacks) {
    CLEANUP(result_release) struct result result = {0};

    build(&result, true);
    result.network.segments[0].area_importance = 3;
    build_area(&result.area_importance, "centre", 10);
    build_area(&result.soils, "silt", 8);
    build_area(&result.districts, "West", NAN);
    result.network.segments[0].groundwater = GROUNDWATER_BELOW;
    build_area(&result.groundwaters, "above", GROUNDWATER_ABOVE);
    run(&result, 2);
    const struct segment *segments = result.network.segments;
    cr_expect_eq(segments[0].area_importance, 3, "the network knows better");
    cr_expect_eq(segments[1].area_importance, 10);
    cr_expect_eq(segments[2].area_importance, -1, "outside");
    cr_expect_eq(segments[1].soil_influence, 8);
    cr_expect_eq(segments[0].groundwater, GROUNDWATER_BELOW, "the network knows better");
    cr_expect_eq(segments[1].groundwater, GROUNDWATER_ABOVE);
    cr_expect_eq(segments[2].groundwater, GROUNDWATER_UNKNOWN, "outside");
    cr_expect_eq(result.segment_district[1], 0);
    cr_expect_eq(result.segment_district[2], NO_POLYGON);
    cr_expect_eq(result.district_tallies[0].n_segments, 2);
    cr_expect_float_eq(result.district_tallies[0].length_m, 40, 1e-9);
}

Test(pipeline, nothing_at_all) {
    CLEANUP(result_release) struct result result = {0};

    run(&result, 4);
    cr_expect_eq(result.n_inspections, 0);
    cr_expect(tally_check(&result).holds);
}
