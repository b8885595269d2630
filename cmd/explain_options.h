#pragma once
/* The options of `chainage explain`. */
#include <stdbool.h>

#include "cmd/options.h"

struct explain_options {
    bool is_json, wants_help;
    int worst;        /* 0: not given */
    const char *lang; /* NULL: that of the result */
};

extern const struct option_table explain_option_table;
