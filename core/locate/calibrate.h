#pragma once
/* From chainage to metres along a segment: scale, offset, and what is left in doubt. */
#include "core/findings.h"
#include "core/locate.h"
#include "core/locate/run.h"

struct calibrate_request {
    const struct network *network;
    const struct locate_options *options;
    struct inspection *inspection;
    struct stretch *stretches; /* inspection->n_stretches of them */
    const struct run *run;
};

/* Fills the locate fields of the inspection's stretches and its is_complete. */
void calibrate(const struct calibrate_request *request, struct findings *findings);

/* Metres from where the camera came in to a chainage, not clamped to the segment. */
double stretch_entered_m(const struct stretch *stretch, double chainage_m);

/* Metres from the upstream end; `entered_m` is clamped to the segment. */
double stretch_along_m(const struct stretch *stretch, double segment_m, double entered_m);

/* By how much a metre of this stretch may be wrong, because the lengths that are known of it
 * disagree: the inspected one, or for an unfinished run the expected one. */
double stretch_doubt(const struct calibrate_request *request, size_t i);
