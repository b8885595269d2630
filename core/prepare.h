#pragma once
/* Before the stages: inspections of all files are put in one row, numbered and named, and lengths
 * whose unit nobody gave are taken in the network's. */
#include "core/arena.h"
#include "core/result.h"

/* Fills result->inspections and n_observations, and the pipeline's fields of each inspection.
 * Observation ids count from 1. */
void prepare_inspections(struct result *result);

/* An id that had to be changed because an earlier inspection has it. */
struct repeated_id {
    uint32_t inspection, bearer; /* numbers: this one, and the one that has the id */
    struct text delivered;
};

struct repeated_ids {
    struct repeated_id *at; /* an array of its own */
    size_t n, capacity;
};

/* Gives a name to inspections that have none (one finding a file) and tells those with equal names
 * apart: X, X (2), X (3).  Which delivered ids were changed comes back in `repeated`. */
void prepare_ids(struct result *result, struct repeated_ids *repeated);

/* Findings for repeated ids: one each when the file itself repeats them, one a file when earlier
 * files have them.  Inspections that are duplicates as a whole have their finding already. */
void prepare_report_repeated(struct result *result, struct repeated_ids *repeated);

/* A survey of which nothing told the unit, beside a network in feet, is in feet. */
void prepare_units(struct result *result);
