/* Rows of `unplaced`: everything as text, so that nothing is lost on the way. */
#include "formats/gpkg/rows/rows.h"

static void put_inspection(const struct maker *maker, struct block *block, struct value *row,
    const struct inspection *inspection) {
    const struct inspection_more *more = inspection->more;

    put_text(&row[UNPLACED_INSPECTION_ID], inspection->id);
    put_text(&row[UNPLACED_DELIVERED_SEGMENT_REF], inspection->segment_ref);
    put_text(&row[UNPLACED_START_NODE], inspection->start_node);
    put_text(&row[UNPLACED_FINISH_NODE], inspection->finish_node);
    put_string(&row[UNPLACED_DIRECTION], direction_name(inspection->direction));
    put_date(block, &row[UNPLACED_INSPECTED_ON], inspection->inspected_on);
    put_text(&row[UNPLACED_CANDIDATES], inspection->candidates);
    put_text(&row[UNPLACED_MATCH_NOTE], inspection->match_note);
    put_text(&row[UNPLACED_SOURCE_FILE], maker_source_file(maker, inspection));
    put_string(&row[UNPLACED_OBJECT], inspection->object == OBJECT_NODE ? "node" : "segment");
    if (more != NULL) {
        put_text(&row[UNPLACED_VIDEO], more->video);
    }
}

static void put_reason(const struct maker *maker, struct value *row, enum unplaced_reason reason) {
    put_string(&row[UNPLACED_REASON], unplaced_reason_name(reason));
    put_string(&row[UNPLACED_REASON_TEXT], maker->reasons[reason]);
}

static void put_number_text(struct block *block, struct value *at, int number) {
    if (number != 0) {
        put_decimal(block, at, number);
    }
}

static void put_more(struct block *block, struct value *row, const struct observation_more *more) {
    put_real(&row[UNPLACED_QUANT1_NUMBER], more->quant1);
    put_real(&row[UNPLACED_QUANT2_NUMBER], more->quant2);
    put_text(&row[UNPLACED_VIDEO_TIME], more->video_time);
    put_text(&row[UNPLACED_PLACE], more->place);
    put_decimal(block, &row[UNPLACED_QUANT1], more->quant1);
    put_decimal(block, &row[UNPLACED_QUANT2], more->quant2);
    put_text(&row[UNPLACED_QUANT1], more->quant1_text);
    put_text(&row[UNPLACED_QUANT2], more->quant2_text);
    put_text(&row[UNPLACED_GRADE], more->grade_text);
    put_text(&row[UNPLACED_CLOCK_FROM], more->clock_text);
    put_text(&row[UNPLACED_REMARK], more->remark);
    put_text(&row[UNPLACED_PHOTO], more->photo);
    put_text(&row[UNPLACED_VIDEO], more->video);
}

static void put_observation(
    const struct maker *maker, struct block *block, struct value *row, const struct shown *shown) {
    const struct observation *observation = shown->observation;

    put_decimal(block, &row[UNPLACED_CHAINAGE], observation->chainage_m);
    put_text(&row[UNPLACED_CODE],
        shown->code->delivered.n > 0 ? shown->code->delivered : shown->code->code);
    put_string(&row[UNPLACED_KIND], code_kind_name(shown->code->kind));
    put_text(&row[UNPLACED_CHAR1], shown->code->char1);
    put_text(&row[UNPLACED_CHAR2], shown->code->char2);
    put_number_text(block, &row[UNPLACED_GRADE], observation->grade);
    put_number_text(block, &row[UNPLACED_CLOCK_FROM], observation->clock_from);
    put_number_text(block, &row[UNPLACED_CLOCK_TO], observation->clock_to);
    put_mark(block, &row[UNPLACED_CONTINUOUS], observation);
    if (observation->more != NULL) {
        put_more(block, row, observation->more);
        if (observation->more->clock_text.n > 0) {
            put_number(&row[UNPLACED_CLOCK_HOUR], observation->clock_from);
        }
    }
    put_observation_id(block, &row[UNPLACED_OBSERVATION_ID], shown->inspection, shown->order);
    put_text(&row[UNPLACED_MAIN_CODE], shown->code->code);
    if (observation->at_joint != 0) {
        put_bool(&row[UNPLACED_AT_JOINT], observation->at_joint == 1);
    }
    put_text(&row[UNPLACED_DELIVERED], (struct text){observation->raw, observation->raw_n});
    put_number(&row[UNPLACED_SOURCE_LINE], observation->line);
    put_reason(maker, row, observation_unplaced_reason(shown->inspection, observation));
}

/* The next observation without a place, or inspection that has neither place nor observations. */
static bool next_unplaced(struct maker *maker, struct shown *out) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_inspections; maker->next++, maker->next_part = 0) {
        const struct inspection *inspection = result->inspections[maker->next];
        const struct observation *observations = inspection_observations(inspection);
        if (inspection->n_observations == 0 && inspection->unplaced != UNPLACED_NOT) {
            *out = (struct shown){.inspection = inspection};
            maker->next++;
            return true;
        }
        while (maker->next_part < inspection->n_observations) {
            const struct observation *observation = &observations[maker->next_part++];
            if (observation_destination(inspection, observation) == TO_UNPLACED) {
                *out = (struct shown){inspection, observation,
                    observation_code(inspection, observation), maker->next_part};
                return true;
            }
        }
    }
    return false;
}

bool make_unplaced(struct maker *maker, struct block *block) {
    struct shown shown;

    while (block_has_room(block)) {
        if (!next_unplaced(maker, &shown)) {
            return false;
        }
        const struct inspection *inspection = shown.inspection;
        struct value *row = block_add_row(block);
        put_inspection(maker, block, row, inspection);
        if (shown.observation != NULL) {
            put_observation(maker, block, row, &shown);
            maker_tally(maker, inspection)->n_unplaced++;
            continue;
        }
        put_text(&row[UNPLACED_DELIVERED], (struct text){inspection->raw, inspection->raw_n});
        put_number(&row[UNPLACED_SOURCE_LINE], inspection->line);
        put_reason(maker, row, inspection->unplaced);
    }
    return true;
}
