#include <math.h>

#include "cmd/explain.h"
#include "formats/gpkg/read/rows.h"

static void put_value(struct json *json, const char *key, const struct value *value) {
    if (value->kind == VALUE_TEXT) {
        json_text(json, key, value_text(value));
    } else {
        json_number(json, key, value_real(value));
    }
}

/* All columns of a row that are set, by their own names. */
static void put_row(
    struct json *json, const char *key, enum gpkg_table_id id, const struct value *row) {
    const struct gpkg_table *table = &gpkg_tables[id];

    json_open_object(json, key);
    for (size_t i = 1; i < table->n_columns; i++) {
        if (row[i].kind != VALUE_NULL) {
            put_value(json, table->columns[i].name, &row[i]);
        }
    }
    json_close_object(json);
}

static void put_inspections(struct json *json, struct explanation *explanation) {
    const struct result *result = &explanation->kept.result;

    json_open_array(json, "inspections");
    for (size_t i = 0; i < result->n_inspections; i++) {
        const struct inspection *inspection = result->inspections[i];
        const struct stretch *stretch = explained_stretch(explanation, inspection);
        json_open_object(json, NULL);
        json_text(json, "inspection_id", inspection->id);
        json_text(json, "inspected_on",
            inspection->inspected_on == 0 ? (struct text){0}
                                          : arena_printf(&explanation->arena, "%04d-%02d-%02d",
                                                (int)(inspection->inspected_on / 10000),
                                                (int)(inspection->inspected_on / 100 % 100),
                                                (int)(inspection->inspected_on % 100)));
        json_string(json, "direction", direction_name(inspection->direction));
        json_number(json, "from_m", stretch->from_along_m);
        json_number(json, "to_m", stretch->to_along_m);
        json_bool(json, "is_complete", stretch->is_complete);
        json_string(json, "match_method", match_method_name(inspection->match_method));
        json_text(json, "match_note", inspection->match_note);
        json_bool(json, "counts", stretch->is_current);
        json_text(json, "why", explain_inspection(explanation, inspection));
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_observation(
    struct json *json, struct explanation *explanation, const struct kept_observation *kept) {
    const struct observation *observation = explained_observation(explanation, kept);
    const struct inspection *inspection = explanation->kept.result.inspections[kept->inspection];
    const struct code *code = observation_code(inspection, observation);
    int grade = 0;
    bool has_grade = observation_grade(observation, &grade);

    json_open_object(json, NULL);
    json_text(json, "defect_id", kept->id);
    json_text(json, "inspection_id", inspection->id);
    json_number(json, "along_m", observation->along_m);
    json_number(json, "along_to_m", observation->along_to_m);
    json_text(json, "code", code->code.n > 0 ? code->code : code->delivered);
    json_text(json, "char1", code->char1);
    json_text(json, "char2", code->char2);
    json_text(json, "name", kept->name);
    json_number(json, "grade", has_grade ? grade : (double)NAN);
    json_number(json, "score", (double)observation->score);
    json_bool(json, "collapse_hazard", observation->is_collapse_hazard != 0);
    json_text(json, "became", explain_observation(explanation, kept));
    json_close_object(json);
}

static void put_lines(struct json *json, const char *key, const struct explanation *explanation,
    enum trace_section section) {
    const struct trace *trace = &explanation->trace;

    json_open_array(json, key);
    for (size_t i = 0; i < trace->n; i++) {
        if (trace->sections[i] == section) {
            json_text(json, NULL, trace->at[i]);
        }
    }
    json_close_array(json);
}

static void put_repairs(struct json *json, const struct explanation *explanation) {
    json_open_array(json, "repairs");
    for (size_t i = 0; i < explanation->kept.n_repairs; i++) {
        put_row(json, NULL, TABLE_REPAIRS, explanation->kept.repairs[i]);
    }
    json_close_array(json);
}

static void put_check(struct json *json, const struct explanation *explanation) {
    json_open_object(json, "check");
    json_bool(json, "agrees", explanation->n_differences == 0);
    json_open_array(json, "differences");
    for (size_t i = 0; i < explanation->n_differences; i++) {
        json_open_object(json, NULL);
        json_text(json, "what", explanation->differences[i].what);
        json_text(json, "in_file", explanation->differences[i].kept);
        json_text(json, "computed", explanation->differences[i].computed);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

void explanation_print_json(struct json *json, struct explanation *explanation) {
    const struct kept_segment *kept = &explanation->kept;

    json_open_object(json, NULL);
    put_row(json, "segment", TABLE_SEGMENTS, kept->row);
    put_inspections(json, explanation);
    json_open_array(json, "observations");
    for (size_t i = 0; i < kept->n_observations; i++) {
        put_observation(json, explanation, &kept->observations[i]);
    }
    json_close_array(json);
    put_lines(json, "figures", explanation, TRACE_FIGURES);
    put_lines(json, "hazards", explanation, TRACE_HAZARDS);
    put_lines(json, "soil_entry", explanation, TRACE_SOIL);
    put_repairs(json, explanation);
    put_lines(json, "priority", explanation, TRACE_PRIORITY);
    put_lines(json, "next_inspection", explanation, TRACE_PLAN);
    json_count(json, "n_ranked", explanation->run->n_ranked);
    put_check(json, explanation);
    json_close_object(json);
}
