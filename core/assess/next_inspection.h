#pragma once
/* When a segment is to be inspected next: a table of years by what was found, and rules that make
 * it sooner. */
#include "core/assess.h"
#include "core/scheme/scheme.h"

struct next_inspection {
    int32_t due_on;       /* YYYYMMDD, 0 unknown */
    enum defect_group of; /* GROUP_STRUCTURAL or GROUP_FUNCTIONAL: what kind of survey */
};

/* `seen_m` is the part of the segment that the current inspections saw. */
struct next_inspection next_inspection_of(
    const struct scheme_request *request, const struct assessment *assessment, double seen_m);

/* The priority that the worst defect of a group stands for by the rows "defect" of the scheme, 5
 * when the group has none. */
uint8_t next_inspection_group_priority(
    const struct scheme_request *request, enum defect_group group);
