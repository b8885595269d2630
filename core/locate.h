#pragma once
/* Locate: from chainage to a place on the segment. */
#include <stddef.h>

#include "core/findings.h"
#include "core/network.h"
#include "core/survey.h"

enum calibration {
    CALIBRATION_AUTO,
    CALIBRATION_NONE,
    CALIBRATION_STRETCH,
};

struct locate_options {
    enum calibration calibration;
    double length_tolerance;   /* auto: stretch up to this share of the length; default 0.10 */
    double length_tolerance_m; /* or up to this much, whichever is larger; default 2 */
    double beyond_tolerance_m; /* an overshoot up to this is put at the end; default 2 */
};

extern const struct locate_options locate_defaults;

/* Fills the locate fields of each inspection, of its stretches and of its observations, node
 * inspections included.  `stretches` is the whole array that first_stretch points into.
 * Reentrant on disjoint ranges of inspections. */
void locate_inspections(const struct network *network, struct inspection **inspections, size_t n,
    struct stretch *stretches, const struct locate_options *options, struct findings *findings);
