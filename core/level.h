#pragma once
/* Level: how high an observation lies, from the inverts of its segment or the level of its node. */
#include "core/network.h"
#include "core/survey.h"

/* On the segment, in metres; NAN unless both inverts are known.  In a round pipe of known diameter
 * a clock position lifts it from the invert to the wall. */
double level_on_segment_m(const struct segment *segment, const struct observation *observation);

/* Of a depth or height in a manhole, in metres; NAN when what it counts from is unknown. */
double level_in_node_m(const struct node *node, const struct inspection *inspection,
    const struct observation *observation);
