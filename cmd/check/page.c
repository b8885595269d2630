#include "cmd/check/page.h"

#include <math.h>

#include "cmd/print.h"

static void print_count_of(FILE *to, uint64_t n, const char *one, const char *many) {
    print_count(to, n, 0);
    fprintf(to, " %s", n == 1 ? one : many);
}

void check_page_verdict(FILE *to, const struct check_page *page) {
    const struct check_count *total = &page->report->total;

    fputs(check_is_accepted(page->report) ? "ACCEPTED: " : "REJECTED: ", to);
    print_count_of(to, total->n_errors, "error", "errors");
    fputs(" and ", to);
    print_count_of(to, total->n_warnings, "warning", "warnings");
    fputs(" in ", to);
    print_count_of(to, page->result->n_surveys, "file", "files");
    fputs(", ", to);
    print_count_of(to, page->result->n_inspections, "inspection", "inspections");
    fputs(", ", to);
    print_count_of(to, page->result->n_observations, "observation", "observations");
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
        snprintf(out, 64, "limit %04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
    } else {
        bool is_count = text_equal(text_from(unit), TEXT("grade"));
        snprintf(out, 64, "limit %g%s%s", limit, is_count ? "" : " ", is_count ? "" : unit);
    }
}
