/* The tables of the WRc Sewerage Rehabilitation Manual. */
#include <math.h>

#include "core/base.h"
#include "core/scheme/wrc.h"

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
#include "core/scheme/wrc.def"
};
#undef RULE
#undef OPEN

#define CLASS(figure, from, inclusive, value, source, meaning) \
    {figure, from, inclusive, value, meaning, source},
static const struct scheme_class classes[] = {
#include "core/scheme/wrc.def"
};
#undef CLASS

#define HAZARD(code_, measure_, from_, above, source_, meaning_) \
    {                                                            \
        .code = code_,                                           \
        .measure = MEASURE_##measure_,                           \
        .is_above = above,                                       \
        .from = from_,                                           \
        .meaning = meaning_,                                     \
        .source = source_,                                       \
    },
static const struct scheme_hazard hazards[] = {
#include "core/scheme/wrc.def"
};
#undef HAZARD

#define FIGURE_HAZARD(figure, from, source, meaning) {figure, from, meaning, source},
static const struct scheme_figure_hazard figure_hazards[] = {
#include "core/scheme/wrc.def"
};
#undef FIGURE_HAZARD

#define OPENING(code, source) {code, NULL, NULL, MEASURE_NONE, 0, source},
static const struct scheme_opening openings[] = {
#include "core/scheme/wrc.def"
};
#undef OPENING

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include "core/scheme/wrc.def"
};
#undef PRIORITY

const struct scheme_table scheme_wrc = {
    .name = "wrc-srm",
    .version = "5",
    .title = "WRc Sewerage Rehabilitation Manual with the codes of MSCC",
    .catalogues = {CATALOGUE_MSCC},
    .group_names = { "structural",     "service"},
    .index_of_worst = 5,
    .upper_is_in = true,
    .rules = rules,
    .n_rules = ARRAY_LEN(rules),
    .classes = classes,
    .n_classes = ARRAY_LEN(classes),
    .hazards = hazards,
    .n_hazards = ARRAY_LEN(hazards),
    .figure_hazards = figure_hazards,
    .n_figure_hazards = ARRAY_LEN(figure_hazards),
    .openings = openings,
    .n_openings = ARRAY_LEN(openings),
    .priorities = priorities,
    .n_priorities = ARRAY_LEN(priorities),
    .assess = wrc_assess,
};
