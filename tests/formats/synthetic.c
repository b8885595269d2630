#include "tests/formats/synthetic.h"

#include <math.h>

static const struct xy origin = {500000, 2500000};
static const double spacing_m = 34;

struct town {
    struct result *result;
    const struct synthetic_request *request;
    size_t n_columns; /* nodes in a row of the grid */
};

/* Numbers between 0 and 1 that look like chance. */
static double chance(size_t seed) {
    uint64_t bits = (seed + 1) * 0x9E3779B97F4A7C15u;

    bits ^= bits >> 29;
    bits *= 0xBF58476D1CE4E5B9u;
    bits ^= bits >> 32;
    return (double)(bits >> 11) / 9007199254740992.0;
}

static struct text numbered(struct arena *arena, const char *prefix, size_t number) {
    return arena_printf(arena, "%s%08zu", prefix, number);
}

static void add_nodes(const struct town *town) {
    struct network *network = &town->result->network;
    uint32_t kind = pool_add(&network->words, TEXT("检查井"));

    for (size_t i = 0; i <= town->request->n_segments; i++) {
        struct node *node = network_add_node(network);
        size_t row = i / town->n_columns, column = i % town->n_columns;
        node->id = numbered(&network->arena, "MH", i);
        node->at = (struct xy){
            origin.x + spacing_m * ((double)column + chance(2 * i) / 4),
            origin.y + spacing_m * ((double)row + chance(2 * i + 1) / 4),
        };
        node->ground_m = 10 + floor(chance(3 * i) * 1000) / 1000;
        node->invert_m = node->ground_m - 3;
        node->kind = kind;
    }
}

static void add_segments(const struct town *town) {
    static const char *const materials[] = {"钢筋混凝土", "PVC-U", "HDPE", "陶土管"};
    static const char *const streets[] = {"中山路", "解放大道", "人民路", "滨江街", "科技路"};
    struct network *network = &town->result->network;

    for (size_t i = 0; i < town->request->n_segments; i++) {
        struct segment *segment = network_add_segment(network);
        struct xy *at = ARENA_NEW(&network->arena, struct xy, 3);
        at[0] = network->nodes[i].at;
        at[2] = network->nodes[i + 1].at;
        at[1] = (struct xy){(at[0].x + at[2].x) / 2 + 1, (at[0].y + at[2].y) / 2 - 1};
        segment->id = numbered(&network->arena, "WS", i);
        segment->from_node = (uint32_t)i;
        segment->to_node = (uint32_t)i + 1;
        segment->line = (struct polyline){at, 3};
        segment->length_m = floor(polyline_length_m(segment->line) * 100) / 100;
        segment->material = pool_add(&network->words, text_from(materials[i % 4]));
        segment->street = pool_add(&network->words, text_from(streets[i / 40 % 5]));
        segment->diameter_mm = (float)(200 + 100 * (i % 9));
        segment->year_built = (int16_t)(1960 + i % 60);
        segment->system = (uint8_t)(SYSTEM_STORM + i % 3);
    }
    network_connect(network);
}

static void add_codes(struct survey *survey) {
    static const struct {
        const char *code, *name;
        enum code_kind kind;
    } codes[] = {
        {"PL", "crack or break",    CODE_STRUCTURAL},
        {"BX", "deformation",       CODE_STRUCTURAL},
        {"CK", "displaced joint",   CODE_STRUCTURAL},
        {"CJ", "deposit",           CODE_FUNCTIONAL},
        {"JG", "scale",             CODE_FUNCTIONAL},
        {"YJ", "intermediate node", CODE_INVENTORY },
    };

    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        uint32_t number = survey_add_code(
            survey, (struct text){0}, text_from(codes[i].code), (struct text){0}, (struct text){0});
        survey->codes[number].name = codes[i].name;
        survey->codes[number].kind = codes[i].kind;
    }
}

static void add_observation(const struct town *town, size_t number, uint32_t stretch) {
    struct survey *survey = &town->result->surveys[0];
    const struct stretch *seen = &town->result->stretches[stretch];
    struct observation *observation = survey_add_observation(survey);
    double length_m = seen->to_along_m;

    observation->chainage_m = floor(chance(number) * length_m * 0.9 * 100) / 100;
    observation->line = (uint32_t)number + 2;
    observation->code = number % 11 == 0 ? 5 : (uint32_t)(number % 5);
    observation->grade = (int8_t)(1 + number % 4);
    observation->clock_from = (uint8_t)(1 + number % 12);
    observation->clock_to = number % 3 == 0 ? (uint8_t)(1 + number % 7) : 0;
    if (number % 97 == 0) {
        observation->chainage_m = -1;
        observation->unplaced = UNPLACED_CHAINAGE_NEGATIVE;
        return;
    }
    observation->stretch = stretch;
    observation->position_method = POSITION_AS_LOGGED;
    observation->position_error_m = 0.5F;
    observation->along_m =
        seen->is_against_flow ? length_m - observation->chainage_m : observation->chainage_m;
    if (number % 13 == 0) {
        observation->mark = MARK_START;
        observation->mark_number = 1;
        observation->along_to_m = observation->along_m + length_m * 0.05;
    }
    observation->is_current = true;
    observation->score = (float)(number % 4) * 2.5F;
    observation->is_collapse_hazard = observation->grade == 4 && observation->code == 0;
}

static void add_inspection(const struct town *town, size_t segment, size_t *n_observations) {
    struct result *result = town->result;
    struct survey *survey = &result->surveys[0];
    struct inspection *inspection = survey_add_inspection(survey);
    uint32_t number = (uint32_t)survey->n_inspections - 1;
    double length_m = result->network.segments[segment].drawn_m;

    inspection->id = numbered(&survey->arena, "I", number);
    inspection->segment_ref = result->network.segments[segment].id;
    inspection->start_node = result->network.nodes[segment].id;
    inspection->finish_node = result->network.nodes[segment + 1].id;
    inspection->inspected_on = (int32_t)(20150101 + number % 9 * 10000 + number % 28);
    inspection->operator_word = pool_add(&survey->words, TEXT("OP18"));
    inspection->inspected_m = floor(length_m * 100) / 100;
    inspection->direction = number % 7 == 0 ? DIRECTION_UPSTREAM : DIRECTION_DOWNSTREAM;
    inspection->match_method = MATCH_SEGMENT_ID;
    inspection->is_complete = true;
    inspection->line = number + 2;
    inspection->number = number;
    inspection->first_observation_id = (uint32_t)*n_observations;
    inspection->first_stretch = (uint32_t)result->n_stretches;
    inspection->n_stretches = 1;
    result->stretches[result->n_stretches++] = (struct stretch){
        .inspection = number,
        .segment = (uint32_t)segment,
        .is_against_flow = number % 7 == 0,
        .to_chainage_m = length_m,
        .scale = 1,
        .to_along_m = length_m,
        .method = POSITION_AS_LOGGED,
        .is_complete = true,
        .is_current = true,
    };
    for (unsigned i = 0; i < town->request->observations_per_segment; i++) {
        add_observation(town, (*n_observations)++, (uint32_t)result->n_stretches - 1);
    }
}

static void assess(const struct town *town, size_t segment, int32_t date) {
    struct result *result = town->result;
    double value = chance(segment) * 10;

    result->assessments[segment] = (struct assessment){
        .structural = {value,        value, value / 3, value / 7, value * 0.7, 3, 3, DENSITY_LOCAL, 2, 1},
        .functional = {value / 2,   value, value / 4, value / 9, value * 0.6, 2, 2, DENSITY_WHOLE, 1,
                       0},
        .inspected_m = result->network.segments[segment].drawn_m,
        .coverage = 1,
        .inspected_on = date,
        .n_inspections = 1,
        .n_defects = 3,
        .n_structural = 2,
        .n_functional = 1,
        .rank = (uint32_t)segment + 1,
        .scheme = SCHEME_CJJ181,
        .area_importance = 3,
        .pipe_importance = 6,
        .priority = (uint8_t)(1 + segment % 5),
        .is_collapse_hazard = segment % 50 == 0,
        .collapse_reason = segment % 50 == 0 ? TEXT("PL4 at 23.4 m") : (struct text){0},
        .priority_reason =
            arena_printf(&result->arena, "RI %.1f (III): PL3 at %.1f m", value * 0.7, value),
    };
}

static void inspect(const struct town *town) {
    struct result *result = town->result;
    size_t capacity = 0, n = town->request->n_segments, n_observations = 0;

    result->stretches = array_reserve(NULL, &capacity, n + 1, sizeof *result->stretches);
    capacity = 0;
    result->assessments = array_reserve(NULL, &capacity, n + 1, sizeof *result->assessments);
    for (size_t i = 0; i < n; i++) {
        result->assessments[i] = (struct assessment){0};
        if (i % 20 == 19) {
            continue;
        }
        add_inspection(town, i, &n_observations);
        assess(town, i, result->surveys[0].inspections[result->n_stretches - 1].inspected_on);
    }
    result->n_observations = n_observations;
    result->n_inspections = result->surveys[0].n_inspections;
    capacity = 0;
    result->inspections =
        array_reserve(NULL, &capacity, result->n_inspections + 1, sizeof *result->inspections);
    for (size_t i = 0; i < result->n_inspections; i++) {
        result->inspections[i] = &result->surveys[0].inspections[i];
    }
}

/* A strip of the town, with a hole in the first one. */
static void add_district(const struct town *town, size_t number, struct box box) {
    struct polygons *districts = &town->result->districts;
    struct xy *at = ARENA_NEW(&districts->arena, struct xy, 10);
    uint32_t *ring_n = ARENA_NEW(&districts->arena, uint32_t, 2);
    bool *is_outer = ARENA_NEW(&districts->arena, bool, 2);
    struct box hole = {box.min_x + 1, box.min_y + 1, box.min_x + 2, box.min_y + 2};
    const struct box *boxes[] = {&box, &hole};
    size_t n_rings = number == 0 ? 2 : 1;

    for (size_t i = 0; i < n_rings; i++) {
        struct xy *ring = at + 5 * i;
        ring[0] = ring[4] = (struct xy){boxes[i]->min_x, boxes[i]->min_y};
        ring[1] = (struct xy){boxes[i]->max_x, boxes[i]->min_y};
        ring[2] = (struct xy){boxes[i]->max_x, boxes[i]->max_y};
        ring[3] = (struct xy){boxes[i]->min_x, boxes[i]->max_y};
        ring_n[i] = 5;
        is_outer[i] = i == 0;
    }
    districts->at =
        array_reserve(districts->at, &districts->capacity, number + 1, sizeof *districts->at);
    districts->at[districts->n++] = (struct polygon){
        .name = arena_printf(&districts->arena, "District %zu", number + 1),
        .at = at,
        .ring_n = ring_n,
        .ring_is_outer = is_outer,
        .n_rings = (uint32_t)n_rings,
        .n = (uint32_t)(5 * n_rings),
        .box = box,
    };
}

static void add_districts(const struct town *town) {
    struct result *result = town->result;
    size_t capacity = 0, n = town->request->n_districts;
    double width_m = (double)(town->n_columns + 2) * spacing_m / (double)(n + !n);

    if (n == 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        double from = origin.x - spacing_m + (double)i * width_m;
        add_district(town, i,
            (struct box){from, origin.y - spacing_m, from + width_m,
                origin.y + spacing_m * (double)(town->request->n_segments / town->n_columns + 2)});
    }
    polygons_index(&result->districts);
    result->segment_district = array_reserve(
        NULL, &capacity, result->network.n_segments + 1, sizeof *result->segment_district);
    capacity = 0;
    result->district_tallies = array_reserve(NULL, &capacity, n, sizeof *result->district_tallies);
    for (size_t i = 0; i < n; i++) {
        result->district_tallies[i] = (struct district_tally){0};
    }
    for (size_t i = 0; i < result->network.n_segments; i++) {
        const struct segment *segment = &result->network.segments[i];
        uint32_t district = polygons_find(
            &result->districts, polyline_point_at(segment->line, segment->drawn_m / 2));
        result->segment_district[i] = district;
        if (district != NO_POLYGON) {
            result->district_tallies[district].n_segments++;
            result->district_tallies[district].length_m += segment->drawn_m;
        }
    }
}

void synthetic_fill(struct result *result, const struct synthetic_request *request) {
    struct town town = {result, request, (size_t)sqrt((double)request->n_segments) + 1};
    size_t capacity = 0;

    *result = (struct result){.n_surveys = 1};
    result->surveys = array_reserve(NULL, &capacity, 1, sizeof *result->surveys);
    result->surveys[0] = (struct survey){
        .file = {.path = TEXT("synthetic.csv"), .format = "csv", .encoding = TEXT("UTF-8")},
        .catalogue = CATALOGUE_CJJ181,
        .graded_by = SCHEME_CJJ181,
    };
    add_nodes(&town);
    add_segments(&town);
    add_codes(&result->surveys[0]);
    inspect(&town);
    add_districts(&town);
    findings_add(&result->findings, FINDING_CHAINAGE_INVALID,
        (struct finding_place){.file = result->surveys[0].file.path, .line = 2},
        "chainage '-1' is negative");
}
