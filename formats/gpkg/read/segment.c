/* One segment out of a result, as the stages up to `current` had left it.  Each inspection becomes
 * a survey of its own: what surveys share (codes, words) matters to nobody here. */
#include <math.h>
#include <string.h>

#include "formats/gpkg/read/reading.h"
#include "formats/gpkg/read/words.h"

static void reading_release(struct reading *reading) {
    index_release(&reading->inspections);
    index_release(&reading->lines);
}

/* --- the segment and its nodes --- */

static enum sewer_system system_from_name(struct text name) {
    for (enum sewer_system system = SYSTEM_UNKNOWN; system <= SYSTEM_COMBINED; system++) {
        if (text_equal(name, text_from(sewer_system_name(system)))) {
            return system;
        }
    }
    return SYSTEM_UNKNOWN;
}

static uint8_t groundwater_from_name(struct text name) {
    for (uint8_t i = GROUNDWATER_BELOW; i <= GROUNDWATER_ABOVE; i++) {
        if (text_equal(name, text_from(groundwater_name(i)))) {
            return i;
        }
    }
    return GROUNDWATER_UNKNOWN;
}

static uint8_t zone_from_name(struct text name) {
    for (uint8_t i = 1; protection_zone_name(i) != NULL; i++) {
        if (text_equal(name, text_from(protection_zone_name(i)))) {
            return i;
        }
    }
    return 0;
}

static enum answer answer_from(const struct value *at) {
    return at->kind != VALUE_INTEGER ? ANSWER_UNKNOWN : at->integer != 0 ? ANSWER_YES : ANSWER_NO;
}

/* NO_NODE without an id; a node that `nodes` has not is kept by its id. */
static bool read_node(
    struct reading *reading, const struct value *id_value, uint32_t *out, struct error *err) {
    struct gpkg_reader *reader = reading->reader;
    struct network *network = &reading->out->result.network;
    struct text id = value_text(id_value);
    const struct value *row = NULL;

    *out = NO_NODE;
    if (id.n == 0) {
        return true;
    }
    uint32_t place = index_find(&reader->nodes, id);
    if (place != INDEX_NONE && reader->node_rows[place] >= 0 &&
        !reader_row(
            reader, TABLE_NODES, reader->node_rows[place], reading_arena(reading), &row, err)) {
        return false;
    }
    struct node *node = network_add_node(network);
    node->id = id;
    if (row != NULL) {
        node->ground_m = value_real(&row[NODES_GROUND_M]);
        node->invert_m = value_real(&row[NODES_INVERT_M]);
    }
    *out = (uint32_t)network->n_nodes - 1;
    return true;
}

static void fill_segment(
    struct network *network, const struct value *row, uint32_t from_node, uint32_t to_node) {
    struct segment *segment = network_add_segment(network);
    double drawn_m = value_real(&row[SEGMENTS_LENGTH_M]);

    segment->id = value_text(&row[SEGMENTS_SEGMENT_ID]);
    segment->from_node = from_node;
    segment->to_node = to_node;
    segment->drawn_m = drawn_m > 0 ? drawn_m : 0;
    segment->length_m = value_real(&row[SEGMENTS_NETWORK_LENGTH_M]);
    segment->from_invert_m = value_real(&row[SEGMENTS_FROM_INVERT_M]);
    segment->to_invert_m = value_real(&row[SEGMENTS_TO_INVERT_M]);
    segment->material = pool_add(&network->words, value_text(&row[SEGMENTS_MATERIAL]));
    segment->shape = pool_add(&network->words, value_text(&row[SEGMENTS_SHAPE]));
    segment->street = pool_add(&network->words, value_text(&row[SEGMENTS_STREET]));
    segment->owner = pool_add(&network->words, value_text(&row[SEGMENTS_OWNER]));
    segment->district = pool_add(&network->words, value_text(&row[SEGMENTS_DISTRICT]));
    segment->diameter_mm = (float)value_real(&row[SEGMENTS_DIAMETER_MM]);
    segment->height_mm = (float)value_real(&row[SEGMENTS_HEIGHT_MM]);
    segment->year_built = (int16_t)value_integer(&row[SEGMENTS_YEAR_BUILT], 0, 9999, 0);
    segment->system = (uint8_t)system_from_name(value_text(&row[SEGMENTS_SYSTEM]));
    segment->area_importance =
        (int8_t)value_integer(&row[SEGMENTS_AREA_IMPORTANCE_GIVEN], 0, 100, -1);
    segment->soil_influence =
        (int8_t)value_integer(&row[SEGMENTS_SOIL_INFLUENCE_GIVEN], 0, 100, -1);
    segment->groundwater = groundwater_from_name(value_text(&row[SEGMENTS_GROUNDWATER]));
    segment->capacity_is_short = (uint8_t)answer_from(&row[SEGMENTS_CAPACITY_IS_SHORT]);
    segment->protection_zone = zone_from_name(value_text(&row[SEGMENTS_PROTECTION_ZONE]));
    segment->soil_group = (uint8_t)value_integer(&row[SEGMENTS_SOIL_GROUP], 0, 9, 0);
}

static bool read_segment(struct reading *reading, struct error *err) {
    struct gpkg_reader *reader = reading->reader;
    const struct value *row = NULL;
    uint32_t from_node = NO_NODE, to_node = NO_NODE;

    if (!reader_row(reader, TABLE_SEGMENTS, reader->segments[reading->number].row,
            reading_arena(reading), &row, err)) {
        return false;
    }
    if (row == NULL) {
        return error_set(err, ERROR_FORMAT, "is damaged: a row of 'segments' is gone");
    }
    if (!read_node(reading, &row[SEGMENTS_FROM_NODE], &from_node, err) ||
        !read_node(reading, &row[SEGMENTS_TO_NODE], &to_node, err)) {
        return false;
    }
    fill_segment(&reading->out->result.network, row, from_node, to_node);
    reading->out->row = row;
    return true;
}

/* --- inspections --- */

static int32_t date_from(const struct value *at) {
    int32_t date = 0;

    return text_to_date(value_text(at), &date) ? date : 0;
}

static void fill_survey(struct reading *reading, struct survey *survey, struct text path) {
    uint32_t place = path.n == 0 ? INDEX_NONE : index_find(&reading->reader->files, path);

    *survey = (struct survey){.file.path = path};
    if (place != INDEX_NONE) {
        const struct kept_file *file = &reading->reader->kept_files[place];
        survey->catalogue = file->catalogue;
        survey->scheme = survey->graded_by = file->scheme;
        survey->coding_version = file->coding_version;
    }
}

static void fill_log(
    struct survey *survey, struct inspection *inspection, const struct value *row) {
    struct text material = value_text(&row[INSPECTIONS_MATERIAL]);
    struct text shape = value_text(&row[INSPECTIONS_SHAPE]);
    struct text reason = value_text(&row[INSPECTIONS_ABANDONED_REASON]);

    inspection->diameter_mm = (float)value_real(&row[INSPECTIONS_DIAMETER_MM]);
    inspection->height_mm = (float)value_real(&row[INSPECTIONS_HEIGHT_MM]);
    if (material.n + shape.n + reason.n > 0) {
        struct inspection_more *more = inspection_more(survey, inspection);
        more->material = material;
        more->shape = shape;
        more->abandoned_reason = reason;
    }
}

static void fill_inspection(struct reading *reading, uint32_t number, const struct value *row) {
    struct result *result = &reading->out->result;
    struct survey *survey = &result->surveys[number];

    fill_survey(reading, survey, value_text(&row[INSPECTIONS_SOURCE_FILE]));
    struct inspection *inspection = survey_add_inspection(survey);
    result->inspections[number] = inspection;
    inspection->number = number;
    inspection->id = value_text(&row[INSPECTIONS_INSPECTION_ID]);
    inspection->segment_ref = value_text(&row[INSPECTIONS_DELIVERED_SEGMENT_REF]);
    inspection->start_node = value_text(&row[INSPECTIONS_START_NODE]);
    inspection->finish_node = value_text(&row[INSPECTIONS_FINISH_NODE]);
    inspection->direction = direction_from_word(value_text(&row[INSPECTIONS_DIRECTION]));
    inspection->inspected_on = date_from(&row[INSPECTIONS_INSPECTED_ON]);
    inspection->expected_m = value_real(&row[INSPECTIONS_EXPECTED_M]);
    inspection->inspected_m = value_real(&row[INSPECTIONS_INSPECTED_M]);
    inspection->line = (uint32_t)value_integer(&row[INSPECTIONS_SOURCE_LINE], 0, INT32_MAX, 0);
    inspection->is_complete = value_is_true(&row[INSPECTIONS_IS_COMPLETE]);
    inspection->is_abandoned = value_is_true(&row[INSPECTIONS_IS_ABANDONED]);
    inspection->is_duplicate = value_is_true(&row[INSPECTIONS_IS_DUPLICATE]);
    inspection->match_method = match_from_word(value_text(&row[INSPECTIONS_MATCH_METHOD]));
    inspection->match_note = value_text(&row[INSPECTIONS_MATCH_NOTE]);
    fill_log(survey, inspection, row);
    if (inspection->id.n > 0) {
        index_add(&reading->inspections, inspection->id, number);
    }
}

/* Takes the next text before "; " off. */
static struct text take_part(struct text *rest) {
    size_t n = 0;

    while (n < rest->n && !(rest->at[n] == ';' && n + 1 < rest->n && rest->at[n + 1] == ' ')) {
        n++;
    }
    struct text part = text_part(*rest, 0, n);
    *rest = text_part(*rest, n + 2, rest->n);
    return part;
}

static void add_stretch(struct result *result, size_t *capacity, const struct stretch *stretch) {
    result->stretches = array_reserve(
        result->stretches, capacity, result->n_stretches + 1, sizeof *result->stretches);
    result->stretches[result->n_stretches++] = *stretch;
    result->inspections[stretch->inspection]->n_stretches++;
}

/* "0-41.2 m, complete, counts" */
static void fill_part(struct text words, struct stretch *stretch) {
    const char *dash = words.n == 0 ? NULL : memchr(words.at, '-', words.n);
    size_t n = dash == NULL ? 0 : (size_t)(dash - words.at);
    struct text to = text_part(words, n + 1, words.n);
    const char *blank = to.n == 0 ? NULL : memchr(to.at, ' ', to.n);

    to = text_part(to, 0, blank == NULL ? 0 : (size_t)(blank - to.at));
    if (!text_to_double(text_part(words, 0, n), &stretch->from_along_m) ||
        !text_to_double(to, &stretch->to_along_m)) {
        stretch->from_along_m = stretch->to_along_m = NAN;
    }
    stretch->is_complete = text_contains(words, TEXT(", complete"));
    stretch->is_current = text_contains(words, TEXT(", counts"));
}

static void add_stretches(
    struct reading *reading, uint32_t number, const struct value *row, size_t *capacity) {
    struct result *result = &reading->out->result;
    struct text ids = value_text(&row[INSPECTIONS_SEGMENT_IDS]);
    struct text parts = value_text(&row[INSPECTIONS_SEGMENT_PARTS]);
    struct stretch stretch = {
        .inspection = number,
        .scale = value_real(&row[INSPECTIONS_SCALE]),
        .from_along_m = value_real(&row[INSPECTIONS_FROM_M]),
        .to_along_m = value_real(&row[INSPECTIONS_TO_M]),
        .is_complete = result->inspections[number]->is_complete,
        .is_current = value_is_true(&row[INSPECTIONS_IS_CURRENT]),
    };

    result->inspections[number]->first_stretch = (uint32_t)result->n_stretches;
    if (ids.n == 0) {
        add_stretch(result, capacity, &stretch);
        return;
    }
    while (ids.n > 0) {
        struct text id = take_part(&ids), part = take_part(&parts);
        if (text_equal(id, reading->reader->segments[reading->number].id)) {
            fill_part(part, &stretch);
            add_stretch(result, capacity, &stretch);
        }
    }
}

static bool read_inspections(struct reading *reading, struct error *err) {
    struct result *result = &reading->out->result;
    size_t n = 0, surveys = 0, inspections = 0, stretches = 0;
    const struct hit *hits =
        hits_of(&reading->reader->hits[TABLE_INSPECTIONS], reading->number, &n);

    result->surveys = array_reserve(NULL, &surveys, n + 1, sizeof *result->surveys);
    result->inspections = array_reserve(NULL, &inspections, n + 1, sizeof *result->inspections);
    for (size_t i = 0; i < n; i++) {
        const struct value *row = NULL;
        if (!reader_row(reading->reader, TABLE_INSPECTIONS, hits[i].row, reading_arena(reading),
                &row, err)) {
            return false;
        }
        if (row == NULL) {
            continue;
        }
        fill_inspection(reading, (uint32_t)result->n_surveys, row);
        result->n_surveys++;
        result->n_inspections++;
        add_stretches(reading, (uint32_t)result->n_surveys - 1, row, &stretches);
    }
    reading->out->stretches = ARENA_NEW(reading_arena(reading), uint32_t, result->n_stretches + 1);
    for (size_t i = 0; i < result->n_stretches; i++) {
        reading->out->stretches[i] = (uint32_t)i;
    }
    return true;
}

/* --- repairs --- */

static bool read_repairs(struct reading *reading, struct error *err) {
    size_t n = 0;
    const struct hit *hits = hits_of(&reading->reader->hits[TABLE_REPAIRS], reading->number, &n);

    reading->out->repairs = ARENA_NEW(reading_arena(reading), const struct value *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct value **row = &reading->out->repairs[reading->out->n_repairs];
        if (!reader_row(
                reading->reader, TABLE_REPAIRS, hits[i].row, reading_arena(reading), row, err)) {
            return false;
        }
        reading->out->n_repairs += *row != NULL;
    }
    return true;
}

/* --- all of it --- */

bool gpkg_reader_segment(
    struct gpkg_reader *reader, size_t selected, struct kept_segment *out, struct error *err) {
    CLEANUP(kept_segment_release) struct kept_segment segment = {.n_observations = 0};
    CLEANUP(reading_release)
    struct reading reading = {
        .reader = reader,
        .number = (uint32_t)reader->order[selected],
        .out = &segment,
    };
    size_t capacity = 0;

    if (!read_segment(&reading, err) || !read_inspections(&reading, err) ||
        !reading_observations(&reading, err) || !read_repairs(&reading, err)) {
        return error_wrap(err, "segment '%.*s'", TEXT_ARGS(reader->segments[reading.number].id));
    }
    segment.result.assessments =
        array_reserve(NULL, &capacity, 1, sizeof *segment.result.assessments);
    segment.result.assessments[0] = (struct assessment){0};
    *out = segment;
    segment = (struct kept_segment){0};
    return true;
}

void kept_segment_release(struct kept_segment *segment) {
    result_release(&segment->result);
    *segment = (struct kept_segment){0};
}
