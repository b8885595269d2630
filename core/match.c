/* The ladder: each rung is a function that answers true when it settled the inspection.  A rung
 * that several segments fit leaves them in attempt->fitting, to be told apart further down. */
#include "core/match.h"

#include <math.h>

#include "core/match/rungs.h"

static bool has_geometry(const struct segment *segment) {
    return segment->line.n > 0 && isfinite(segment->drawn_m);
}

void attempt_add_stretch(struct attempt *attempt, struct stretch stretch) {
    struct match_yield *yield = attempt->yield;

    yield->stretches = array_reserve(
        yield->stretches, &yield->capacity, yield->n_stretches + 1, sizeof *yield->stretches);
    stretch.inspection = attempt->inspection->number;
    stretch.to_chainage_m = NAN;
    stretch.scale = 1;
    stretch.from_along_m = NAN;
    stretch.to_along_m = NAN;
    yield->stretches[yield->n_stretches++] = stretch;
    attempt->inspection->n_stretches++;
}

bool attempt_settle(
    struct attempt *attempt, uint32_t segment, enum match_method method, struct text note) {
    struct inspection *inspection = attempt->inspection;

    inspection->match_method = (uint8_t)method;
    inspection->match_note = note;
    if (!has_geometry(&attempt->matcher->network->segments[segment])) {
        inspection->unplaced = UNPLACED_SEGMENT_NO_GEOMETRY;
        findings_add(&attempt->yield->findings, FINDING_GEOMETRY_BROKEN,
            inspection_place(inspection, inspection->line),
            "segment '%.*s' has no usable geometry to place the inspection on",
            TEXT_ARGS(attempt->matcher->network->segments[segment].id));
        return true;
    }
    attempt_add_stretch(attempt, (struct stretch){
                                     .segment = segment,
                                     .is_against_flow = vote_is_against_flow(attempt, segment),
                                 });
    return true;
}

void attempt_find_ends(struct attempt *attempt) {
    if (!attempt->are_ends_found) {
        ends_find(attempt->matcher, attempt->inspection, &attempt->ends);
        attempt->are_ends_found = true;
    }
}

static void match_segment(struct attempt *attempt) {
    bool is_settled = by_id(attempt) || by_pair(attempt) || by_marks(attempt) ||
                      by_chain(attempt) || by_node_and_length(attempt) || by_coordinates(attempt);
    if (!is_settled) {
        give_up(attempt);
    }
}

static void match_node(struct attempt *attempt) {
    struct inspection *inspection = attempt->inspection;
    struct text id =
        inspection->segment_ref.n > 0 ? inspection->segment_ref : inspection->start_node;
    enum id_form form;
    struct few nodes = matcher_find_any(attempt->matcher, ID_OF_NODE, id, &form);

    if (nodes.n != 1) {
        give_up_node(attempt, &nodes);
        return;
    }
    const struct node *node = &attempt->matcher->network->nodes[nodes.at[0]];
    inspection->node = nodes.at[0];
    inspection->match_method = form == ID_AS_WRITTEN ? MATCH_NODE_ID : MATCH_NODE_ID_NORMALISED;
    if (form == ID_NORMALISED) {
        inspection->match_note = arena_printf(
            &attempt->yield->arena, "'%.*s' read as '%.*s'", TEXT_ARGS(id), TEXT_ARGS(node->id));
    }
    if (!xy_is_set(node->at)) {
        inspection->unplaced = UNPLACED_SEGMENT_NO_GEOMETRY;
        findings_add(&attempt->yield->findings, FINDING_GEOMETRY_BROKEN,
            inspection_place(inspection, inspection->line), "node '%.*s' has no coordinates",
            TEXT_ARGS(node->id));
    }
}

/* The segment that the next inspection may lie near. */
static uint32_t last_segment(const struct match_yield *yield) {
    return yield->n_stretches == 0 ? 0 : yield->stretches[yield->n_stretches - 1].segment;
}

void match_inspections(const struct matcher *matcher, struct inspection **inspections, size_t n,
    struct match_yield *yield) {
    bool is_empty = matcher->network->n_segments == 0 && matcher->network->n_nodes == 0;
    struct survey_roles roles = {0};

    for (size_t i = 0; i < n; i++) {
        struct inspection *inspection = inspections[i];
        inspection->first_stretch = (uint32_t)yield->n_stretches;
        inspection->n_stretches = 0;
        if (is_empty) {
            inspection->unplaced = UNPLACED_NO_NETWORK;
            continue;
        }
        struct attempt attempt = {.matcher = matcher, .inspection = inspection, .yield = yield};
        if (inspection->object == OBJECT_NODE) {
            match_node(&attempt);
            continue;
        }
        attempt.guess = last_segment(yield);
        attempt.rows = node_rows_of(inspection, &roles);
        attempt.ends = ends_named(inspection, &attempt.rows);
        match_segment(&attempt);
    }
}

void match_yield_release(struct match_yield *yield) {
    array_release(&yield->stretches);
    arena_release(&yield->arena);
    findings_release(&yield->findings);
    *yield = (struct match_yield){0};
}
