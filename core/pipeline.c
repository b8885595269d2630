/* Each stage runs on ranges side by side; what the parts bring forth is put behind each other in
 * order, so that the result does not depend on how many there were. */
#include "core/pipeline.h"

#include <math.h>

#include "core/current.h"
#include "core/imply.h"
#include "core/parallel.h"
#include "core/prepare.h"
#include "core/repair/segment_works.h"
#include "core/tally.h"

enum { MAX_PARTS = 64 };

/* What one thread makes for itself. */
struct part {
    struct match_yield yield;
    struct arena arena;
    struct findings findings;
    struct range range;
    struct segment_repair *repairs; /* an array of its own */
    size_t n_repairs, repairs_capacity;
};

/* Numbers of things (stretches, inspections) by the thing they lie on. */
struct groups {
    uint32_t *first;   /* n_keys + 1 of them: group k is members[first[k] .. first[k + 1]] */
    uint32_t *members; /* ascending in each group */
};

struct run {
    struct result *result;
    const struct pipeline_options *options;
    const struct matcher *matcher;
    struct groups stretches_by_segment, inspections_by_node;
    struct repair_lookup repair_lookup;
    unsigned n_parts;
    struct part parts[MAX_PARTS];
};

static void do_side_by_side(
    struct run *run, size_t n, void (*work)(void *context, struct range range)) {
    parallel_ranges(n, run->n_parts, work, run);
    for (unsigned i = 0; i < run->n_parts; i++) {
        arena_move(&run->result->arena, &run->parts[i].arena);
        findings_move(&run->result->findings, &run->parts[i].findings);
    }
}

static void collect_findings(struct result *result) {
    for (size_t i = 0; i < result->n_surveys; i++) {
        findings_move(&result->findings, &result->surveys[i].findings);
    }
    findings_move(&result->findings, &result->network.findings);
    findings_move(&result->findings, &result->area_importance.findings);
    findings_move(&result->findings, &result->soils.findings);
    findings_move(&result->findings, &result->groundwaters.findings);
    findings_move(&result->findings, &result->districts.findings);
}

static void prepare(struct result *result) {
    struct repeated_ids repeated = {0};

    prepare_inspections(result);
    collect_findings(result);
    prepare_units(result);
    prepare_ids(result, &repeated);
    current_find_duplicates(result->inspections, result->n_inspections, &result->findings);
    prepare_report_repeated(result, &repeated);
    if (result->network.n_segments == 0 && result->network.n_nodes > 0) {
        network_imply_segments(&result->network, result->inspections, result->n_inspections);
        findings_move(&result->findings, &result->network.findings);
    }
    if (result->network.links == NULL) {
        network_connect(&result->network);
    }
}

/* --- match and locate --- */

static void match_range(void *context, struct range range) {
    struct run *run = context;
    struct part *part = &run->parts[range.part];

    part->range = range;
    match_inspections(
        run->matcher, run->result->inspections + range.from, range.to - range.from, &part->yield);
}

/* The stretches of all parts behind each other; those of the first part stay where they are. */
static void join_stretches(struct run *run) {
    struct result *result = run->result;
    size_t n = 0;

    for (unsigned i = 0; i < run->n_parts; i++) {
        n += run->parts[i].yield.n_stretches;
    }
    struct match_yield *first = &run->parts[0].yield;
    result->stretches =
        array_reserve(first->stretches, &first->capacity, n + 1, sizeof *result->stretches);
    result->n_stretches = first->n_stretches;
    first->stretches = NULL;
    for (unsigned i = 1; i < run->n_parts; i++) {
        const struct part *part = &run->parts[i];
        for (size_t k = part->range.from; k < part->range.to; k++) {
            result->inspections[k]->first_stretch += (uint32_t)result->n_stretches;
        }
        for (size_t k = 0; k < part->yield.n_stretches; k++) {
            result->stretches[result->n_stretches++] = part->yield.stretches[k];
        }
    }
}

static void match(struct run *run) {
    struct matcher *matcher = matcher_new(&run->result->network, &run->options->match);

    run->matcher = matcher;
    parallel_ranges(run->result->n_inspections, run->n_parts, match_range, run);
    run->matcher = NULL;
    matcher_release(matcher);
    join_stretches(run);
    for (unsigned i = 0; i < run->n_parts; i++) {
        struct match_yield *yield = &run->parts[i].yield;
        arena_move(&run->result->arena, &yield->arena);
        findings_move(&run->result->findings, &yield->findings);
        match_yield_release(yield);
    }
}

static void locate_range(void *context, struct range range) {
    struct run *run = context;
    struct result *result = run->result;

    locate_inspections(&result->network, result->inspections + range.from, range.to - range.from,
        result->stretches, &run->options->locate, &run->parts[range.part].findings);
}

/* --- groups: a counting sort, so that numbers stay in order --- */

static uint32_t segment_of_stretch(const struct result *result, size_t number) {
    return result->stretches[number].segment;
}

static uint32_t node_of_inspection(const struct result *result, size_t number) {
    const struct inspection *inspection = result->inspections[number];

    return inspection->object == OBJECT_NODE ? inspection->node : NO_NODE;
}

static struct groups group(const struct result *result, size_t n_keys, size_t n,
    uint32_t (*key_of)(const struct result *result, size_t number)) {
    struct groups groups = {0};
    size_t first_capacity = 0, members_capacity = 0;

    /* First counted two places up, then summed one place up: while members are filled in, first[k +
     * 1] walks from the start of group k to its end. */
    groups.first = array_reserve(NULL, &first_capacity, n_keys + 2, sizeof *groups.first);
    groups.members = array_reserve(NULL, &members_capacity, n + 1, sizeof *groups.members);
    for (size_t i = 0; i < n_keys + 2; i++) {
        groups.first[i] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t key = key_of(result, i);
        if (key < n_keys) {
            groups.first[key + 2]++;
        }
    }
    for (size_t i = 2; i < n_keys + 2; i++) {
        groups.first[i] += groups.first[i - 1];
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t key = key_of(result, i);
        if (key < n_keys) {
            groups.members[groups.first[key + 1]++] = (uint32_t)i;
        }
    }
    return groups;
}

static void groups_release(struct groups *groups) {
    array_release(&groups->first);
    array_release(&groups->members);
}

/* --- areas --- */

static struct xy segment_middle(const struct segment *segment) {
    if (segment->line.n == 0) {
        return (struct xy){NAN, NAN};
    }
    return polyline_point_at(segment->line, segment->drawn_m / 2);
}

static void set_from_area(int8_t *field, const struct polygons *areas, struct xy at) {
    uint32_t area = *field < 0 && areas->n > 0 ? polygons_find(areas, at) : NO_POLYGON;

    if (area != NO_POLYGON && areas->at[area].value >= 0 && areas->at[area].value <= 10) {
        *field = (int8_t)lround(areas->at[area].value);
    }
}

static void set_groundwater(uint8_t *field, const struct polygons *areas, struct xy at) {
    uint32_t area =
        *field == GROUNDWATER_UNKNOWN && areas->n > 0 ? polygons_find(areas, at) : NO_POLYGON;

    if (area != NO_POLYGON && areas->at[area].value >= GROUNDWATER_UNKNOWN &&
        areas->at[area].value <= GROUNDWATER_ABOVE) {
        *field = (uint8_t)lround(areas->at[area].value);
    }
}

static void place_range(void *context, struct range range) {
    struct result *result = ((struct run *)context)->result;

    for (size_t i = range.from; i < range.to; i++) {
        struct segment *segment = &result->network.segments[i];
        struct xy middle = segment_middle(segment);
        if (!xy_is_set(middle)) {
            continue;
        }
        set_from_area(&segment->area_importance, &result->area_importance, middle);
        set_from_area(&segment->soil_influence, &result->soils, middle);
        set_groundwater(&segment->groundwater, &result->groundwaters, middle);
        if (result->segment_district != NULL) {
            result->segment_district[i] = polygons_find(&result->districts, middle);
        }
    }
}

/* Which district, and which K, T and groundwater where the network's table has none. */
static void place_segments(struct run *run) {
    struct result *result = run->result;
    size_t capacity = 0;

    if (result->districts.n > 0) {
        result->segment_district = array_reserve(
            NULL, &capacity, result->network.n_segments + 1, sizeof *result->segment_district);
        for (size_t i = 0; i < result->network.n_segments; i++) {
            result->segment_district[i] = NO_POLYGON;
        }
    }
    if (result->districts.n > 0 || result->area_importance.n > 0 || result->soils.n > 0 ||
        result->groundwaters.n > 0) {
        parallel_ranges(result->network.n_segments, run->n_parts, place_range, run);
    }
}

/* --- assess --- */

static void assess_range(void *context, struct range range) {
    struct run *run = context;
    struct result *result = run->result;
    struct part *part = &run->parts[range.part];
    const struct groups *groups = &run->stretches_by_segment;

    for (size_t i = range.from; i < range.to; i++) {
        struct segment_runs runs = {
            groups->members + groups->first[i], groups->first[i + 1] - groups->first[i]};
        if (runs.n == 0) {
            continue;
        }
        struct coverage coverage = current_decide(&result->network, (uint32_t)i, runs,
            result->inspections, result->stretches, &part->findings);
        struct assess_request request = {
            .network = &result->network,
            .segment = (uint32_t)i,
            .stretches_of_segment = runs.stretches,
            .n_stretches_of_segment = runs.n,
            .inspections = result->inspections,
            .stretches = result->stretches,
            .options = &run->options->assess,
        };
        struct assessment assessment = assess_segment(&request, &part->arena, &part->findings);
        assessment.inspected_m = coverage.inspected_m;
        assessment.coverage = coverage.share;
        result->assessments[i] = assessment;
    }
}

static void add_repairs(struct part *part, uint32_t segment, const struct repair_plan *plan) {
    if (plan->n == 0) {
        return;
    }
    part->repairs = array_reserve(
        part->repairs, &part->repairs_capacity, part->n_repairs + plan->n, sizeof *part->repairs);
    for (size_t i = 0; i < plan->n; i++) {
        part->repairs[part->n_repairs++] =
            (struct segment_repair){segment, (uint32_t)(i + 1), &plan->at[i]};
    }
}

static void repair_range(void *context, struct range range) {
    struct run *run = context;
    struct result *result = run->result;
    struct part *part = &run->parts[range.part];
    const struct groups *groups = &run->stretches_by_segment;

    for (size_t i = range.from; i < range.to; i++) {
        struct segment_works_request request = {
            .network = &result->network,
            .segment = (uint32_t)i,
            .stretches_of_segment = groups->members + groups->first[i],
            .n_stretches_of_segment = groups->first[i + 1] - groups->first[i],
            .inspections = result->inspections,
            .stretches = result->stretches,
            .assess = &run->options->assess,
            .tables = run->options->repair,
            .lookup = &run->repair_lookup,
        };
        if (result->assessments[i].priority != 0) {
            struct repair_plan plan =
                segment_works(&request, &result->assessments[i], &part->arena, &part->findings);
            add_repairs(part, (uint32_t)i, &plan);
        }
    }
}

/* The works of all parts behind each other. */
static void join_repairs(struct run *run) {
    struct result *result = run->result;
    size_t n = 0;

    for (unsigned i = 0; i < run->n_parts; i++) {
        n += run->parts[i].n_repairs;
    }
    size_t capacity = run->parts[0].repairs_capacity;
    result->repairs =
        array_reserve(run->parts[0].repairs, &capacity, n + 1, sizeof *result->repairs);
    result->n_repairs = run->parts[0].n_repairs;
    for (unsigned i = 1; i < run->n_parts; i++) {
        for (size_t k = 0; k < run->parts[i].n_repairs; k++) {
            result->repairs[result->n_repairs++] = run->parts[i].repairs[k];
        }
        array_release(&run->parts[i].repairs);
    }
}

static void decide_nodes(void *context, struct range range) {
    struct run *run = context;
    const struct groups *groups = &run->inspections_by_node;

    for (size_t i = range.from; i < range.to; i++) {
        size_t n = groups->first[i + 1] - groups->first[i];
        if (n > 0) {
            current_decide_node(groups->members + groups->first[i], n, run->result->inspections);
        }
    }
}

static int soil_under(const struct run *run, const struct inspection *inspection,
    const struct observation *observation) {
    const struct result *result = run->result;
    int8_t soil = -1;

    if (inspection->object == OBJECT_NODE && inspection->node != NO_NODE) {
        set_from_area(&soil, &result->soils, result->network.nodes[inspection->node].at);
    } else if (observation->stretch != NO_STRETCH) {
        soil = result->network.segments[result->stretches[observation->stretch].segment]
                   .soil_influence;
    }
    return soil < 0 ? run->options->assess.soil_influence : soil;
}

/* What no segment's figures are made of: older inspections, duplicates, node inspections. */
static void assess_rest(void *context, struct range range) {
    const struct run *run = context;

    for (size_t i = range.from; i < range.to; i++) {
        const struct inspection *inspection = run->result->inspections[i];
        struct observation *observations = inspection_observations(inspection);
        for (uint32_t k = 0; k < inspection->n_observations; k++) {
            struct observation *observation = &observations[k];
            bool is_in_figures = inspection->object == OBJECT_SEGMENT && observation->is_current &&
                                 observation->duplicate_of == NO_OBSERVATION;
            if (!is_in_figures && observation_is_placed(inspection, observation)) {
                assess_observation(inspection, observation,
                    soil_under(run, inspection, observation), &run->options->assess);
            }
        }
        if (inspection->object == OBJECT_NODE) {
            assess_node(run->result->inspections[i], &run->options->assess);
        }
    }
}

static void assess_and_repair(struct run *run) {
    struct result *result = run->result;
    size_t capacity = 0;

    result->assessments =
        array_reserve(NULL, &capacity, result->network.n_segments + 1, sizeof *result->assessments);
    for (size_t i = 0; i < result->network.n_segments; i++) {
        result->assessments[i] = (struct assessment){0};
    }
    run->stretches_by_segment =
        group(result, result->network.n_segments, result->n_stretches, segment_of_stretch);
    do_side_by_side(run, result->network.n_segments, assess_range);
    run->repair_lookup = repair_lookup_of(&result->network, run->options->repair);
    do_side_by_side(run, result->network.n_segments, repair_range);
    repair_lookup_release(&run->repair_lookup);
    join_repairs(run);
    groups_release(&run->stretches_by_segment);

    run->inspections_by_node =
        group(result, result->network.n_nodes, result->n_inspections, node_of_inspection);
    do_side_by_side(run, result->network.n_nodes, decide_nodes);
    groups_release(&run->inspections_by_node);
    do_side_by_side(run, result->n_inspections, assess_rest);
}

void pipeline_run(struct result *result, const struct pipeline_options *options) {
    struct run run = {.result = result, .options = options};

    run.n_parts = options->n_threads < 1           ? 1
                  : options->n_threads > MAX_PARTS ? MAX_PARTS
                                                   : options->n_threads;
    prepare(result);
    place_segments(&run);
    match(&run);
    do_side_by_side(&run, result->n_inspections, locate_range);
    for (size_t i = 0; i < result->n_surveys; i++) {
        assess_choose_scheme(&result->surveys[i], &options->assess, &result->findings);
    }
    assess_and_repair(&run);
    rank_segments(&result->network, result->assessments, options->rank_by);
    tally_files(result, run.n_parts);
    tally_districts(result);
}
