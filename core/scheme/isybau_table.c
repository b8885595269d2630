/* The tables of ISYBAU. */
#include "core/scheme/en_table.h"
#include "core/scheme/isybau.h"

#define SCHEME_DEF "core/scheme/isybau.def"
#define ROW_RULE EN_RULE
#define ROW_HAZARD EN_HAZARD
#define ROW_CLASS(figure, from, value, source, meaning) \
    {figure, from, true, value, meaning, source},
#include "core/scheme/lists.h"

#define TERM EN_TERM
#define TERM_IS EN_TERM_IS
static const struct en_term terms[] = {
#include "core/scheme/isybau.def"
};
#undef TERM
#undef TERM_IS

const struct en_terms isybau_terms = {terms, ARRAY_LEN(terms)};

const struct scheme_table scheme_isybau = {
    .name = "isybau",
    .version = "2006",
    .title = "ISYBAU, condition classification and assessment of drains and sewers",
    .catalogues = {CATALOGUE_EN13508},
    .group_names = { "S", "B", "D"},
    .index_of_worst = 500, /* ours: an OZ of class 5, well above its 400 */
    SCHEME_LISTS,
    .assess = isybau_assess,
};
