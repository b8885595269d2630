#pragma once
/* The options of `chainage style`. */
#include <stdbool.h>

#include "cmd/options.h"

struct style_options {
    struct words results;
    const char *theme;
    const char *lang; /* NULL: that of the result */
    bool has_project, prints_theme, is_quiet, wants_help;
};

extern const struct option_table style_option_table;
