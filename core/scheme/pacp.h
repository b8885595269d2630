#pragma once
/* The arithmetic of PACP, apart from its tables. */
#include "core/scheme/scheme.h"

enum { PACP_GRADES = 5 };

/* How often each grade occurs; [0] is not used. */
struct pacp_counts {
    uint64_t n[PACP_GRADES + 1];
};

/* How often a defect of this length counts: a continuous one, from 1 m on, once in 1.5 m. */
uint64_t pacp_occurrences(double length_m);

/* Highest grade, its count, next grade, its count: 5345; letters for counts from 10 on; "0000"
 * without a defect.  Four characters and a NUL. */
void pacp_quick_rating(const struct pacp_counts *counts, char out[5]);

/* 1.0 to 6.0, from the first half of the quick rating. */
double pacp_likelihood(const struct pacp_counts *counts);

/* Sum of grade times occurrences. */
double pacp_rating(const struct pacp_counts *counts);

/* For the table. */
void pacp_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
