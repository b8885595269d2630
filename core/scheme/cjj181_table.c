/* The tables of CJJ 181-2012. */
#include <math.h>

#include "core/base.h"
#include "core/scheme/cjj181.h"

#define RULE(code_, grade_, score_, group_, counted, source_, condition) \
    {                                                                    \
        .code = code_,                                                   \
        .dn_over_mm = -INFINITY,                                         \
        .dn_to_mm = INFINITY,                                            \
        .from = grade_,                                                  \
        .to = grade_,                                                    \
        .score = score_,                                                 \
        .meaning = condition,                                            \
        .source = source_,                                               \
        .group = GROUP_##group_,                                         \
        .measure = MEASURE_GRADE,                                        \
        .grade = GRADE_##grade_,                                         \
        .is_counted = counted,                                           \
    },
static const struct scheme_rule rules[] = {
#include "core/scheme/cjj181.def"
};
#undef RULE

#define CLASS(figure, from, inclusive, value, source, meaning) \
    {figure, from, inclusive, value, meaning, source},
static const struct scheme_class classes[] = {
#include "core/scheme/cjj181.def"
};
#undef CLASS

#define CHOICE(factor, value, source, condition) {factor, value, condition, source},
static const struct scheme_choice choices[] = {
#include "core/scheme/cjj181.def"
};
#undef CHOICE

#define HAZARD(code_, from_, soil, source_, meaning_) \
    {                                                 \
        .code = code_,                                \
        .measure = MEASURE_GRADE,                     \
        .from = from_,                                \
        .soil_influence = soil,                       \
        .meaning = meaning_,                          \
        .source = source_,                            \
    },
static const struct scheme_hazard hazards[] = {
#include "core/scheme/cjj181.def"
};
#undef HAZARD

#define FIGURE_HAZARD(figure, from, source, meaning) {figure, from, meaning, source},
static const struct scheme_figure_hazard figure_hazards[] = {
#include "core/scheme/cjj181.def"
};
#undef FIGURE_HAZARD

#define OPENING(code, from, source) {code, NULL, NULL, MEASURE_GRADE, from, source},
static const struct scheme_opening openings[] = {
#include "core/scheme/cjj181.def"
};
#undef OPENING

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include "core/scheme/cjj181.def"
};
#undef PRIORITY

const struct scheme_table scheme_cjj181 = {
    .name = "cjj181",
    .version = "2012",
    .title = "CJJ 181-2012, technical specification for inspection and evaluation of urban sewers",
    .catalogues = {CATALOGUE_CJJ181},
    .group_names = { "structural",    "functional"},
    .index_of_worst = 10,
    .grade_is_in_label = true,
    .rules = rules,
    .n_rules = ARRAY_LEN(rules),
    .classes = classes,
    .n_classes = ARRAY_LEN(classes),
    .choices = choices,
    .n_choices = ARRAY_LEN(choices),
    .hazards = hazards,
    .n_hazards = ARRAY_LEN(hazards),
    .figure_hazards = figure_hazards,
    .n_figure_hazards = ARRAY_LEN(figure_hazards),
    .openings = openings,
    .n_openings = ARRAY_LEN(openings),
    .priorities = priorities,
    .n_priorities = ARRAY_LEN(priorities),
    .assess = cjj181_assess,
};
