#pragma once
/* A result made up in memory: what the pipeline would hand to the writers, for any size. */
#include <stddef.h>

#include "core/result.h"

struct synthetic_request {
    size_t n_segments;
    unsigned observations_per_segment;
    size_t n_districts; /* strips from west to east */
};

/* One inspection a segment; every 7th runs against the flow, every 20th segment was not inspected.
 * Of the observations most are defects, every 11th is inventory, every 13th continuous, every 97th
 * has no place.  Deterministic. */
void synthetic_fill(struct result *result, const struct synthetic_request *request);
