#include "core/match/chain.h"

#include <math.h>

#include "core/match/fit.h"

enum { LINKS_TRIED = 4096 };

static const double node_reach_m = 0.5; /* a node logged this near to an end is the end itself */
static const double length_share = 0.10, length_slack_m = 2;

/* --- waypoints --- */

static void add_waypoint(struct waypoints *waypoints, double chainage_m) {
    size_t i = waypoints->n < CHAIN_SEGMENTS ? waypoints->n : CHAIN_SEGMENTS - 1;

    waypoints->n++;
    for (; i > 0 && waypoints->chainage_m[i - 1] > chainage_m; i--) {
        waypoints->chainage_m[i] = waypoints->chainage_m[i - 1];
    }
    waypoints->chainage_m[i] = chainage_m;
}

struct waypoints waypoints_of(const struct inspection *inspection) {
    struct waypoints waypoints = {0};
    const struct observation *rows = inspection_observations(inspection);
    double end_m = inspection->inspected_m > 0 ? inspection->inspected_m : INFINITY;

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        double at_m = rows[i].chainage_m;
        if (observation_code(inspection, &rows[i])->role == ROLE_NODE && at_m > node_reach_m &&
            at_m < end_m - node_reach_m) {
            add_waypoint(&waypoints, at_m);
        }
    }
    return waypoints;
}

/* --- ways --- */

struct search {
    const struct network *network;
    const struct few *finishes;
    size_t n_segments;
    struct chain way;
    struct chain *out; /* of 2 */
    size_t n_found, n_tried;
};

static uint32_t other_end(const struct segment *segment, uint32_t node) {
    return segment->from_node == node ? segment->to_node : segment->from_node;
}

static bool is_on_way(const struct chain *way, uint32_t node) {
    for (size_t i = 0; i <= way->n; i++) {
        if (way->nodes[i] == node) {
            return true;
        }
    }
    return false;
}

static bool is_over(const struct search *search) {
    return search->n_found > 1 || search->n_tried > LINKS_TRIED;
}

static void search_on(struct search *search);

static void step(struct search *search, uint32_t link) {
    struct chain *way = &search->way;
    uint32_t next = other_end(&search->network->segments[link], way->nodes[way->n]);

    search->n_tried++;
    if (next == NO_NODE || is_on_way(way, next)) {
        return;
    }
    way->segments[way->n++] = link;
    way->nodes[way->n] = next;
    if (!few_has(search->finishes, next)) {
        search_on(search);
    } else if (way->n > 1 && (search->n_segments == 0 || way->n == search->n_segments)) {
        search->out[search->n_found++] = *way;
    }
    way->n--;
}

/* From the end of the way so far, at most CHAIN_SEGMENTS deep. */
static void search_on(struct search *search) {
    uint32_t node = search->way.nodes[search->way.n];
    const uint32_t *links = network_links(search->network, node);
    size_t n = search->network->nodes[node].n_segments;

    if (search->way.n == CHAIN_SEGMENTS) {
        return;
    }
    for (size_t i = 0; i < n && !is_over(search); i++) {
        step(search, links[i]);
    }
}

enum chain_outcome chain_find(const struct matcher *matcher, const struct ends *ends,
    size_t n_segments, struct chain out[2]) {
    struct search search = {
        .network = matcher->network,
        .finishes = &ends->finishes,
        .n_segments = n_segments,
        .out = out,
    };

    for (size_t i = 0; i < ends->starts.n && !is_over(&search); i++) {
        if (!few_has(&ends->finishes, ends->starts.at[i])) {
            search.way.nodes[0] = ends->starts.at[i];
            search_on(&search);
        }
    }
    if (search.n_found > 1) {
        return CHAIN_AMBIGUOUS;
    }
    if (search.n_tried > LINKS_TRIED) {
        return CHAIN_ENDLESS;
    }
    return search.n_found == 1 ? CHAIN_FOUND : CHAIN_NONE;
}

void chain_reverse(struct chain *chain) {
    struct chain reversed = {.n = chain->n};

    for (size_t i = 0; i < chain->n; i++) {
        reversed.segments[i] = chain->segments[chain->n - 1 - i];
    }
    for (size_t i = 0; i <= chain->n; i++) {
        reversed.nodes[i] = chain->nodes[chain->n - i];
    }
    *chain = reversed;
}

/* --- split --- */

static bool has_finish(const struct inspection *inspection) {
    const struct observation *rows = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        if (observation_code(inspection, &rows[i])->role == ROLE_FINISH_NODE) {
            return true;
        }
    }
    return false;
}

/* By how much logged metres differ from drawn ones; 1 when the two cannot be compared. */
static double logged_share(const struct inspection *inspection, double drawn_m) {
    double logged_m = inspection->inspected_m;

    if (inspection->is_abandoned || !(logged_m > 0) || !isfinite(logged_m) || drawn_m <= 0) {
        return 1;
    }
    bool is_near = fabs(logged_m - drawn_m) <= fmax(length_share * drawn_m, length_slack_m);
    return is_near || has_finish(inspection) ? logged_m / drawn_m : 1;
}

void chain_split(const struct matcher *matcher, const struct inspection *inspection,
    const struct chain *chain, const struct waypoints *waypoints, double from_m[CHAIN_SEGMENTS]) {
    const struct segment *segments = matcher->network->segments;
    double drawn_m = 0, sum_m = 0;

    for (size_t i = 0; i < chain->n; i++) {
        drawn_m += drawn_length_m(&segments[chain->segments[i]]);
    }
    double share = logged_share(inspection, drawn_m);
    for (size_t i = 0; i < chain->n; i++) {
        bool is_logged = i > 0 && i <= waypoints->n;
        from_m[i] = is_logged ? waypoints->chainage_m[i - 1] : sum_m * share;
        sum_m += drawn_length_m(&segments[chain->segments[i]]);
    }
}
