/* The tables of VSA 2023. */
#include "core/base.h"
#include "core/scheme/en_table.h"
#include "core/scheme/vsa.h"

#define RULE EN_RULE
static const struct scheme_rule rules[] = {
#include "core/scheme/vsa.def"
};
#undef RULE

#define CLASS(figure, from, value, source, meaning) {figure, from, true, value, meaning, source},
static const struct scheme_class classes[] = {
#include "core/scheme/vsa.def"
};
#undef CLASS

#define HAZARD EN_HAZARD
static const struct scheme_hazard hazards[] = {
#include "core/scheme/en_common.def"
#include "core/scheme/vsa.def"
};
#undef HAZARD

#define OPENING(code, source) {code, NULL, NULL, MEASURE_NONE, 0, source},
static const struct scheme_opening openings[] = {
#include "core/scheme/en_common.def"
};
#undef OPENING

#define PRIORITY(figure, grade, priority, source) {figure, GRADE_##grade, priority, source},
static const struct scheme_priority priorities[] = {
#include "core/scheme/vsa.def"
};
#undef PRIORITY

#define TERM EN_TERM
#define TERM_IS EN_TERM_IS
static const struct en_term terms[] = {
#include "core/scheme/vsa.def"
};
#undef TERM
#undef TERM_IS

const struct en_terms vsa_terms = {terms, ARRAY_LEN(terms)};

const struct scheme_table scheme_vsa = {
    .name = "vsa-2023",
    .version = "2023",
    .title = "VSA 2023, condition assessment of sewers and manholes in Switzerland",
    .catalogues = {CATALOGUE_EN13508},
    .group_names = { "S", "B", "D"},
    .index_of_worst = 400, /* of a DZ of 0 */
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
    .assess = vsa_assess,
};
