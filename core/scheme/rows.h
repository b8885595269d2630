#pragma once
/* How rows of .def files that more than one scheme has become rules. */
#include <math.h>

#include "core/scheme/scheme.h"

/* One grade, as delivered, of a code; `unit` is how its length counts, or NULL. */
#define GRADED_RULE(code_, grade_, score_, group_, counted, unit_, source_, meaning_) \
    {                                                                                 \
        .code = code_,                                                                \
        .dn_over_mm = -INFINITY,                                                      \
        .dn_to_mm = INFINITY,                                                         \
        .from = grade_,                                                               \
        .to = grade_,                                                                 \
        .score = score_,                                                              \
        .meaning = meaning_,                                                          \
        .source = source_,                                                            \
        .unit = unit_,                                                                \
        .group = GROUP_##group_,                                                      \
        .measure = MEASURE_GRADE,                                                     \
        .grade = GRADE_##grade_,                                                      \
        .is_counted = counted,                                                        \
    },

/* A range (over, to] of what is measured. */
#define MEASURED_RULE(                                                            \
    code_, when_, measure_, over, to_, score_, grade_, group_, source_, meaning_) \
    {                                                                             \
        .code = code_,                                                            \
        .dn_over_mm = -INFINITY,                                                  \
        .dn_to_mm = INFINITY,                                                     \
        .from = over,                                                             \
        .to = to_,                                                                \
        .score = score_,                                                          \
        .meaning = meaning_,                                                      \
        .source = source_,                                                        \
        .when = WHEN_##when_,                                                     \
        .group = GROUP_##group_,                                                  \
        .measure = MEASURE_##measure_,                                            \
        .grade = GRADE_##grade_,                                                  \
        .is_counted = true,                                                       \
    },

/* A defect that no source grades: told as not graded, never guessed. */
#define OPEN_RULE(code_, when_, unit_, group_, source_, meaning_) \
    {                                                             \
        .code = code_,                                            \
        .dn_over_mm = -INFINITY,                                  \
        .dn_to_mm = INFINITY,                                     \
        .from = -INFINITY,                                        \
        .to = INFINITY,                                           \
        .score = NAN,                                             \
        .meaning = meaning_,                                      \
        .source = source_,                                        \
        .unit = unit_,                                            \
        .when = WHEN_##when_,                                     \
        .group = GROUP_##group_,                                  \
        .measure = MEASURE_NONE,                                  \
        .grade = GRADE_UNDECIDED,                                 \
    },

/* What stands for collapse where a measure is at `from`, or above it. */
#define MEASURED_HAZARD(code_, measure_, from_, above, soil, source_, meaning_) \
    {                                                                           \
        .code = code_,                                                          \
        .measure = MEASURE_##measure_,                                          \
        .is_above = above,                                                      \
        .from = from_,                                                          \
        .soil_influence = soil,                                                 \
        .meaning = meaning_,                                                    \
        .source = source_,                                                      \
    },
