/* One observation of WinCan: a row of SECOBS or NODOBS. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/sheet_values.h"
#include "formats/survey/wincan.h"

enum { REASON_MAX = 500 };

struct hand {
    struct wincan *wincan;
    const struct wincan_row *row;
    struct observation *observation;
    struct inspection *inspection;
    struct wincan_run *run;
    enum code_role role;
};

static struct text value_of(const struct hand *hand, enum wincan_column column) {
    return wincan_value(hand->row, column);
}

static struct observation_more *more_of(const struct hand *hand) {
    return observation_more(hand->wincan->survey, hand->observation);
}

static void find(const struct hand *hand, enum finding_kind kind, enum wincan_column column) {
    wincan_find(hand->wincan, kind, hand->row, column);
}

/* Nodes count their depths, sections their distances from where the camera came in. */
static void fill_chainage(const struct hand *hand) {
    enum wincan_column column =
        hand->wincan->of_nodes ? WC_OBSERVATION_OBS_Depth : WC_OBSERVATION_OBS_Distance;
    struct text reversed = value_of(hand, WC_OBSERVATION_OBS_ReverseInsp);

    hand->observation->chainage_m =
        wincan_number(hand->wincan, hand->row, column) * hand->run->length_unit_m;
    if (reversed.n > 0 && !wincan_is_false(reversed)) { /* taken as logged */
        find(hand, FINDING_UNKNOWN_VALUE, WC_OBSERVATION_OBS_ReverseInsp);
    }
}

/* --- Codes --- */

/* Without the rows of its catalogue some codes are still known. */
static enum code_role role_of(
    enum catalogue catalogue, struct text code, struct text char1, struct text char2) {
    static const struct {
        const char *code;
        enum code_role role;
    } list[] = {
        {"MH",  ROLE_START_NODE },
        {"MHF", ROLE_FINISH_NODE},
        {"SA",  ROLE_ABANDONED  },
        {"MSA", ROLE_ABANDONED  },
        {"BDC", ROLE_ABANDONED  },
        {"DDC", ROLE_ABANDONED  },
    };
    const struct catalogue_row *row = catalogue_find(catalogue, code, char1, char2);

    if (row != NULL) {
        return row->role;
    }
    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        if (text_equal(code, text_from(list[i].code))) {
            return list[i].role;
        }
    }
    return ROLE_NONE;
}

static void fill_code(struct hand *hand) {
    struct text code = value_of(hand, WC_OBSERVATION_OBS_OpCode), delivered = {0};
    struct text char1 = value_of(hand, WC_OBSERVATION_OBS_Char1);
    struct text char2 = value_of(hand, WC_OBSERVATION_OBS_Char2);
    struct text split, split1, split2;

    bool may_be_en =
        hand->run->catalogue == CATALOGUE_EN13508 || hand->run->catalogue == CATALOGUE_UNKNOWN;
    if (may_be_en && code.n > 3 && catalogue_split_en13508(code, &split, &split1, &split2)) {
        delivered = code;
        code = split;
        char1 = char1.n > 0 ? char1 : split1;
        char2 = char2.n > 0 ? char2 : split2;
    }
    hand->observation->code = survey_add_code(hand->wincan->survey, delivered, code, char1, char2);
    hand->role = role_of(hand->run->catalogue, code, char1, char2);
}

/* --- Quantities --- */

/* Millimetres, percent and degrees are what codes count in. */
static double factor_of(struct text unit) {
    static const struct {
        const char *unit;
        double factor;
    } list[] = {
        {"cm",   10   },
        {"m",    1000 },
        {"in",   25.4 },
        {"inch", 25.4 },
        {"\"",   25.4 },
        {"ft",   304.8},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        if (text_equal_nocase(unit, text_from(list[i].unit))) {
            return list[i].factor;
        }
    }
    return 1;
}

/* The name of a node stands in quantity 1 of the observation at it. */
static bool names_node(const struct hand *hand, struct text value, struct text unit) {
    bool is_end =
        hand->role == ROLE_START_NODE || hand->role == ROLE_FINISH_NODE || hand->role == ROLE_NODE;
    bool is_known = text_equal_nocase(value, hand->run->start_name) ||
                    text_equal_nocase(value, hand->run->finish_name);
    double ignored;

    return unit.n == 0 && (is_end || (is_known && !text_to_double(value, &ignored)));
}

/* As text too when a unit was delivered: "100 mm". */
static void fill_quantity(const struct hand *hand, struct text value, struct text unit,
    double *number, struct text *text) {
    if (value.n == 0) {
        return;
    }
    if (names_node(hand, value, unit) || !text_to_double(value, number)) {
        *text = value;
        return;
    }
    *number *= factor_of(unit);
    if (unit.n > 0) {
        *text = arena_printf(&hand->wincan->survey->arena, "%.*s %.*s",
            TEXT_ARGS(text_cut(value, 200)), TEXT_ARGS(text_cut(unit, 20)));
    }
}

static void fill_quantities(const struct hand *hand) {
    struct text value1 = value_of(hand, WC_OBSERVATION_OBS_Q1_Value);
    struct text value2 = value_of(hand, WC_OBSERVATION_OBS_Q2_Value);

    if (value1.n > 0 || value2.n > 0) {
        struct observation_more *more = more_of(hand);
        fill_quantity(hand, value1, value_of(hand, WC_OBSERVATION_OBS_U1_Value), &more->quant1,
            &more->quant1_text);
        fill_quantity(hand, value2, value_of(hand, WC_OBSERVATION_OBS_U2_Value), &more->quant2,
            &more->quant2_text);
    }
}

/* --- Marks, clock, joint --- */

/* Other numbers stand in OBS_CD_Code1 too, which count rows. */
static void fill_mark(const struct hand *hand) {
    struct text value = value_of(hand, WC_OBSERVATION_OBS_CD_Code1);
    enum mark mark = MARK_NONE;
    long ignored;

    if (value.n == 0 || text_to_int(value, &ignored)) {
        return;
    }
    if (!sheet_mark(value, &mark, &hand->observation->mark_number)) {
        find(hand, FINDING_MARK_INVALID, WC_OBSERVATION_OBS_CD_Code1);
        return;
    }
    hand->observation->mark = (uint8_t)mark;
}

/* Whole hours; 0 says nothing, 12 is the top. */
static uint8_t hour_of(const struct hand *hand, enum wincan_column column) {
    struct text value = value_of(hand, column);
    double hour = 0;

    if (value.n > 0 &&
        (!text_to_double(value, &hour) || hour < 0 || hour > 12 || hour != floor(hour))) {
        find(hand, FINDING_CLOCK_INVALID, column);
        more_of(hand)->clock_text = value;
        return 0;
    }
    return (uint8_t)hour;
}

static void fill_clock(const struct hand *hand) {
    struct observation *observation = hand->observation;

    observation->clock_from = hour_of(hand, WC_OBSERVATION_OBS_ClockPos1);
    observation->clock_to = hour_of(hand, WC_OBSERVATION_OBS_ClockPos2);
    if (observation->clock_from == 0 && observation->clock_to != 0) { /* one point */
        observation->clock_from = observation->clock_to;
        observation->clock_to = 0;
    }
}

static void fill_joint(const struct hand *hand) {
    struct text joint = value_of(hand, WC_OBSERVATION_OBS_AtJoint);

    if (joint.n == 0) {
        return;
    }
    hand->observation->at_joint = wincan_is_false(joint) ? 2 : 1;
}

/* --- Grades and texts --- */

/* Structural, operational, hydraulic: "S=1 O=3".  One number alone, or the same ones, is the grade
 * as well. */
static void fill_grades(const struct hand *hand) {
    static const struct {
        const char *name;
        enum wincan_column column;
    } list[] = {
        {"S", WC_OBSERVATION_OBS_GradeS},
        {"O", WC_OBSERVATION_OBS_GradeO},
        {"H", WC_OBSERVATION_OBS_GradeH},
    };
    int grade = -1;
    bool is_one = true;

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        struct text value = value_of(hand, list[i].column);
        if (value.n == 0) {
            continue;
        }
        struct observation_more *more = more_of(hand);
        more->grade_text =
            arena_printf(&hand->wincan->survey->arena, "%.*s%s%s=%.*s", TEXT_ARGS(more->grade_text),
                more->grade_text.n > 0 ? " " : "", list[i].name, TEXT_ARGS(text_cut(value, 50)));
        int number = sheet_grade(value);
        is_one = is_one && number >= 0 && (grade < 0 || grade == number);
        grade = number;
    }
    if (is_one && grade > 0) {
        hand->observation->grade = (int8_t)grade;
    }
}

/* What WinCan says for the code, then what the operator wrote. */
static void fill_texts(const struct hand *hand) {
    struct text said = value_of(hand, WC_OBSERVATION_OBS_Observation);
    struct text memo = value_of(hand, WC_OBSERVATION_OBS_Memo);
    struct text time = value_of(hand, WC_OBSERVATION_OBS_TimeCtr);
    struct text place = value_of(hand, WC_OBSERVATION_OBS_Component);

    if (said.n > 0 || memo.n > 0) {
        more_of(hand)->remark = said.n > 0 && memo.n > 0
                                    ? arena_printf(&hand->wincan->survey->arena, "%.*s; %.*s",
                                          TEXT_ARGS(said), TEXT_ARGS(memo))
                                    : (said.n > 0 ? said : memo);
    }
    if (time.n > 0) {
        more_of(hand)->video_time = time;
    }
    if (place.n > 0) {
        more_of(hand)->place = place;
    }
}

/* --- What it says of the run --- */

static void learn(const struct hand *hand) {
    struct survey *survey = hand->wincan->survey;
    struct text memo = value_of(hand, WC_OBSERVATION_OBS_Memo);
    struct text said = value_of(hand, WC_OBSERVATION_OBS_Observation);

    hand->run->saw_finish = hand->run->saw_finish || hand->role == ROLE_FINISH_NODE;
    if (hand->role != ROLE_ABANDONED) {
        return;
    }
    hand->run->saw_abandoned = true;
    struct inspection_more *more = inspection_more(survey, hand->inspection);
    if (more->abandoned_reason.n < REASON_MAX) {
        more->abandoned_reason = arena_printf(&survey->arena, "%.*s%s%.*s%s%.*s",
            TEXT_ARGS(more->abandoned_reason), more->abandoned_reason.n > 0 ? "; " : "",
            TEXT_ARGS(value_of(hand, WC_OBSERVATION_OBS_OpCode)), memo.n + said.n > 0 ? " " : "",
            TEXT_ARGS(text_cut(memo.n > 0 ? memo : said, 200)));
    }
}

/* The live inspection of a live row; INDEX_NONE for others. */
static uint32_t inspection_of(struct wincan *wincan, const struct wincan_row *row) {
    if (wincan_is_deleted(row, WC_OBSERVATION_OBS_Deleted)) {
        return INDEX_NONE;
    }
    uint32_t number = wincan_follow_memo(
        &wincan->inspection_keys, row, WC_OBSERVATION_OBS_Inspection_FK, &wincan->inspection_memo);
    if (number == INDEX_NONE) {
        wincan->n_orphans++;
    }
    return number;
}

static void add_key(struct wincan *wincan, const struct wincan_row *row) {
    char buffer[WINCAN_KEY_MAX];
    struct text key = wincan_key(wincan_value(row, WC_OBSERVATION_OBS_PK), buffer);

    if (key.n > 0) {
        uint32_t number = (uint32_t)wincan->survey->n_observations - 1;
        uint32_t first = row_keys_add(&wincan->observation_keys, key, number);
        wincan_memo_set(&wincan->observation_memo, key, first);
    }
}

void wincan_take_observation(struct wincan *wincan, struct wincan_row *row) {
    struct survey *survey = wincan->survey;
    uint32_t number = inspection_of(wincan, row);

    if (number == INDEX_NONE) {
        return;
    }
    if (!wincan_says_something(row)) {
        wincan_find(wincan, FINDING_ROW_SKIPPED, row, WC_OBSERVATION_OBS_OpCode);
        return;
    }
    wincan_row_keep(row, &survey->arena);
    struct hand hand = {
        .wincan = wincan,
        .row = row,
        .observation = survey_add_observation(survey),
        .inspection = &survey->inspections[number],
        .run = &wincan->runs[number],
    };
    hand.observation->raw = row->kept;
    hand.observation->raw_n = (uint32_t)row->n_visible;
    hand.observation->line = row->line;
    fill_chainage(&hand);
    fill_code(&hand);
    fill_quantities(&hand);
    fill_mark(&hand);
    fill_clock(&hand);
    fill_joint(&hand);
    fill_grades(&hand);
    fill_texts(&hand);
    learn(&hand);
    double order = wincan_number(wincan, row, WC_OBSERVATION_OBS_SortOrder);
    wincan_add_order(wincan, number, isnan(order) ? 0 : order);
    if (!wincan->has_own_media) {
        add_key(wincan, row);
    }
}
