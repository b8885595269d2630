/* The tables of CJJ 181-2012. */
#include "core/scheme/cjj181.h"
#include "core/scheme/rows.h"

#define SCHEME_DEF "core/scheme/cjj181.def"
#define ROW_RULE(code, grade, score, group, counted, source, condition) \
    GRADED_RULE(code, grade, score, group, counted, NULL, source, condition)
#define ROW_HAZARD(code, from, soil, source, meaning) \
    MEASURED_HAZARD(code, GRADE, from, false, soil, source, meaning)
#define ROW_OPENING(code, from, source) {code, NULL, NULL, MEASURE_GRADE, from, source},
#include "core/scheme/lists.h"

const struct scheme_table scheme_cjj181 = {
    .name = "cjj181",
    .version = "2012",
    .title = "CJJ 181-2012, technical specification for inspection and evaluation of urban sewers",
    .catalogues = {CATALOGUE_CJJ181},
    .group_names = { "structural",    "functional"},
    .index_of_worst = 10,
    .grade_is_in_label = true,
    SCHEME_LISTS,
    .assess = cjj181_assess,
};
