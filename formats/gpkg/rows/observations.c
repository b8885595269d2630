/* Rows of `defects`, `defect_lines` and `inventory`. */
#include <math.h>
#include <string.h>

#include "core/level.h"
#include "core/reference.h"
#include "core/scheme/scheme.h"
#include "formats/gpkg/rows/rows.h"

/* Which observation of the whole run has this id. */
static bool find_observation(const struct result *result, uint32_t id, struct shown *out) {
    size_t from = 0, to = result->n_inspections;

    while (from < to) { /* the last inspection that begins at or before it */
        size_t middle = from + (to - from) / 2;
        if (result->inspections[middle]->first_observation_id <= id) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    if (from == 0) {
        return false;
    }
    const struct inspection *inspection = result->inspections[from - 1];
    uint32_t place = id - inspection->first_observation_id;
    if (place >= inspection->n_observations) {
        return false;
    }
    *out = (struct shown){.inspection = inspection, .order = place + 1};
    return true;
}

static void put_duplicate_of(
    const struct maker *maker, struct block *block, struct value *at, const struct shown *shown) {
    struct shown other;

    if (shown->observation->duplicate_of != NO_OBSERVATION &&
        find_observation(maker->result, shown->observation->duplicate_of, &other)) {
        put_observation_id(block, at, other.inspection, other.order);
    }
}

static struct text shown_district(const struct maker *maker, const struct shown *shown) {
    const struct result *result = maker->result;

    if (shown->inspection->object != OBJECT_NODE) {
        return segment_district(maker, result->stretches[shown->observation->stretch].segment);
    }
    uint32_t district =
        polygons_find(&result->districts, result->network.nodes[shown->inspection->node].at);
    return district == NO_POLYGON ? (struct text){0} : result->districts.at[district].name;
}

static void add_point(struct maker *maker, const struct block *block, const struct shown *shown) {
    const struct segment *segment = shown_segment(maker, shown);

    if (segment == NULL) {
        const struct node *node = &maker->result->network.nodes[shown->inspection->node];
        double level_m = level_in_node_m(node, shown->inspection, shown->observation);
        shapes_add_point_at_level(&maker->shapes, block, node->at, to_millimetre(level_m));
    } else if (segment->line.n > 0) {
        struct inverts inverts = segment_inverts(&maker->result->network, segment);
        double level_m = level_on_segment_m(segment, inverts, shown->observation);
        shapes_add_point_at_level(&maker->shapes, block,
            polyline_point_at(segment->line, shown->observation->along_m), to_millimetre(level_m));
    }
}

static void put_grade(struct value *at, uint8_t grade) {
    if (grade_is_number(grade)) {
        put_integer(at, grade_number(grade));
    }
}

/* What the scheme made of it; the delivered grade where it made nothing. */
/* Grades of schemes run up or down; this one scale is for maps. */
static uint8_t severity_of(const struct shown *shown) {
    const struct scheme_table *table = scheme_built_in.at[shown->inspection->survey->graded_by];

    return table == NULL ? 0 : scheme_severity(table, shown->observation->scheme_grade);
}

static void put_grades(
    struct value *row, const struct observation *observation, enum scheme scheme) {
    const struct scheme_table *table = scheme_built_in.at[scheme];
    int grade;

    put_string(&row[DEFECTS_SCHEME], scheme_name(scheme));
    put_figure(&row[DEFECTS_SCORE], observation->score);
    if (observation_grade(observation, &grade)) {
        put_integer(&row[DEFECTS_GRADE], grade);
    }
    if (table != NULL && table->group_names[GROUP_TIGHTNESS] != NULL) {
        put_grade(&row[DEFECTS_STABILITY_GRADE], observation->grades[GROUP_STRUCTURAL]);
        put_grade(&row[DEFECTS_OPERATION_GRADE], observation->grades[GROUP_FUNCTIONAL]);
        put_grade(&row[DEFECTS_TIGHTNESS_GRADE], observation->grades[GROUP_TIGHTNESS]);
        put_bool(&row[DEFECTS_OPEN_CASE],
            memchr(observation->grades, GRADE_CASE, DEFECT_GROUPS) != NULL);
    }
}

/* The first of the files that is there, from the folder of the output; else what was delivered. */
static void put_medium(
    const struct maker *maker, struct value *at, const struct shown *shown, struct text delivered) {
    size_t survey = maker_survey(maker, shown->inspection);
    struct text rest = delivered, reference;

    while (reference_next(&rest, &reference)) {
        struct text path = media_find(maker->request->media, survey, reference);
        if (path.n > 0) {
            put_text(at, path);
            return;
        }
    }
    put_text(at, delivered);
}

static void put_more(const struct maker *maker, struct value *row, const struct shown *shown) {
    const struct observation_more *more = shown->observation->more;
    const struct inspection_more *run = shown->inspection->more;

    if (run != NULL) {
        put_medium(maker, &row[DEFECTS_VIDEO], shown, run->video);
    }
    if (more == NULL) {
        return;
    }
    put_real(&row[DEFECTS_QUANT1], more->quant1);
    put_real(&row[DEFECTS_QUANT2], more->quant2);
    put_text(&row[DEFECTS_REMARK], more->remark);
    put_medium(maker, &row[DEFECTS_PHOTO], shown, more->photo);
    put_medium(maker, &row[DEFECTS_VIDEO], shown, more->video);
    put_text(&row[DEFECTS_VIDEO_TIME], more->video_time);
    put_text(&row[DEFECTS_DELIVERED_GRADE], more->grade_text);
    put_text(&row[DEFECTS_QUANT1_TEXT], more->quant1_text);
    put_text(&row[DEFECTS_QUANT2_TEXT], more->quant2_text);
    put_text(&row[DEFECTS_CLOCK_TEXT], more->clock_text);
    put_text(&row[DEFECTS_PLACE], more->place);
}

static void put_position(const struct maker *maker, struct value *row, const struct shown *shown) {
    const struct observation *observation = shown->observation;
    const struct segment *segment = shown_segment(maker, shown);

    if (segment == NULL) {
        put_text(&row[DEFECTS_NODE_ID], maker->result->network.nodes[shown->inspection->node].id);
    } else {
        put_text(&row[DEFECTS_SEGMENT_ID], segment->id);
    }
    put_text(&row[DEFECTS_DISTRICT], shown_district(maker, shown));
    put_real(&row[DEFECTS_CHAINAGE_M], observation->chainage_m);
    put_metres(&row[DEFECTS_ALONG_M], observation->along_m);
    put_metres(&row[DEFECTS_LENGTH_M], fabs(observation->along_to_m - observation->along_m));
    put_string(&row[DEFECTS_POSITION_METHOD], position_method_name(observation->position_method));
    put_metres(&row[DEFECTS_POSITION_ERROR_M], observation->position_error_m);
}

/* The scheme that goes by it shows it; a word that was delivered goes before it: put_more. */
static void put_delivered_grade(
    struct block *block, struct value *at, enum scheme scheme, int grade) {
    const struct scheme_table *table = scheme_built_in.at[scheme];

    if (grade != 0 && table != NULL && !table->grade_is_in_label) {
        put_decimal(block, at, grade);
    }
}

static const char *name_of(const struct maker *maker, const struct code *code) {
    bool is_zh = maker->request->language == LANGUAGE_ZH && code->name_zh != NULL;

    return is_zh ? code->name_zh : code->name;
}

/* All columns of `defects` but the geometry. */
static void put_observation(
    const struct maker *maker, struct block *block, struct value *row, const struct shown *shown) {
    const struct inspection *inspection = shown->inspection;
    const struct observation *observation = shown->observation;
    const struct code *code = shown->code;

    put_observation_id(block, &row[DEFECTS_DEFECT_ID], inspection, shown->order);
    put_text(&row[DEFECTS_INSPECTION_ID], inspection->id);
    put_text(&row[DEFECTS_CODE], code->code.n > 0 ? code->code : code->delivered);
    if (code->code.n == 0 || !text_equal(code->code, code->delivered)) {
        put_text(&row[DEFECTS_DELIVERED_CODE], code->delivered);
    }
    put_text(&row[DEFECTS_CHAR1], code->char1);
    put_text(&row[DEFECTS_CHAR2], code->char2);
    put_string(&row[DEFECTS_NAME], name_of(maker, code));
    put_string(&row[DEFECTS_KIND], code_kind_name(code->kind));
    put_string(&row[DEFECTS_FAMILY], defect_family_name(code->family));
    put_grades(row, observation, inspection->survey->graded_by);
    put_number(&row[DEFECTS_SEVERITY], severity_of(shown));
    put_position(maker, row, shown);
    put_delivered_grade(
        block, &row[DEFECTS_DELIVERED_GRADE], inspection->survey->graded_by, observation->grade);
    put_number(&row[DEFECTS_CLOCK_FROM], observation->clock_from);
    put_number(&row[DEFECTS_CLOCK_TO], observation->clock_to);
    if (observation->at_joint != 0) {
        put_bool(&row[DEFECTS_AT_JOINT], observation->at_joint == 1);
    }
    put_more(maker, row, shown);
    put_bool(&row[DEFECTS_IS_CURRENT], observation->is_current);
    put_duplicate_of(maker, block, &row[DEFECTS_DUPLICATE_OF], shown);
    put_bool(&row[DEFECTS_COLLAPSE_HAZARD], observation->is_collapse_hazard);
    put_answer(&row[DEFECTS_TRENCHLESS], observation->trenchless);
    put_bool(&row[DEFECTS_MISCONNECTION], observation->misconnection);
    put_text(&row[DEFECTS_SOURCE_FILE], maker_source_file(maker, inspection));
    put_number(&row[DEFECTS_SOURCE_LINE], observation->line);
    put_mark(block, &row[DEFECTS_CONTINUOUS], observation);
}

bool make_defects(struct maker *maker, struct block *block) {
    struct shown shown;

    while (block_has_room(block)) {
        if (!maker_next_observation(maker, TO_DEFECTS, &shown)) {
            return false;
        }
        struct value *row = block_add_row(block);
        put_observation(maker, block, row, &shown);
        code_counts_add(&maker->code_counts, row);
        add_point(maker, block, &shown);
        maker_tally(maker, shown.inspection)->n_defects++;
    }
    return true;
}

/* Where each column of `inventory` stands in `defects`. */
static const uint8_t inventory_columns[INVENTORY_COLUMNS] = {
#define COLUMN(id, name, type, title) DEFECTS_##id,
#include "formats/gpkg/columns/inventory.def"
#undef COLUMN
};

bool make_inventory(struct maker *maker, struct block *block) {
    struct shown shown;

    while (block_has_room(block)) {
        if (!maker_next_observation(maker, TO_INVENTORY, &shown)) {
            return false;
        }
        struct value defect[DEFECTS_COLUMNS] = {0}, *row = block_add_row(block);
        put_observation(maker, block, defect, &shown);
        for (size_t i = 0; i < INVENTORY_COLUMNS; i++) {
            row[i] = defect[inventory_columns[i]];
        }
        add_point(maker, block, &shown);
        maker_tally(maker, shown.inspection)->n_inventory++;
    }
    return true;
}

/* --- continuous defects as lines --- */

static void put_line(
    const struct maker *maker, struct block *block, struct value *row, const struct shown *shown) {
    const struct observation *observation = shown->observation;
    double from_m = fmin(observation->along_m, observation->along_to_m);
    double to_m = fmax(observation->along_m, observation->along_to_m);
    int grade;

    put_observation_id(block, &row[DEFECT_LINES_DEFECT_ID], shown->inspection, shown->order);
    put_text(&row[DEFECT_LINES_SEGMENT_ID], shown_segment(maker, shown)->id);
    put_text(&row[DEFECT_LINES_CODE], shown->code->code);
    put_string(&row[DEFECT_LINES_NAME], name_of(maker, shown->code));
    put_string(&row[DEFECT_LINES_KIND], code_kind_name(shown->code->kind));
    if (observation_grade(observation, &grade)) {
        put_integer(&row[DEFECT_LINES_GRADE], grade);
    }
    put_number(&row[DEFECT_LINES_SEVERITY], severity_of(shown));
    put_metres(&row[DEFECT_LINES_FROM_M], from_m);
    put_metres(&row[DEFECT_LINES_TO_M], to_m);
    put_metres(&row[DEFECT_LINES_LENGTH_M], to_m - from_m);
    put_bool(&row[DEFECT_LINES_IS_CURRENT], observation->is_current);
}

bool make_defect_lines(struct maker *maker, struct block *block) {
    struct shown shown;

    while (block_has_room(block)) {
        if (!maker_next_observation(maker, TO_DEFECTS, &shown)) {
            return false;
        }
        const struct observation *observation = shown.observation;
        if (isnan(observation->along_to_m) || shown.inspection->object == OBJECT_NODE) {
            continue;
        }
        put_line(maker, block, block_add_row(block), &shown);
        add_part_of_segment(maker, block, shown_segment(maker, &shown),
            fmin(observation->along_m, observation->along_to_m),
            fmax(observation->along_m, observation->along_to_m));
    }
    return true;
}
