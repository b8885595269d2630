/* The tables of DWA-M 149-3. */
#include "core/scheme/dwa.h"
#include "core/scheme/en_table.h"

#define SCHEME_DEF "core/scheme/dwa.def"
#define ROW_RULE EN_RULE
#define ROW_HAZARD EN_HAZARD
#define ROW_CLASS(figure, from, value, source, meaning) \
    {figure, from, true, value, meaning, source},
#include "core/scheme/lists.h"

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
    SCHEME_LISTS,
    .assess = dwa_assess,
};
