#include "formats/survey/named_ends.h"

#include <math.h>

#include "core/base.h"
#include "core/index.h"

struct joining {
    struct network *network;
    const struct named_ends *ends;
    struct findings *findings;
    struct index ids; /* of nodes */
};

static void find(const struct joining *joining, enum finding_kind kind, uint32_t line,
    const char *what, struct text id) {
    findings_add(joining->findings, kind,
        (struct finding_place){.file = joining->network->path, .line = line}, "%s '%.*s'", what,
        TEXT_ARGS(text_cut(id, 200)));
}

/* Of several nodes with one id the first is meant. */
static void index_nodes(struct joining *joining) {
    const struct network *network = joining->network;

    index_reserve(&joining->ids, network->n_nodes);
    for (size_t i = 0; i < network->n_nodes; i++) {
        if (index_add(&joining->ids, network->nodes[i].id, (uint32_t)i) != i) {
            find(joining, FINDING_DUPLICATE_ID, 0, "node", network->nodes[i].id);
        }
    }
}

static struct xy end_of(struct polyline line, bool is_last) {
    return line.n == 0 ? (struct xy){NAN, NAN} : line.at[is_last ? line.n - 1 : 0];
}

/* The node of that name; made at the end of the line when the file has none. */
static uint32_t node_of(struct joining *joining, struct text name, struct xy at, uint32_t line) {
    struct network *network = joining->network;

    if (name.n == 0) {
        return NO_NODE;
    }
    uint32_t known = index_find(&joining->ids, name);
    if (known != INDEX_NONE) {
        struct node *node = &network->nodes[known];
        if (!xy_is_set(node->at) && node->line == 0) {
            node->at = at;
        }
        return known;
    }
    struct node *node = network_add_node(network);
    node->id = name;
    node->at = at;
    find(joining, FINDING_NODE_MISSING, line, "node", name);
    return index_add(&joining->ids, name, (uint32_t)(network->n_nodes - 1));
}

/* How far the ends of the line are from these nodes; NAN when a node has no place. */
static double apart(struct polyline line, const struct node *first, const struct node *last) {
    return xy_distance_m(line.at[0], first->at) + xy_distance_m(line.at[line.n - 1], last->at);
}

static bool is_against_flow(
    const struct network *network, const struct segment *segment, bool is_said_so) {
    if (segment->from_node == NO_NODE || segment->to_node == NO_NODE) {
        return is_said_so;
    }
    const struct node *from = &network->nodes[segment->from_node];
    const struct node *to = &network->nodes[segment->to_node];
    double straight = apart(segment->line, from, to), turned = apart(segment->line, to, from);
    return isnan(straight) || isnan(turned) ? is_said_so : turned < straight;
}

void named_ends_turn(struct network *network, struct segment *segment, bool is_backward) {
    if (segment->line.n < 2 || !is_against_flow(network, segment, is_backward)) {
        return;
    }
    size_t n = segment->line.n;
    struct xy *turned = ARENA_NEW(&network->arena, struct xy, n);
    for (size_t i = 0; i < n; i++) {
        turned[i] = segment->line.at[n - 1 - i];
    }
    segment->line.at = turned;
    segment->is_flipped = true;
}

void named_ends_draw(struct network *network, struct segment *segment) {
    if (segment->line.n > 0 || segment->from_node == NO_NODE || segment->to_node == NO_NODE) {
        return;
    }
    const struct node *from = &network->nodes[segment->from_node];
    const struct node *to = &network->nodes[segment->to_node];
    if (!xy_is_set(from->at) || !xy_is_set(to->at)) {
        return;
    }
    struct xy *at = ARENA_NEW(&network->arena, struct xy, 2);
    at[0] = from->at;
    at[1] = to->at;
    segment->line = (struct polyline){at, 2};
}

/* Nodes that have no point of their own stand where an edge ends. */
static void place_nodes(struct network *network) {
    for (size_t i = 0; i < network->n_segments; i++) {
        const struct segment *segment = &network->segments[i];
        const uint32_t ends[] = {segment->from_node, segment->to_node};
        for (size_t k = 0; k < ARRAY_LEN(ends) && segment->line.n > 0; k++) {
            if (ends[k] != NO_NODE && !xy_is_set(network->nodes[ends[k]].at)) {
                network->nodes[ends[k]].at = end_of(segment->line, k == 1);
            }
        }
    }
}

static void find_duplicate_segments(const struct joining *joining) {
    CLEANUP(index_release) struct index ids = {0};
    const struct network *network = joining->network;

    index_reserve(&ids, network->n_segments);
    for (size_t i = 0; i < network->n_segments; i++) {
        if (index_add(&ids, network->segments[i].id, (uint32_t)i) != i) {
            find(joining, FINDING_DUPLICATE_ID, joining->ends[i].line, "edge",
                network->segments[i].id);
        }
    }
}

static void join_ends(struct joining *joining, size_t number) {
    struct network *network = joining->network;
    struct segment *segment = &network->segments[number];
    const struct named_ends *ends = &joining->ends[number];
    struct xy first = end_of(segment->line, ends->is_backward),
              last = end_of(segment->line, !ends->is_backward);

    segment->from_node = node_of(joining, ends->from, first, ends->line);
    segment->to_node = node_of(joining, ends->to, last, ends->line);
    named_ends_turn(network, segment, ends->is_backward);
}

void named_ends_join(
    struct network *network, const struct named_ends *ends, struct findings *findings) {
    struct joining joining = {.network = network, .ends = ends, .findings = findings};

    index_nodes(&joining);
    for (size_t i = 0; i < network->n_segments; i++) {
        join_ends(&joining, i);
    }
    place_nodes(network);
    for (size_t i = 0; i < network->n_segments; i++) {
        named_ends_draw(network, &network->segments[i]);
    }
    find_duplicate_segments(&joining);
    index_release(&joining.ids);
}
