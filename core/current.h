#pragma once
/* Which inspection counts: the newest complete one of each segment, or two runs from both ends. */
#include <stddef.h>
#include <stdint.h>

#include "core/findings.h"
#include "core/network.h"
#include "core/survey.h"

/* Marks inspections that were delivered before in this run (same object, start, date and
 * observations) with is_duplicate, each with a finding.  Over all inspections, before the rest. */
void current_find_duplicates(struct inspection **inspections, size_t n, struct findings *findings);

/* The stretches of one segment, in order of inspection number. */
struct segment_runs {
    const uint32_t *stretches; /* numbers */
    size_t n;
};

struct coverage {
    double inspected_m; /* union of all seen parts of all inspections that are no duplicates */
    double share;       /* of the segment's length, 0-1 */
};

/* Decides for one segment: sets is_current of its stretches and their observations, and
 * duplicate_of of observations that both runs from opposite ends saw (same code within 0.5 m) and
 * of those of duplicate inspections.  Reentrant on different segments. */
struct coverage current_decide(const struct network *network, uint32_t segment,
    struct segment_runs runs, struct inspection **inspections, struct stretch *stretches,
    struct findings *findings);

/* The same for the inspections of one node, numbers in order. */
void current_decide_node(const uint32_t *numbers, size_t n, struct inspection **inspections);
