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

enum { LABEL = 10 };

static void print_label(struct pen pen, const char *label) {
    pen_say_padded(pen, label, LABEL);
}

/* --- the head --- */

static void print_unchecked(struct pen pen, const struct check_page *page) {
    char list[2048] = "";
    size_t n = 0;

    for (size_t i = 0; i < CHECK_RULES; i++) {
        if (check_page_is_unchecked(page, (enum check_rule)i) && n < sizeof list) {
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n == 0 ? "" : ", ",
                check_rule_row((enum check_rule)i)->name);
        }
    }
    print_label(pen, "");
    print_wrapped(pen.to, list, 10, RIGHT);
}

static void print_network(struct pen pen, const struct check_page *page) {
    size_t n_unchecked = check_page_n_unchecked(page);

    print_label(pen, N_("Network"));
    if (page->has_network) {
        print_text(pen.to, page->network);
        pen_say(pen, page->network.n > 0 ? "" : N_("from the surveys"));
        pen_say_count(pen, N_(", "), page->result->network.n_segments, N_("segment"), "segments");
    } else {
        pen_say(pen, N_("none"));
    }
    check_page_say_unchecked(pen, page);
    pen_say(pen, n_unchecked == 0 ? "\n" : N_(":\n"));
    if (n_unchecked > 0) {
        print_unchecked(pen, page);
    }
}

static void print_rules(struct pen pen, const struct check_page *page) {
    size_t n_on = 0, n_changed = 0;

    for (size_t i = 0; i < CHECK_RULES; i++) {
        n_on += page->rules->at[i].severity != CHECK_OFF;
        n_changed += check_rule_is_changed(page->rules, (enum check_rule)i);
    }
    print_label(pen, N_("Rules"));
    pen_print(pen, N_("%zu of %d are in force"), n_on, CHECK_RULES);
    if (page->rules_file.n > 0) {
        pen_print(pen, N_(", %zu changed by "), n_changed);
        print_text(pen.to, page->rules_file);
    }
    pen_say(pen, N_("; `chainage check --list-rules` shows them\n"));
}

/* Of the column with the files: what the others leave of the line. */
static size_t path_width(struct pen pen) {
    return print_right(pen.to, 97) - 53;
}

static void print_file(struct pen pen, const struct check_page *page, size_t i) {
    const struct survey *survey = &page->result->surveys[i];
    const struct check_count *count = &page->report->files[i];

    fputs("  ", pen.to);
    print_padded(pen.to, survey->file.path, path_width(pen));
    fputc(' ', pen.to);
    print_padded(pen.to, text_from(survey->file.format), 10);
    print_count(pen.to, survey->n_inspections, 9);
    print_count(pen.to, survey->n_observations, 13);
    print_count(pen.to, count->n_errors, 8);
    print_count(pen.to, count->n_warnings, 10);
    fputc('\n', pen.to);
}

static void print_files(struct pen pen, const struct check_page *page) {
    size_t n_surveys = page->result->n_surveys, n_left = 0;

    fputc('\n', pen.to);
    pen_say_padded(pen, N_("File"), (int)path_width(pen) + 3);
    pen_say_padded(pen, N_("format"), 10);
    pen_say_right(pen, N_("insp."), 9);
    pen_say_right(pen, N_("observations"), 13);
    pen_say_right(pen, N_("errors"), 8);
    pen_say_right(pen, N_("warnings"), 10);
    fputc('\n', pen.to);
    for (size_t i = 0; i < n_surveys; i++) {
        const struct check_count *count = &page->report->files[i];
        bool is_clean = count->n_errors + count->n_warnings == 0;
        if (is_clean && n_surveys > MOST_FILES && !page->shows_all) {
            n_left++;
        } else {
            print_file(pen, page, i);
        }
    }
    if (n_left > 0) {
        pen_print(pen, N_("  ... and %zu without a breach\n"), n_left);
    }
    if (page->n_others > 0) {
        pen_print(pen,
            page->n_others == 1 ? N_("  %zu other file is no survey\n")
                                : N_("  %zu other files are no survey\n"),
            page->n_others);
    }
}

/* --- breaches --- */

/* `expected` is NULL when it stands above. */
static void print_violation(
    struct pen pen, const struct violation *violation, const char *expected, struct arena *arena) {
    struct text id = violation->inspection_id, segment = violation->segment_id;
    const char *comma = lang_text(pen.language, N_(", "));
    struct text where = TEXT("");

    if (id.n > 0) {
        where = arena_printf(arena, "%.*s", TEXT_ARGS(text_cut(id, 60)));
    }
    if (segment.n > 0 && !text_equal(segment, id)) {
        where = arena_printf(arena, lang_text(pen.language, N_("%.*s (%.*s)")), TEXT_ARGS(where),
            TEXT_ARGS(text_cut(segment, 60)));
    }
    if (violation->line > 0) {
        where = arena_printf(arena, lang_text(pen.language, N_("%.*s%sline %u")), TEXT_ARGS(where),
            where.n > 0 ? comma : "", (unsigned)violation->line);
    }
    if (isfinite(violation->station_m)) {
        where = arena_printf(arena, "%.*s%s%.2f m", TEXT_ARGS(where), where.n > 0 ? comma : "",
            violation->station_m);
    }
    struct text told = violation->told;
    if (where.n > 0) {
        told = arena_printf(
            arena, lang_text(pen.language, N_("%.*s: %.*s")), TEXT_ARGS(where), TEXT_ARGS(told));
    }
    if (expected != NULL) {
        told = arena_printf(arena, lang_text(pen.language, N_("%.*s; expected: %s")),
            TEXT_ARGS(told), lang_text(pen.language, expected));
    }
    fputs("    ", pen.to);
    print_wrapped(pen.to, arena_printf(arena, "%.*s", TEXT_ARGS(told)).at, 6, RIGHT);
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
    struct pen pen, const struct check_page *page, struct range range, enum check_rule rule) {
    CLEANUP(arena_release) struct arena arena = {0};
    const struct check_rule_row *row = check_rule_row(rule);
    char limit[64];
    size_t n = 0;

    for (size_t i = range.from; i < range.to; i++) {
        n += page->report->at[i].rule == rule;
    }
    check_page_limit(page, rule, limit);
    fputs("  ", pen.to);
    pen_say_padded(pen, check_severity_name(page->rules->at[rule].severity), LABEL - 2);
    const char *times = n == 1 ? N_("%s, %zu time: %s") : N_("%s, %zu times: %s");
    struct text words = arena_printf(&arena, lang_text(pen.language, times), row->name, n,
        lang_text(pen.language, row->sentence));
    if (limit[0] != '\0') {
        words = arena_printf(
            &arena, lang_text(pen.language, N_("%.*s (limit %s)")), TEXT_ARGS(words), limit);
    }
    print_wrapped(pen.to, words.at, LABEL, RIGHT);
    const char *expected = common_expected(page, range, rule);
    if (expected != NULL) {
        fprintf(pen.to, "%*s", LABEL, "");
        print_wrapped(pen.to,
            arena_printf(&arena, lang_text(pen.language, N_("expected: %s")),
                lang_text(pen.language, expected))
                .at,
            LABEL, RIGHT);
    }
    size_t n_shown = 0;
    for (size_t i = range.from; i < range.to; i++) {
        if (page->report->at[i].rule == rule && (page->shows_all || n_shown < MOST_OF_RULE)) {
            print_violation(pen, &page->report->at[i],
                expected == NULL ? page->report->at[i].expected : NULL, &arena);
            n_shown++;
        }
    }
    if (n > n_shown) {
        pen_print(pen, N_("    ... and %zu more\n"), n - n_shown);
    }
}

/* Errors first. */
static void print_breaches_of(struct pen pen, const struct check_page *page, struct range range) {
    bool is_broken[CHECK_RULES] = {0};

    fputc('\n', pen.to);
    print_text(pen.to, page->report->at[range.from].file);
    fputc('\n', pen.to);
    for (size_t i = range.from; i < range.to; i++) {
        is_broken[page->report->at[i].rule] = true;
    }
    for (int severity = CHECK_ERROR; severity > CHECK_OFF; severity--) {
        for (size_t i = 0; i < CHECK_RULES; i++) {
            if (is_broken[i] && (int)page->rules->at[i].severity == severity) {
                print_rule(pen, page, range, (enum check_rule)i);
            }
        }
    }
}

void check_print_text(FILE *to, const struct check_page *page) {
    const struct check_report *report = page->report;
    const struct pen pen = {to, page->language};

    check_page_verdict(pen, page);
    fputc('\n', to);
    print_network(pen, page);
    print_rules(pen, page);
    print_files(pen, page);
    for (size_t i = 0; i < report->n;) {
        struct range range = {i, i};
        while (range.to < report->n && report->at[range.to].survey == report->at[i].survey &&
               text_equal(report->at[range.to].file, report->at[i].file)) {
            range.to++;
        }
        print_breaches_of(pen, page, range);
        i = range.to;
    }
    fputc('\n', to);
    check_page_verdict(pen, page);
    fputc('\n', to);
}
