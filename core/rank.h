#pragma once
/* Rank: which segment first?  A total and stable order over all assessed segments. */
#include <stddef.h>

#include "core/assess.h"
#include "core/network.h"

enum rank_by {
    RANK_BY_PRIORITY,  /* default */
    RANK_BY_COMPOSITE, /* emergencies first, then by the composite hazard */
};

/* Fills rank of all assessments (one per segment of the network): by priority; inside a priority by
 * the index in shares of its scheme's worst, the score, then by consequence: importance of the
 * area, diameter, soil, depth (unknown last), age (older first, unknown last), and the segment's
 * place in the network. */
void rank_segments(const struct network *network, struct assessment *assessments, enum rank_by by);
