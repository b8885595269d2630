#pragma once
/* Everything that one run works on and brings forth: the stages fill it, the writers read it. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/assess.h"
#include "core/findings.h"
#include "core/network.h"
#include "core/polygons.h"
#include "core/repair.h"
#include "core/survey.h"

/* What one district counts: segments by their middle, current defects on them, each once.
 * Grades as the scheme has them: by DWA-M 149-3 and VSA 0 is the worst. */
struct district_tally {
    uint32_t n_segments, n_defects, n_structural, n_functional, n_collapse_hazards;
    uint32_t n_grade[6], n_priority[6];
    uint32_t n_severity[5]; /* whatever the scheme: 1 light to 4 failing; [0] has none */
    uint32_t n_trenchless;  /* repairs without a trench, cleaning not counted */
    double length_m, inspected_m, trenchless_m;
};

/* A proposed work and its segment. */
struct segment_repair {
    uint32_t segment;
    uint32_t number; /* of the works of its segment, 1 first */
    const struct repair *repair;
};

/* Rows of one source file, by where they went.  observations = defects + inventory + unplaced. */
struct file_tally {
    uint64_t n_inspections, n_observations, n_defects, n_inventory, n_unplaced;
};

struct result {
    struct network network;
    struct survey *surveys; /* in the order of the command line; an array of its own */
    size_t n_surveys;

    /* All inspections of all surveys, in order; inspection->number is the place in here. */
    struct inspection **inspections; /* an array of its own */
    size_t n_inspections;
    size_t n_observations;

    struct stretch *stretches; /* an array of its own, by inspection number */
    size_t n_stretches;

    struct assessment *assessments; /* one per segment; an array of its own */
    struct segment_repair *repairs; /* by segment; an array of its own */
    size_t n_repairs;
    struct polygons area_importance, soils; /* K and T by place; n is 0 when none were given */
    struct polygons groundwaters;           /* enum groundwater by place; likewise */
    struct polygons districts;              /* likewise */
    uint32_t *segment_district; /* polygon of each segment's middle; NULL without districts */
    struct district_tally *district_tallies; /* one per polygon */
    struct file_tally *file_tallies;         /* one per survey */
    struct arena arena;                      /* reasons and notes */
    struct findings findings; /* of the stages; readers' findings stay with their surveys
                                 until the pipeline moves them here, in order */
};

/* Has it a place on the network?  What has none is a row of `unplaced`. */
bool observation_is_placed(
    const struct inspection *inspection, const struct observation *observation);

/* Why it has none: its own reason, else its inspection's. */
enum unplaced_reason observation_unplaced_reason(
    const struct inspection *inspection, const struct observation *observation);

/* Is it one of the defects that count now: placed, current, no duplicate? */
bool observation_counts(const struct inspection *inspection, const struct observation *observation);

/* Is it a repair (no cleaning) that does without a trench? */
bool repair_counts_as_trenchless(const struct repair *repair);

/* Length of a segment for sums: as drawn, else as its table says, else 0. */
double segment_length_m(const struct segment *segment);

/* Does the writer show this observation as a defect (else as inventory)?  Needs a place. */
bool observation_is_defect(
    const struct inspection *inspection, const struct observation *observation);

void result_release(struct result *result);
