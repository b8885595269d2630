#pragma once
/* Why a segment is as urgent as it is, in words that a person understands. */
#include "core/arena.h"
#include "core/scheme/scheme.h"

/* Whether the rules that fired are named behind each defect. */
enum reason_style {
    REASON_SHORT, /* PL4 at 23.4 m, SL3 at 12.0 m */
    REASON_RULES, /* PL4 at 23.4 m (collapse), ... */
};

/* The hazards among the request's defects, worst first, up to three, "and 2 more", with what a
 * figure made one (`outcome` may be NULL); {0} when there is none. */
struct text reason_collapse(const struct scheme_request *request,
    const struct scheme_outcome *outcome, enum reason_style style, struct arena *arena);

/* "PL4 at 14.2 m, seen on 2024-05-14 by a newer inspection that is not complete", behind the
 * current hazards if there are any. */
struct text reason_newer(
    const struct scheme_request *request, struct text current, struct text newer, int32_t seen_on);

struct reason_request {
    const struct scheme_request *scheme;
    const struct assessment *assessment; /* all figures are in */
    const struct scheme_outcome *outcome;
    struct text collapse;     /* in short; {0} without a hazard */
    double seen_m, segment_m; /* by the current inspections; of */
};

/* "RI 7.4 (IV): PL4 at 23.4 m; MI 1.4 (II)": the worse figure first; "no defects". */
struct text reason_priority(const struct reason_request *request, struct arena *arena);
