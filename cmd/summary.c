/* One label a section, its lines behind it; what is zero is not mentioned. */
#include "cmd/summary.h"

#include <math.h>
#include <string.h>

#include "cmd/pen.h"
#include "cmd/print.h"
#include "core/lang.h"
#include "core/scheme/scheme.h"

enum {
    LEFT = 13,
    RIGHT = 100,
    FINDINGS_LEFT = 4,
    FINDINGS_RIGHT = 110,
    MOST_FILES = 20,
    ROWS_COUNTS = 48,
    ROWS_RIGHT = LEFT + 33 + ROWS_COUNTS
};

const char *priority_name(int priority) {
    static const char *const names[SUMMARY_PRIORITIES] = {
        N_("not assessed"), N_("emergency"), N_("urgent"), N_("soon"), N_("planned"), N_("none")};

    return names[priority];
}

static void start(struct pen pen, const char *label) {
    pen_say_padded(pen, label, LEFT);
}

/* --- network --- */

static void print_roles(struct pen pen, const struct network_report *report) {
    size_t at = LEFT, right = print_right(pen.to, RIGHT);

    start(pen, N_("Columns"));
    for (size_t i = 0; i < report->n_roles; i++) {
        const struct field_role *role = &report->roles[i];
        size_t width =
            display_width(role->role) + display_width(role->column) + 5 + (role->is_given ? 8 : 0);
        if (at > LEFT && at + width > right) {
            fprintf(pen.to, ",\n%*s", LEFT, "");
            at = LEFT;
        } else if (i > 0) {
            fputs(", ", pen.to);
        }
        print_text(pen.to, role->role);
        fputs(" = ", pen.to);
        print_text(pen.to, role->column);
        pen_say(pen, role->is_given ? N_(" (given)") : "");
        at += width;
    }
    fputc('\n', pen.to);
}

static void print_crs(struct pen pen, const struct crs *crs) {
    const char *input = crs_input_name(crs), *operation = crs_operation_name(crs);
    double accuracy_m = crs_operation_accuracy_m(crs);

    start(pen, N_("CRS"));
    if (input == NULL) {
        pen_say(pen, N_("not known; coordinates were taken as metres"));
    }
    print_text(pen.to, text_from(input));
    fputc('\n', pen.to);
    if (operation != NULL) {
        start(pen, "");
        pen_say(pen, N_("written by "));
        print_text(pen.to, text_from(operation));
        if (!isnan(accuracy_m)) {
            pen_say(pen, N_(", accuracy "));
            fprintf(pen.to, "%.3g m", accuracy_m);
        }
        fputc('\n', pen.to);
    }
}

static void print_network(struct pen pen, const struct summary_page *page) {
    const struct network_report *report = &page->reading->network;

    start(pen, N_("Network"));
    if (!page->reading->has_network) {
        pen_say(pen, N_("none: every observation is in the table `unplaced`"));
        fputc('\n', pen.to);
        return;
    }
    pen_say_count(pen, "", page->figures->n_segments, N_("segment"), "segments");
    pen_say_count(pen, N_(", "), page->figures->n_nodes, N_("node"), "nodes");
    pen_say(pen, N_(", "));
    fprintf(pen.to, "%.2f km", page->figures->length_m / 1000);
    pen_say(
        pen, page->result->network.is_implied ? N_(", implied by the inspected node pairs") : "");
    fputc('\n', pen.to);
    if (report->driver.n > 0 || report->encoding.n > 0) {
        CLEANUP(arena_release) struct arena arena = {0};
        bool has_both = report->driver.n > 0 && report->encoding.n > 0;
        start(pen, "");
        print_wrapped(pen.to,
            arena_printf(&arena, "%.*s%s%.*s", TEXT_ARGS(report->driver),
                has_both ? lang_text(pen.language, N_(", texts ")) : "",
                TEXT_ARGS(report->encoding))
                .at,
            LEFT, RIGHT);
    }
    print_crs(pen, page->reading->crs);
    if (report->n_roles > 0) {
        print_roles(pen, report);
    }
}

/* --- inspections --- */

static void print_surveys(struct pen pen, const struct summary *figures) {
    start(pen, N_("Surveys"));
    pen_say_count(pen, "", figures->n_files, N_("file"), "files");
    pen_say_count(pen, N_(", "), figures->n_inspections, N_("inspection"), "inspections");
    pen_say_count(pen, N_(", "), figures->rows.n_observations, N_("observation"), "observations");
    fputc('\n', pen.to);
    if (figures->n_damaged_files > 0) {
        start(pen, "");
        pen_say_count(pen, "", figures->n_damaged_files, N_("file is"), "files are");
        pen_say(pen, N_(" damaged"));
        fputc('\n', pen.to);
    }
    if (figures->n_node_inspections > 0 || figures->n_duplicates > 0) {
        start(pen, "");
        pen_say_count(pen, "", figures->n_node_inspections, N_("inspection"), "inspections");
        pen_say_count(pen, N_(" of nodes, "), figures->n_duplicates, N_("duplicate"), "duplicates");
        fputc('\n', pen.to);
    }
}

static void print_inspected(struct pen pen, const struct summary *figures) {
    start(pen, N_("Inspected"));
    fprintf(pen.to, "%.2f", figures->inspected_m / 1000);
    pen_say(pen, N_(" of "));
    fprintf(pen.to, "%.2f km (%.1f %%)", figures->length_m / 1000, figures->coverage * 100);
    pen_say(pen, N_(", "));
    print_count(pen.to, figures->n_inspected_segments, 0);
    pen_say_count(pen, N_(" of "), figures->n_segments, N_("segment"), "segments");
    fputc('\n', pen.to);
}

static void print_matches(struct pen pen, const struct summary *figures) {
    const char *label = N_("Matched by");

    for (size_t i = 1; i <= MATCH_METHODS; i++) { /* none comes last */
        enum match_method method = (enum match_method)(i % MATCH_METHODS);
        if (figures->n_by_match[method] > 0) {
            start(pen, label);
            pen_say_padded(pen,
                method == MATCH_NONE ? N_("nothing: unplaced") : match_method_name(method), 24);
            print_count(pen.to, figures->n_by_match[method], 10);
            fputc('\n', pen.to);
            label = "";
        }
    }
}

/* --- defects --- */

static bool has_defects(const size_t by_grade[SUMMARY_GRADES]) {
    for (size_t i = 0; i < SUMMARY_GRADES; i++) {
        if (by_grade[i] > 0) {
            return true;
        }
    }
    return false;
}

/* Grade 0 is the worst of some schemes, and of no others. */
static void print_grades(
    struct pen pen, const char *label, enum scheme scheme, const size_t by_kind[][SUMMARY_GRADES]) {
    static const enum code_kind kinds[] = {
        CODE_STRUCTURAL, CODE_FUNCTIONAL, CODE_CONSTRUCTION, CODE_OTHER, CODE_UNKNOWN};
    const struct scheme_table *table = scheme_built_in.at[scheme];
    size_t first = table != NULL && table->worst_is_lowest ? 1 : 2;
    int width = print_right(pen.to, RIGHT) < RIGHT ? 7 : 10;

    start(pen, label);
    pen_say_padded(pen, scheme == SCHEME_NONE ? N_("no scheme") : scheme_name(scheme), 13);
    for (size_t grade = first; grade < SUMMARY_GRADES; grade++) {
        fprintf(pen.to, "%*zu", width, grade - 1);
    }
    pen_say_right(pen, N_("none"), width);
    fputc('\n', pen.to);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const size_t *by_grade = by_kind[kinds[i]];
        if (!has_defects(by_grade)) {
            continue;
        }
        start(pen, "");
        pen_say_padded(
            pen, kinds[i] == CODE_UNKNOWN ? N_("unknown code") : code_kind_name(kinds[i]), 13);
        for (size_t grade = first; grade < SUMMARY_GRADES; grade++) {
            print_count(pen.to, by_grade[grade], width);
        }
        print_count(pen.to, by_grade[0], width);
        fputc('\n', pen.to);
    }
}

static void print_defects(struct pen pen, const struct summary *figures) {
    if (figures->n_current_defects == 0) {
        start(pen, N_("Defects"));
        pen_say(pen, N_("none"));
        fputc('\n', pen.to);
        return;
    }
    const char *label = N_("Defects");
    for (enum scheme scheme = SCHEME_NONE; scheme < SCHEMES; scheme++) {
        if (summary_has_defects(figures, scheme)) {
            print_grades(pen, label, scheme, figures->n_by_grade[scheme]);
            label = "";
        }
    }
    if (figures->n_ungraded > 0) {
        start(pen, "");
        pen_say_count(pen, "", figures->n_ungraded, N_("defect"), "defects");
        pen_say(pen, N_(" not graded, all or in part"));
        fputc('\n', pen.to);
    }
    if (figures->n_open_cases > 0) {
        start(pen, "");
        pen_say_count(pen, "", figures->n_open_cases, N_("defect is"), "defects are");
        pen_say(pen, N_(" left to an engineer by the standard"));
        fputc('\n', pen.to);
    }
    if (figures->n_unlocated > 0) {
        start(pen, "");
        pen_say_count(pen, "", figures->n_unlocated, N_("more has"), "more have");
        pen_say(pen, N_(" no place on the segment and count in no score"));
        fputc('\n', pen.to);
    }
    /* A segment can be one by a newer inspection alone, whose defects are not current. */
    if (figures->n_collapse_hazards + figures->n_collapse_segments > 0) {
        start(pen, N_("Collapse"));
        pen_say_count(
            pen, N_("hazard on "), figures->n_collapse_segments, N_("segment"), "segments");
        pen_say_count(
            pen, N_(", "), figures->n_collapse_hazards, N_("current defect"), "current defects");
        fputc('\n', pen.to);
    }
    if (figures->n_soil_entry > 0) {
        start(pen, N_("Soil entry"));
        pen_say_count(pen, N_("possible on "), figures->n_soil_entry, N_("segment"), "segments");
        fputc('\n', pen.to);
    }
    if (figures->n_misconnected > 0) {
        start(pen, N_("Misconnected"));
        pen_say_count(pen, "", figures->n_misconnected, N_("segment"), "segments");
        fputc('\n', pen.to);
    }
}

static void print_priorities(struct pen pen, const struct summary *figures) {
    const char *label = N_("Priority");

    for (int i = 1; i <= SUMMARY_PRIORITIES; i++) { /* not assessed comes last */
        int priority = i % SUMMARY_PRIORITIES;
        if (figures->n_by_priority[priority] == 0) {
            continue;
        }
        start(pen, label);
        fprintf(pen.to, "%c ", priority > 0 ? '0' + priority : ' ');
        pen_say_padded(pen, priority_name(priority), 22);
        print_count(pen.to, figures->n_by_priority[priority], 10);
        fputc('\n', pen.to);
        label = "";
    }
}

static void print_repairs(struct pen pen, const struct summary *figures) {
    const size_t *n = figures->n_repairs;

    if (n[REPAIR_SPOT] + n[REPAIR_FULL] + n[REPAIR_DIG] + n[REPAIR_CLEAN] == 0) {
        return;
    }
    start(pen, N_("Repairs"));
    pen_say_count(pen, "", n[REPAIR_SPOT], N_("spot"), "spots");
    pen_say_count(pen, N_(", "), n[REPAIR_FULL], N_("lining"), "linings");
    pen_say_count(pen, N_(", "), n[REPAIR_DIG], N_("open cut"), "open cuts");
    pen_say_count(pen, N_(", "), n[REPAIR_CLEAN], N_("cleaning"), "cleanings");
    if (print_right(pen.to, RIGHT) < RIGHT) {
        fprintf(pen.to, "\n%*s", LEFT, "");
    } else {
        pen_say(pen, N_("; "));
    }
    pen_say_count(pen, "", figures->n_trenchless, N_("without a trench"), "without a trench");
    fprintf(pen.to, " (%.0f m)\n", figures->trenchless_m);
}

static void print_worst(struct pen pen, const struct summary_page *page) {
    for (size_t i = 0; i < SUMMARY_WORST && page->figures->worst[i] != NO_SEGMENT; i++) {
        uint32_t segment = page->figures->worst[i];
        const struct assessment *assessment = &page->result->assessments[segment];
        struct text reason = assessment->priority_reason.n > 0 ? assessment->priority_reason
                                                               : assessment->collapse_reason;
        start(pen, i == 0 ? N_("First") : "");
        fprintf(pen.to, "%zu ", i + 1);
        print_padded(pen.to, page->result->network.segments[segment].id, 20);
        fputc(' ', pen.to);
        pen_say(pen, N_("priority"));
        fprintf(pen.to, " %d  ", (int)assessment->priority);
        print_cut(pen.to, reason, print_right(pen.to, RIGHT) - LEFT - 36);
        fputc('\n', pen.to);
    }
}

/* --- findings --- */

static void print_finding(
    struct pen pen, const struct result *result, const struct finding_count *count) {
    const struct finding *example = &result->findings.at[count->example];
    struct text file = text_base_name(example->place.file);

    fprintf(pen.to, "%*s", FINDINGS_LEFT, "");
    pen_say_padded(pen, severity_name(finding_severity(count->kind)), 8);
    fprintf(pen.to, "%-23s", finding_name(count->kind));
    print_count(pen.to, count->n, 9);
    size_t right = print_right(pen.to, FINDINGS_RIGHT), left = FINDINGS_LEFT + 42;
    if (right < FINDINGS_RIGHT) { /* little room: the example has a line of its own */
        left = FINDINGS_LEFT + 8;
        fprintf(pen.to, "\n%*s", (int)left, "");
    } else {
        fputs("  ", pen.to);
    }
    size_t width = right - left, taken = print_cut(pen.to, file, width / 2);
    if (example->place.line > 0) {
        taken += (size_t)fprintf(pen.to, ":%u", (unsigned)example->place.line);
    }
    if (taken > 0) {
        taken += (size_t)fprintf(pen.to, ": ");
    }
    print_cut(pen.to, example->detail, taken + 10 < width ? width - taken : 10);
    fputc('\n', pen.to);
}

static void print_findings(struct pen pen, const struct summary_page *page) {
    const size_t *n = page->figures->n_by_severity;

    start(pen, N_("Findings"));
    pen_say_count(pen, "", n[SEVERITY_ERROR], N_("error"), "errors");
    pen_say_count(pen, N_(", "), n[SEVERITY_WARNING], N_("warning"), "warnings");
    pen_say_count(pen, N_(", "), n[SEVERITY_INFO], N_("info"), "infos");
    pen_say(pen, page->figures->n_findings > 0 ? N_(", each with an example:") : "");
    fputc('\n', pen.to);
    for (size_t i = 0; i < page->figures->n_finding_kinds; i++) {
        print_finding(pen, page->result, &page->figures->findings[i]);
    }
}

/* --- rows --- */

/* Where names of files start: further left where there is little room. */
static size_t rows_left(struct pen pen) {
    return print_right(pen.to, ROWS_RIGHT) < ROWS_RIGHT ? FINDINGS_LEFT : LEFT;
}

static void print_rows(struct pen pen, struct text name, const struct file_tally *tally) {
    size_t left = rows_left(pen);

    fprintf(pen.to, "%*s", (int)left, "");
    print_padded(pen.to, name, print_right(pen.to, ROWS_RIGHT) - left - ROWS_COUNTS);
    print_count(pen.to, tally->n_observations, 12);
    fputs(" =", pen.to);
    print_count(pen.to, tally->n_defects, 10);
    fputs(" +", pen.to);
    print_count(pen.to, tally->n_inventory, 10);
    fputs(" +", pen.to);
    print_count(pen.to, tally->n_unplaced, 10);
    fputc('\n', pen.to);
}

/* Many files: only those that lost something, and not all of them. */
static void print_files(struct pen pen, const struct summary_page *page) {
    const struct result *result = page->result;
    bool are_many = result->n_surveys > MOST_FILES;
    size_t n_shown = 0, n_left_out = 0;

    start(pen, N_("Rows"));
    fprintf(pen.to, "%*s", (int)(print_right(pen.to, ROWS_RIGHT) - LEFT - ROWS_COUNTS), "");
    pen_say_right(pen, N_("observations"), 12);
    fputs(" =", pen.to);
    pen_say_right(pen, N_("defects"), 10);
    fputs(" +", pen.to);
    pen_say_right(pen, N_("inventory"), 10);
    fputs(" +", pen.to);
    pen_say_right(pen, N_("unplaced"), 10);
    fputc('\n', pen.to);
    for (size_t i = 0; i < result->n_surveys; i++) {
        const struct file_tally *tally = &result->file_tallies[i];
        if (are_many && tally->n_unplaced == 0) {
            continue;
        }
        if (n_shown == MOST_FILES) {
            n_left_out++;
            continue;
        }
        n_shown++;
        print_rows(pen, text_base_name(result->surveys[i].file.path), tally);
    }
    if (n_left_out > 0) {
        start(pen, "");
        pen_say_count(pen, N_("... and "), n_left_out, N_("file"), "files");
        pen_say(pen, N_(" more with unplaced observations, see source_files"));
        fputc('\n', pen.to);
    }
    if (result->n_surveys > 1) {
        print_rows(pen, text_from(lang_text(pen.language, N_("all files"))), &page->figures->rows);
    }
}

static void print_unplaced(struct pen pen, const struct summary *figures) {
    const char *label = N_("Unplaced");

    for (size_t i = 1; i < UNPLACED_REASONS; i++) {
        if (figures->n_unplaced_by_reason[i] > 0) {
            start(pen, label);
            pen_say_padded(pen, unplaced_reason_sentence((enum unplaced_reason)i), 46);
            print_count(pen.to, figures->n_unplaced_by_reason[i], 11);
            fputc('\n', pen.to);
            label = "";
        }
    }
}

void summary_print(FILE *to, const struct summary_page *page) {
    const struct pen pen = {to, page->options->language};
    const struct summary *figures = page->figures;

    print_network(pen, page);
    fputc('\n', pen.to);
    print_surveys(pen, figures);
    if (page->reading->has_network) {
        print_inspected(pen, figures);
        print_matches(pen, figures);
        fputc('\n', pen.to);
        print_defects(pen, figures);
        print_priorities(pen, figures);
        print_repairs(pen, figures);
        print_worst(pen, page);
    }
    fputc('\n', pen.to);
    print_findings(pen, page);
    fputc('\n', pen.to);
    print_files(pen, page);
    print_unplaced(pen, figures);
    fputc('\n', pen.to);
    start(pen, N_("Took"));
    fprintf(pen.to, "%.2f s", page->seconds);
    pen_say(pen, N_(", "));
    fprintf(pen.to, "%.0f MiB", (double)page->peak_bytes / 1048576);
    pen_say(pen, N_(", "));
    print_count(
        pen.to, (uint64_t)((double)figures->rows.n_observations / fmax(page->seconds, 1e-3)), 0);
    pen_say(pen, N_(" observations a second"));
    fputc('\n', pen.to);
    start(pen, N_("Written"));
    print_text(pen.to, text_from(page->options->output));
    fputc('\n', pen.to);
}
