/* Rows of `inspection_logs`: what the logs told of an inspection and no other table shows. */
#include <math.h>

#include "formats/gpkg/rows/rows.h"

static bool has_row_elsewhere(const struct inspection *inspection) {
    return inspection->object == OBJECT_NODE ? inspection->node != NO_NODE
                                             : inspection->n_stretches > 0;
}

/* What `inspections` would show. */
static void put_head(struct block *block, struct value *row, const struct inspection *inspection) {
    const struct survey *survey = inspection->survey;
    const struct inspection_more *more = inspection->more;

    put_text(&row[INSPECTION_LOGS_DELIVERED_SEGMENT_REF], inspection->segment_ref);
    put_text(&row[INSPECTION_LOGS_START_NODE], inspection->start_node);
    put_text(&row[INSPECTION_LOGS_FINISH_NODE], inspection->finish_node);
    put_string(&row[INSPECTION_LOGS_DIRECTION], direction_name(inspection->direction));
    put_date(block, &row[INSPECTION_LOGS_INSPECTED_ON], inspection->inspected_on);
    put_text(&row[INSPECTION_LOGS_METHOD], pool_word(&survey->words, inspection->method_word));
    put_text(&row[INSPECTION_LOGS_OPERATOR], pool_word(&survey->words, inspection->operator_word));
    put_real(&row[INSPECTION_LOGS_EXPECTED_M], inspection->expected_m);
    put_real(&row[INSPECTION_LOGS_INSPECTED_M], inspection->inspected_m);
    put_bool(&row[INSPECTION_LOGS_IS_ABANDONED], inspection->is_abandoned);
    put_metres(&row[INSPECTION_LOGS_DIAMETER_MM], inspection->diameter_mm);
    put_metres(&row[INSPECTION_LOGS_HEIGHT_MM], inspection->height_mm);
    if (more != NULL) {
        put_text(&row[INSPECTION_LOGS_STANDARD], more->standard);
        put_text(&row[INSPECTION_LOGS_ABANDONED_REASON], more->abandoned_reason);
        put_text(&row[INSPECTION_LOGS_MATERIAL], more->material);
        put_text(&row[INSPECTION_LOGS_SHAPE], more->shape);
    }
}

static void put_if(struct value *at, bool is_so) {
    if (is_so) {
        put_bool(at, true);
    }
}

static void put_coordinates(struct value *row, const struct inspection_more *more) {
    bool is_moved = xy_is_set(more->start_delivered);
    struct xy start = is_moved ? more->start_delivered : more->start_at;
    struct xy finish = is_moved ? more->finish_delivered : more->finish_at;

    if (is_moved || more->has_coordinates) {
        put_real(&row[INSPECTION_LOGS_START_X], start.x);
        put_real(&row[INSPECTION_LOGS_START_Y], start.y);
        put_real(&row[INSPECTION_LOGS_FINISH_X], finish.x);
        put_real(&row[INSPECTION_LOGS_FINISH_Y], finish.y);
    }
}

static void put_more(struct value *row, const struct inspection_more *more) {
    put_text(&row[INSPECTION_LOGS_UPSTREAM_NODE], more->upstream_node);
    put_text(&row[INSPECTION_LOGS_DOWNSTREAM_NODE], more->downstream_node);
    put_text(&row[INSPECTION_LOGS_DIRECTION_TEXT], more->direction_text);
    put_text(&row[INSPECTION_LOGS_SUFFIX], more->suffix);
    put_text(&row[INSPECTION_LOGS_VIDEO], more->video);
    put_text(&row[INSPECTION_LOGS_TIME], more->time);
    put_text(&row[INSPECTION_LOGS_WEATHER], more->weather);
    put_text(&row[INSPECTION_LOGS_PURPOSE], more->purpose);
    put_text(&row[INSPECTION_LOGS_STREET], more->street);
    put_text(&row[INSPECTION_LOGS_SYSTEM], more->system);
    put_text(&row[INSPECTION_LOGS_REMARK], more->remark);
    put_coordinates(row, more);
}

bool make_inspection_logs(struct maker *maker, struct block *block) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_inspections && block_has_room(block); maker->next++) {
        const struct inspection *inspection = result->inspections[maker->next];
        struct value *row = block_add_row(block);
        put_text(&row[INSPECTION_LOGS_INSPECTION_ID], inspection->id);
        put_count(&row[INSPECTION_LOGS_FILE_NUMBER], maker_survey(maker, inspection) + 1);
        put_number(&row[INSPECTION_LOGS_SOURCE_LINE], inspection->line);
        put_string(
            &row[INSPECTION_LOGS_OBJECT], inspection->object == OBJECT_NODE ? "node" : "segment");
        put_string(
            &row[INSPECTION_LOGS_ZERO_POINT], zero_point_name((enum zero_point)inspection->zero));
        put_if(&row[INSPECTION_LOGS_START_IS_ASSUMED], inspection->start_is_assumed);
        put_if(&row[INSPECTION_LOGS_IS_LATERAL], inspection->is_lateral);
        put_if(&row[INSPECTION_LOGS_COUNTS_UP], inspection->counts_up);
        if (inspection->more != NULL) {
            put_more(row, inspection->more);
        }
        if (!has_row_elsewhere(inspection)) {
            put_head(block, row, inspection);
        }
    }
    return maker->next < result->n_inspections;
}
