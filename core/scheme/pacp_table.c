/* The tables of PACP. */
#include <math.h>

#include "core/base.h"
#include "core/scheme/pacp.h"

#define RULE(code_, when_, measure_, over, to_, grade_, group_, source_, meaning_) \
    {                                                                              \
        .code = code_,                                                             \
        .dn_over_mm = -INFINITY,                                                   \
        .dn_to_mm = INFINITY,                                                      \
        .from = over,                                                              \
        .to = to_,                                                                 \
        .score = grade_,                                                           \
        .meaning = meaning_,                                                       \
        .source = source_,                                                         \
        .when = WHEN_##when_,                                                      \
        .group = GROUP_##group_,                                                   \
        .measure = MEASURE_##measure_,                                             \
        .grade = GRADE_##grade_,                                                   \
        .is_counted = true,                                                        \
    },
#define OPEN(code_, when_, group_, source_, meaning_) \
    {                                                 \
        .code = code_,                                \
        .dn_over_mm = -INFINITY,                      \
        .dn_to_mm = INFINITY,                         \
        .from = -INFINITY,                            \
        .to = INFINITY,                               \
        .score = NAN,                                 \
        .meaning = meaning_,                          \
        .source = source_,                            \
        .when = WHEN_##when_,                         \
        .group = GROUP_##group_,                      \
        .measure = MEASURE_NONE,                      \
        .grade = GRADE_UNDECIDED,                     \
    },
static const struct scheme_rule rules[] = {
#include "core/scheme/pacp.def"
};
#undef RULE
#undef OPEN

#define CLASS(figure, from, inclusive, value, source, meaning) \
    {figure, from, inclusive, value, meaning, source},
static const struct scheme_class classes[] = {
#include "core/scheme/pacp.def"
};
#undef CLASS

#define HAZARD(code_, measure_, above, source_, meaning_) \
    {                                                     \
        .code = code_,                                    \
        .measure = MEASURE_##measure_,                    \
        .is_above = true,                                 \
        .from = above,                                    \
        .meaning = meaning_,                              \
        .source = source_,                                \
    },
static const struct scheme_hazard hazards[] = {
#include "core/scheme/pacp.def"
};
#undef HAZARD

#define OPENING(code, source) {code, NULL, NULL, MEASURE_NONE, 0, source},
static const struct scheme_opening openings[] = {
#include "core/scheme/pacp.def"
};
#undef OPENING

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include "core/scheme/pacp.def"
};
#undef PRIORITY

const struct scheme_table scheme_pacp = {
    .name = "pacp",
    .version = "6-8",
    .title = "NASSCO PACP, Pipeline Assessment Certification Program, versions 6 to 8",
    .catalogues = {CATALOGUE_PACP},
    .group_names = { "structural",         "O&M"},
    .index_of_worst = 6,
    .upper_is_in = true,
    .rules = rules,
    .n_rules = ARRAY_LEN(rules),
    .classes = classes,
    .n_classes = ARRAY_LEN(classes),
    .hazards = hazards,
    .n_hazards = ARRAY_LEN(hazards),
    .openings = openings,
    .n_openings = ARRAY_LEN(openings),
    .priorities = priorities,
    .n_priorities = ARRAY_LEN(priorities),
    .assess = pacp_assess,
};
