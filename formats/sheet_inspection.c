#include <math.h>

#include "formats/sheet_reader.h"
#include "formats/sheet_values.h"

/* Facts about the run itself, which every row of the sheet repeats. */

static void read_date(struct sheet_reader *reader, struct inspection *inspection) {
    struct text cell = sheet_cell(reader, SHEET_DATE);

    if (!sheet_is_blank(cell) && !text_to_date(cell, &inspection->inspected_on)) {
        sheet_note(reader, FINDING_DATE_INVALID, "'%.*s'", TEXT_ARGS(text_cut(cell, 80)));
    }
}

/* A length of the header; the cell may hold a dash for nothing. */
static double read_length(struct sheet_reader *reader, enum sheet_role role) {
    struct text cell = sheet_cell(reader, role);
    double value = NAN;

    bool is_length = sheet_length(reader, role, &value) && value >= 0;
    if (!is_length && !sheet_is_blank(cell)) {
        sheet_note(reader, FINDING_INVALID_VALUE, "%s '%.*s'", sheet_role_name(role),
            TEXT_ARGS(text_cut(cell, 80)));
    }
    return is_length ? value : NAN;
}

static double unit_of(const struct sheet_reader *reader, enum sheet_role role) {
    double unit_m = reader->columns->at[reader->columns->first[role]].unit_m;
    return unit_m > 0 ? unit_m * 1000 : reader->diameter_mm;
}

static void read_size(struct sheet_reader *reader, struct inspection *inspection) {
    struct text cell = sheet_cell(reader, SHEET_DIAMETER),
                height = sheet_cell(reader, SHEET_HEIGHT);
    float unused;

    if (!sheet_is_blank(cell) && !sheet_diameter(cell, unit_of(reader, SHEET_DIAMETER),
                                     &inspection->diameter_mm, &inspection->height_mm)) {
        sheet_note(reader, FINDING_INVALID_VALUE, "diameter '%.*s'", TEXT_ARGS(text_cut(cell, 80)));
    }
    if (!sheet_is_blank(height) &&
        !sheet_diameter(height, unit_of(reader, SHEET_HEIGHT), &inspection->height_mm, &unused)) {
        sheet_note(reader, FINDING_INVALID_VALUE, "height '%.*s'", TEXT_ARGS(text_cut(height, 80)));
    }
}

static void read_direction(struct sheet_reader *reader, struct inspection *inspection) {
    struct text cell = sheet_cell(reader, SHEET_DIRECTION);

    if (cell.n == 0) {
        return;
    }
    inspection->direction = (uint8_t)sheet_direction(cell);
    if (inspection->direction == DIRECTION_UNKNOWN && !sheet_is_blank(cell)) {
        sheet_note(
            reader, FINDING_UNKNOWN_VALUE, "direction '%.*s'", TEXT_ARGS(text_cut(cell, 80)));
    }
    if (cell.n > 1) { /* more than U or D */
        inspection_more(reader->survey, inspection)->direction_text =
            pool_word(&reader->survey->words, pool_add(&reader->survey->words, cell));
    }
}

/* Start and finish as they stand, or from upstream, downstream and the direction. */
static void read_nodes(struct sheet_reader *reader, struct inspection *inspection) {
    struct arena *arena = &reader->survey->arena;
    struct text start = sheet_cell(reader, SHEET_START_NODE),
                finish = sheet_cell(reader, SHEET_FINISH_NODE),
                upstream = sheet_cell(reader, SHEET_UPSTREAM_NODE),
                downstream = sheet_cell(reader, SHEET_DOWNSTREAM_NODE);

    if (upstream.n > 0 || downstream.n > 0) {
        struct inspection_more *more = inspection_more(reader->survey, inspection);
        more->upstream_node = arena_copy(arena, upstream);
        more->downstream_node = arena_copy(arena, downstream);
    }
    if (start.n == 0 && finish.n == 0 && (upstream.n > 0 || downstream.n > 0)) {
        bool is_up = inspection->direction == DIRECTION_UPSTREAM;
        start = is_up ? downstream : upstream;
        finish = is_up ? upstream : downstream;
        inspection->start_is_assumed = true;
    }
    inspection->start_node = arena_copy(arena, start);
    inspection->finish_node = arena_copy(arena, finish);
}

/* The field of a column that few sheets have; NULL for columns with a place of their own. */
static struct text *extra_field(struct inspection_more *more, enum sheet_role role) {
    switch ((int)role) {
    case SHEET_WEATHER:
        return &more->weather;
    case SHEET_STREET:
        return &more->street;
    case SHEET_MATERIAL:
        return &more->material;
    case SHEET_SHAPE:
        return &more->shape;
    case SHEET_SYSTEM:
        return &more->system;
    case SHEET_VIDEO:
        return &more->video;
    case SHEET_PURPOSE:
        return &more->purpose;
    case SHEET_STANDARD:
        return &more->standard;
    case SHEET_TIME:
        return &more->time;
    default:
        return NULL;
    }
}

static void read_extras(struct sheet_reader *reader, struct inspection *inspection) {
    struct survey *survey = reader->survey;

    for (size_t i = 0; i < reader->n_rare_inspection; i++) {
        size_t column = reader->rare_inspection[i];
        struct text cell = sheet_cell_at(reader, column);
        if (cell.n == 0) {
            continue;
        }
        enum sheet_role role = reader->columns->at[column].role;
        struct text *field = extra_field(inspection_more(survey, inspection), role);
        bool is_own = role == SHEET_VIDEO || role == SHEET_TIME; /* differ from run to run */
        *field = is_own ? sheet_keep(reader, cell)
                        : pool_word(&survey->words, pool_add(&survey->words, cell));
    }
}

/* START-FINISH DATE, for sheets that have no ids; the pipeline makes it unique.  A twin has its
 * size behind the nodes. */
static struct text made_id(
    struct survey *survey, const struct inspection *inspection, struct text twin_size) {
    struct text start = inspection->start_node, finish = inspection->finish_node,
                name = inspection->segment_ref;

    if (start.n > 0 || finish.n > 0) {
        name = arena_printf(&survey->arena, "%.*s-%.*s%s%.*s", TEXT_ARGS(text_cut(start, 200)),
            TEXT_ARGS(text_cut(finish, 200)), twin_size.n > 0 ? " " : "",
            TEXT_ARGS(text_cut(twin_size, 40)));
    }
    if (inspection->inspected_on == 0 || name.n == 0) {
        return name;
    }
    return arena_printf(
        &survey->arena, "%.*s %d", TEXT_ARGS(text_cut(name, 400)), (int)inspection->inspected_on);
}

void sheet_add_inspection(struct sheet_reader *reader) {
    struct survey *survey = reader->survey;
    struct inspection *inspection = survey_add_inspection(survey);
    struct text raw = sheet_keep(reader, reader->row->raw);

    reader->current = (uint32_t)(survey->n_inspections - 1);
    inspection->id = arena_copy(&survey->arena, sheet_cell(reader, SHEET_INSPECTION_ID));
    inspection->segment_ref = arena_copy(&survey->arena, sheet_cell(reader, SHEET_SEGMENT_ID));
    inspection->raw = raw.at;
    inspection->raw_n = (uint32_t)raw.n;
    inspection->line = reader->row->line;
    inspection->operator_word = pool_add(&survey->words, sheet_cell(reader, SHEET_OPERATOR));
    inspection->method_word = pool_add(&survey->words, sheet_cell(reader, SHEET_METHOD));
    inspection->inspected_m = read_length(reader, SHEET_INSPECTED);
    inspection->expected_m = read_length(reader, SHEET_EXPECTED);
    read_date(reader, inspection);
    read_direction(reader, inspection);
    read_nodes(reader, inspection);
    read_size(reader, inspection);
    read_extras(reader, inspection);
}

bool sheet_is_other_pipe(struct sheet_reader *reader, const struct inspection *inspection) {
    struct text size = sheet_cell(reader, SHEET_DIAMETER);
    float width_mm, height_mm;
    double length_m, known_m = reader->twin_length == SHEET_EXPECTED ? inspection->expected_m
                                                                     : inspection->inspected_m;

    if (!sheet_diameter(size, unit_of(reader, SHEET_DIAMETER), &width_mm, &height_mm) ||
        !sheet_length(reader, reader->twin_length, &length_m)) {
        return false;
    }
    return fabsf(width_mm - inspection->diameter_mm) > 0.5F && fabs(length_m - known_m) > 0.005;
}

void sheet_make_id(struct survey *survey, struct inspection *inspection) {
    if (inspection->id.n == 0) {
        inspection->id = made_id(survey, inspection, (struct text){0});
    }
}

void sheet_name_twin(struct sheet_reader *reader, struct inspection *inspection) {
    inspection->id = made_id(reader->survey, inspection, sheet_cell(reader, SHEET_DIAMETER));
}

void sheet_fill_inspection(struct sheet_reader *reader, struct inspection *inspection) {
    if (inspection->line == reader->row->line) {
        return;
    }
    if (isnan(inspection->inspected_m)) {
        inspection->inspected_m = read_length(reader, SHEET_INSPECTED);
    }
    if (inspection->inspected_on == 0) {
        read_date(reader, inspection);
    }
}
