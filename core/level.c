#include "core/level.h"

#include <math.h>

/* Hours from 6 o'clock, the bottom; the middle of a range, which runs clockwise.  A full circle
 * (12 to 12) has no one height and lies at the invert, as what has no clock position does. */
static double hours_from_bottom(const struct observation *observation) {
    int from = observation->clock_from, to = observation->clock_to;

    if (from == 0 && to == 0) {
        return 0;
    }
    if (from == 0 || to == 0) {
        return fabs(from + to - 6.0);
    }
    if (from == to) {
        return 0;
    }
    double middle = from + (to - from + 12) % 12 / 2.0;
    return fabs(middle - 6);
}

static double wall_height_m(const struct segment *segment, const struct observation *observation) {
    static const double radians_an_hour = 0.52359877559829887;
    bool is_round = isnan(segment->height_mm) || segment->height_mm == segment->diameter_mm;

    if (!is_round || !(segment->diameter_mm > 0)) {
        return 0;
    }
    double hours = hours_from_bottom(observation);
    return segment->diameter_mm / 2e3 * (1 - cos(hours * radians_an_hour));
}

static double or_of_node_m(double invert_m, const struct network *network, uint32_t node) {
    return isnan(invert_m) && node != NO_NODE ? network->nodes[node].invert_m : invert_m;
}

struct inverts segment_inverts(const struct network *network, const struct segment *segment) {
    return (struct inverts){
        or_of_node_m(segment->from_invert_m, network, segment->from_node),
        or_of_node_m(segment->to_invert_m, network, segment->to_node),
    };
}

/* NAN when one of them is, or when the segment has no length. */
static double invert_at_m(const struct segment *segment, struct inverts inverts, double along_m) {
    if (!(segment->drawn_m > 0)) {
        return NAN;
    }
    return inverts.from_m + along_m / segment->drawn_m * (inverts.to_m - inverts.from_m);
}

double level_on_segment_m(
    const struct segment *segment, struct inverts inverts, const struct observation *observation) {
    return invert_at_m(segment, inverts, observation->along_m) +
           wall_height_m(segment, observation);
}

void level_along_segment_m(const struct segment *segment, struct inverts inverts,
    double from_along_m, struct polyline part, double *out) {
    double along_m = from_along_m;

    for (size_t i = 0; i < part.n; i++) {
        along_m += i == 0 ? 0 : xy_distance_m(part.at[i - 1], part.at[i]);
        out[i] = invert_at_m(segment, inverts, along_m);
    }
}

double level_in_node_m(const struct node *node, const struct inspection *inspection,
    const struct observation *observation) {
    return inspection->counts_up ? node->invert_m + observation->chainage_m
                                 : node->ground_m - observation->chainage_m;
}
