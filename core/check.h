#pragma once
/* Is a delivery fit to be taken over?  Every breach of a rule, with its place and what was
 * expected.
 *
 * Looks at a result that has been through the pipeline, and at nothing else: no clock, no locale,
 * no file.  Both sides of a contract get the same answer from the same delivery, network and rules.
 */
#include <stdint.h>

#include "core/check/file_names.h"
#include "core/check/rules.h"
#include "core/lang.h"
#include "core/result.h"
#include "core/scheme/scheme.h"

#define NO_INSPECTION UINT32_MAX
#define NO_SURVEY UINT32_MAX

struct violation {
    enum check_rule rule;
    uint32_t survey;     /* number in result.surveys, NO_SURVEY for other files */
    uint32_t inspection; /* number in the run, NO_INSPECTION when it is about the file */
    uint32_t line;       /* in the file, 0 unknown */
    bool is_finding;     /* told by a reader or a stage, not by a check of our own */
    double station_m;    /* as logged, NAN without one */
    struct text file, inspection_id, segment_id; /* borrowed from the result */
    struct text found;    /* in English, whatever the language; owned by the report */
    struct text told;     /* the same in the language of the request; owned by the report */
    const char *expected; /* static English, of the catalogue */
};

/* Breaches in one file, blocking ones and warnings. */
struct check_count {
    uint64_t n_errors, n_warnings;
};

struct check_request {
    struct result *result; /* through the pipeline; only marks of continuous defects in
                              inspections without a place are paired in it */
    const struct scheme_set *schemes;
    const struct check_rules *rules;
    const struct file_names *const
        *media; /* one a survey, NULL when nothing is known of its files */
    bool has_network;
    enum language language; /* of what is told to people */
};

struct check_report {
    struct arena arena;
    struct violation *at; /* by survey, inspection, line and rule; of other files last */
    size_t n, capacity;
    uint64_t n_by_rule[CHECK_RULES];
    struct check_count total, *files; /* files: one a survey, an array of its own */
    bool was_checked[CHECK_RULES];    /* false: off, or without the network that it needs */
};

void check_delivery(const struct check_request *request, struct check_report *out);

/* Has no rule been broken that blocks? */
bool check_is_accepted(const struct check_report *report);

void check_report_release(struct check_report *report); /* also as CLEANUP; safe on {0} */
