/* The tables of WSA 05. */
#include "core/scheme/rows.h"
#include "core/scheme/wsa05.h"

#define SCHEME_DEF "core/scheme/wsa05.def"
#define ROW_RULE(code, measure, over, to, score, grade, group, source, meaning) \
    MEASURED_RULE(code, ALWAYS, measure, over, to, score, grade, group, source, meaning)
#define ROW_OPEN(code, group, source, meaning) OPEN_RULE(code, ALWAYS, NULL, group, source, meaning)
#define ROW_HAZARD(code, source, meaning) MEASURED_HAZARD(code, NONE, 0, false, 0, source, meaning)
#include "core/scheme/lists.h"

const struct scheme_table scheme_wsa05 = {
    .name = "wsa05",
    .version = "05",
    .title = "WSA 05, Conduit Inspection Reporting Code of Australia",
    .catalogues = {CATALOGUE_WSA05},
    .group_names = { "structural",      "service"},
    .index_of_worst = 5,
    .upper_is_in = true,
    SCHEME_LISTS,
    .assess = wsa05_assess,
};
