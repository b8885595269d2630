/* Every option that shapes an assessment belongs to a scheme, and exists. */
#include <criterion/criterion.h>
#include <string.h>

#include "cmd/run_options.h"
#include "cmd/scheme_options.h"

Test(scheme_options, name_options_of_the_run) {
    for (size_t i = 0; i < n_scheme_options; i++) {
        const struct scheme_option *option = &scheme_options[i], *before = option - 1;
        cr_expect_not_null(scheme_option_row(option), "'%s'", option->name);
        cr_expect(i == 0 || before->scheme < option->scheme ||
                      (before->scheme == option->scheme && strcmp(before->name, option->name) < 0),
            "'%s' is not in order", option->name);
    }
}

static bool is_of_a_scheme(const char *name) {
    static const char *const of_all[] = {"scheme", "scheme-table"};

    for (size_t i = 0; i < ARRAY_LEN(of_all); i++) {
        if (strcmp(name, of_all[i]) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < n_scheme_options; i++) {
        if (strcmp(name, scheme_options[i].name) == 0) {
            return true;
        }
    }
    return false;
}

Test(scheme_options, none_is_forgotten) {
    for (size_t i = 0; i < run_option_table.n; i++) {
        const struct option *option = &run_option_table.at[i];
        cr_expect(strcmp(option->group, "Assessment") != 0 || is_of_a_scheme(option->name),
            "--%s is in no row of scheme_options.def", option->name);
    }
}
