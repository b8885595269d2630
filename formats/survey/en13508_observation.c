#include <math.h>

#include "core/catalogue.h"
#include "formats/sheet_values.h"
#include "formats/survey/en13508.h"

/* One observation: its columns by their letters. */

static void set_quantity(
    struct en_reader *reader, struct observation *observation, int which, struct text value) {
    struct observation_more *more = observation_more(reader->survey, observation);
    double *number = which == 1 ? &more->quant1 : &more->quant2;
    struct text *text = which == 1 ? &more->quant1_text : &more->quant2_text;

    if (!text_to_double(value, number)) {
        *text = en_keep(reader, value);
    }
}

/* 00 and 0 stand for none; everything that is no hour is kept as text. */
static void set_clock(
    struct en_reader *reader, struct observation *observation, uint8_t *hour, struct text value) {
    struct clock clock = {0};
    bool is_none = text_equal(value, TEXT("0")) || text_equal(value, TEXT("00"));
    bool is_clock = is_none || (value.n <= 2 && sheet_clock(value, &clock));

    if (is_none || !is_clock) {
        observation_more(reader->survey, observation)->clock_text = en_keep(reader, value);
    }
    if (!is_clock) {
        en_note(reader, FINDING_CLOCK_INVALID, observation->line, "", value);
        return;
    }
    *hour = clock.from;
}

static void set_mark(struct en_reader *reader, struct observation *observation, struct text value) {
    enum mark mark = MARK_NONE;

    if (!sheet_mark(value, &mark, &observation->mark_number)) {
        en_note(reader, FINDING_MARK_INVALID, observation->line, "", value);
        return;
    }
    observation->mark = (uint8_t)mark;
}

static void set_column(
    struct en_reader *reader, struct observation *observation, char column, struct text value) {
    struct survey *survey = reader->survey;

    switch (column) {
    case 'D':
        set_quantity(reader, observation, 1, value);
        break;
    case 'E':
        set_quantity(reader, observation, 2, value);
        break;
    case 'F':
        observation_more(survey, observation)->remark = en_keep(reader, value);
        break;
    case 'G':
        set_clock(reader, observation, &observation->clock_from, value);
        break;
    case 'H':
        set_clock(reader, observation, &observation->clock_to, value);
        break;
    case 'I':
        if (!text_to_double(value, &observation->chainage_m)) {
            en_note(reader, FINDING_CHAINAGE_INVALID, observation->line, "", value);
        }
        break;
    case 'J':
        set_mark(reader, observation, value);
        break;
    case 'K':
        observation->at_joint = (value.at[0] | 32) == 'a' ? 1 : 2;
        break;
    case 'L':
        observation_more(survey, observation)->place = en_keep(reader, value);
        break;
    case 'M':
        observation_more(survey, observation)->photo = en_keep(reader, value);
        break;
    case 'N':
        observation_more(survey, observation)->video_time = en_keep(reader, value);
        break;
    default: /* A, B, C are the code; others stay in the raw record */
        break;
    }
}

struct text *en_column(struct en_row *row, char letter) {
    char upper = (char)(letter & ~32);

    return upper >= 'A' && upper < 'A' + EN_COLUMNS ? &row->column[upper - 'A'] : NULL;
}

static struct text value_of(const struct en_row *row, char column) {
    return row->column[column - 'A'];
}

static bool is_foreign(const struct en_reader *reader) {
    return reader->catalogue != CATALOGUE_UNKNOWN && reader->catalogue != CATALOGUE_EN13508;
}

/* The code, taken apart when it was glued; XP of BCD and BCE put together when it was cut. */
static uint32_t code_number(
    struct en_reader *reader, const struct en_row *row, struct text *main_code) {
    struct text code = value_of(row, 'A'), char1 = value_of(row, 'B'), char2 = value_of(row, 'C'),
                delivered = {0};
    struct text split, split1, split2;

    if (!is_foreign(reader) && code.n > 3 && char1.n == 0 && char2.n == 0 &&
        catalogue_split_en13508(code, &split, &split1, &split2)) {
        delivered = code;
        code = split;
        char1 = split1;
        char2 = split2;
    }
    bool is_end = text_equal(code, TEXT("BCD")) || text_equal(code, TEXT("BCE"));
    if (is_end && text_equal(char1, TEXT("X")) && text_equal(char2, TEXT("P"))) {
        char1 = TEXT("XP");
        char2 = (struct text){0};
    }
    *main_code = code;
    return survey_add_code(reader->survey, delivered, code, char1, char2);
}

/* What a code says of the run; only that is asked for which the run needs. */
static enum code_role role_of(const struct en_reader *reader, struct text code) {
    if (is_foreign(reader)) {
        struct text none = {0};
        const struct catalogue_row *row = catalogue_find(reader->catalogue, code, none, none);
        return row == NULL ? ROLE_NONE : row->role;
    }
    return text_equal_nocase(code, TEXT("BCD"))   ? ROLE_START_NODE
           : text_equal_nocase(code, TEXT("BCE")) ? ROLE_FINISH_NODE
           : text_equal_nocase(code, TEXT("BDC")) || text_equal_nocase(code, TEXT("DDC"))
               ? ROLE_ABANDONED
               : ROLE_NONE;
}

/* What observations say about the run itself. */
static void learn(struct en_reader *reader, const struct en_row *row,
    struct observation *observation, struct text code) {
    struct en_header *header = &reader->header;
    struct text named = value_of(row, 'D');

    if (!isnan(observation->chainage_m) &&
        (isnan(header->last_m) || observation->chainage_m > header->last_m)) {
        header->last_m = observation->chainage_m;
    }
    enum code_role role = role_of(reader, code);
    bool is_start = role == ROLE_START_NODE, is_finish = role == ROLE_FINISH_NODE;
    if ((is_start || is_finish) && named.n > 0 &&
        !is_foreign(reader)) { /* quantification 1 is the node's name */
        struct observation_more *more = observation_more(reader->survey, observation);
        more->quant1 = NAN;
        more->quant1_text = en_keep(reader, named);
        if (is_finish) {
            header->named_finish = more->quant1_text;
        } else if (header->named_start.n == 0) {
            header->named_start = more->quant1_text;
            header->named_start_line = observation->line;
        }
    }
    header->has_finish = header->has_finish || is_finish;
    if (role == ROLE_ABANDONED) {
        header->has_abandoned = true;
        header->abandoned_m = observation->chainage_m;
        struct inspection *inspection =
            &reader->survey->inspections[reader->survey->n_inspections - 1];
        struct text why = value_of(row, 'F').n > 0 ? value_of(row, 'F') : value_of(row, 'B');
        inspection_more(reader->survey, inspection)->abandoned_reason = en_keep(reader, why);
    }
}

void en_add_observation(struct en_reader *reader, const struct en_row *row) {
    struct text main_code;
    struct observation *observation = survey_add_observation(reader->survey);

    observation->raw = en_keep(reader, row->raw).at;
    observation->raw_n = (uint32_t)row->raw.n;
    observation->line = row->line;
    observation->code = code_number(reader, row, &main_code);
    for (char column = 'A'; column < 'A' + EN_COLUMNS; column++) {
        if (value_of(row, column).n > 0) {
            set_column(reader, observation, column, value_of(row, column));
        }
    }
    learn(reader, row, observation, main_code);
}
