#pragma once
/* The goodbye of a run: for people, or for machines. */
#include <stdint.h>
#include <stdio.h>

#include "cmd/read.h"
#include "core/summary.h"

struct summary_page {
    const struct run_options *options;
    const struct result *result;
    const struct reading *reading;
    const struct summary *figures;
    double seconds;
    uint64_t peak_bytes;
};

void summary_print(FILE *to, const struct summary_page *page);
void summary_print_json(FILE *to, const struct summary_page *page);

/* 1 emergency, 2 urgent, 3 soon, 4 planned, 5 none; 0 not assessed. */
const char *priority_name(int priority);
