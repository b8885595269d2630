#pragma once
/* Scores of one group of defects: their total, and the worst metre of the segment.  Shared by the
 * schemes that add up scores: DB31/T 444, WRc SRM, WSA 05. */
#include "core/scheme/scheme.h"

enum { SCORES_FEW = 32 };

/* A defect that counts. */
struct scored_place {
    double from_m, to_m; /* along; equal for points */
    double score;        /* of a long one: for each metre */
    uint32_t place;      /* in request->defects */
};

struct scores {
    struct scored_place few[SCORES_FEW];
    struct scored_place *at;   /* `few`, or `many`; in the order of the request */
    struct scored_place *many; /* an array of its own */
    size_t n;
    enum defect_group group;
};

/* Those defects of the request whose rule for the group has a score and is counted. */
void scores_gather(
    const struct scheme_request *request, enum defect_group group, struct scores *out);

void scores_release(struct scores *scores);

/* Longer than 1 m?  Shorter ones are points in their middle. */
bool scored_is_long(const struct scored_place *scored);

/* The metres that it counts for: its extent, at least 1. */
double scored_length_m(const struct scored_place *scored);

/* The highest single score; n is 0 when there is none. */
struct scheme_item scores_worst(const struct scores *scores);

/* The metre with the highest sum: points within it in full (both ends belong to it), long ones by
 * the part that lies in it.  Of equal sums the first along the segment. */
struct scheme_item scores_worst_metre(const struct scores *scores);

/* Total = sum of score times metres; mean = total by the segment's length (NAN without one);
 * average = total by defects. */
struct score_sums {
    double total, mean, average;
};

struct score_sums scores_sum(const struct scores *scores, double segment_m);

/* What the scores of a group come to: score is the total; peak, mean; index is the peak again.
 * Grades are left to the scheme. */
struct condition scores_condition(
    const struct scores *scores, double segment_m, enum peak_rule rule, struct scheme_item *worst);

/* Each defect with its rule, then the figures. */
void scores_trace(const struct scheme_request *request, const struct scores *scores,
    const struct condition *condition, const struct scheme_item *worst);

/* Where a value stands among five classes, on one scale for all figures: 0 to 5, 2.5 in the middle
 * of class 3, nearer and nearer to 5 in the last.  0 for a figure that is not classed. */
double scores_rank_of(const struct scheme_table *table, const char *figure, double value);

/* "structural peak 45 (grade 3)": for the reason of the priority. */
struct scores_headline {
    const struct scheme_table *table;
    const struct scores *scores;
    const char *figure; /* peak, total: what index is */
    const struct condition *condition;
    struct scheme_item worst;
    uint8_t priority;
    double rank; /* orders headlines */
};

/* Nothing without scores. */
void scores_add_headline(struct scheme_outcome *outcome, const struct scores_headline *of);
