/* One observation: a row of PACP_, LACP_ or MACP_Conditions, with its photos.
 *
 * Codes hold their characterisation.  Lengths are in feet or metres, values in inches or
 * millimetres, as the inspection says; percent stands in a column of its own and is quantity 1 when
 * it is there.  Clock 00 is the top; a plain 0, which databases put where nothing was written, is
 * none. */
#include <math.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/sheet_values.h"
#include "formats/survey/pacp.h"

enum { REASON_MAX = 500 };

struct hand {
    struct pacp *pacp;
    struct observation *observation;
    struct inspection *inspection;
    struct pacp_run *run;
};

static struct text value_of(const struct hand *hand, enum pacp_column column) {
    return pacp_value(hand->pacp, column);
}

static struct observation_more *more_of(const struct hand *hand) {
    return observation_more(hand->pacp->survey, hand->observation);
}

/* --- Codes --- */

/* RFJ, IRJ: a J behind the code says "at a joint", and the catalogue knows where it may stand. */
static bool is_joint_code(struct text code, const struct catalogue_row *row) {
    return row != NULL && code.n >= 3 && (code.at[code.n - 1] == 'J' || code.at[code.n - 1] == 'j');
}

/* Looked up once for each code of the survey: NULL when the catalogue does not have it. */
static const struct catalogue_row *row_of(struct pacp *pacp, uint32_t number) {
    struct text none = {0};

    while (pacp->n_known <= number) {
        struct text code = pacp->survey->codes[pacp->n_known].code;
        pacp->known = array_reserve(
            pacp->known, &pacp->known_capacity, pacp->n_known + 1, sizeof *pacp->known);
        pacp->known[pacp->n_known++] = catalogue_find(CATALOGUE_PACP, code, none, none);
    }
    return pacp->known[number];
}

static void fill_code(struct hand *hand) {
    struct text code = value_of(hand, PACP_CONDITION_CODE), none = {0};
    struct text joint = value_of(hand, PACP_CONDITION_JOINT);
    uint32_t number = survey_add_code(hand->pacp->survey, none, code, none, none);
    const struct catalogue_row *row = row_of(hand->pacp, number);
    enum answer answer = pacp_answer(joint);

    hand->observation->code = number;
    if (answer == ANSWER_YES || text_equal_nocase(joint, TEXT("J")) || is_joint_code(code, row)) {
        hand->observation->at_joint = 1;
    } else if (answer == ANSWER_NO) {
        hand->observation->at_joint = 2;
    }
    if (row == NULL || row->role != ROLE_ABANDONED) {
        return;
    }
    struct text remark = value_of(hand, PACP_CONDITION_REMARKS);
    struct text *reason = &hand->inspection->more->abandoned_reason;
    hand->run->saw_abandoned = true;
    if (reason->n < REASON_MAX) {
        *reason = arena_printf(&hand->pacp->survey->arena, "%.*s%s%.*s%s%.*s", TEXT_ARGS(*reason),
            reason->n > 0 ? "; " : "", TEXT_ARGS(text_cut(code, 20)), remark.n > 0 ? " " : "",
            TEXT_ARGS(text_cut(remark, 200)));
    }
}

/* --- Quantities --- */

static void set_quantity(
    const struct hand *hand, int which, double value, const char *unit, struct text written) {
    struct observation_more *more = more_of(hand);
    struct text text = arena_printf(
        &hand->pacp->survey->arena, "%.*s %s", TEXT_ARGS(text_cut(written, 100)), unit);

    *(which == 1 ? &more->quant1 : &more->quant2) = value;
    *(which == 1 ? &more->quant1_text : &more->quant2_text) = text;
}

static void fill_quantities(const struct hand *hand) {
    static const enum pacp_column columns[] = {
        PACP_CONDITION_PERCENT, PACP_CONDITION_VALUE1, PACP_CONDITION_VALUE2};
    bool is_metric = hand->run->unit_m == 1;
    int which = 1;

    for (size_t i = 0; i < ARRAY_LEN(columns) && which <= 2; i++) {
        bool is_percent = columns[i] == PACP_CONDITION_PERCENT;
        double value = pacp_number(hand->pacp, columns[i]);
        if (isnan(value) || value == 0) {
            continue;
        }
        set_quantity(hand, which++, is_percent || is_metric ? value : value * 25.4,
            is_percent  ? "%"
            : is_metric ? "mm"
                        : "in",
            value_of(hand, columns[i]));
    }
}

/* --- Marks and clock --- */

static void fill_mark(const struct hand *hand) {
    struct text value = value_of(hand, PACP_CONDITION_CONTINUOUS);
    enum mark mark = MARK_NONE;

    if (value.n == 0 || pacp_answer(value) == ANSWER_NO) {
        return;
    }
    if (!sheet_mark(value, &mark, &hand->observation->mark_number)) {
        pacp_find(hand->pacp, FINDING_MARK_INVALID, PACP_CONDITION_CONTINUOUS);
        return;
    }
    hand->observation->mark = (uint8_t)mark;
}

static uint8_t hour_of(const struct hand *hand, enum pacp_column column) {
    struct text value = value_of(hand, column);
    double hour = 0;

    if (text_equal(value, TEXT("00"))) {
        return 12;
    }
    if (value.n > 0 &&
        (!text_to_double(value, &hour) || hour < 0 || hour > 12 || hour != floor(hour))) {
        pacp_find(hand->pacp, FINDING_CLOCK_INVALID, column);
        more_of(hand)->clock_text = pacp_keep(hand->pacp, value);
        return 0;
    }
    return (uint8_t)hour;
}

static void fill_clock(const struct hand *hand) {
    struct observation *observation = hand->observation;

    observation->clock_from = hour_of(hand, PACP_CONDITION_CLOCK_FROM);
    observation->clock_to = hour_of(hand, PACP_CONDITION_CLOCK_TO);
    if (observation->clock_from == 0 && observation->clock_to != 0) { /* one point */
        observation->clock_from = observation->clock_to;
        observation->clock_to = 0;
    }
}

static void fill_texts(const struct hand *hand) {
    struct text remark = value_of(hand, PACP_CONDITION_REMARKS);
    struct text time = value_of(hand, PACP_CONDITION_VIDEO_TIME);
    struct text place = value_of(hand, PACP_CONDITION_PLACE);

    if (remark.n > 0) {
        more_of(hand)->remark = pacp_keep(hand->pacp, remark);
    }
    if (time.n > 0) {
        more_of(hand)->video_time = pacp_keep(hand->pacp, time);
    }
    if (place.n > 0 && hand->inspection->object == OBJECT_NODE) {
        more_of(hand)->place = pacp_keep(hand->pacp, place);
    }
}

/* --- Rows --- */

/* Conditions without a table of inspections get some that know nothing but their key. */
static uint32_t inspection_of(struct pacp *pacp) {
    struct text key = pacp_value(pacp, PACP_CONDITION_OF);
    uint32_t number =
        key.n == 0 ? INDEX_NONE : row_keys_find(&pacp->inspections[pacp->family], key);

    if (number == INDEX_NONE && !pacp->has_inspections) {
        number = pacp_add_inspection(pacp, key);
        pacp->runs[number].unit_m =
            pacp->options->length_unit_m > 0 ? pacp->options->length_unit_m : 0.3048;
    }
    return number;
}

static void add_place(struct pacp *pacp, uint32_t inspection) {
    size_t number = pacp->survey->n_observations - 1;

    pacp->places =
        array_reserve(pacp->places, &pacp->places_capacity, number + 1, sizeof *pacp->places);
    pacp->places[number] = (struct pacp_place){inspection, (uint32_t)number};
    struct text key = pacp_value(pacp, PACP_CONDITION_KEY);
    if (key.n > 0) {
        row_keys_add(&pacp->conditions[pacp->family], key, (uint32_t)number);
    }
}

void pacp_take_condition(struct pacp *pacp) {
    struct survey *survey = pacp->survey;
    bool says_something = pacp_value(pacp, PACP_CONDITION_CODE).n > 0 ||
                          pacp_value(pacp, PACP_CONDITION_REMARKS).n > 0;
    uint32_t number = inspection_of(pacp);

    if (number == INDEX_NONE) {
        pacp->n_orphans++;
        return;
    }
    if (!says_something) {
        pacp_find(pacp, FINDING_ROW_SKIPPED, PACP_CONDITION_CODE);
        return;
    }
    struct hand hand = {
        .pacp = pacp,
        .observation = survey_add_observation(survey),
        .inspection = &survey->inspections[number],
        .run = &pacp->runs[number],
    };
    struct text raw = rows_record(pacp->rows, &survey->arena);
    hand.observation->raw = raw.at;
    hand.observation->raw_n = (uint32_t)raw.n;
    hand.observation->line = pacp->rows->line;
    hand.observation->chainage_m = pacp_number(pacp, PACP_CONDITION_DISTANCE) * hand.run->unit_m;
    fill_code(&hand);
    fill_quantities(&hand);
    fill_mark(&hand);
    fill_clock(&hand);
    fill_texts(&hand);
    add_place(pacp, number);
}

void pacp_take_photo(struct pacp *pacp) {
    enum { LIST_MAX = 4000 };
    struct text key = pacp_value(pacp, PACP_PHOTO_ROW);
    struct text name = pacp_value(pacp, PACP_PHOTO_IMAGE);
    struct text folder = pacp_value(pacp, PACP_PHOTO_IMAGE_PATH);
    uint32_t number = key.n == 0 ? INDEX_NONE : row_keys_find(&pacp->conditions[pacp->family], key);

    if (number == INDEX_NONE) {
        pacp->n_orphans++;
        return;
    }
    struct text *list = &observation_more(pacp->survey, &pacp->survey->observations[number])->photo;
    if ((name.n == 0 && folder.n == 0) || list->n > LIST_MAX) {
        return;
    }
    bool is_closed = folder.n == 0 || name.n == 0 || folder.at[folder.n - 1] == '\\' ||
                     folder.at[folder.n - 1] == '/';
    *list = arena_printf(&pacp->survey->arena, "%.*s%s%.*s%s%.*s", TEXT_ARGS(*list),
        list->n > 0 ? ";" : "", TEXT_ARGS(folder), is_closed ? "" : "\\", TEXT_ARGS(name));
}
