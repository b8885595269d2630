/* For people: the verdict, a line a file, then the breaches by file, rule and inspection, and the
 * verdict again, for those who see the end first. */
#include <math.h>
#include <string.h>

#include "cmd/check/page.h"
#include "cmd/print.h"

enum { RIGHT = 100, MOST_FILES = 20, MOST_OF_RULE = 5 };

/* The violations of one file stand together. */
struct range {
    size_t from, to;
};

static void print_label(FILE *to, const char *label) {
    fprintf(to, "%-10s", label);
}

/* --- the head --- */

static void print_unchecked(FILE *to, const struct check_page *page) {
    char list[2048] = "";
    size_t n = 0;

    for (size_t i = 0; i < CHECK_RULES; i++) {
        if (check_page_is_unchecked(page, (enum check_rule)i) && n < sizeof list) {
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n == 0 ? "" : ", ",
                check_rule_row((enum check_rule)i)->name);
        }
    }
    print_label(to, "");
    print_wrapped(to, list, 10, RIGHT);
}

static void print_network(FILE *to, const struct check_page *page) {
    size_t n_unchecked = check_page_n_unchecked(page);

    print_label(to, "Network");
    if (page->has_network) {
        print_text(to, page->network.n > 0 ? page->network : TEXT("from the surveys"));
        fprintf(to, ", %zu segment%s", page->result->network.n_segments,
            page->result->network.n_segments == 1 ? "" : "s");
    } else {
        fputs("none", to);
    }
    if (n_unchecked == 0) {
        fputc('\n', to);
        return;
    }
    fprintf(to, "; %zu rule%s %s not checked for want of %s:\n", n_unchecked,
        n_unchecked == 1 ? "" : "s", n_unchecked == 1 ? "was" : "were",
        page->has_network ? "names in it" : "one");
    print_unchecked(to, page);
}

static void print_rules(FILE *to, const struct check_page *page) {
    size_t n_on = 0, n_changed = 0;

    for (size_t i = 0; i < CHECK_RULES; i++) {
        n_on += page->rules->at[i].severity != CHECK_OFF;
        n_changed += check_rule_is_changed(page->rules, (enum check_rule)i);
    }
    print_label(to, "Rules");
    fprintf(to, "%zu of %d are in force", n_on, CHECK_RULES);
    if (page->rules_file.n > 0) {
        fprintf(to, ", %zu changed by ", n_changed);
        print_text(to, page->rules_file);
    }
    fputs("; `chainage check --list-rules` shows them\n", to);
}

static void print_file(FILE *to, const struct check_page *page, size_t i) {
    const struct survey *survey = &page->result->surveys[i];
    const struct check_count *count = &page->report->files[i];

    fputs("  ", to);
    print_padded(to, survey->file.path, 44);
    fputc(' ', to);
    print_padded(to, text_from(survey->file.format), 10);
    print_count(to, survey->n_inspections, 9);
    print_count(to, survey->n_observations, 13);
    print_count(to, count->n_errors, 8);
    print_count(to, count->n_warnings, 10);
    fputc('\n', to);
}

static void print_files(FILE *to, const struct check_page *page) {
    size_t n_surveys = page->result->n_surveys, n_left = 0;

    fprintf(to, "\n%-46s %-10s%9s%13s%8s%10s\n", "Files", "format", "insp.", "observations",
        "errors", "warnings");
    for (size_t i = 0; i < n_surveys; i++) {
        const struct check_count *count = &page->report->files[i];
        bool is_clean = count->n_errors + count->n_warnings == 0;
        if (is_clean && n_surveys > MOST_FILES && !page->shows_all) {
            n_left++;
        } else {
            print_file(to, page, i);
        }
    }
    if (n_left > 0) {
        fprintf(to, "  ... and %zu without a breach\n", n_left);
    }
    if (page->n_others > 0) {
        fprintf(to, "  %zu other file%s no survey\n", page->n_others,
            page->n_others == 1 ? " is" : "s are");
    }
}

/* --- breaches --- */

/* `expected` is NULL when it stands above. */
static void print_violation(
    FILE *to, const struct violation *violation, const char *expected, struct arena *arena) {
    struct text id = violation->inspection_id, segment = violation->segment_id;
    struct text where = TEXT("");

    if (id.n > 0) {
        where = arena_printf(arena, "%.*s", TEXT_ARGS(text_cut(id, 60)));
    }
    if (segment.n > 0 && !text_equal(segment, id)) {
        where =
            arena_printf(arena, "%.*s (%.*s)", TEXT_ARGS(where), TEXT_ARGS(text_cut(segment, 60)));
    }
    if (violation->line > 0) {
        where = arena_printf(arena, "%.*s%sline %u", TEXT_ARGS(where), where.n > 0 ? ", " : "",
            (unsigned)violation->line);
    }
    if (isfinite(violation->station_m)) {
        where = arena_printf(
            arena, "%.*s%s%.2f m", TEXT_ARGS(where), where.n > 0 ? ", " : "", violation->station_m);
    }
    fputs("    ", to);
    print_wrapped(to,
        arena_printf(arena, "%.*s%s%.*s%s%s", TEXT_ARGS(where), where.n > 0 ? ": " : "",
            TEXT_ARGS(violation->found),
            expected == NULL ? "" : "; expected: ", expected == NULL ? "" : expected)
            .at,
        6, RIGHT);
}

/* What all breaches of the rule in the range would have; NULL when they differ. */
static const char *common_expected(
    const struct check_page *page, struct range range, enum check_rule rule) {
    const char *common = NULL;

    for (size_t i = range.from; i < range.to; i++) {
        const struct violation *violation = &page->report->at[i];
        if (violation->rule != rule) {
            continue;
        }
        if (common != NULL && strcmp(common, violation->expected) != 0) {
            return NULL;
        }
        common = violation->expected;
    }
    return common;
}

static void print_rule(
    FILE *to, const struct check_page *page, struct range range, enum check_rule rule) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct check_rule_row *row = check_rule_row(rule);
    char limit[64];
    size_t n = 0;

    for (size_t i = range.from; i < range.to; i++) {
        n += page->report->at[i].rule == rule;
    }
    check_page_limit(page, rule, limit);
    fprintf(to, "  %-7s ", check_severity_name(page->rules->at[rule].severity));
    print_wrapped(to,
        arena_printf(&arena, "%s, %zu time%s: %s%s%s%s", row->name, n, n == 1 ? "" : "s",
            row->sentence, limit[0] == '\0' ? "" : " (", limit, limit[0] == '\0' ? "" : ")")
            .at,
        10, RIGHT);
    const char *expected = common_expected(page, range, rule);
    if (expected != NULL) {
        fprintf(to, "%10s", "");
        print_wrapped(to, arena_printf(&arena, "expected: %s", expected).at, 10, RIGHT);
    }
    size_t n_shown = 0;
    for (size_t i = range.from; i < range.to; i++) {
        if (page->report->at[i].rule == rule && (page->shows_all || n_shown < MOST_OF_RULE)) {
            print_violation(to, &page->report->at[i],
                expected == NULL ? page->report->at[i].expected : NULL, &arena);
            n_shown++;
        }
    }
    if (n > n_shown) {
        fprintf(to, "    ... and %zu more\n", n - n_shown);
    }
}

/* Errors first. */
static void print_breaches_of(FILE *to, const struct check_page *page, struct range range) {
    bool is_broken[CHECK_RULES] = {0};

    fputc('\n', to);
    print_text(to, page->report->at[range.from].file);
    fputc('\n', to);
    for (size_t i = range.from; i < range.to; i++) {
        is_broken[page->report->at[i].rule] = true;
    }
    for (int severity = CHECK_ERROR; severity > CHECK_OFF; severity--) {
        for (size_t i = 0; i < CHECK_RULES; i++) {
            if (is_broken[i] && (int)page->rules->at[i].severity == severity) {
                print_rule(to, page, range, (enum check_rule)i);
            }
        }
    }
}

void check_print_text(FILE *to, const struct check_page *page) {
    const struct check_report *report = page->report;

    check_page_verdict(to, page);
    fputc('\n', to);
    print_network(to, page);
    print_rules(to, page);
    print_files(to, page);
    for (size_t i = 0; i < report->n;) {
        struct range range = {i, i};
        while (range.to < report->n && report->at[range.to].survey == report->at[i].survey &&
               text_equal(report->at[range.to].file, report->at[i].file)) {
            range.to++;
        }
        print_breaches_of(to, page, range);
        i = range.to;
    }
    fputc('\n', to);
    check_page_verdict(to, page);
    fputc('\n', to);
}
