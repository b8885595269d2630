#pragma once
/* What can be asked of the file system before a run. */
#include <stdbool.h>

#include "cmd/run_options.h"

/* Are both there and one and the same file, whatever they are called? */
bool path_is_same(const char *a, const char *b);

/* Refuses an output that is one of the inputs, or that would replace a file of another kind. */
bool output_check(const struct run_options *options, struct error *err);
