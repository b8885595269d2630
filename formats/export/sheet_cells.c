#include "formats/export/sheet_cells.h"

#include <math.h>

#include "core/catalogue.h"
#include "formats/sheet_values.h"

/* --- of the inspection --- */

static void put_direction(uint8_t direction, enum sheet_dialect dialect, struct text_out *out) {
    bool is_chinese = dialect == SHEET_CHINESE;

    if (direction == DIRECTION_DOWNSTREAM) {
        text_out_string(out, is_chinese ? "顺流" : "D");
    } else if (direction == DIRECTION_UPSTREAM) {
        text_out_string(out, is_chinese ? "逆流" : "U");
    }
}

/* 300, and in Chinese sheets 2700x2600. */
static void put_diameter(
    const struct inspection *inspection, enum sheet_dialect dialect, struct text_out *out) {
    text_out_float(out, inspection->diameter_mm);
    if (dialect == SHEET_CHINESE && !isnan(inspection->height_mm) &&
        !isnan(inspection->diameter_mm)) {
        text_out_string(out, "x");
        text_out_float(out, inspection->height_mm);
    }
}

static struct text extra_text(const struct inspection_more *more, enum sheet_role role) {
    switch ((int)role) {
    case SHEET_DOWNSTREAM_NODE:
        return more->downstream_node;
    case SHEET_MATERIAL:
        return more->material;
    case SHEET_PURPOSE:
        return more->purpose;
    case SHEET_SHAPE:
        return more->shape;
    case SHEET_STANDARD:
        return more->standard;
    case SHEET_STREET:
        return more->street;
    case SHEET_SYSTEM:
        return more->system;
    case SHEET_TIME:
        return more->time;
    case SHEET_UPSTREAM_NODE:
        return more->upstream_node;
    case SHEET_WEATHER:
        return more->weather;
    default:
        return (struct text){0};
    }
}

/* False when the role is none of the inspection's. */
static bool put_of_inspection(const struct sheet_out_row *row, enum sheet_role role,
    enum sheet_dialect dialect, struct text_out *out) {
    const struct inspection *inspection = row->inspection;
    const struct pool *words = &inspection->survey->words;

    switch ((int)role) {
    case SHEET_DATE:
        text_out_date(out, inspection->inspected_on);
        return true;
    case SHEET_DIAMETER:
        put_diameter(inspection, dialect, out);
        return true;
    case SHEET_DIRECTION:
        put_direction(inspection->direction, dialect, out);
        return true;
    case SHEET_EXPECTED:
        text_out_number(out, inspection->expected_m);
        return true;
    case SHEET_FINISH_NODE:
        text_out_put(out, inspection->finish_node);
        return true;
    case SHEET_HEIGHT:
        text_out_float(out, inspection->height_mm);
        return true;
    case SHEET_INSPECTED:
        text_out_number(out, inspection->inspected_m);
        return true;
    case SHEET_INSPECTION_ID:
        text_out_put(out, row->id);
        return true;
    case SHEET_METHOD:
        text_out_put(out, pool_word(words, inspection->method_word));
        return true;
    case SHEET_NUMBER:
        text_out_printf(out, "%zu", row->number);
        return true;
    case SHEET_OPERATOR:
        text_out_put(out, pool_word(words, inspection->operator_word));
        return true;
    case SHEET_SEGMENT_ID:
        text_out_put(out, inspection->segment_ref);
        return true;
    case SHEET_START_NODE:
        text_out_put(out, inspection->start_node);
        return true;
    default:
        if (inspection->more != NULL) {
            text_out_put(out, extra_text(inspection->more, role));
        }
        return false;
    }
}

/* --- of both --- */

static void put_remark(const struct sheet_out_row *row, struct text_out *out) {
    if (row->observation == NULL) {
        text_out_put(
            out, row->inspection->more == NULL ? (struct text){0} : row->inspection->more->remark);
    } else if (row->observation->more != NULL) {
        text_out_put(out, row->observation->more->remark);
    }
}

/* A row's own video counts before the inspection's. */
static void put_video(const struct sheet_out_row *row, struct text_out *out) {
    const struct observation_more *more = row->observation == NULL ? NULL : row->observation->more;

    if (more != NULL && more->video.n > 0) {
        text_out_put(out, more->video);
    } else if (row->inspection->more != NULL) {
        text_out_put(out, row->inspection->more->video);
    }
}

/* --- of the observation --- */

/* A text beside hours can be written only where it says the same as they do. */
static bool text_agrees(const struct observation *observation, struct text text) {
    struct clock clock = {0};

    if (sheet_is_blank(text)) {
        return false;
    }
    bool is_clock = sheet_clock(text, &clock);
    return is_clock ? !clock.is_exact && clock.from == observation->clock_from &&
                          clock.to == observation->clock_to
                    : observation->clock_from == 0 && observation->clock_to == 0;
}

static void put_clock(
    const struct observation *observation, enum sheet_dialect dialect, struct text_out *out) {
    struct text text = observation->more == NULL ? (struct text){0} : observation->more->clock_text;

    if (text.n > 0 && text_agrees(observation, text)) {
        text_out_put(out, text);
    } else if (dialect == SHEET_CHINESE && observation->clock_from != 0) {
        text_out_printf(out, "%02u%02u", observation->clock_from, observation->clock_to);
    } else if (dialect == SHEET_CHINESE && observation->clock_to != 0) {
        text_out_printf(out, "00%02u", observation->clock_to);
    }
}

static void put_hour(uint8_t hour, struct text_out *out) {
    if (hour != 0) {
        text_out_printf(out, "%u", hour);
    }
}

static void put_mark(
    const struct observation *observation, enum sheet_dialect dialect, struct text_out *out) {
    bool is_chinese = dialect == SHEET_CHINESE;
    const char *letters = observation->mark == MARK_START    ? is_chinese ? "KS" : "A"
                          : observation->mark == MARK_END    ? is_chinese ? "JS" : "B"
                          : observation->mark == MARK_CHANGE ? "C"
                                                             : NULL;

    if (letters != NULL) {
        text_out_printf(out, "%s%02u", letters, observation->mark_number);
    }
}

static void put_name(const struct sheet_out_row *row, struct text_out *out) {
    const struct code *code = observation_code(row->inspection, row->observation);
    const struct catalogue_row *known =
        catalogue_find(row->inspection->survey->catalogue, code->code, code->char1, code->char2);

    if (known != NULL && known->name_zh != NULL) {
        text_out_string(out, known->name_zh);
    }
}

static void put_quantity(double number, struct text text, struct text_out *out) {
    if (isnan(number)) {
        text_out_put(out, text);
    } else {
        text_out_number(out, number);
    }
}

static void put_more(
    const struct observation_more *more, enum sheet_role role, struct text_out *out) {
    switch ((int)role) {
    case SHEET_PHOTO:
        text_out_put(out, more->photo);
        break;
    case SHEET_QUANT1:
        put_quantity(more->quant1, more->quant1_text, out);
        break;
    case SHEET_QUANT2:
        put_quantity(more->quant2, more->quant2_text, out);
        break;
    case SHEET_VIDEO_TIME:
        text_out_put(out, more->video_time);
        break;
    default:
        break;
    }
}

static void put_grade(const struct observation *observation, struct text_out *out) {
    if (observation->grade != 0) {
        text_out_printf(out, "%d", observation->grade);
    } else if (observation->more != NULL) {
        text_out_put(out, observation->more->grade_text);
    }
}

static void put_of_observation(const struct sheet_out_row *row, enum sheet_role role,
    enum sheet_dialect dialect, struct text_out *out) {
    const struct observation *observation = row->observation;
    const struct code *code = observation_code(row->inspection, observation);

    switch ((int)role) {
    case SHEET_CHAINAGE:
        text_out_number(out, observation->chainage_m);
        break;
    case SHEET_CHAR1:
        text_out_put(out, code->char1);
        break;
    case SHEET_CHAR2:
        text_out_put(out, code->char2);
        break;
    case SHEET_CLOCK:
        put_clock(observation, dialect, out);
        break;
    case SHEET_CLOCK_FROM:
        put_hour(observation->clock_from, out);
        break;
    case SHEET_CLOCK_TO:
        put_hour(observation->clock_to, out);
        break;
    case SHEET_CODE:
        text_out_put(out, code->code);
        break;
    case SHEET_CONTINUOUS:
        put_mark(observation, dialect, out);
        break;
    case SHEET_DEFECT_NAME:
        put_name(row, out);
        break;
    case SHEET_GRADE:
        put_grade(observation, out);
        break;
    case SHEET_JOINT:
        text_out_string(out, observation->at_joint == 1   ? "yes"
                             : observation->at_joint == 2 ? "no"
                                                          : "");
        break;
    default:
        if (observation->more != NULL) {
            put_more(observation->more, role, out);
        }
        break;
    }
}

/* A run that saw nothing says so in Chinese sheets. */
static void put_clean(enum sheet_role role, enum sheet_dialect dialect, struct text_out *out) {
    if (dialect == SHEET_CHINESE && role == SHEET_DEFECT_NAME) {
        text_out_string(out, "无异常");
    } else if (dialect == SHEET_CHINESE && role == SHEET_GRADE) {
        text_out_string(out, "0");
    }
}

void sheet_out_cell(const struct sheet_out_row *row, enum sheet_role role,
    enum sheet_dialect dialect, struct text_out *out) {
    if (role == SHEET_REMARK) {
        put_remark(row, out);
    } else if (role == SHEET_VIDEO) {
        put_video(row, out);
    } else if (put_of_inspection(row, role, dialect, out)) {
        return;
    } else if (row->observation == NULL) {
        put_clean(role, dialect, out);
    } else {
        put_of_observation(row, role, dialect, out);
    }
}
