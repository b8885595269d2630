/* Rungs 6 and 7: no id and no pair of nodes, but one segment that the rest fits. */
#include "core/match/fit.h"
#include "core/match/places.h"
#include "core/match/rungs.h"

/* The known node is at the end that the direction asks for. */
static bool fits_direction(
    const struct attempt *attempt, const struct segment *segment, bool is_start) {
    const struct few *nodes = is_start ? &attempt->ends.starts : &attempt->ends.finishes;

    if (attempt->inspection->direction == DIRECTION_UNKNOWN || !attempt->ends.is_start_known) {
        return true;
    }
    bool is_down = attempt->inspection->direction == DIRECTION_DOWNSTREAM;
    return few_has(nodes, is_down == is_start ? segment->from_node : segment->to_node);
}

static bool fits_header(
    const struct attempt *attempt, const struct segment *segment, bool is_start) {
    const struct inspection *inspection = attempt->inspection;
    bool is_size_known = inspection->diameter_mm > 0 && segment->diameter_mm > 0;

    return fits_direction(attempt, segment, is_start) &&
           fits_length(attempt->matcher, inspection, segment) &&
           (!is_size_known || fits_diameter(inspection, segment));
}

/* Keeps what fits both before and now; several of them wait to be told apart further down. */
static bool settle_if_one(
    struct attempt *attempt, const struct few *found, enum match_method method, struct text note) {
    struct few both = {0};

    for (size_t i = 0; i < found->n; i++) {
        if (attempt->fitting.n == 0 || few_has(&attempt->fitting, found->at[i])) {
            few_add(&both, found->at[i]);
        }
    }
    if (both.n == 1 && !found->is_cut && !attempt->fitting.is_cut) {
        return attempt_settle(attempt, both.at[0], method, note);
    }
    if (both.n > 1) {
        attempt->fitting = both;
    }
    return false;
}

bool by_node_and_length(struct attempt *attempt) {
    const struct network *network = attempt->matcher->network;
    const struct ends *ends = &attempt->ends;
    bool is_start = ends->starts.n > 0;
    const struct few *nodes = is_start ? &ends->starts : &ends->finishes;
    struct few found = {0};

    if (is_start == (ends->finishes.n > 0)) {
        return false;
    }
    for (size_t i = 0; i < nodes->n; i++) {
        const uint32_t *links = network_links(network, nodes->at[i]);
        size_t n = network->nodes[nodes->at[i]].n_segments;
        for (size_t k = 0; k < n && k < LINKS_LOOKED_THROUGH; k++) {
            if (fits_header(attempt, &network->segments[links[k]], is_start)) {
                few_add(&found, links[k]);
            }
        }
    }
    return settle_if_one(attempt, &found, MATCH_NODE_AND_LENGTH,
        arena_printf(&attempt->yield->arena, "only node '%.*s' is known",
            TEXT_ARGS(is_start ? ends->start : ends->finish)));
}

bool by_coordinates(struct attempt *attempt) {
    const struct inspection_more *more = attempt->inspection->more;

    if (more == NULL || !more->has_coordinates) {
        return false;
    }
    struct few found = places_find(attempt->matcher, more->start_at, more->finish_at);
    return settle_if_one(attempt, &found, MATCH_COORDINATES, (struct text){0});
}
