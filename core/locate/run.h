#pragma once
/* What the log tells about one run of the camera as a whole. */
#include <stdbool.h>

#include "core/survey.h"

struct run {
    double length_m; /* inspected length; the last chainage when the log has none */
    double finish_m; /* chainage of the finish observation, NAN without one */
    double last_m;   /* largest chainage, NAN without one */
    bool is_length_given;
    bool is_abandoned;
    bool has_finish;  /* the finish node was seen */
    bool names_nodes; /* the survey's catalogue has codes for start and finish */
};

/* Asked once per survey. */
struct survey_codes {
    const struct survey *survey;
    bool names_nodes;
};

struct run run_read(const struct inspection *inspection, struct survey_codes *codes);

/* From the logs point of view, the camera came to the other end: the finish was seen, or nothing
 * in this survey could say so and a length is given. */
bool run_reached_finish(const struct run *run);

/* Distance of chainage 0 from the node's centre when the survey's zero is at the wall or at the
 * end of the pipe, and lengths go from node to node (EN 13508-2 ABC, ISYBAU BezugspunktLage). */
double run_zero_offset_m(
    const struct run *run, const struct inspection *inspection, double drawn_m);
