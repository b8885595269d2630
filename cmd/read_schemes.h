#pragma once
/* The schemes of a run: the built-in ones, and the tables of --scheme-table over them. */
#include "cmd/run_options.h"
#include "core/scheme/scheme.h"

struct run_schemes {
    struct arena arena; /* of the tables; results point to their texts */
    struct scheme_set set;
};

/* Reads the files in order, each over what the ones before made, and sets
 * options->pipeline.assess.schemes to the outcome: `out` must outlive the result.  Each file stands
 * in the options as FILE#sha256=HEX afterwards, as the run's record has it; one that stands so
 * before must be that file (ERROR_FORMAT).  What is wrong with rows goes to stderr, one line each;
 * warnings go to `findings`. */
bool run_schemes_read(struct run_options *options, struct run_schemes *out,
    struct findings *findings, struct error *err);

void run_schemes_release(struct run_schemes *schemes);
