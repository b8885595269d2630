/* The tables of VSA 2023. */
#include "core/scheme/en_table.h"
#include "core/scheme/vsa.h"

#define SCHEME_DEF "core/scheme/vsa.def"
#define ROW_RULE EN_RULE
#define ROW_HAZARD EN_HAZARD
#define ROW_CLASS(figure, from, value, source, meaning) \
    {figure, from, true, value, meaning, source},
#include "core/scheme/lists.h"

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
    SCHEME_LISTS,
    .assess = vsa_assess,
};
