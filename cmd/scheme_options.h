#pragma once
/* The options of `chainage run` that belong to a scheme. */
#include "cmd/options.h"
#include "core/survey.h"

struct scheme_option {
    enum scheme scheme;
    const char *name;
};

extern const struct scheme_option scheme_options[];
extern const size_t n_scheme_options;

/* The row of the option in run_option_table; NULL when there is none. */
const struct option *scheme_option_row(const struct scheme_option *option);
