/* The tables of DB31/T 444-2022. */
#include <math.h>

#include "core/base.h"
#include "core/scheme/db31.h"

#define RULE(code_, grade_, score_, group_, counted, unit_, source_, condition) \
    {                                                                           \
        .code = code_,                                                          \
        .dn_over_mm = -INFINITY,                                                \
        .dn_to_mm = INFINITY,                                                   \
        .from = grade_,                                                         \
        .to = grade_,                                                           \
        .score = score_,                                                        \
        .meaning = condition,                                                   \
        .source = source_,                                                      \
        .unit = unit_,                                                          \
        .group = GROUP_##group_,                                                \
        .measure = MEASURE_GRADE,                                               \
        .grade = GRADE_##grade_,                                                \
        .is_counted = counted,                                                  \
    },
#define OPEN(code_, unit_, group_, source_, meaning_) \
    {                                                 \
        .code = code_,                                \
        .dn_over_mm = -INFINITY,                      \
        .dn_to_mm = INFINITY,                         \
        .score = NAN,                                 \
        .meaning = meaning_,                          \
        .source = source_,                            \
        .unit = unit_,                                \
        .group = GROUP_##group_,                      \
        .grade = GRADE_UNDECIDED,                     \
    },
static const struct scheme_rule rules[] = {
#include "core/scheme/db31.def"
};
#undef RULE
#undef OPEN

#define CLASS(figure, from, inclusive, value, source, meaning) \
    {figure, from, inclusive, value, meaning, source},
static const struct scheme_class classes[] = {
#include "core/scheme/db31.def"
};
#undef CLASS

#define CHOICE(factor, value, source, condition) {factor, value, condition, source},
static const struct scheme_choice choices[] = {
#include "core/scheme/db31.def"
};
#undef CHOICE

#define HAZARD(code_, from_, source_, meaning_) \
    {                                           \
        .code = code_,                          \
        .measure = MEASURE_GRADE,               \
        .from = from_,                          \
        .meaning = meaning_,                    \
        .source = source_,                      \
    },
static const struct scheme_hazard hazards[] = {
#include "core/scheme/db31.def"
};
#undef HAZARD

#define OPENING(code, from, source) {code, NULL, NULL, MEASURE_GRADE, from, source},
static const struct scheme_opening openings[] = {
#include "core/scheme/db31.def"
};
#undef OPENING

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include "core/scheme/db31.def"
};
#undef PRIORITY

const struct scheme_table scheme_db31 = {
    .name = "db31-2022",
    .version = "2022",
    .title =
        "DB31/T 444-2022, technical specification for the inspection and evaluation of sewers, "
        "Shanghai",
    .catalogues = {CATALOGUE_DB31},
    .group_names = { "structural",  "functional"},
    .index_of_worst = 10,
    .node_figure = "M",
    .grade_is_in_label = true,
    .rules = rules,
    .n_rules = ARRAY_LEN(rules),
    .classes = classes,
    .n_classes = ARRAY_LEN(classes),
    .choices = choices,
    .n_choices = ARRAY_LEN(choices),
    .hazards = hazards,
    .n_hazards = ARRAY_LEN(hazards),
    .openings = openings,
    .n_openings = ARRAY_LEN(openings),
    .priorities = priorities,
    .n_priorities = ARRAY_LEN(priorities),
    .assess = db31_assess,
};
