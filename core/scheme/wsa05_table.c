/* The tables of WSA 05. */
#include <math.h>

#include "core/base.h"
#include "core/scheme/wsa05.h"

#define RULE(code_, measure_, over, to_, score_, grade_, group_, source_, meaning_) \
    {                                                                               \
        .code = code_,                                                              \
        .dn_over_mm = -INFINITY,                                                    \
        .dn_to_mm = INFINITY,                                                       \
        .from = over,                                                               \
        .to = to_,                                                                  \
        .score = score_,                                                            \
        .meaning = meaning_,                                                        \
        .source = source_,                                                          \
        .group = GROUP_##group_,                                                    \
        .measure = MEASURE_##measure_,                                              \
        .grade = GRADE_##grade_,                                                    \
        .is_counted = true,                                                         \
    },
#define OPEN(code_, group_, source_, meaning_) \
    {                                          \
        .code = code_,                         \
        .dn_over_mm = -INFINITY,               \
        .dn_to_mm = INFINITY,                  \
        .from = -INFINITY,                     \
        .to = INFINITY,                        \
        .score = NAN,                          \
        .meaning = meaning_,                   \
        .source = source_,                     \
        .group = GROUP_##group_,               \
        .measure = MEASURE_NONE,               \
        .grade = GRADE_UNDECIDED,              \
    },
static const struct scheme_rule rules[] = {
#include "core/scheme/wsa05.def"
};
#undef RULE
#undef OPEN

#define CLASS(figure, from, inclusive, value, source, meaning) \
    {figure, from, inclusive, value, meaning, source},
static const struct scheme_class classes[] = {
#include "core/scheme/wsa05.def"
};
#undef CLASS

#define HAZARD(code_, source_, meaning_) {.code = code_, .meaning = meaning_, .source = source_},
static const struct scheme_hazard hazards[] = {
#include "core/scheme/wsa05.def"
};
#undef HAZARD

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include "core/scheme/wsa05.def"
};
#undef PRIORITY

const struct scheme_table scheme_wsa05 = {
    .name = "wsa05",
    .version = "05",
    .title = "WSA 05, Conduit Inspection Reporting Code of Australia",
    .catalogues = {CATALOGUE_WSA05},
    .group_names = { "structural",      "service"},
    .index_of_worst = 5,
    .upper_is_in = true,
    .rules = rules,
    .n_rules = ARRAY_LEN(rules),
    .classes = classes,
    .n_classes = ARRAY_LEN(classes),
    .hazards = hazards,
    .n_hazards = ARRAY_LEN(hazards),
    .priorities = priorities,
    .n_priorities = ARRAY_LEN(priorities),
    .assess = wsa05_assess,
};
