#pragma once
/* The arithmetic of CJJ 181-2012, apart from its tables. */
#include "core/scheme/scheme.h"

/* One scored defect on the segment. */
struct scored_defect {
    double from_m, to_m; /* along; equal for points */
    double score;
};

struct condition_request {
    const struct scored_defect *defects; /* of one group, sorted by from_m */
    size_t n;
    double segment_m; /* L */
    const struct assess_options *options;
    const struct scheme_table *table;
    const char *score_figure, *density_figure; /* F and SM, or G and YM: what classes them */
    struct trace *trace;                       /* NULL: nobody asks */
};

/* score, peak, mean, density and their grades of one group; index is left alone.  Without a
 * positive length the density is NAN and its type DENSITY_NONE.  A gap counts as 1.0 or 1.5 m when
 * it is within a micrometre of it.  `worst` gets the item that rules the score, when there is one;
 * its places are in the request. */
struct condition cjj181_condition(
    const struct condition_request *request, struct scheme_item *worst);

/* The next set, from the one at *cursor on, of two or more defects within 1 m whose scores sum up
 * to `from` or more (the sum is not capped).  Sets may share members.  False when there is none;
 * start with 0. */
bool cjj181_next_sum(const struct scored_defect *defects, size_t n, size_t *cursor, double from,
    struct scheme_item *out);

/* K, E and T before the zero rules. */
struct cjj181_site {
    int area_importance, pipe_importance, soil_influence;
};

/* E of an equivalent diameter; 0 when it is NAN. */
int cjj181_pipe_importance(const struct scheme_table *table, double diameter_mm);

/* Fills index and index_grade of both groups, and K, E, T as RI used them, from their figures. */
void cjj181_indices(struct assessment *assessment, struct cjj181_site site,
    const struct scheme_table *table, const struct assess_options *options);

/* For the table. */
void cjj181_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
