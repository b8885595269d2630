#pragma once
/* May soil come in through an open defect?  A proposal, not a clause of any standard: an open
 * defect, soil that moves (T of 8 or more) and water above the pipe.  It never changes an index. */
#include "core/assess/gather.h"

/* Fills soil_entry and its reason, with the inputs; true when the segment is to be put one class
 * higher because of the traffic above (K of 6 or more). */
bool soil_entry_decide(const struct scheme_request *request, struct assessment *assessment);
