#pragma once
/* What a report of `check` tells, whatever it is written as. */
#include <stdio.h>

#include "cmd/pen.h"
#include "core/check.h"

struct check_page {
    const struct check_report *report;
    const struct result *result;
    const struct check_rules *rules;
    struct text network;    /* base name of its file; {0}: none was named */
    struct text rules_file; /* base name; {0}: the rules as they are */
    size_t n_others;        /* files in the delivery that are no survey */
    bool has_network;
    bool shows_all;
    enum language language; /* of text and HTML; CSV and JSON are the same in all */
};

/* REJECTED: 2 errors and 1 warning in 3 files */
void check_page_verdict(struct pen pen, const struct check_page *page);

/* Rules that are in force and could not be checked. */
size_t check_page_n_unchecked(const struct check_page *page);

/* The rule is on, but there was no network. */
bool check_page_is_unchecked(const struct check_page *page, enum check_rule rule);

/* "1 m", the limit of a rule that has one, else nothing. */
void check_page_limit(const struct check_page *page, enum check_rule rule, char out[64]);

/* "Network: 12 rules were not checked for want of one"; nothing when all were. */
void check_page_say_unchecked(struct pen pen, const struct check_page *page);

/* The reports. */
void check_print_text(FILE *to, const struct check_page *page);
void check_print_json(FILE *to, const struct check_page *page);
void check_print_csv(FILE *to, const struct check_page *page);
void check_print_html(FILE *to, const struct check_page *page);

/* The rules in force as CSV. */
void check_print_rules(FILE *to, const struct check_rules *rules);
