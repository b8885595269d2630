#pragma once
/* Works for one segment of a result: gathers its current defects for repair_segment(). */
#include "core/assess.h"
#include "core/repair.h"
#include "core/repair/lookup.h"

struct segment_works_request {
    const struct network *network;
    uint32_t segment;
    const uint32_t *stretches_of_segment; /* numbers into `stretches` */
    size_t n_stretches_of_segment;
    struct inspection **inspections;
    const struct stretch *stretches;
    const struct assess_options *assess; /* whose scheme tables graded the defects */
    const struct repair_tables *tables;
    const struct repair_lookup
        *lookup; /* of the network's words and the tables' rows; NULL: find out */
};

/* Proposes the works of an assessed segment; sets repair_scope and repair_method of its assessment
 * and trenchless of the defects that they mend.  All zero for a segment that no scheme grades.
 * Reentrant on different segments. */
struct repair_plan segment_works(const struct segment_works_request *request,
    struct assessment *assessment, struct arena *arena, struct findings *findings);
