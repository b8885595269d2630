#include "cmd/json.h"
#include "cmd/summary.h"

static void put_network(struct json *json, const struct summary_page *page) {
    const struct network_report *report = &page->reading->network;
    const struct crs *crs = page->reading->crs;

    json_open_object(json, "network");
    json_bool(json, "is_given", page->reading->has_network);
    json_bool(json, "is_implied", page->result->network.is_implied);
    json_count(json, "n_segments", page->figures->n_segments);
    json_count(json, "n_nodes", page->figures->n_nodes);
    json_number(json, "length_m", page->figures->length_m);
    json_text(json, "driver", report->driver);
    json_text(json, "encoding", report->encoding);
    json_string(json, "crs", crs_input_name(crs));
    json_string(json, "crs_operation", crs_operation_name(crs));
    json_number(json, "crs_accuracy_m", crs_operation_accuracy_m(crs));
    json_open_array(json, "columns");
    for (size_t i = 0; i < report->n_roles; i++) {
        json_open_object(json, NULL);
        json_text(json, "role", report->roles[i].role);
        json_text(json, "column", report->roles[i].column);
        json_text(json, "layer", report->roles[i].layer);
        json_bool(json, "is_given", report->roles[i].is_given);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void put_tally(struct json *json, const struct file_tally *tally) {
    json_count(json, "n_inspections", tally->n_inspections);
    json_count(json, "n_observations", tally->n_observations);
    json_count(json, "n_defects", tally->n_defects);
    json_count(json, "n_inventory", tally->n_inventory);
    json_count(json, "n_unplaced", tally->n_unplaced);
}

static void put_files(struct json *json, const struct result *result) {
    json_open_array(json, "files");
    for (size_t i = 0; i < result->n_surveys; i++) {
        const struct survey_file *file = &result->surveys[i].file;
        json_open_object(json, NULL);
        json_text(json, "path", file->path);
        json_string(json, "format", file->format);
        json_text(json, "version", file->version);
        json_text(json, "encoding", file->encoding);
        json_string(json, "catalogue", catalogue_name(result->surveys[i].catalogue));
        json_bool(json, "is_damaged", file->is_damaged);
        put_tally(json, &result->file_tallies[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_inspections(struct json *json, const struct summary *figures) {
    json_open_object(json, "inspections");
    json_count(json, "n", figures->n_inspections);
    json_count(json, "n_of_nodes", figures->n_node_inspections);
    json_count(json, "n_duplicates", figures->n_duplicates);
    json_count(json, "n_unplaced", figures->n_unplaced_inspections);
    json_number(json, "inspected_m", figures->inspected_m);
    json_number(json, "coverage", figures->coverage);
    json_count(json, "n_inspected_segments", figures->n_inspected_segments);
    json_open_object(json, "by_match_method");
    for (size_t i = 0; i < MATCH_METHODS; i++) {
        json_count(json, match_method_name((enum match_method)i), figures->n_by_match[i]);
    }
    json_close_object(json);
    json_close_object(json);
}

static void put_grades(struct json *json, const char *key, const size_t *by_grade) {
    static const char *const names[SUMMARY_GRADES] = {"none", "0", "1", "2", "3", "4", "5"};

    json_open_object(json, key);
    for (size_t i = 0; i < SUMMARY_GRADES; i++) {
        json_count(json, names[i], by_grade[i]);
    }
    json_close_object(json);
}

static void put_scheme(struct json *json, const struct summary *figures, enum scheme scheme) {
    const size_t(*by_kind)[SUMMARY_GRADES] = figures->n_by_grade[scheme];
    const char *name = scheme == SCHEME_NONE ? "none" : scheme_name(scheme);

    if (!summary_has_defects(figures, scheme) && figures->n_segments_by_scheme[scheme] == 0) {
        return;
    }
    json_open_object(json, name);
    json_count(json, "n_segments", figures->n_segments_by_scheme[scheme]);
    put_grades(json, "structural", by_kind[CODE_STRUCTURAL]);
    put_grades(json, "functional", by_kind[CODE_FUNCTIONAL]);
    put_grades(json, "construction", by_kind[CODE_CONSTRUCTION]);
    put_grades(json, "other", by_kind[CODE_OTHER]);
    put_grades(json, "unknown_code", by_kind[CODE_UNKNOWN]);
    json_close_object(json);
}

static void put_defects(struct json *json, const struct summary *figures) {
    json_open_object(json, "defects");
    json_count(json, "n_current", figures->n_current_defects);
    json_count(json, "n_on_nodes", figures->n_on_nodes);
    json_count(json, "n_not_scored", figures->n_ungraded);
    json_count(json, "n_open_cases", figures->n_open_cases);
    json_count(json, "n_not_located", figures->n_unlocated);
    json_count(json, "n_collapse_hazards", figures->n_collapse_hazards);
    json_count(json, "n_segments_with_collapse_hazard", figures->n_collapse_segments);
    json_count(json, "n_segments_with_soil_entry", figures->n_soil_entry);
    json_count(json, "n_segments_misconnected", figures->n_misconnected);
    json_open_object(json, "by_scheme");
    for (enum scheme scheme = SCHEME_NONE; scheme < SCHEMES; scheme++) {
        put_scheme(json, figures, scheme);
    }
    json_close_object(json);
    json_close_object(json);
}

static void put_segments(struct json *json, const struct summary_page *page) {
    static const char *const keys[SUMMARY_PRIORITIES] = {"not_assessed", "1", "2", "3", "4", "5"};

    json_open_object(json, "segments_by_priority");
    for (size_t i = 0; i < SUMMARY_PRIORITIES; i++) {
        json_count(json, keys[i], page->figures->n_by_priority[i]);
    }
    json_close_object(json);
    json_open_array(json, "worst_segments");
    for (size_t i = 0; i < SUMMARY_WORST && page->figures->worst[i] != NO_SEGMENT; i++) {
        uint32_t segment = page->figures->worst[i];
        const struct assessment *assessment = &page->result->assessments[segment];
        json_open_object(json, NULL);
        json_count(json, "rank", assessment->rank);
        json_text(json, "segment_id", page->result->network.segments[segment].id);
        json_count(json, "priority", assessment->priority);
        json_text(json, "reason", assessment->priority_reason);
        json_bool(json, "is_collapse_hazard", assessment->is_collapse_hazard);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_repairs(struct json *json, const struct summary *figures) {
    json_open_object(json, "repairs");
    for (size_t i = REPAIR_NONE + 1; i < REPAIR_SCOPES; i++) {
        json_count(json, repair_scope_name((enum repair_scope)i), figures->n_repairs[i]);
    }
    json_count(json, "n_trenchless", figures->n_trenchless);
    json_number(json, "trenchless_m", figures->trenchless_m);
    json_close_object(json);
}

static void put_findings(struct json *json, const struct summary_page *page) {
    json_open_object(json, "n_findings");
    for (size_t i = 0; i < SEVERITIES; i++) {
        json_count(json, severity_name((enum severity)i), page->figures->n_by_severity[i]);
    }
    json_close_object(json);
    json_open_array(json, "findings");
    for (size_t i = 0; i < page->figures->n_finding_kinds; i++) {
        const struct finding_count *count = &page->figures->findings[i];
        const struct finding *example = &page->result->findings.at[count->example];
        json_open_object(json, NULL);
        json_string(json, "kind", finding_name(count->kind));
        json_string(json, "severity", severity_name(finding_severity(count->kind)));
        json_count(json, "n", count->n);
        json_open_object(json, "example");
        json_text(json, "file", example->place.file);
        json_count(json, "line", example->place.line);
        json_text(json, "detail", example->detail);
        json_close_object(json);
        json_close_object(json);
    }
    json_close_array(json);
}

void summary_print_json(FILE *to, const struct summary_page *page) {
    struct json json = {.to = to};
    const struct summary *figures = page->figures;

    json_open_object(&json, NULL);
    json_string(&json, "program", "chainage");
    json_string(&json, "version", CHAINAGE_VERSION);
    json_string(&json, "output", page->options->output);
    put_network(&json, page);
    put_inspections(&json, figures);
    json_open_object(&json, "rows");
    put_tally(&json, &figures->rows);
    json_close_object(&json);
    json_open_object(&json, "unplaced_by_reason");
    for (size_t i = 1; i < UNPLACED_REASONS; i++) {
        json_count(
            &json, unplaced_reason_name((enum unplaced_reason)i), figures->n_unplaced_by_reason[i]);
    }
    json_close_object(&json);
    put_defects(&json, figures);
    put_segments(&json, page);
    put_repairs(&json, figures);
    put_findings(&json, page);
    put_files(&json, page->result);
    json_number(&json, "seconds", page->seconds);
    json_count(&json, "peak_bytes", page->peak_bytes);
    json_close_object(&json);
}
