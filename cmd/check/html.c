/* One page that needs nothing else: no scripts, no pictures, no fonts; it prints on paper. */
#include <math.h>

#include "cmd/check/page.h"
#include "cmd/print.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<title>Check of a delivery</title>\n<style>\n"
    "body { font: 15px/1.4 sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em; }\n"
    "h1 { font-size: 1.4em; border-left: .5em solid; padding-left: .5em; }\n"
    "h1.rejected { border-color: #b00020; }\n"
    "h1.accepted { border-color: #1b7a3d; }\n"
    "h2 { font-size: 1.1em; margin-top: 2em; overflow-wrap: anywhere; }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "th, td { border-bottom: 1px solid #ccc; padding: .25em .5em; text-align: left;\n"
    "    vertical-align: top; overflow-wrap: anywhere; }\n"
    "td.n, th.n { text-align: right; white-space: nowrap; }\n"
    "tr.error td:first-child { font-weight: bold; color: #b00020; }\n"
    "@media print { body { font-size: 9pt; margin: 0; max-width: none; }\n"
    "    thead { display: table-header-group; } tr { break-inside: avoid; } }\n"
    "</style>\n</head>\n<body>\n";

/* Texts of files: no markup, no control characters, no broken UTF-8. */
static void put(FILE *to, struct text text) {
    size_t from = 0;

    for (size_t i = 0; i < text.n; i++) {
        const char *escaped = text.at[i] == '&'   ? "&amp;"
                              : text.at[i] == '<' ? "&lt;"
                              : text.at[i] == '>' ? "&gt;"
                              : text.at[i] == '"' ? "&quot;"
                                                  : NULL;
        if (escaped != NULL) {
            print_text(to, text_part(text, from, i));
            fputs(escaped, to);
            from = i + 1;
        }
    }
    print_text(to, text_part(text, from, text.n));
}

static void put_cell(FILE *to, struct text text) {
    fputs("<td>", to);
    put(to, text);
    fputs("</td>", to);
}

static void put_count(FILE *to, uint64_t n) {
    fputs("<td class=\"n\">", to);
    print_count(to, n, 0);
    fputs("</td>", to);
}

static void put_head(FILE *to, const struct check_page *page) {
    size_t n_unchecked = check_page_n_unchecked(page);

    fputs(head, to);
    fprintf(to, "<h1 class=\"%s\">", check_is_accepted(page->report) ? "accepted" : "rejected");
    check_page_verdict(to, page);
    fputs("</h1>\n<p>Network: ", to);
    if (page->has_network) {
        put(to, page->network.n > 0 ? page->network : TEXT("from the surveys"));
    } else {
        fputs("none", to);
    }
    if (n_unchecked > 0) {
        fprintf(to, "; %zu rule%s %s not checked for want of %s", n_unchecked,
            n_unchecked == 1 ? "" : "s", n_unchecked == 1 ? "was" : "were",
            page->has_network ? "names in it" : "one");
    }
    fputs(".", to);
    if (page->rules_file.n > 0) {
        fputs(" Rules changed by ", to);
        put(to, page->rules_file);
        fputs(".", to);
    }
    fputs("</p>\n", to);
}

static void put_files(FILE *to, const struct check_page *page) {
    fputs("<h2>Files</h2>\n<table>\n<thead><tr><th>file</th><th>format</th>"
          "<th class=\"n\">inspections</th><th class=\"n\">observations</th>"
          "<th class=\"n\">errors</th><th class=\"n\">warnings</th></tr></thead>\n<tbody>\n",
        to);
    for (size_t i = 0; i < page->result->n_surveys; i++) {
        const struct survey *survey = &page->result->surveys[i];
        fputs("<tr>", to);
        put_cell(to, survey->file.path);
        put_cell(to, text_from(survey->file.format));
        put_count(to, survey->n_inspections);
        put_count(to, survey->n_observations);
        put_count(to, page->report->files[i].n_errors);
        put_count(to, page->report->files[i].n_warnings);
        fputs("</tr>\n", to);
    }
    fputs("</tbody>\n</table>\n", to);
}

static void put_violation(
    FILE *to, const struct check_page *page, const struct violation *violation) {
    const char *severity = check_severity_name(page->rules->at[violation->rule].severity);

    fprintf(to, "<tr class=\"%s\"><td>%s</td>", severity, severity);
    put_cell(to, text_from(check_rule_row(violation->rule)->name));
    put_cell(to, violation->inspection_id);
    put_cell(to, violation->segment_id);
    fputs("<td class=\"n\">", to);
    if (violation->line > 0) {
        fprintf(to, "%u", (unsigned)violation->line);
    }
    fputs("</td><td class=\"n\">", to);
    if (isfinite(violation->station_m)) {
        fprintf(to, "%.2f", violation->station_m);
    }
    fputs("</td>", to);
    put_cell(to, violation->found);
    put_cell(to, text_from(violation->expected));
    fputs("</tr>\n", to);
}

static void put_breaches(FILE *to, const struct check_page *page) {
    const struct check_report *report = page->report;

    for (size_t i = 0; i < report->n; i++) {
        bool is_first = i == 0 || report->at[i].survey != report->at[i - 1].survey ||
                        !text_equal(report->at[i].file, report->at[i - 1].file);
        if (is_first) {
            fputs(i == 0 ? "<h2>" : "</tbody>\n</table>\n<h2>", to);
            put(to, report->at[i].file);
            fputs("</h2>\n<table>\n<thead><tr><th></th><th>rule</th><th>inspection</th>"
                  "<th>segment</th><th class=\"n\">line</th><th class=\"n\">station, m</th>"
                  "<th>found</th><th>expected</th></tr></thead>\n<tbody>\n",
                to);
        }
        put_violation(to, page, &report->at[i]);
    }
    fputs(report->n > 0 ? "</tbody>\n</table>\n" : "", to);
}

static void put_rules(FILE *to, const struct check_page *page) {
    char limit[64];

    fputs("<h2>Rules</h2>\n<table>\n<thead><tr><th>severity</th><th>rule</th><th>what</th>"
          "<th>limit</th><th class=\"n\">breaches</th></tr></thead>\n<tbody>\n",
        to);
    for (size_t i = 0; i < CHECK_RULES; i++) {
        enum check_rule rule = (enum check_rule)i;
        check_page_limit(page, rule, limit);
        fputs("<tr>", to);
        put_cell(to, text_from(check_severity_name(page->rules->at[i].severity)));
        put_cell(to, text_from(check_rule_row(rule)->name));
        put_cell(to, text_from(check_rule_row(rule)->sentence));
        put_cell(to, text_from(limit[0] == '\0' ? limit : limit + sizeof "limit"));
        if (check_page_is_unchecked(page, rule)) {
            fputs("<td class=\"n\">not checked</td>", to);
        } else {
            put_count(to, page->report->n_by_rule[i]);
        }
        fputs("</tr>\n", to);
    }
    fputs("</tbody>\n</table>\n", to);
}

void check_print_html(FILE *to, const struct check_page *page) {
    put_head(to, page);
    put_files(to, page);
    put_breaches(to, page);
    put_rules(to, page);
    fputs("</body>\n</html>\n", to);
}
