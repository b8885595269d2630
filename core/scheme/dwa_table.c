/* The tables of DWA-M 149-3. */
#include "core/base.h"
#include "core/scheme/dwa.h"
#include "core/scheme/en_table.h"

#define RULE EN_RULE
static const struct scheme_rule rules[] = {
#include "core/scheme/dwa.def"
};
#undef RULE

#define CLASS(figure, from, value, source, meaning) {figure, from, true, value, meaning, source},
static const struct scheme_class classes[] = {
#include "core/scheme/dwa.def"
};
#undef CLASS

#define HAZARD EN_HAZARD
static const struct scheme_hazard hazards[] = {
#include "core/scheme/dwa.def"
#include "core/scheme/en_common.def"
};
#undef HAZARD

#define OPENING(code, source) {code, NULL, NULL, MEASURE_NONE, 0, source},
static const struct scheme_opening openings[] = {
#include "core/scheme/en_common.def"
};
#undef OPENING

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include "core/scheme/dwa.def"
};
#undef PRIORITY

#define TERM EN_TERM
#define TERM_IS EN_TERM_IS
static const struct en_term terms[] = {
#include "core/scheme/dwa.def"
};
#undef TERM
#undef TERM_IS

const struct en_terms dwa_terms = {terms, ARRAY_LEN(terms)};

const struct scheme_table scheme_dwa = {
    .name = "dwa-m149-3",
    .version = "2015",
    .title = "DWA-M 149-3, condition classification and assessment of drains and sewers",
    .catalogues = {CATALOGUE_EN13508},
    .group_names = { "S", "B", "D"},
    .index_of_worst = 500, /* BP 1000 */
    .worst_is_lowest = true,
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
    .assess = dwa_assess,
};
