#include "cmd/scheme_options.h"

#include <string.h>

#include "cmd/run_options.h"

const struct scheme_option scheme_options[] = {
#define SCHEME_OPTION(scheme, name) {SCHEME_##scheme, name},
#include "cmd/scheme_options.def"
#undef SCHEME_OPTION
};
const size_t n_scheme_options = ARRAY_LEN(scheme_options);

const struct option *scheme_option_row(const struct scheme_option *option) {
    for (size_t i = 0; i < run_option_table.n; i++) {
        if (strcmp(run_option_table.at[i].name, option->name) == 0) {
            return &run_option_table.at[i];
        }
    }
    return NULL;
}
