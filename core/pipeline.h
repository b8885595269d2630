#pragma once
/* The order of the stages: match, locate, current, assess, repair, rank, tally.  The only place
 * that knows.
 */
#include "core/assess.h"
#include "core/locate.h"
#include "core/match.h"
#include "core/rank.h"
#include "core/result.h"

struct pipeline_options {
    struct match_options match;
    struct locate_options locate;
    struct assess_options assess;
    const struct repair_tables *repair;
    enum rank_by rank_by;
    unsigned n_threads; /* at least 1 */
};

/* Takes result->network, surveys and polygons as read; fills everything else. */
void pipeline_run(struct result *result, const struct pipeline_options *options);
