/* Which way does the water go?  First the line is laid from the first named node to the second,
 * then the flow column, the claim of from_node and to_node, or the levels turn both together.  What
 * nothing tells stays as it was digitised, and that is said. */
#include <math.h>

#include "core/base.h"
#include "core/mend.h"
#include "formats/network/reader.h"

/* Levels closer than this tell nothing. */
#define LEVEL_M 0.001

static void turn_line(struct segment *segment) {
    line_turn((struct xy *)(uintptr_t)segment->line.at, segment->line.n);
    segment->is_flipped = !segment->is_flipped;
}

static double distance_m(const struct network *network, uint32_t node, struct xy at) {
    if (node == NO_NODE || !xy_is_set(network->nodes[node].at)) {
        return 0;
    }
    return xy_distance_m(network->nodes[node].at, at);
}

/* Lays the line from from_node to to_node, whichever way it was digitised. */
static void lay_line(const struct network *network, struct segment *segment) {
    if (segment->line.n < 2) {
        return;
    }
    struct xy first = segment->line.at[0], last = segment->line.at[segment->line.n - 1];
    double straight = distance_m(network, segment->from_node, first) +
                      distance_m(network, segment->to_node, last);
    double turned = distance_m(network, segment->from_node, last) +
                    distance_m(network, segment->to_node, first);
    if (turned < straight) {
        turn_line(segment);
    }
}

static double below_ground(const struct network *network, uint32_t node, double depth_m) {
    return node == NO_NODE ? NAN : network->nodes[node].ground_m - depth_m;
}

/* Levels from depths, or from the geometry's z where the table has none at all. */
static void find_levels(
    const struct network *network, struct segment *segment, const struct draft *draft) {
    if (isnan(segment->from_invert_m)) {
        segment->from_invert_m = below_ground(network, segment->from_node, draft->from_depth_m);
    }
    if (isnan(segment->to_invert_m)) {
        segment->to_invert_m = below_ground(network, segment->to_node, draft->to_depth_m);
    }
    if (isnan(segment->from_invert_m) && isnan(segment->to_invert_m)) {
        segment->from_invert_m = segment->is_flipped ? draft->last_z : draft->first_z;
        segment->to_invert_m = segment->is_flipped ? draft->first_z : draft->last_z;
    }
}

/* Figures in a flow column: 0 and 1 are with and against, 1 and 2 are too. */
static int flow_of(const struct draft *draft, const struct layer_range *range) {
    if (draft->flow < FLOW_FIGURE) {
        return draft->flow;
    }
    int figure = draft->flow - FLOW_FIGURE;
    if (range->has_flow_zero) {
        return figure == 0 ? 1 : figure == 1 ? -1 : 0;
    }
    return figure == 1 ? 1 : -1;
}

static double invert_of(const struct network *network, double own, uint32_t node) {
    return !isnan(own) || node == NO_NODE ? own : network->nodes[node].invert_m;
}

/* 1 with the order of the nodes, -1 against, 0 unknown. */
static int flow_by_levels(const struct network *network, const struct segment *segment) {
    double from = invert_of(network, segment->from_invert_m, segment->from_node);
    double to = invert_of(network, segment->to_invert_m, segment->to_node);

    if (!(fabs(from - to) > LEVEL_M)) {
        return 0;
    }
    return from > to ? 1 : -1;
}

static void turn_segment(struct segment *segment) {
    uint32_t node = segment->from_node;
    double invert_m = segment->from_invert_m;

    segment->from_node = segment->to_node;
    segment->to_node = node;
    segment->from_invert_m = segment->to_invert_m;
    segment->to_invert_m = invert_m;
    if (segment->line.n > 0) {
        turn_line(segment);
    }
}

static void settle(const struct network *network, struct segment *segment,
    const struct draft *draft, const struct layer_range *range) {
    int flow = flow_of(draft, range);

    segment->flow_source = FLOW_FROM_FIELDS;
    if (flow == 0 && draft->has_order) {
        flow = 1;
    }
    if (flow == 0) {
        flow = flow_by_levels(network, segment);
        segment->flow_source = FLOW_FROM_INVERTS;
    }
    if (flow == 0) {
        segment->flow_source = FLOW_FROM_DIGITISING;
    }
    if (flow < 0) {
        turn_segment(segment);
    }
}

void reader_settle_flow(struct reader *reader) {
    struct network *network = reader->network;
    size_t n_assumed = 0;

    for (size_t r = 0; r < reader->n_ranges; r++) {
        const struct layer_range *range = &reader->ranges[r];
        for (size_t i = range->first_segment; i < range->end_segment; i++) {
            struct segment *segment = &network->segments[i];
            lay_line(network, segment);
            find_levels(network, segment, &reader->drafts[i]);
            settle(network, segment, &reader->drafts[i], range);
            n_assumed += segment->flow_source == FLOW_FROM_DIGITISING;
        }
    }
    if (n_assumed > 0) {
        reader_flaw(reader, FINDING_FLOW_ASSUMED, (struct finding_place){.file = network->path},
            "%zu of %zu segments", n_assumed, network->n_segments);
    }
}
