/* One page that needs nothing else: no scripts, no pictures, no fonts; it prints on paper. */
#include <math.h>

#include "cmd/check/page.h"
#include "cmd/print.h"
#include "core/base.h"

static const char head[] =
    "<style>\n"
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

static void put_head(struct pen pen, const struct check_page *page) {
    fprintf(pen.to,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
        lang_name(pen.language));
    pen_say(pen, N_("Check of a delivery"));
    fputs("</title>\n", pen.to);
    fputs(head, pen.to);
    fprintf(pen.to, "<h1 class=\"%s\">", check_is_accepted(page->report) ? "accepted" : "rejected");
    check_page_verdict(pen, page);
    fputs("</h1>\n<p>", pen.to);
    pen_say(pen, N_("Network: "));
    if (page->has_network) {
        put(pen.to, page->network);
        pen_say(pen, page->network.n > 0 ? "" : N_("from the surveys"));
    } else {
        pen_say(pen, N_("none"));
    }
    check_page_say_unchecked(pen, page);
    pen_say(pen, N_(".\n"));
    if (page->rules_file.n > 0) {
        pen_say(pen, N_(" Rules changed by "));
        put(pen.to, page->rules_file);
        pen_say(pen, N_(".\n"));
    }
    fputs("</p>\n", pen.to);
}

/* One cell of a heading for each text; what stands behind NULL is aligned to the right, up to the
 * next one. */
static void put_headings(struct pen pen, const char *const *texts, size_t n) {
    bool is_number = false;

    fputs("<table>\n<thead><tr>", pen.to);
    for (size_t i = 0; i < n; i++) {
        if (texts[i] == NULL) {
            is_number = !is_number;
            continue;
        }
        fputs(is_number ? "<th class=\"n\">" : "<th>", pen.to);
        pen_say(pen, texts[i]);
        fputs("</th>", pen.to);
    }
    fputs("</tr></thead>\n<tbody>\n", pen.to);
}

static void put_title(struct pen pen, const char *title) {
    fputs("<h2>", pen.to);
    pen_say(pen, title);
    fputs("</h2>\n", pen.to);
}

static void put_files(struct pen pen, const struct check_page *page) {
    static const char *const headings[] = {N_("File"), N_("format"), NULL, N_("inspections"),
        N_("observations"), N_("errors"), N_("warnings")};
    FILE *to = pen.to;

    put_title(pen, N_("Delivered files"));
    put_headings(pen, headings, ARRAY_LEN(headings));
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
    struct pen pen, const struct check_page *page, const struct violation *violation) {
    const char *severity = check_severity_name(page->rules->at[violation->rule].severity);
    FILE *to = pen.to;

    fprintf(to, "<tr class=\"%s\"><td>%s</td>", severity, lang_text(pen.language, severity));
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
    put_cell(to, violation->told);
    put_cell(to, text_from(lang_text(pen.language, violation->expected)));
    fputs("</tr>\n", to);
}

static void put_breaches(struct pen pen, const struct check_page *page) {
    static const char *const headings[] = {"", N_("rule"), N_("Inspection"), N_("Segment"), NULL,
        N_("line"), N_("station, m"), NULL, N_("found"), N_("expected")};
    const struct check_report *report = page->report;
    FILE *to = pen.to;

    for (size_t i = 0; i < report->n; i++) {
        bool is_first = i == 0 || report->at[i].survey != report->at[i - 1].survey ||
                        !text_equal(report->at[i].file, report->at[i - 1].file);
        if (is_first) {
            fputs(i == 0 ? "<h2>" : "</tbody>\n</table>\n<h2>", to);
            put(to, report->at[i].file);
            fputs("</h2>\n", to);
            put_headings(pen, headings, ARRAY_LEN(headings));
        }
        put_violation(pen, page, &report->at[i]);
    }
    fputs(report->n > 0 ? "</tbody>\n</table>\n" : "", to);
}

static void put_rules(struct pen pen, const struct check_page *page) {
    static const char *const headings[] = {
        N_("severity"), N_("rule"), N_("what"), N_("limit"), NULL, N_("breaches")};
    FILE *to = pen.to;
    char limit[64];

    put_title(pen, N_("Rules"));
    put_headings(pen, headings, ARRAY_LEN(headings));
    for (size_t i = 0; i < CHECK_RULES; i++) {
        enum check_rule rule = (enum check_rule)i;
        check_page_limit(page, rule, limit);
        fputs("<tr>", to);
        put_cell(to,
            text_from(lang_text(pen.language, check_severity_name(page->rules->at[i].severity))));
        put_cell(to, text_from(check_rule_row(rule)->name));
        put_cell(to, text_from(lang_text(pen.language, check_rule_row(rule)->sentence)));
        put_cell(to, text_from(limit));
        if (check_page_is_unchecked(page, rule)) {
            fputs("<td class=\"n\">", to);
            pen_say(pen, N_("not checked"));
            fputs("</td>", to);
        } else {
            put_count(to, page->report->n_by_rule[i]);
        }
        fputs("</tr>\n", to);
    }
    fputs("</tbody>\n</table>\n", to);
}

void check_print_html(FILE *to, const struct check_page *page) {
    const struct pen pen = {to, page->language};

    put_head(pen, page);
    put_files(pen, page);
    put_breaches(pen, page);
    put_rules(pen, page);
    fputs("</body>\n</html>\n", to);
}
