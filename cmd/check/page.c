#include "cmd/check/page.h"

#include <math.h>

#include "cmd/print.h"

void check_page_verdict(struct pen pen, const struct check_page *page) {
    const struct check_count *total = &page->report->total;
    const struct result *result = page->result;

    pen_say(pen, check_is_accepted(page->report) ? N_("ACCEPTED: ") : N_("REJECTED: "));
    pen_say_count(pen, "", total->n_errors, N_("error"), "errors");
    pen_say_count(pen, N_(" and "), total->n_warnings, N_("warning"), "warnings");
    pen_say_count(pen, N_(" in "), result->n_surveys, N_("file"), "files");
    pen_say_count(pen, N_(", "), result->n_inspections, N_("inspection"), "inspections");
    pen_say_count(pen, N_(", "), result->n_observations, N_("observation"), "observations");
}

void check_page_say_unchecked(struct pen pen, const struct check_page *page) {
    size_t n = check_page_n_unchecked(page);

    if (n == 1) {
        pen_say(pen, page->has_network ? N_("; 1 rule was not checked for want of names in it")
                                       : N_("; 1 rule was not checked for want of one"));
    } else if (n > 1) {
        pen_print(pen,
            page->has_network ? N_("; %zu rules were not checked for want of names in it")
                              : N_("; %zu rules were not checked for want of one"),
            n);
    }
}

bool check_page_is_unchecked(const struct check_page *page, enum check_rule rule) {
    return page->rules->at[rule].severity != CHECK_OFF && !page->report->was_checked[rule];
}

size_t check_page_n_unchecked(const struct check_page *page) {
    size_t n = 0;

    for (size_t i = 0; i < CHECK_RULES; i++) {
        n += check_page_is_unchecked(page, (enum check_rule)i);
    }
    return n;
}

void check_page_limit(const struct check_page *page, enum check_rule rule, char out[64]) {
    double limit = page->rules->at[rule].limit;
    const char *unit = check_rule_row(rule)->unit;

    out[0] = '\0';
    if (isnan(limit)) {
        return;
    }
    if (text_equal(text_from(unit), TEXT("YYYYMMDD"))) {
        int date = (int)limit;
        snprintf(out, 64, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
    } else {
        bool is_count = text_equal(text_from(unit), TEXT("grade"));
        snprintf(out, 64, "%g%s%s", limit, is_count ? "" : " ", is_count ? "" : unit);
    }
}
