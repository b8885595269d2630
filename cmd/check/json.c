#include "cmd/json.h"
#include "cmd/check/page.h"

static void put_files(struct json *json, const struct check_page *page) {
    json_open_array(json, "files");
    for (size_t i = 0; i < page->result->n_surveys; i++) {
        const struct survey *survey = &page->result->surveys[i];
        json_open_object(json, NULL);
        json_text(json, "path", survey->file.path);
        json_string(json, "format", survey->file.format);
        json_text(json, "version", survey->file.version);
        json_string(json, "sha256", survey->file.sha256[0] == '\0' ? NULL : survey->file.sha256);
        json_count(json, "n_inspections", survey->n_inspections);
        json_count(json, "n_observations", survey->n_observations);
        json_count(json, "n_errors", page->report->files[i].n_errors);
        json_count(json, "n_warnings", page->report->files[i].n_warnings);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_rules(struct json *json, const struct check_page *page) {
    json_open_array(json, "rules");
    for (size_t i = 0; i < CHECK_RULES; i++) {
        const struct check_rule_row *row = check_rule_row((enum check_rule)i);
        json_open_object(json, NULL);
        json_string(json, "rule", row->name);
        json_string(json, "severity", check_severity_name(page->rules->at[i].severity));
        json_number(json, "limit", page->rules->at[i].limit);
        json_string(json, "unit", row->unit[0] == '\0' ? NULL : row->unit);
        json_bool(json, "is_checked", page->report->was_checked[i]);
        json_count(json, "n_breaches", page->report->n_by_rule[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_violation(
    struct json *json, const struct check_page *page, const struct violation *violation) {
    json_open_object(json, NULL);
    json_string(json, "rule", check_rule_row(violation->rule)->name);
    json_string(json, "severity", check_severity_name(page->rules->at[violation->rule].severity));
    json_text(json, "file", violation->file);
    if (violation->line > 0) {
        json_count(json, "line", violation->line);
    } else {
        json_string(json, "line", NULL);
    }
    json_text(json, "inspection_id", violation->inspection_id);
    json_text(json, "segment_id", violation->segment_id);
    json_number(json, "station_m", violation->station_m);
    json_text(json, "found", violation->found);
    json_string(json, "expected", violation->expected);
    json_close_object(json);
}

void check_print_json(FILE *to, const struct check_page *page) {
    const struct check_report *report = page->report;
    struct json json = {.to = to};

    json_open_object(&json, NULL);
    json_string(&json, "verdict", check_is_accepted(report) ? "accepted" : "rejected");
    json_count(&json, "n_errors", report->total.n_errors);
    json_count(&json, "n_warnings", report->total.n_warnings);
    json_count(&json, "n_inspections", page->result->n_inspections);
    json_count(&json, "n_observations", page->result->n_observations);
    json_count(&json, "n_other_files", page->n_others);
    json_bool(&json, "has_network", page->has_network);
    json_text(&json, "network", page->network);
    json_text(&json, "rules_file", page->rules_file);
    put_files(&json, page);
    put_rules(&json, page);
    json_open_array(&json, "breaches");
    for (size_t i = 0; i < report->n; i++) {
        put_violation(&json, page, &report->at[i]);
    }
    json_close_array(&json);
    json_close_object(&json);
}
