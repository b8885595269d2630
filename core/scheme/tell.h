#pragma once
/* What a scheme made of the defects, in words, for a trace.  Every function returns at once when
 * the request has none. */
#include "core/scheme/scheme.h"

/* Notes about each defect what the scheme's own arithmetic did not say: the grades by group, "not
 * graded", "left to an engineer", "recorded only". */
void tell_verdicts(const struct scheme_request *request);

/* A line for each hazard that fired, and for each defect whose code has hazard rows of which none
 * did, why not. */
void tell_hazards(const struct scheme_request *request, const struct scheme_outcome *outcome);

/* "over 4 up to 7": the values that are of one class with this one; nothing for NAN or a figure
 * that is not classed. */
void tell_class_limits(
    const struct scheme_table *table, const char *figure, double value, struct line *line);
