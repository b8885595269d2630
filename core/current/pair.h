#pragma once
/* Two runs over one segment, from both ends. */
#include "core/current.h"

/* A stretch with what it belongs to. */
struct current_run {
    struct stretch *stretch;
    struct inspection *inspection;
    uint32_t number; /* of the stretch */
};

struct run_pair {
    const struct current_run *newer, *older; /* older NULL: one run alone */
};

/* Runs are given from the newest to the oldest.  {NULL, NULL} when there is no such pair. */

/* The newest two (by the older of them) that together cover the segment, none of them complete. */
struct run_pair pair_covering(const struct current_run *runs, size_t n);

/* The newest from each end. */
struct run_pair pair_newest(const struct current_run *runs, size_t n);

/* Of observations that both runs have (same code within 0.5 m), those of the older run point to
 * those of the newer.  An overlap is a finding. */
void pair_mark_duplicates(const struct run_pair *pair, struct findings *findings);
