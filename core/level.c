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

double level_on_segment_m(const struct segment *segment, const struct observation *observation) {
    double from_m = segment->from_invert_m, to_m = segment->to_invert_m;

    if (isnan(from_m) || isnan(to_m) || !(segment->drawn_m > 0)) {
        return NAN;
    }
    double share = observation->along_m / segment->drawn_m;
    return from_m + share * (to_m - from_m) + wall_height_m(segment, observation);
}

double level_in_node_m(const struct node *node, const struct inspection *inspection,
    const struct observation *observation) {
    return inspection->counts_up ? node->invert_m + observation->chainage_m
                                 : node->ground_m - observation->chainage_m;
}
