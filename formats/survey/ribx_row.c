/* One ZC of a RIBX file: its elements are the columns of EN 13508-2, with O for the third
 * characterisation of the Netherlands.  Codes of measurements (BXA; BZA and DZA of GWSW-Rib 1.0)
 * are no observations: they become measurements. */
#include <math.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/sheet_values.h"
#include "formats/survey/en_values.h"
#include "formats/survey/ribx.h"

enum { PROGRESS_EVERY = 8192, CODE_MAX = 40 };

/* The row in hand: its values are views into `raw`. */
struct row {
    struct ribx *ribx;
    struct survey *survey;
    const struct xml_record *fields;
    const char *raw;
    struct observation *observation;
};

static struct text value_of(const struct row *row, enum ribx_element word) {
    return xml_record_value(row->fields, row->raw, word);
}

static struct observation_more *more_of(const struct row *row) {
    return observation_more(row->survey, row->observation);
}

static void find(
    const struct row *row, enum finding_kind kind, const char *element, struct text value) {
    ribx_find(row->ribx, kind, row->fields->line, element, value);
}

/* --- measurements --- */

/* facts: GWSW-Rib 1.0 (A to I) and RIBX 1.3 (AA, J, K); factor brings to our unit. */
static const struct {
    const char *letters;
    enum measurement_kind kind;
    enum measurement_unit unit;
    double factor, most;
} measured[] = {
    {"A",  MEASUREMENT_DEVIATION,   MEASURED_IN_MILLIMETRES,                   1,    INFINITY},
    {"AA", MEASUREMENT_DEVIATION,   MEASURED_IN_MILLIMETRES,                   1000, INFINITY},
    {"B",  MEASUREMENT_LEVEL,       MEASURED_IN_METRES,                        1,    INFINITY},
    {"C",  MEASUREMENT_PRESSURE,    MEASURED_IN_PASCALS,                       1,    INFINITY},
    {"D",  MEASUREMENT_TEMPERATURE, MEASURED_IN_CELSIUS,                       1,    INFINITY},
    {"E",  MEASUREMENT_RADAR,       MEASURED_IN_UNKNOWN,                       1,    INFINITY},
    {"F",  MEASUREMENT_STRENGTH,    MEASURED_IN_NEWTONS_PER_SQUARE_MILLIMETRE, 1,    INFINITY},
    {"G",  MEASUREMENT_CAVITY,      MEASURED_IN_UNKNOWN,                       1,    INFINITY},
    {"H",  MEASUREMENT_CORROSION,   MEASURED_IN_MILLIMETRES,                   1,    INFINITY},
    {"I",  MEASUREMENT_DEPOSIT,     MEASURED_IN_MILLIMETRES,                   1,    INFINITY},
    {"J",  MEASUREMENT_SLOPE,       MEASURED_IN_DEGREES,                       1,    45      },
    {"K",  MEASUREMENT_SLOPE,       MEASURED_IN_PERCENT,                       1,    100     },
};

static bool is_measurement(struct text code) {
    return text_equal_nocase(code, TEXT("BXA")) || text_equal_nocase(code, TEXT("BZA")) ||
           text_equal_nocase(code, TEXT("DZA"));
}

/* The row of the table, ARRAY_LEN(measured) when its letters are not there. */
static size_t kind_of(struct text letters) {
    size_t kind = 0;

    while (kind < ARRAY_LEN(measured) &&
           !text_equal_nocase(letters, text_from(measured[kind].letters))) {
        kind++;
    }
    return kind;
}

/* Kind, unit and value in our unit; false when the value is none, or none that can be. */
static bool read_value(size_t kind, struct text value, struct measurement *out) {
    if (!text_to_double(value, &out->value)) {
        return false;
    }
    if (kind == ARRAY_LEN(measured)) {
        return true;
    }
    out->kind = (uint8_t)measured[kind].kind;
    out->unit = (uint8_t)measured[kind].unit;
    out->value *= measured[kind].factor;
    return isfinite(out->value) && fabs(out->value) <= measured[kind].most;
}

static void measure(const struct row *row) {
    size_t kind = kind_of(value_of(row, EL_B));
    struct measurement measurement = {
        .inspection = (uint32_t)(row->survey->n_inspections - 1), .line = row->fields->line};

    if (kind == ARRAY_LEN(measured)) {
        find(row, FINDING_UNKNOWN_VALUE, "kind of measurement, B", value_of(row, EL_B));
    }
    if (!text_to_double(value_of(row, EL_I), &measurement.chainage_m) ||
        !read_value(kind, value_of(row, EL_D), &measurement)) {
        find(row, FINDING_INVALID_VALUE, "measurement", (struct text){row->raw, row->fields->n});
        return;
    }
    row->ribx->run.n_measured++;
    *survey_add_measurement(row->survey) = measurement;
}

/* --- observations --- */

/* A glued code is taken apart; one with a third characterisation is told as delivered. */
static void fill_code(const struct row *row) {
    struct text written = text_cut(value_of(row, EL_A), CODE_MAX), code = written,
                char1 = text_cut(value_of(row, EL_B), CODE_MAX),
                char2 = text_cut(value_of(row, EL_C), CODE_MAX),
                char3 = text_cut(value_of(row, EL_O), CODE_MAX), delivered = {0};

    if (code.n > 3 && char1.n == 0 && char2.n == 0 &&
        catalogue_split_en13508(written, &code, &char1, &char2)) {
        delivered = written;
    }
    if (char3.n > 0) {
        delivered = en_code_with_third(&row->survey->arena, code, char1, char2, char3);
    }
    row->observation->code = survey_add_code(row->survey, delivered, code, char1, char2);
}

static void fill_mark(const struct row *row) {
    struct text value = value_of(row, EL_J);
    enum mark mark = MARK_NONE;

    if (value.n > 0 && !sheet_mark(value, &mark, &row->observation->mark_number)) {
        find(row, FINDING_MARK_INVALID, "J", value);
        mark = MARK_NONE;
    }
    row->observation->mark = (uint8_t)mark;
}

static uint8_t clock_of(const struct row *row, enum ribx_element word, const char *element) {
    struct text value = value_of(row, word);
    uint8_t hour = 0;

    if (!en_clock(value, &hour)) {
        find(row, FINDING_CLOCK_INVALID, element, value);
        more_of(row)->clock_text = value;
    }
    return hour;
}

static void fill_clock(const struct row *row) {
    uint8_t from = clock_of(row, EL_G, "G"), to = clock_of(row, EL_H, "H");

    row->observation->clock_from = from != 0 ? from : to;
    row->observation->clock_to = from != 0 ? to : 0;
}

static bool is_code(const struct row *row, const char *code) {
    return text_equal_nocase(row->survey->codes[row->observation->code].code, text_from(code));
}

static void fill_quantities(const struct row *row) {
    struct text first = value_of(row, EL_D), second = value_of(row, EL_E);
    bool names_node = en_names_node(row->survey->codes[row->observation->code].code);

    if (first.n > 0 && (names_node || !text_to_double(first, &more_of(row)->quant1))) {
        more_of(row)->quant1_text = first;
    }
    if (second.n > 0 && !text_to_double(second, &more_of(row)->quant2)) {
        more_of(row)->quant2_text = second;
    }
}

/* VIDEO1.MPEG|00:01:12 */
static void fill_video(const struct row *row) {
    struct text value = value_of(row, EL_N);
    size_t bar = 0;

    while (bar < value.n && value.at[bar] != '|') {
        bar++;
    }
    if (bar < value.n) {
        more_of(row)->video = text_trim(text_part(value, 0, bar));
        more_of(row)->video_time = text_trim(text_part(value, bar + 1, value.n));
    } else if (value.n > 0) {
        more_of(row)->video_time = value;
    }
}

static void fill_rest(const struct row *row) {
    struct text joint = value_of(row, EL_K);

    if (text_equal_nocase(joint, TEXT("A"))) {
        row->observation->at_joint = 1;
    } else if (joint.n > 0) {
        find(row, FINDING_UNKNOWN_VALUE, "K", joint);
    }
    if (value_of(row, EL_L).n > 0) {
        more_of(row)->place = value_of(row, EL_L);
    }
    if (value_of(row, EL_M).n > 0) {
        more_of(row)->photo = value_of(row, EL_M);
    }
    if (row->ribx->row_remark.n > 0) {
        more_of(row)->remark = row->ribx->row_remark;
    }
}

static void learn(const struct row *row) {
    struct ribx_run *run = &row->ribx->run;
    double at_m = row->observation->chainage_m;

    run->last_m = fmax(run->last_m, at_m); /* NAN gives way */
    if (is_code(row, "BCD") && run->start_named.n == 0) {
        run->start_named = value_of(row, EL_D);
    } else if (is_code(row, "BCE")) {
        run->has_finish = true;
        run->finish_named = value_of(row, EL_D);
    } else if (is_code(row, "BDC")) {
        run->has_abandoned = true;
        run->abandoned_m = at_m;
        run->reason = row->ribx->row_remark.n > 0 ? row->ribx->row_remark : value_of(row, EL_B);
    }
}

void ribx_row_end(struct ribx *ribx) {
    struct survey *survey = ribx->survey;
    struct row row = {ribx, survey, &ribx->row, ribx->row.raw, NULL};

    if (value_of(&row, EL_A).n == 0) {
        find(&row, FINDING_ROW_SKIPPED, "no code in", (struct text){ribx->row.raw, ribx->row.n});
        return;
    }
    if (is_measurement(value_of(&row, EL_A))) {
        measure(&row);
        return;
    }
    struct text raw = arena_copy(&survey->arena, (struct text){ribx->row.raw, ribx->row.n});
    row.raw = raw.at;
    row.observation = survey_add_observation(survey);
    row.observation->raw = raw.at;
    row.observation->raw_n = (uint32_t)raw.n;
    row.observation->line = ribx->row.line;
    row.observation->chainage_m = ribx_number(ribx, ribx->row.line, "I", value_of(&row, EL_I));
    fill_code(&row);
    fill_mark(&row);
    fill_clock(&row);
    fill_quantities(&row);
    fill_video(&row);
    fill_rest(&row);
    learn(&row);
    if (survey->n_observations % PROGRESS_EVERY == 0 && ribx->options->progress != NULL) {
        ribx->options->progress(ribx->options->progress_context, survey->n_observations);
    }
}
