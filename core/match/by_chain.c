/* Rung 5: a run through several segments, split at the nodes. */
#include "core/match/rungs.h"

static struct text segment_id(const struct attempt *attempt, uint32_t segment) {
    return attempt->matcher->network->segments[segment].id;
}

static struct text chain_note(struct attempt *attempt, const struct chain *chain) {
    struct text note = segment_id(attempt, chain->segments[0]);

    for (size_t i = 1; i < chain->n; i++) {
        note = arena_printf(&attempt->yield->arena, "%.*s + %.*s", TEXT_ARGS(note),
            TEXT_ARGS(segment_id(attempt, chain->segments[i])));
    }
    return note;
}

static bool is_entered_against_flow(
    const struct attempt *attempt, const struct chain *chain, size_t i) {
    const struct segment *segment = &attempt->matcher->network->segments[chain->segments[i]];

    return segment->to_node == chain->nodes[i];
}

/* Two nodes without a word which was the start: the direction tells. */
static void turn_chain(struct attempt *attempt, struct chain *chain) {
    const struct inspection *inspection = attempt->inspection;
    bool is_against = inspection->direction == DIRECTION_UPSTREAM;

    if (!attempt->ends.is_start_known && inspection->direction != DIRECTION_UNKNOWN &&
        is_entered_against_flow(attempt, chain, 0) != is_against) {
        chain_reverse(chain);
    }
}

static bool settle_chain(
    struct attempt *attempt, struct chain *chain, const struct waypoints *waypoints) {
    struct inspection *inspection = attempt->inspection;
    double from_m[CHAIN_SEGMENTS];

    turn_chain(attempt, chain);
    vote_check_chain(attempt, chain->segments[0], is_entered_against_flow(attempt, chain, 0));
    chain_split(attempt->matcher, inspection, chain, waypoints, from_m);
    for (size_t i = 0; i < chain->n; i++) {
        bool is_past_nodes = waypoints->n > 0 && i > waypoints->n;
        if (i > 0 && (is_past_nodes || from_m[i] >= inspection->inspected_m)) {
            break; /* the camera did not come as far as this */
        }
        attempt_add_stretch(
            attempt, (struct stretch){
                         .segment = chain->segments[i],
                         .is_against_flow = is_entered_against_flow(attempt, chain, i),
                         .from_chainage_m = from_m[i],
                     });
        if (i > 0) {
            attempt->yield->stretches[attempt->yield->n_stretches - 2].to_chainage_m = from_m[i];
        }
    }
    inspection->match_method = MATCH_CHAIN;
    inspection->match_note = chain_note(attempt, chain);
    findings_add(&attempt->yield->findings, FINDING_CHAIN_SPLIT,
        inspection_place(inspection, inspection->line), "%.*s, split by %s",
        TEXT_ARGS(inspection->match_note), waypoints->n > 0 ? "the nodes logged" : "length");
    return true;
}

bool by_chain(struct attempt *attempt) {
    const struct ends *ends = &attempt->ends;
    struct waypoints waypoints = {0};

    attempt_find_ends(attempt);
    if (attempt->fitting.n > 0 || ends->starts.n == 0 || ends->finishes.n == 0) {
        return false;
    }
    if (attempt->rows.has_intermediate) {
        waypoints = waypoints_of(attempt->inspection);
    }
    bool is_whole = !attempt->inspection->is_abandoned; /* else some nodes were never reached */
    size_t n_wanted = waypoints.n > 0 && is_whole ? waypoints.n + 1 : 0;
    if (waypoints.n >= CHAIN_SEGMENTS) {
        attempt->why_not = TEXT("more nodes were logged on the way than a run can pass");
        return false;
    }
    switch (chain_find(attempt->matcher, ends, n_wanted, attempt->chains)) {
    case CHAIN_FOUND:
        if (waypoints.n >= attempt->chains[0].n) {
            attempt->why_not = TEXT("more nodes were logged on the way than lie on it");
            return false;
        }
        return settle_chain(attempt, &attempt->chains[0], &waypoints);
    case CHAIN_AMBIGUOUS:
        attempt->n_chains = 2;
        attempt->why_not = TEXT("more than one way joins the nodes");
        return false;
    case CHAIN_ENDLESS:
        attempt->why_not = TEXT("too many ways lead away from the nodes");
        return false;
    case CHAIN_NONE:
        attempt->why_not =
            n_wanted == 0
                ? TEXT("no segments join the nodes")
                : arena_printf(&attempt->yield->arena,
                      "no %zu segments join the nodes, as the nodes logged on the way ask for",
                      n_wanted);
        return false;
    }
    return false;
}
