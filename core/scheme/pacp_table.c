/* The tables of PACP. */
#include "core/scheme/pacp.h"
#include "core/scheme/rows.h"

#define SCHEME_DEF "core/scheme/pacp.def"
#define ROW_RULE(code, when, measure, over, to, grade, group, source, meaning) \
    MEASURED_RULE(code, when, measure, over, to, grade, grade, group, source, meaning)
#define ROW_OPEN(code, when, group, source, meaning) \
    OPEN_RULE(code, when, NULL, group, source, meaning)
#define ROW_HAZARD(code, measure, above, source, meaning) \
    MEASURED_HAZARD(code, measure, above, true, 0, source, meaning)
#include "core/scheme/lists.h"

const struct scheme_table scheme_pacp = {
    .name = "pacp",
    .version = "6-8",
    .title = "NASSCO PACP, Pipeline Assessment Certification Program, versions 6 to 8",
    .catalogues = {CATALOGUE_PACP},
    .group_names = { "structural",         "O&M"},
    .index_of_worst = 6,
    .upper_is_in = true,
    SCHEME_LISTS,
    .assess = pacp_assess,
};
