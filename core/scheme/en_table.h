#pragma once
/* Columns of the tables for codes of EN 13508-2, as the .def files write them:
 *   RULE(code, letters 1, letters 2, when, diameter, requirement, range, unit, class, source,
 *   meaning)
 * A range is of quantification 1, its lower end in it and its upper end not. */
#include <math.h>

#include "core/scheme/scheme.h"

/* The requirements: stability, operation, tightness. */
enum {
    EN_GROUP_S = GROUP_STRUCTURAL,
    EN_GROUP_B = GROUP_FUNCTIONAL,
    EN_GROUP_D = GROUP_TIGHTNESS,
};

#define ANY_DN .dn_over_mm = -INFINITY, .dn_to_mm = INFINITY
#define DN(over, to) .dn_over_mm = (over), .dn_to_mm = (to)
#define DN_TO(to) DN(-INFINITY, to)
#define DN_OVER(over) DN(over, INFINITY)
#define IN(parts) ANY_DN, .zones = (parts) /* of a manhole */

#define ANY .measure = MEASURE_NONE
#define RANGE(first, below) .measure = MEASURE_QUANT1, .from = (first), .to = (below)
#define FROM(first) RANGE(first, INFINITY)
#define BELOW(below) RANGE(0, below) /* a negative quantity is out of range */
#define ABOVE(over, below) RANGE((over) * (1 + 1e-12), below) /* `over` itself is not in it */

#define EN_RULE(code_, letters1, letters2, when_, dn, of, range, unit_, class_, source_, meaning_) \
    {                                                                                              \
        .code = code_,                                                                             \
        .char1 = letters1,                                                                         \
        .char2 = letters2,                                                                         \
        .when = WHEN_##when_,                                                                      \
        dn,                                                                                        \
        .group = EN_GROUP_##of,                                                                    \
        range,                                                                                     \
        .unit = unit_,                                                                             \
        .score = NAN,                                                                              \
        .grade = GRADE_##class_,                                                                   \
        .source = source_,                                                                         \
        .meaning = meaning_,                                                                       \
        .is_counted = true,                                                                        \
    },

/* HAZARD(code, letters 1, letters 2, diameter over, to; 0, 0: any, quantity from; 0: any, source,
 * meaning) */
#define EN_HAZARD(code_, letters1, letters2, over, to, from_, source_, meaning_) \
    {                                                                            \
        .code = code_,                                                           \
        .char1 = letters1,                                                       \
        .char2 = letters2,                                                       \
        .dn_over_mm = over,                                                      \
        .dn_to_mm = to,                                                          \
        .measure = (from_) > 0 ? MEASURE_QUANT1 : MEASURE_NONE,                  \
        .from = from_,                                                           \
        .source = source_,                                                       \
        .meaning = meaning_,                                                     \
    },
