/* One label a section, its lines behind it; what is zero is not mentioned. */
#include "cmd/summary.h"

#include <math.h>
#include <string.h>

#include "cmd/print.h"
#include "core/scheme/scheme.h"

enum { LEFT = 13, RIGHT = 100, FINDINGS_LEFT = 4, FINDINGS_RIGHT = 110, MOST_FILES = 20 };

const char *priority_name(int priority) {
    static const char *const names[SUMMARY_PRIORITIES] = {
        "not assessed", "emergency", "urgent", "soon", "planned", "none"};

    return names[priority];
}

static void start(FILE *to, const char *label) {
    fprintf(to, "%-*s", LEFT, label);
}

static void say_count(FILE *to, const char *before, uint64_t n, const char *one, const char *many) {
    fputs(before, to);
    print_count(to, n, 0);
    fprintf(to, " %s", n == 1 ? one : many);
}

/* --- network --- */

static void print_roles(FILE *to, const struct network_report *report) {
    size_t at = LEFT;

    start(to, "Columns");
    for (size_t i = 0; i < report->n_roles; i++) {
        const struct field_role *role = &report->roles[i];
        size_t width =
            display_width(role->role) + display_width(role->column) + 5 + (role->is_given ? 8 : 0);
        if (at > LEFT && at + width > RIGHT) {
            fprintf(to, "\n%*s", LEFT, "");
            at = LEFT;
        }
        print_text(to, role->role);
        fputs(" = ", to);
        print_text(to, role->column);
        fputs(role->is_given ? " (given)" : "", to);
        fputs(i + 1 < report->n_roles ? ", " : "", to);
        at += width;
    }
    fputc('\n', to);
}

static void print_crs(FILE *to, const struct crs *crs) {
    const char *input = crs_input_name(crs), *operation = crs_operation_name(crs);
    double accuracy_m = crs_operation_accuracy_m(crs);

    start(to, "CRS");
    print_text(
        to, text_from(input == NULL ? "not known; coordinates were taken as metres" : input));
    fputc('\n', to);
    if (operation != NULL) {
        start(to, "");
        fputs("written by ", to);
        print_text(to, text_from(operation));
        if (!isnan(accuracy_m)) {
            fprintf(to, ", accuracy %.3g m", accuracy_m);
        }
        fputc('\n', to);
    }
}

static void print_network(FILE *to, const struct summary_page *page) {
    const struct network_report *report = &page->reading->network;

    start(to, "Network");
    if (!page->reading->has_network) {
        fputs("none: every observation is in the table `unplaced`\n", to);
        return;
    }
    say_count(to, "", page->figures->n_segments, "segment", "segments");
    say_count(to, ", ", page->figures->n_nodes, "node", "nodes");
    fprintf(to, ", %.2f km%s\n", page->figures->length_m / 1000,
        page->result->network.is_implied ? ", implied by the inspected node pairs" : "");
    if (report->driver.n > 0 || report->encoding.n > 0) {
        start(to, "");
        print_text(to, report->driver);
        fputs(report->driver.n > 0 && report->encoding.n > 0 ? ", texts " : "", to);
        print_text(to, report->encoding);
        fputc('\n', to);
    }
    print_crs(to, page->reading->crs);
    if (report->n_roles > 0) {
        print_roles(to, report);
    }
}

/* --- inspections --- */

static void print_surveys(FILE *to, const struct summary *figures) {
    start(to, "Surveys");
    say_count(to, "", figures->n_files, "file", "files");
    say_count(to, ", ", figures->n_inspections, "inspection", "inspections");
    say_count(to, ", ", figures->rows.n_observations, "observation", "observations");
    fputc('\n', to);
    if (figures->n_damaged_files > 0) {
        start(to, "");
        say_count(to, "", figures->n_damaged_files, "file is", "files are");
        fputs(" damaged\n", to);
    }
    if (figures->n_node_inspections > 0 || figures->n_duplicates > 0) {
        start(to, "");
        say_count(to, "", figures->n_node_inspections, "inspection", "inspections");
        say_count(to, " of nodes, ", figures->n_duplicates, "duplicate", "duplicates");
        fputc('\n', to);
    }
}

static void print_inspected(FILE *to, const struct summary *figures) {
    start(to, "Inspected");
    fprintf(to, "%.2f of %.2f km (%.1f %%), ", figures->inspected_m / 1000,
        figures->length_m / 1000, figures->coverage * 100);
    print_count(to, figures->n_inspected_segments, 0);
    say_count(to, " of ", figures->n_segments, "segment", "segments");
    fputc('\n', to);
}

static void print_matches(FILE *to, const struct summary *figures) {
    const char *label = "Matched by";

    for (size_t i = 1; i <= MATCH_METHODS; i++) { /* none comes last */
        enum match_method method = (enum match_method)(i % MATCH_METHODS);
        if (figures->n_by_match[method] > 0) {
            start(to, label);
            fprintf(to, "%-24s",
                method == MATCH_NONE ? "nothing: unplaced" : match_method_name(method));
            print_count(to, figures->n_by_match[method], 10);
            fputc('\n', to);
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
    FILE *to, const char *label, enum scheme scheme, const size_t by_kind[][SUMMARY_GRADES]) {
    static const enum code_kind kinds[] = {
        CODE_STRUCTURAL, CODE_FUNCTIONAL, CODE_CONSTRUCTION, CODE_OTHER, CODE_UNKNOWN};
    const struct scheme_table *table = scheme_built_in.at[scheme];
    size_t first = table != NULL && table->worst_is_lowest ? 1 : 2;

    start(to, label);
    fprintf(to, "%-13s", scheme == SCHEME_NONE ? "no scheme" : scheme_name(scheme));
    for (size_t grade = first; grade < SUMMARY_GRADES; grade++) {
        fprintf(to, "%10zu", grade - 1);
    }
    fputs("      none\n", to);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const size_t *by_grade = by_kind[kinds[i]];
        if (!has_defects(by_grade)) {
            continue;
        }
        start(to, "");
        fprintf(to, "%-13s", kinds[i] == CODE_UNKNOWN ? "unknown code" : code_kind_name(kinds[i]));
        for (size_t grade = first; grade < SUMMARY_GRADES; grade++) {
            print_count(to, by_grade[grade], 10);
        }
        print_count(to, by_grade[0], 10);
        fputc('\n', to);
    }
}

static void print_defects(FILE *to, const struct summary *figures) {
    if (figures->n_current_defects == 0) {
        start(to, "Defects");
        fputs("none\n", to);
        return;
    }
    const char *label = "Defects";
    for (enum scheme scheme = SCHEME_NONE; scheme < SCHEMES; scheme++) {
        if (summary_has_defects(figures, scheme)) {
            print_grades(to, label, scheme, figures->n_by_grade[scheme]);
            label = "";
        }
    }
    if (figures->n_ungraded > 0) {
        start(to, "");
        say_count(to, "", figures->n_ungraded, "defect", "defects");
        fputs(" not graded, all or in part\n", to);
    }
    if (figures->n_open_cases > 0) {
        start(to, "");
        say_count(to, "", figures->n_open_cases, "defect is", "defects are");
        fputs(" left to an engineer by the standard\n", to);
    }
    if (figures->n_unlocated > 0) {
        start(to, "");
        say_count(to, "", figures->n_unlocated, "more has", "more have");
        fputs(" no place on the segment and count in no score\n", to);
    }
    /* A segment can be one by a newer inspection alone, whose defects are not current. */
    if (figures->n_collapse_hazards + figures->n_collapse_segments > 0) {
        start(to, "Collapse");
        say_count(to, "hazard on ", figures->n_collapse_segments, "segment", "segments");
        say_count(to, ", ", figures->n_collapse_hazards, "current defect", "current defects");
        fputc('\n', to);
    }
    if (figures->n_soil_entry > 0) {
        start(to, "Soil entry");
        say_count(to, "possible on ", figures->n_soil_entry, "segment", "segments");
        fputc('\n', to);
    }
    if (figures->n_misconnected > 0) {
        start(to, "Misconnected");
        say_count(to, "", figures->n_misconnected, "segment", "segments");
        fputc('\n', to);
    }
}

static void print_priorities(FILE *to, const struct summary *figures) {
    const char *label = "Priority";

    for (int i = 1; i <= SUMMARY_PRIORITIES; i++) { /* not assessed comes last */
        int priority = i % SUMMARY_PRIORITIES;
        if (figures->n_by_priority[priority] == 0) {
            continue;
        }
        start(to, label);
        fprintf(to, "%c %-22s", priority > 0 ? '0' + priority : ' ', priority_name(priority));
        print_count(to, figures->n_by_priority[priority], 10);
        fputc('\n', to);
        label = "";
    }
}

static void print_repairs(FILE *to, const struct summary *figures) {
    const size_t *n = figures->n_repairs;

    if (n[REPAIR_SPOT] + n[REPAIR_FULL] + n[REPAIR_DIG] + n[REPAIR_CLEAN] == 0) {
        return;
    }
    start(to, "Repairs");
    say_count(to, "", n[REPAIR_SPOT], "spot", "spots");
    say_count(to, ", ", n[REPAIR_FULL], "lining", "linings");
    say_count(to, ", ", n[REPAIR_DIG], "open cut", "open cuts");
    say_count(to, ", ", n[REPAIR_CLEAN], "cleaning", "cleanings");
    say_count(to, "; ", figures->n_trenchless, "without a trench", "without a trench");
    fprintf(to, " (%.0f m)\n", figures->trenchless_m);
}

static void print_worst(FILE *to, const struct summary_page *page) {
    for (size_t i = 0; i < SUMMARY_WORST && page->figures->worst[i] != NO_SEGMENT; i++) {
        uint32_t segment = page->figures->worst[i];
        const struct assessment *assessment = &page->result->assessments[segment];
        struct text reason = assessment->priority_reason.n > 0 ? assessment->priority_reason
                                                               : assessment->collapse_reason;
        start(to, i == 0 ? "First" : "");
        fprintf(to, "%zu ", i + 1);
        print_padded(to, page->result->network.segments[segment].id, 20);
        fprintf(to, " priority %d  ", (int)assessment->priority);
        print_cut(to, reason, RIGHT - LEFT - 36);
        fputc('\n', to);
    }
}

/* --- findings --- */

static void print_finding(
    FILE *to, const struct result *result, const struct finding_count *count) {
    const struct finding *example = &result->findings.at[count->example];
    struct text file = text_base_name(example->place.file);

    fprintf(to, "%*s%-8s%-23s", FINDINGS_LEFT, "", severity_name(finding_severity(count->kind)),
        finding_name(count->kind));
    print_count(to, count->n, 9);
    fputs("  ", to);
    size_t width = FINDINGS_RIGHT - FINDINGS_LEFT - 42, taken = print_cut(to, file, width / 2);
    if (example->place.line > 0) {
        taken += (size_t)fprintf(to, ":%u", (unsigned)example->place.line);
    }
    if (taken > 0) {
        taken += (size_t)fprintf(to, ": ");
    }
    print_cut(to, example->detail, taken + 10 < width ? width - taken : 10);
    fputc('\n', to);
}

static void print_findings(FILE *to, const struct summary_page *page) {
    const size_t *n = page->figures->n_by_severity;

    start(to, "Findings");
    say_count(to, "", n[SEVERITY_ERROR], "error", "errors");
    say_count(to, ", ", n[SEVERITY_WARNING], "warning", "warnings");
    say_count(to, ", ", n[SEVERITY_INFO], "info", "infos");
    fputs(page->figures->n_findings > 0 ? ", each with an example:\n" : "\n", to);
    for (size_t i = 0; i < page->figures->n_finding_kinds; i++) {
        print_finding(to, page->result, &page->figures->findings[i]);
    }
}

/* --- rows --- */

static void print_rows(FILE *to, struct text name, const struct file_tally *tally) {
    start(to, "");
    print_padded(to, name, 33);
    print_count(to, tally->n_observations, 12);
    fputs(" =", to);
    print_count(to, tally->n_defects, 10);
    fputs(" +", to);
    print_count(to, tally->n_inventory, 10);
    fputs(" +", to);
    print_count(to, tally->n_unplaced, 10);
    fputc('\n', to);
}

/* Many files: only those that lost something, and not all of them. */
static void print_files(FILE *to, const struct summary_page *page) {
    const struct result *result = page->result;
    bool are_many = result->n_surveys > MOST_FILES;
    size_t n_shown = 0, n_left_out = 0;

    start(to, "Rows");
    fprintf(to, "%-33s%12s =%10s +%10s +%10s\n", "", "observations", "defects", "inventory",
        "unplaced");
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
        print_rows(to, text_base_name(result->surveys[i].file.path), tally);
    }
    if (n_left_out > 0) {
        start(to, "");
        say_count(to, "... and ", n_left_out, "file", "files");
        fputs(" more with unplaced observations, see source_files\n", to);
    }
    if (result->n_surveys > 1) {
        print_rows(to, TEXT("all files"), &page->figures->rows);
    }
}

static void print_unplaced(FILE *to, const struct summary *figures) {
    const char *label = "Unplaced";

    for (size_t i = 1; i < UNPLACED_REASONS; i++) {
        if (figures->n_unplaced_by_reason[i] > 0) {
            start(to, label);
            fprintf(to, "%-46s", unplaced_reason_sentence((enum unplaced_reason)i));
            print_count(to, figures->n_unplaced_by_reason[i], 11);
            fputc('\n', to);
            label = "";
        }
    }
}

void summary_print(FILE *to, const struct summary_page *page) {
    const struct summary *figures = page->figures;

    print_network(to, page);
    fputc('\n', to);
    print_surveys(to, figures);
    if (page->reading->has_network) {
        print_inspected(to, figures);
        print_matches(to, figures);
        fputc('\n', to);
        print_defects(to, figures);
        print_priorities(to, figures);
        print_repairs(to, figures);
        print_worst(to, page);
    }
    fputc('\n', to);
    print_findings(to, page);
    fputc('\n', to);
    print_files(to, page);
    print_unplaced(to, figures);
    fputc('\n', to);
    start(to, "Took");
    fprintf(to, "%.2f s, %.0f MiB, ", page->seconds, (double)page->peak_bytes / 1048576);
    print_count(
        to, (uint64_t)((double)figures->rows.n_observations / fmax(page->seconds, 1e-3)), 0);
    fputs(" observations a second\n", to);
    start(to, "Written");
    print_text(to, text_from(page->options->output));
    fputc('\n', to);
}
