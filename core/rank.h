#pragma once
/* Rank: which segment first?  A total and stable order over all assessed segments. */
#include <stddef.h>

#include "core/assess.h"
#include "core/network.h"

/* Fills rank of all assessments (one per segment of the network): by priority, then the larger
 * index, the worse score, the larger diameter, then the segment's place in the network. */
void rank_segments(const struct network *network, struct assessment *assessments);
