#pragma once
/* Why a segment is as urgent as it is, in words that a person understands. */
#include "core/arena.h"
#include "core/scheme/scheme.h"

/* A defect that the scheme scored. */
struct graded_defect {
    const struct scheme_score *row;
    struct scored_defect place;
    bool is_hazard;
};

/* "PL4 at 23.4 m, SL3 at 12.0 m": the hazards, worst first, up to three, "and 2 more". */
struct text reason_collapse(const struct graded_defect *defects, size_t n, struct arena *arena);

/* "PL4 at 14.2 m, seen on 2024-05-14 by a newer inspection that is not complete", behind the
 * current hazards if there are any. */
struct text reason_newer(
    struct text current, struct text newer, int32_t seen_on, struct arena *arena);

/* A group of defects with the item that rules its score. */
struct reason_group {
    const char *index_name; /* RI, MI */
    const struct condition *condition;
    const struct graded_defect *defects;
    size_t n;
    const struct scheme_item *worst; /* unset when n is 0 */
};

struct reason_request {
    const struct assessment *assessment; /* all figures and the collapse reason are in */
    struct reason_group structural, functional;
    double seen_m, segment_m; /* by the current inspections; of */
};

/* "RI 7.4 (IV): PL4 at 23.4 m; MI 1.4 (II)": the worse index first; "no defects". */
struct text reason_priority(const struct reason_request *request, struct arena *arena);
