#pragma once
/* Level: how high an observation lies, from the inverts of its segment or the level of its node. */
#include "core/network.h"
#include "core/survey.h"

/* The inverts of a segment at its upstream and its downstream end, in metres; NAN unset. */
struct inverts {
    double from_m, to_m;
};

/* As the segment has them; where it has none, its node's stands in. */
struct inverts segment_inverts(const struct network *network, const struct segment *segment);

/* On the segment, in metres; NAN unless both inverts are known.  In a round pipe of known diameter
 * a clock position lifts it from the invert to the wall. */
double level_on_segment_m(
    const struct segment *segment, struct inverts inverts, const struct observation *observation);

/* The invert at each vertex of a part of the segment's line that starts `from_along_m` from the
 * upstream end and runs with the flow, in metres; NAN unless both inverts are known. */
void level_along_segment_m(const struct segment *segment, struct inverts inverts,
    double from_along_m, struct polyline part, double *out);

/* Of a depth or height in a manhole, in metres; NAN when what it counts from is unknown. */
double level_in_node_m(const struct node *node, const struct inspection *inspection,
    const struct observation *observation);
