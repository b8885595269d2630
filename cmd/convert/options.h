#pragma once
/* The options of `chainage convert`. */
#include <stdbool.h>

#include "cmd/run_options.h"
#include "core/survey.h"
#include "formats/export/target.h"

struct convert_options {
    struct run_options run; /* what it has in common with a run */
    const char *to, *translate, *codes;
    int encoding; /* enum encoding; ENCODING_UNKNOWN: not given */
    bool keeps_untranslated;
    /* made of them */
    const struct export_target *target;
    enum catalogue catalogue; /* to be written; CATALOGUE_UNKNOWN: as delivered */
};

extern const struct option_table convert_option_table;

/* Parses and checks the command line of `convert`. */
bool convert_options_parse(int argc, char **argv, struct convert_options *out, struct error *err);

/* Refuses an output that is one of the inputs, or that would replace a file that is none of the
 * target's format.  Once more when the delivery is open. */
bool convert_output_check(const struct convert_options *options, struct error *err);

void convert_options_release(struct convert_options *options);
