/* The tables of the WRc Sewerage Rehabilitation Manual. */
#include "core/scheme/rows.h"
#include "core/scheme/wrc.h"

#define SCHEME_DEF "core/scheme/wrc.def"
#define ROW_RULE(code, measure, over, to, score, grade, group, source, meaning) \
    MEASURED_RULE(code, ALWAYS, measure, over, to, score, grade, group, source, meaning)
#define ROW_OPEN(code, group, source, meaning) OPEN_RULE(code, ALWAYS, NULL, group, source, meaning)
#define ROW_HAZARD(code, measure, from, above, source, meaning) \
    MEASURED_HAZARD(code, measure, from, above, 0, source, meaning)
#include "core/scheme/lists.h"

const struct scheme_table scheme_wrc = {
    .name = "wrc-srm",
    .version = "5",
    .title = "WRc Sewerage Rehabilitation Manual with the codes of MSCC",
    .catalogues = {CATALOGUE_MSCC},
    .group_names = { "structural",     "service"},
    .index_of_worst = 5,
    .upper_is_in = true,
    SCHEME_LISTS,
    .assess = wrc_assess,
};
