#include "cmd/explain_options.h"

#include "core/base.h"

#define FIELD(name) offsetof(struct explain_options, name)
static const struct option rows[] = {
    {"help",  OPTION_FLAG,  FIELD(wants_help), "Options", NULL, "show this and stop", NULL, 0, 0,
     false                                                                                                     },
    {"json",  OPTION_FLAG,  FIELD(is_json),    "Options", NULL, "the same as JSON",   NULL, 0, 0,         false},
    {"worst", OPTION_COUNT, FIELD(worst),      "Options", "N",
     "the N first by rank, in place of segments by id",                               NULL, 0, 100000000, false},
};
#undef FIELD

const struct option_table explain_option_table = {rows, ARRAY_LEN(rows)};
