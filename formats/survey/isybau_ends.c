/* The ends of the edges, when all nodes of the file are known: names become nodes, nodes that are
 * missing are made, lines are turned to run with the flow. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/isybau.h"

/* Of several nodes with one id the first is meant. */
static void index_nodes(const struct isybau *isybau, struct index *ids) {
    const struct network *network = isybau->survey->network;

    index_reserve(ids, network->n_nodes);
    for (size_t i = 0; i < network->n_nodes; i++) {
        if (index_add(ids, network->nodes[i].id, (uint32_t)i) != i) {
            isybau_find(isybau, FINDING_DUPLICATE_ID, 0, "node", network->nodes[i].id);
        }
    }
}

static struct xy end_of(struct polyline line, bool is_last) {
    return line.n == 0 ? (struct xy){NAN, NAN} : line.at[is_last ? line.n - 1 : 0];
}

/* The node of that name; made at the end of the line when the file has none. */
static uint32_t node_of(
    const struct isybau *isybau, struct index *ids, struct text name, struct xy at, uint32_t line) {
    struct network *network = isybau->survey->network;

    if (name.n == 0) {
        return NO_NODE;
    }
    uint32_t known = index_find(ids, name);
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
    isybau_find(isybau, FINDING_NODE_MISSING, line, "node", name);
    return index_add(ids, name, (uint32_t)(network->n_nodes - 1));
}

/* How far the ends of the line are from these nodes; NAN when a node has no place. */
static double apart(struct polyline line, const struct node *first, const struct node *last) {
    return xy_distance_m(line.at[0], first->at) + xy_distance_m(line.at[line.n - 1], last->at);
}

static void turn_with_flow(struct network *network, struct segment *segment) {
    if (segment->line.n < 2 || segment->from_node == NO_NODE || segment->to_node == NO_NODE) {
        return;
    }
    const struct node *from = &network->nodes[segment->from_node];
    const struct node *to = &network->nodes[segment->to_node];
    if (!(apart(segment->line, to, from) < apart(segment->line, from, to))) {
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

/* An edge without a drawn line runs straight from node to node. */
static void draw_straight(struct network *network, struct segment *segment) {
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

static void find_duplicate_segments(const struct isybau *isybau) {
    CLEANUP(index_release) struct index ids = {0};
    const struct network *network = isybau->survey->network;

    index_reserve(&ids, network->n_segments);
    for (size_t i = 0; i < network->n_segments; i++) {
        if (index_add(&ids, network->segments[i].id, (uint32_t)i) != i) {
            isybau_find(isybau, FINDING_DUPLICATE_ID, isybau->edges[i].line, "edge",
                network->segments[i].id);
        }
    }
}

void isybau_network_finish(struct isybau *isybau) {
    CLEANUP(index_release) struct index ids = {0};
    struct network *network = isybau->survey->network;

    if (network == NULL) {
        return;
    }
    network->crs = arena_copy(&network->arena, isybau_crs(isybau->crs));
    index_nodes(isybau, &ids);
    for (size_t i = 0; i < network->n_segments; i++) {
        struct segment *segment = &network->segments[i];
        const struct isybau_edge *edge = &isybau->edges[i];
        segment->from_node =
            node_of(isybau, &ids, edge->from, end_of(segment->line, false), edge->line);
        segment->to_node = node_of(isybau, &ids, edge->to, end_of(segment->line, true), edge->line);
        turn_with_flow(network, segment);
    }
    place_nodes(network);
    for (size_t i = 0; i < network->n_segments; i++) {
        draw_straight(network, &network->segments[i]);
    }
    find_duplicate_segments(isybau);
}
