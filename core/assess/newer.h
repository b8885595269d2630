#pragma once
/* Collapse hazards that a newer inspection saw which does not count, because it is not complete:
 * often the collapse is why.  Its scores stay out of the figures, the hazard must not. */
#include "core/assess/gather.h"

struct newer_hazards {
    struct judged_defect *at; /* an array of its own, along the segment */
    size_t n, capacity;
    int32_t seen_on; /* the newest of them */
};

/* Looks at the inspections that are newer than the current ones; a finding for each hazard. */
void newer_look(const struct assess_request *request, const struct gathered *gathered,
    struct newer_hazards *newer);

void newer_release(struct newer_hazards *newer);
