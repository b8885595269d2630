/* RFC 4180, with lines ended by \n: a row for each breach; a row for each rule. */
#include <math.h>
#include <string.h>

#include "cmd/check/page.h"

static void put(FILE *to, struct text text) {
    bool is_plain = true;

    for (size_t i = 0; i < text.n; i++) {
        is_plain = is_plain && strchr(",\"\r\n", text.at[i]) == NULL;
    }
    if (is_plain) {
        fwrite(text.n == 0 ? "" : text.at, 1, text.n, to);
        return;
    }
    fputc('"', to);
    for (size_t i = 0; i < text.n; i++) {
        fputs(text.at[i] == '"' ? "\"" : "", to);
        fputc(text.at[i], to);
    }
    fputc('"', to);
}

static void put_next(FILE *to, struct text text) {
    fputc(',', to);
    put(to, text);
}

void check_print_csv(FILE *to, const struct check_page *page) {
    fputs("severity,rule,file,line,inspection_id,segment_id,station_m,found,expected\n", to);
    for (size_t i = 0; i < page->report->n; i++) {
        const struct violation *violation = &page->report->at[i];
        fputs(check_severity_name(page->rules->at[violation->rule].severity), to);
        put_next(to, text_from(check_rule_row(violation->rule)->name));
        put_next(to, violation->file);
        fputc(',', to);
        if (violation->line > 0) {
            fprintf(to, "%u", (unsigned)violation->line);
        }
        put_next(to, violation->inspection_id);
        put_next(to, violation->segment_id);
        fputc(',', to);
        if (isfinite(violation->station_m)) {
            fprintf(to, "%.10g", violation->station_m);
        }
        put_next(to, violation->found);
        put_next(to, text_from(violation->expected));
        fputc('\n', to);
    }
}

void check_print_rules(FILE *to, const struct check_rules *rules) {
    fputs("rule,severity,limit,unit,needs_network,what,source\n", to);
    for (size_t i = 0; i < CHECK_RULES; i++) {
        const struct check_rule_row *row = check_rule_row((enum check_rule)i);
        fprintf(to, "%s,%s,", row->name, check_severity_name(rules->at[i].severity));
        if (!isnan(rules->at[i].limit)) {
            fprintf(to, "%.10g", rules->at[i].limit);
        }
        fprintf(to, ",%s,%s", row->unit, row->needs_network ? "yes" : "no");
        put_next(to, text_from(row->sentence));
        put_next(to, text_from(row->source));
        fputc('\n', to);
    }
}
