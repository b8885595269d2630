#include "cmd/check/options.h"

#include "cmd/language.h"

static const struct choice length_units[] = {
    {"m",  UNIT_METRE},
    {"ft", UNIT_FOOT },
};

static const struct option rows[] = {
#define ROW(type, name, field, group, value, help)                                  \
    name, OPTION_##type, offsetof(struct check_options, field), group, value, help, \
        .shapes_result = false
#define OPTION(...) {ROW(__VA_ARGS__)},
#define CHOICE(name, field, group, value, list, help) \
    {ROW(CHOICE, name, field, group, value, help), .choices = list, ARRAY_LEN(list)},
#define COUNT(name, field, group, value, limit, help) \
    {ROW(COUNT, name, field, group, value, help), .most = limit},
#include "cmd/check/options.def"
#undef ROW
#undef OPTION
#undef CHOICE
#undef COUNT
};

const struct option_table check_option_table = {rows, ARRAY_LEN(rows)};

bool check_options_parse(int argc, char **argv, struct check_options *out, struct error *err) {
    struct run_options *run = &out->run;

    *out = (struct check_options){.run = run_options_default()};
    if (!options_parse(&check_option_table, argc, argv, out, &run->surveys, err)) {
        return false;
    }
    if (out->wants_help || out->lists_rules) {
        return true;
    }
    run_options_choose_language(run);
    if (run->surveys.n == 0) {
        return error_set(
            err, ERROR_USAGE, "which surveys? (chainage check SURVEY... [--network FILE])");
    }
    if (out->is_csv && run->is_json) {
        return error_set(err, ERROR_USAGE, "options '--csv' and '--json': choose one");
    }
    run->pipeline.n_threads = (unsigned)run->n_threads;
    return role_words_check("column", &run->columns, err) &&
           role_words_check("field", &run->fields, err);
}

void check_options_release(struct check_options *options) {
    run_options_release(&options->run);
}
