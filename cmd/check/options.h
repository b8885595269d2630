#pragma once
/* The options of `chainage check`: those of `run` that reading needs, and what to report. */
#include "cmd/run_options.h"

struct check_options {
    struct run_options run;
    const char *rules, *html;
    bool is_csv, shows_all, lists_rules, wants_help;
};

extern const struct option_table check_option_table;

/* Parses and checks the command line of `check`. */
bool check_options_parse(int argc, char **argv, struct check_options *out, struct error *err);

void check_options_release(struct check_options *options);
