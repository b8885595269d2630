#include "cmd/explain_options.h"

#include "cmd/language.h"
#include "core/base.h"

#define ROW(name, type, field, value, most, help)                                                  \
    name, OPTION_##type, offsetof(struct explain_options, field), "Options", value, help, NULL, 0, \
        most, false
static const struct option rows[] = {
    {ROW("help", FLAG, wants_help, NULL, 0, "show this and stop")},
    {ROW("json", FLAG, is_json, NULL, 0, "the same as JSON")},
    {ROW("lang", TEXT, lang, LANGUAGE_VALUES, 0, LANGUAGE_HELP_RESULT)},
    {ROW("worst", COUNT, worst, "N", 100000000, "the N first by rank, in place of segments by id")},
};
#undef ROW

const struct option_table explain_option_table = {rows, ARRAY_LEN(rows)};
