/* Segments and nodes come together.  A node that a segment names but no layer holds lies where its
 * segments meet; a segment that names no nodes takes those at its ends, or gets new ones there. */
#include <math.h>

#include "core/base.h"
#include "formats/network/grid.h"
#include "formats/network/reader.h"

/* Ends within this are one node. */
#define SAME_PLACE_M 0.01
/* A node of a layer is taken for the end of a segment that names none within this. */
#define NODE_REACH_M 0.5
/* A named node farther from the end than this is said. */
#define FAR_M 5.0

/* Where a node without coordinates may lie: at either end of its first segment.  The later segments
 * vote for the one that they touch too. */
struct candidates {
    struct xy at[2];
    uint32_t votes[2];
    uint32_t n; /* segments */
};

/* The end where the order of digitising puts the node weighs a little more. */
enum { VOTE_EXPECTED = 3, VOTE_OTHER = 2 };

static struct xy first_of(const struct segment *segment) {
    return segment->line.at[0];
}

static struct xy last_of(const struct segment *segment) {
    return segment->line.at[segment->line.n - 1];
}

static void vote(struct candidates *candidates, struct xy expected, struct xy other) {
    if (candidates->n++ == 0) {
        candidates->at[0] = expected;
        candidates->at[1] = other;
        candidates->votes[0] = VOTE_EXPECTED;
        candidates->votes[1] = VOTE_OTHER;
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (xy_distance_m(candidates->at[i], expected) <= SAME_PLACE_M) {
            candidates->votes[i] += VOTE_EXPECTED;
        } else if (xy_distance_m(candidates->at[i], other) <= SAME_PLACE_M) {
            candidates->votes[i] += VOTE_OTHER;
        }
    }
}

static bool is_placeless(const struct reader *reader, uint32_t node) {
    return node != NO_NODE && !xy_is_set(reader->network->nodes[node].at);
}

static void say_missing_node(struct reader *reader, uint32_t node) {
    struct node *it = &reader->network->nodes[node];

    if (reader->n_layer_nodes > 0 && node >= reader->n_layer_nodes) {
        reader_flaw(reader, FINDING_NODE_MISSING,
            (struct finding_place){.file = reader->network->path}, "node '%.*s'%s",
            TEXT_ARGS(it->id), xy_is_set(it->at) ? "" : ": no segment's end tells where it is");
    }
}

static void collect_votes(const struct reader *reader, struct candidates *candidates) {
    const struct network *network = reader->network;

    for (size_t i = 0; i < network->n_segments; i++) {
        const struct segment *segment = &network->segments[i];
        if (segment->line.n < 2) {
            continue;
        }
        if (is_placeless(reader, segment->from_node)) {
            vote(&candidates[segment->from_node], first_of(segment), last_of(segment));
        }
        if (is_placeless(reader, segment->to_node)) {
            vote(&candidates[segment->to_node], last_of(segment), first_of(segment));
        }
    }
}

/* A node at the loose end of a segment lies where the other node does not. */
static struct xy loose_end(
    const struct reader *reader, uint32_t other, struct xy expected, struct xy opposite) {
    if (other == NO_NODE || is_placeless(reader, other)) {
        return expected;
    }
    struct xy at = reader->network->nodes[other].at;
    return xy_distance_m(at, expected) < xy_distance_m(at, opposite) ? opposite : expected;
}

static void place_loose_ends(struct reader *reader) {
    struct network *network = reader->network;

    for (size_t i = 0; i < network->n_segments; i++) {
        const struct segment *segment = &network->segments[i];
        uint32_t from = segment->from_node, to = segment->to_node;
        if (segment->line.n < 2) {
            continue;
        }
        if (is_placeless(reader, from)) {
            network->nodes[from].at = loose_end(reader, to, first_of(segment), last_of(segment));
        }
        if (is_placeless(reader, to)) {
            network->nodes[to].at = loose_end(reader, from, last_of(segment), first_of(segment));
        }
    }
}

static void place_named_nodes(struct reader *reader) {
    struct network *network = reader->network;
    struct candidates *candidates = NULL;
    size_t capacity = 0, n_placeless = 0;

    for (size_t i = 0; i < network->n_nodes; i++) {
        n_placeless += is_placeless(reader, (uint32_t)i);
    }
    if (n_placeless == 0) {
        return;
    }
    candidates = array_reserve(NULL, &capacity, network->n_nodes, sizeof *candidates);
    for (size_t i = 0; i < network->n_nodes; i++) {
        candidates[i] = (struct candidates){0};
    }
    collect_votes(reader, candidates);
    for (size_t i = 0; i < network->n_nodes; i++) {
        const struct candidates *of = &candidates[i];
        if (is_placeless(reader, (uint32_t)i) && of->n >= 2) {
            network->nodes[i].at = of->at[of->votes[1] > of->votes[0]];
        }
    }
    array_release(&candidates);
    place_loose_ends(reader);
    for (size_t i = reader->n_layer_nodes; i < network->n_nodes; i++) {
        say_missing_node(reader, (uint32_t)i);
    }
}

/* --- segments that name no nodes --- */

struct finder {
    struct reader *reader;
    struct point_grid grid;
    size_t n_made;
};

static uint32_t find_node(struct finder *finder, struct xy at, double within_m) {
    const struct network *network = finder->reader->network;

    return network->n_nodes == 0 ? NO_NODE
                                 : point_grid_find(&finder->grid, &network->nodes[0].at,
                                       sizeof(struct node), at, within_m);
}

static uint32_t make_node(struct finder *finder, struct xy at) {
    struct reader *reader = finder->reader;
    uint32_t node = reader_node_named(reader, reader_free_node_id(reader));

    reader->network->nodes[node].at = at;
    reader->network->nodes[node].id_is_made = true;
    point_grid_add(&finder->grid, &reader->network->nodes[0].at, sizeof(struct node), node);
    say_missing_node(reader, node);
    return node;
}

/* The node at an end; never the other end's, unless the line is that short. */
static uint32_t node_at(struct finder *finder, struct xy at, uint32_t other) {
    uint32_t node = find_node(finder, at, SAME_PLACE_M);

    if (node == NO_NODE) {
        node = find_node(finder, at, NODE_REACH_M);
        if (node != NO_NODE && (node >= finder->reader->n_layer_nodes || node == other)) {
            node = NO_NODE; /* only real nodes reach out */
        }
    }
    return node != NO_NODE ? node : make_node(finder, at);
}

static void find_ends(struct finder *finder, struct segment *segment) {
    const struct node *nodes = finder->reader->network->nodes;
    struct xy first = first_of(segment), last = last_of(segment);
    bool is_turned = false;

    if (segment->from_node != NO_NODE) {
        struct xy at = nodes[segment->from_node].at;
        is_turned = xy_distance_m(at, last) < xy_distance_m(at, first);
    } else if (segment->to_node != NO_NODE) {
        struct xy at = nodes[segment->to_node].at;
        is_turned = xy_distance_m(at, first) < xy_distance_m(at, last);
    }
    if (segment->from_node == NO_NODE) {
        segment->from_node = node_at(finder, is_turned ? last : first, segment->to_node);
    }
    if (segment->to_node == NO_NODE) {
        segment->to_node = node_at(finder, is_turned ? first : last, segment->from_node);
    }
}

static bool lacks_node(const struct segment *segment) {
    return segment->line.n >= 2 && (segment->from_node == NO_NODE || segment->to_node == NO_NODE);
}

static void find_unnamed_nodes(struct reader *reader) {
    struct network *network = reader->network;
    struct finder finder = {.reader = reader, .grid = point_grid_new(4 * NODE_REACH_M)};
    bool is_needed = false;

    for (size_t i = 0; i < network->n_segments && !is_needed; i++) {
        is_needed = lacks_node(&network->segments[i]);
    }
    if (!is_needed) {
        return;
    }
    for (size_t i = 0; i < network->n_nodes; i++) {
        if (xy_is_set(network->nodes[i].at)) {
            point_grid_add(&finder.grid, &network->nodes[0].at, sizeof(struct node), (uint32_t)i);
        }
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        if (lacks_node(&network->segments[i])) {
            find_ends(&finder, &network->segments[i]);
        }
    }
    point_grid_release(&finder.grid);
}

/* --- lines and nodes agree --- */

/* A segment without a usable line is straight between its nodes. */
static void draw_straight(struct reader *reader, size_t number, bool is_table) {
    struct network *network = reader->network;
    struct segment *segment = &network->segments[number];
    bool has_nodes = segment->from_node != NO_NODE && segment->to_node != NO_NODE &&
                     xy_is_set(network->nodes[segment->from_node].at) &&
                     xy_is_set(network->nodes[segment->to_node].at);

    if (segment->line.n >= 2 && xy_distance_m(first_of(segment), segment->line.at[1]) > 0) {
        return;
    }
    struct finding_place place = reader_segment_place(reader, number);
    if (!has_nodes) {
        if (segment->line.n == 0 && !reader->drafts[number].is_broken) {
            reader_flaw(reader, FINDING_GEOMETRY_BROKEN, place, "there is no geometry");
        }
        return;
    }
    struct xy from = network->nodes[segment->from_node].at;
    struct xy to = network->nodes[segment->to_node].at;
    if (segment->line.n >= 2 && xy_distance_m(from, to) <= SAME_PLACE_M) {
        return; /* of no length, but in its place */
    }
    struct xy *at = ARENA_NEW(&network->arena, struct xy, 2);
    at[0] = from;
    at[1] = to;
    segment->line = (struct polyline){at, 2};
    if (!is_table) {
        reader_flaw(reader, FINDING_GEOMETRY_REPAIRED, place,
            "there is no line: a straight one between its nodes was taken");
    }
}

static void say_far_node(
    struct reader *reader, size_t number, uint32_t node, struct xy first, struct xy last) {
    struct xy at = node == NO_NODE ? (struct xy){NAN, NAN} : reader->network->nodes[node].at;
    double distance_m = fmin(xy_distance_m(at, first), xy_distance_m(at, last));

    if (distance_m > FAR_M) {
        reader_flaw(reader, FINDING_NODE_FAR, reader_segment_place(reader, number),
            "node '%.*s' lies %.1f m from the nearer end",
            TEXT_ARGS(reader->network->nodes[node].id), distance_m);
    }
}

void reader_join_ends(struct reader *reader) {
    place_named_nodes(reader);
    find_unnamed_nodes(reader);
    for (size_t r = 0; r < reader->n_ranges; r++) {
        const struct layer_range *range = &reader->ranges[r];
        for (size_t i = range->first_segment; i < range->end_segment; i++) {
            const struct segment *segment = &reader->network->segments[i];
            draw_straight(reader, i, range->is_table);
            if (segment->line.n >= 2) {
                say_far_node(reader, i, segment->from_node, first_of(segment), last_of(segment));
                say_far_node(reader, i, segment->to_node, first_of(segment), last_of(segment));
            }
        }
    }
}
