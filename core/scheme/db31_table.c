/* The tables of DB31/T 444-2022. */
#include "core/scheme/db31.h"
#include "core/scheme/rows.h"

#define SCHEME_DEF "core/scheme/db31.def"
#define ROW_RULE GRADED_RULE
#define ROW_OPEN(code, unit, group, source, meaning) \
    OPEN_RULE(code, ALWAYS, unit, group, source, meaning)
#define ROW_HAZARD(code, from, source, meaning) \
    MEASURED_HAZARD(code, GRADE, from, false, 0, source, meaning)
#define ROW_OPENING(code, from, source) {code, NULL, NULL, MEASURE_GRADE, from, source},
#include "core/scheme/lists.h"

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
    SCHEME_LISTS,
    .assess = db31_assess,
};
