#pragma once
/* What the checks of a delivery share while they run. */
#include "core/base.h"
#include "core/check.h"
#include "core/locate/run.h"

struct check_work {
    const struct check_request *request;
    struct check_report *report;
    struct index surveys, inspections; /* numbers by path and by id */
    bool *has_bad_date;                /* by inspection: its date cannot be read */
    struct survey_codes codes;         /* kept from inspection to inspection */
};

/* What is broken, and where. */
struct breach {
    enum check_rule rule;
    const struct survey *survey;
    const struct inspection *inspection;   /* NULL: the file */
    const struct observation *observation; /* NULL: the inspection as a whole */
    const char *expected;                  /* static */
};

static inline struct breach of_file(
    enum check_rule rule, const struct survey *survey, const char *expected) {
    return (struct breach){.rule = rule, .survey = survey, .expected = expected};
}

static inline struct breach of_row(enum check_rule rule, const struct inspection *inspection,
    const struct observation *row, const char *expected) {
    return (struct breach){rule, inspection->survey, inspection, row, expected};
}

static inline struct breach of_inspection(
    enum check_rule rule, const struct inspection *inspection, const char *expected) {
    return of_row(rule, inspection, NULL, expected);
}

/* Is the rule in force, and can it be checked? */
bool work_checks(const struct check_work *work, enum check_rule rule);

/* The limit of a rule. */
double work_limit(const struct check_work *work, enum check_rule rule);

/* Adds a breach unless its rule is not checked; printf gives what was found, by the English format
 * and by its translation. */
void work_add(struct check_work *work, struct breach breach, const char *found, ...)
    PRINTF_LIKE(3, 4);

/* Likewise, when what was found needs no values; `found` is static. */
void work_add_words(struct check_work *work, struct breach breach, const char *found);

/* Adds the breaches that findings tell of. */
void work_add_findings(struct check_work *work, const struct findings *findings);

/* --- the checks; each looks at one inspection --- */

void check_header(struct check_work *work, const struct inspection *inspection);
void check_stations(struct check_work *work, const struct inspection *inspection);
void check_lengths(struct check_work *work, const struct inspection *inspection);
void check_codes(struct check_work *work, const struct inspection *inspection);
void check_ends(struct check_work *work, const struct inspection *inspection);
void check_repeated(struct check_work *work, const struct inspection *inspection);

/* --- and these at all of them --- */

/* Marks of continuous defects where locating did not come to pair them. */
void check_continuous(struct check_work *work);
void check_names(struct check_work *work);
void check_pictures(struct check_work *work);
void check_coverage(struct check_work *work);
