#include "tests/formats/tiny.h"

#include <math.h>

static uint32_t add_node(struct result *result, const char *id, double x, double y) {
    struct network *network = &result->network;
    struct node *node = network_add_node(network);

    node->id = text_from(id);
    node->at = (struct xy){x, y};
    node->ground_m = 12.5;
    node->kind = pool_add(&network->words, TEXT("manhole"));
    return (uint32_t)network->n_nodes - 1;
}

static void add_segment(struct result *result, const char *id, uint32_t from, uint32_t to) {
    struct network *network = &result->network;
    struct segment *segment = network_add_segment(network);

    segment->id = text_from(id);
    segment->from_node = from;
    segment->to_node = to;
    segment->diameter_mm = 300;
    segment->system = SYSTEM_FOUL;
    segment->length_m = 31.5;
    if (xy_is_set(network->nodes[to].at)) {
        struct xy *at = ARENA_NEW(&network->arena, struct xy, 2);
        at[0] = network->nodes[from].at;
        at[1] = network->nodes[to].at;
        segment->line = (struct polyline){at, 2};
    }
}

static void add_network(struct result *result) {
    uint32_t a = add_node(result, "A", 0, 0), b = add_node(result, "B", 30, 0),
             c = add_node(result, "C", 30, 10);
    uint32_t d = add_node(result, "D", NAN, NAN);

    add_segment(result, "S1", a, b);
    result->network.segments[0].from_invert_m = 10.3;
    result->network.segments[0].to_invert_m = 10;
    add_segment(result, "S2", b, c);
    add_segment(result, "S3", c, d);
    network_connect(&result->network);
}

static uint32_t add_code(
    struct result *result, const char *delivered, const char *code, enum code_kind kind) {
    struct survey *survey = &result->surveys[0];
    uint32_t number = survey_add_code(
        survey, text_from(delivered), text_from(code), (struct text){0}, (struct text){0});

    survey->codes[number].kind = kind;
    survey->codes[number].name = kind == CODE_UNKNOWN ? NULL : "a name";
    return number;
}

static struct inspection *add_inspection(struct result *result, const char *id, const char *ref) {
    struct inspection *inspection = survey_add_inspection(&result->surveys[0]);

    inspection->id = text_from(id);
    inspection->segment_ref = text_from(ref);
    inspection->inspected_on = 20180500 + (int32_t)result->surveys[0].n_inspections;
    inspection->number = (uint32_t)result->surveys[0].n_inspections - 1;
    inspection->first_observation_id = (uint32_t)result->surveys[0].n_observations;
    inspection->first_stretch = (uint32_t)result->n_stretches;
    inspection->raw = "raw inspection";
    inspection->raw_n = 14;
    inspection->line = 1 + 10 * (uint32_t)result->surveys[0].n_inspections;
    return inspection;
}

static void add_stretch(
    struct result *result, struct inspection *inspection, uint32_t segment, bool is_against_flow) {
    result->stretches[result->n_stretches++] = (struct stretch){
        .inspection = inspection->number,
        .segment = segment,
        .is_against_flow = is_against_flow,
        .scale = 1,
        .from_along_m = 0,
        .to_along_m = result->network.segments[segment].drawn_m,
        .is_complete = true,
        .is_current = !is_against_flow,
    };
    inspection->n_stretches++;
    inspection->match_method = inspection->n_stretches > 1 ? MATCH_CHAIN : MATCH_SEGMENT_ID;
    inspection->is_complete = true;
    inspection->direction = is_against_flow ? DIRECTION_UPSTREAM : DIRECTION_DOWNSTREAM;
}

static struct observation *add_observation(
    struct result *result, uint32_t code, double chainage_m, uint32_t stretch, double along_m) {
    struct observation *observation = survey_add_observation(&result->surveys[0]);

    observation->code = code;
    observation->chainage_m = chainage_m;
    observation->stretch = stretch;
    observation->along_m = along_m;
    observation->is_current = true;
    observation->raw = "raw observation";
    observation->raw_n = 15;
    observation->line = (uint32_t)result->surveys[0].n_observations;
    if (stretch != NO_STRETCH) {
        observation->position_method = POSITION_AS_LOGGED;
        observation->position_error_m = 0.5F;
    }
    return observation;
}

/* S1 downstream, seen again from the other end; then S1 and S2 in one go. */
static void inspect_segments(struct result *result) {
    uint32_t break_code = add_code(result, "破裂", "PL", CODE_STRUCTURAL);
    uint32_t deformation = add_code(result, NULL, "BX", CODE_STRUCTURAL);
    uint32_t passed_node = add_code(result, NULL, "YJ", CODE_INVENTORY);

    add_stretch(result, add_inspection(result, "I1", "S1"), 0, false);
    struct observation *observation = add_observation(result, break_code, 12, 0, 12);
    observation->grade = 4;
    observation->score = 10;
    observation->is_collapse_hazard = true;
    observation->clock_from = 11;
    observation->clock_to = 1;
    struct observation_more *more = observation_more(&result->surveys[0], observation);
    more->remark = TEXT("a 'remark'");
    more->photo = TEXT("p1.jpg;p2.jpg");
    more->quant1 = 12.5;
    observation = add_observation(result, deformation, 15, 0, 15);
    observation->mark = MARK_START;
    observation->mark_number = 1;
    observation->along_to_m = 20;
    observation = add_observation(result, deformation, 20, 0, 20);
    observation->mark = MARK_END;
    observation->mark_number = 1;
    observation->is_mark_end = true;
    add_observation(result, passed_node, 30, 0, 30);

    add_stretch(result, add_inspection(result, "I2", "S1"), 0, true);
    observation = add_observation(result, break_code, 17.8, 1, 12.2);
    observation->is_current = false;
    observation->duplicate_of = 0;

    struct inspection *chain = add_inspection(result, "I3", "S1-S2");
    add_stretch(result, chain, 0, false);
    add_stretch(result, chain, 1, false);
    observation = add_observation(result, add_code(result, NULL, "??", CODE_UNKNOWN), 35, 3, 5);
    observation->position_method = POSITION_CHAIN;
}

static void inspect_others(struct result *result) {
    struct inspection *node = add_inspection(result, "N1", "B");
    node->object = OBJECT_NODE;
    node->node = 1;
    node->match_method = MATCH_NODE_ID;
    node->node_scheme = SCHEME_DB31;
    node->node_score = 5;
    node->node_grade = GRADE_2;
    add_observation(result, 1, 1.25, NO_STRETCH, NAN);

    struct inspection *lost = add_inspection(result, "X1", "S9");
    lost->unplaced = UNPLACED_NO_MATCH;
    lost->candidates = TEXT("S1; S2");
    struct observation *observation = add_observation(result, 0, 3.5, NO_STRETCH, NAN);
    observation->mark = MARK_START;
    observation->mark_number = 2;
    observation_more(&result->surveys[0], observation)->quant1_text = TEXT(">5");

    struct inspection *clean = add_inspection(result, "X2", "S9");
    clean->unplaced = UNPLACED_AMBIGUOUS;
}

/* From the other end, and in an inspection that has no place. */
static void measure(struct result *result) {
    static const struct measurement logged[] = {
        {5,   -1.245, 1, 11, MEASUREMENT_SLOPE,     MEASURED_IN_PERCENT,     false},
        {31,  0.5,    1, 12, MEASUREMENT_SLOPE,     MEASURED_IN_PERCENT,     false},
        {2.5, -12,    4, 61, MEASUREMENT_DEVIATION, MEASURED_IN_MILLIMETRES, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(logged); i++) {
        *survey_add_measurement(&result->surveys[0]) = logged[i];
    }
}

static void assess(struct result *result) {
    size_t capacity = 0;

    result->assessments = array_reserve(NULL, &capacity, 3, sizeof *result->assessments);
    for (size_t i = 0; i < 3; i++) {
        result->assessments[i] = (struct assessment){0};
    }
    result->assessments[0] = (struct assessment){
        .structural = {.score = 10,
                       .peak = 10,
                       .mean = 1.0 / 3,
                       .grade = GRADE_4,
                       .index = 7.4,
                       .index_grade = GRADE_4,
                       .density_type = DENSITY_LOCAL,
                       .n_plain = 2},
        .inspected_m = 30,
        .coverage = 1,
        .inspected_on = 20180501,
        .n_inspections = 2,
        .n_defects = 2,
        .n_structural = 2,
        .scheme = SCHEME_CJJ181,
        .priority = 1,
        .rank = 1,
        .is_collapse_hazard = true,
        .collapse_reason = TEXT("PL4 at 12.0 m"),
        .priority_reason = TEXT("RI 7.4 (IV): PL4 at 12.0 m"),
    };
}

/* The west: x up to 20. */
static void add_district(struct result *result) {
    static const struct xy at[] = {
        {-5, -5},
        {20, -5},
        {20, 15},
        {-5, 15},
        {-5, -5}
    };
    static const uint32_t ring_n[] = {5};
    static const bool is_outer[] = {true};
    struct polygons *districts = &result->districts;
    size_t capacity = 0;

    districts->at = array_reserve(NULL, &districts->capacity, 1, sizeof *districts->at);
    districts->at[0] = (struct polygon){
        TEXT("West"), NAN, at, ring_n, is_outer, 1, 5, {-5, -5, 20, 15}
    };
    districts->n = 1;
    polygons_index(districts);
    result->segment_district = array_reserve(NULL, &capacity, 3, sizeof *result->segment_district);
    result->segment_district[0] = 0;
    result->segment_district[1] = result->segment_district[2] = NO_POLYGON;
    capacity = 0;
    result->district_tallies = array_reserve(NULL, &capacity, 1, sizeof *result->district_tallies);
    result->district_tallies[0] = (struct district_tally){
        .n_segments = 1,
        .n_defects = 2,
        .length_m = 30,
        .inspected_m = 15,
        .n_grade = {0, 0, 1},
        .n_severity = {1, 0, 1}
    };
}

void tiny_fill(struct result *result) {
    size_t capacity = 0;

    *result = (struct result){.n_surveys = 2};
    result->surveys = array_reserve(NULL, &capacity, 2, sizeof *result->surveys);
    result->surveys[0] = (struct survey){
        .file = {.path = TEXT("not there/tiny.csv"), .format = "csv", .size_bytes = 99},
        .catalogue = CATALOGUE_CJJ181,
        .graded_by = SCHEME_CJJ181,
    };
    result->surveys[1] = (struct survey){
        .file = {.path = TEXT("empty.csv"), .format = "csv"},
    };
    capacity = 0;
    result->stretches = array_reserve(NULL, &capacity, 8, sizeof *result->stretches);
    add_network(result);
    inspect_segments(result);
    inspect_others(result);
    measure(result);
    assess(result);
    add_district(result);
    result->n_inspections = result->surveys[0].n_inspections;
    result->n_observations = result->surveys[0].n_observations;
    capacity = 0;
    result->inspections =
        array_reserve(NULL, &capacity, result->n_inspections, sizeof *result->inspections);
    for (size_t i = 0; i < result->n_inspections; i++) {
        result->inspections[i] = &result->surveys[0].inspections[i];
    }
    findings_add(&result->findings, FINDING_NOT_MATCHED,
        (struct finding_place){
            .file = result->surveys[0].file.path,
            .line = 61,
            .inspection_id = TEXT("X1"),
            .segment_id = TEXT("S9"),
        },
        "'S9'");
}
