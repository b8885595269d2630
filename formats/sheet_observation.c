#include <string.h>

#include "core/catalogue.h"
#include "formats/sheet_reader.h"
#include "formats/sheet_values.h"

/* What a row says about one place on the wall. */

/* The code of a row: its text, and the mark that may be glued to it. */
struct coded {
    struct text code;
    enum mark mark;
    uint16_t number;
};

/* KS01 or JS01 with a code or a name before or behind it, or alone. */
static void split_mark(struct coded *coded) {
    struct text rest;
    bool may_be = memchr(coded->code.at, 'S', coded->code.n) != NULL ||
                  memchr(coded->code.at, 's', coded->code.n) != NULL;

    if (coded->code.n > 2 && may_be &&
        sheet_mark_in(coded->code, &coded->mark, &coded->number, &rest) && rest.n > 0) {
        coded->code = rest;
    }
}

static struct coded read_code(const struct sheet_reader *reader) {
    struct text code = sheet_cell(reader, SHEET_CODE), name = sheet_cell(reader, SHEET_DEFECT_NAME);
    struct coded coded = {.code = sheet_is_blank(code) ? name : code};

    if (coded.code.n == 0) {
        return coded;
    }
    split_mark(&coded);
    bool is_lone_mark = coded.mark != MARK_NONE && text_equal(coded.code, code);
    if (is_lone_mark && name.n > 0 &&
        !sheet_is_blank(name)) { /* the code tells where, the name what */
        coded.code = name;
    }
    return coded;
}

/* Where a short code is kept when it was met before; NULL for a long one. */
static struct code_slot *slot_of(struct sheet_reader *reader, struct text code, uint64_t *bytes) {
    *bytes = 0;
    if (code.n == 0 || code.n > sizeof *bytes) {
        return NULL;
    }
    memcpy(bytes, code.at, code.n); /* no text has a NUL: the bytes are the key */
    return &reader->codes[*bytes * 0x9E3779B97F4A7C15u >> 56];
}

/* The number of a code in the survey; false when it is no code: empty, a dash, a word for clean. */
static bool code_number(struct sheet_reader *reader, struct text code, uint32_t *number) {
    struct text char1 = sheet_cell(reader, SHEET_CHAR1), char2 = sheet_cell(reader, SHEET_CHAR2);
    uint64_t bytes;
    struct code_slot *slot = slot_of(reader, code, &bytes);
    bool is_plain = char1.n == 0 && char2.n == 0;

    if (slot != NULL && slot->is_used && slot->bytes == bytes && is_plain) {
        *number = slot->code;
        return true;
    }
    if (sheet_is_blank(code) || sheet_is_clean(code)) {
        return false;
    }
    *number = survey_add_code(reader->survey, (struct text){0}, code, char1, char2);
    if (slot != NULL && is_plain) {
        *slot = (struct code_slot){bytes, *number, true};
    }
    return true;
}

/* --- fields --- */

static void read_chainage(struct sheet_reader *reader, struct observation *observation) {
    struct text cell = sheet_cell(reader, SHEET_CHAINAGE);

    if (sheet_length(reader, SHEET_CHAINAGE, &observation->chainage_m) || sheet_is_blank(cell)) {
        return;
    }
    sheet_note(reader, FINDING_CHAINAGE_INVALID, "'%.*s'", TEXT_ARGS(text_cut(cell, 80)));
}

static void read_grade(struct sheet_reader *reader, struct observation *observation) {
    struct text cell = sheet_cell(reader, SHEET_GRADE);

    if (cell.n == 0) {
        return;
    }
    int grade = sheet_grade(cell);
    if (grade >= 0) {
        observation->grade = (int8_t)grade;
    } else if (!sheet_is_blank(cell)) {
        observation_more(reader->survey, observation)->grade_text = sheet_keep(reader, cell);
    }
}

/* False, with a finding, when the cell is no position; its text is kept then. */
static bool read_clock(struct sheet_reader *reader, struct observation *observation,
    struct text cell, struct clock *out) {
    if (cell.n == 2 && cell.at[0] == '0' && cell.at[1] >= '1' && cell.at[1] <= '9') {
        cell = text_part(cell, 1, 2); /* 03 */
    }
    if (cell.n <= 2 && cell.at[0] >= '1' && cell.at[0] <= '9') { /* nearly all */
        unsigned hour = (unsigned)(cell.at[0] - '0');
        bool is_two = cell.n == 2;
        if (is_two && cell.at[1] >= '0' && cell.at[1] <= '9') {
            hour = hour * 10 + (unsigned)(cell.at[1] - '0');
            is_two = false;
        }
        if (hour <= 12 && !is_two) {
            *out = (struct clock){.from = (uint8_t)hour, .is_exact = true};
            return true;
        }
    }
    bool is_clock = sheet_clock(cell, out);
    if (!is_clock) {
        sheet_note(reader, FINDING_CLOCK_INVALID, "'%.*s'", TEXT_ARGS(text_cut(cell, 80)));
    }
    if (!is_clock || !out->is_exact) {
        struct observation_more *more = observation_more(reader->survey, observation);
        if (more->clock_text.n == 0) {
            more->clock_text = sheet_keep(reader, cell);
        }
    }
    return is_clock;
}

static void read_clocks(struct sheet_reader *reader, struct observation *observation) {
    struct text both = sheet_cell(reader, SHEET_CLOCK), from = sheet_cell(reader, SHEET_CLOCK_FROM),
                to = sheet_cell(reader, SHEET_CLOCK_TO);
    struct clock clock = {0};

    bool is_unset =
        from.n == 1 && to.n == 1 && from.at[0] == '0' && to.at[0] == '0'; /* 0 for nothing */
    if (both.n > 0 && !sheet_is_blank(both) && read_clock(reader, observation, both, &clock)) {
        observation->clock_from = clock.from;
        observation->clock_to = clock.to;
    }
    if (from.n > 0 && !is_unset && !sheet_is_blank(from) &&
        read_clock(reader, observation, from, &clock)) {
        observation->clock_from = clock.from;
        observation->clock_to = clock.to;
    }
    if (to.n > 0 && !is_unset && !sheet_is_blank(to) &&
        read_clock(reader, observation, to, &clock)) {
        observation->clock_to = clock.from;
    }
}

static void read_mark(
    struct sheet_reader *reader, struct observation *observation, const struct coded *coded) {
    struct text cell = sheet_cell(reader, SHEET_CONTINUOUS);
    enum mark mark = coded->mark;
    uint16_t number = coded->number;

    if (cell.n > 0 && !sheet_is_blank(cell) && !sheet_mark(cell, &mark, &number)) {
        sheet_note(reader, FINDING_MARK_INVALID, "'%.*s'", TEXT_ARGS(text_cut(cell, 80)));
    }
    observation->mark = (uint8_t)mark;
    observation->mark_number = number;
}

/* --- what few rows have --- */

static struct text append(struct sheet_reader *reader, struct text before, struct text text) {
    if (before.n == 0) {
        return sheet_keep(reader, text);
    }
    return arena_printf(&reader->survey->arena, "%.*s; %.*s", TEXT_ARGS(before), TEXT_ARGS(text));
}

static void set_quantity(
    struct sheet_reader *reader, struct text cell, double *number, struct text *text) {
    if (!text_to_double(cell, number)) {
        *text = sheet_keep(reader, cell);
    }
}

static void set_joint(struct observation *observation, struct text cell) {
    static const char *const yes[] = {"A", "J", "Y", "yes", "1", "true", "x", "是"};

    observation->at_joint = 2;
    for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
        if (text_equal_nocase(cell, text_from(yes[i]))) {
            observation->at_joint = 1;
        }
    }
}

static void read_extra(struct sheet_reader *reader, struct observation *observation,
    enum sheet_role role, struct text cell) {
    if (role == SHEET_JOINT) {
        set_joint(observation, cell);
        return;
    }
    struct observation_more *more = observation_more(reader->survey, observation);
    if (role == SHEET_REMARK) {
        more->remark = append(reader, more->remark, cell);
    } else if (role == SHEET_PHOTO) {
        more->photo = append(reader, more->photo, cell);
    } else if (role == SHEET_VIDEO_TIME) {
        more->video_time = sheet_keep(reader, cell);
    } else if (role == SHEET_QUANT1) {
        set_quantity(reader, cell, &more->quant1, &more->quant1_text);
    } else if (role == SHEET_QUANT2) {
        set_quantity(reader, cell, &more->quant2, &more->quant2_text);
    }
}

/* KS01 in a remark is a mark when nothing else says so. */
static void read_remark_mark(struct observation *observation) {
    struct text rest;
    enum mark mark;
    uint16_t number;

    if (observation->mark == MARK_NONE && observation->more != NULL &&
        observation->more->remark.n > 2 &&
        sheet_mark_in(observation->more->remark, &mark, &number, &rest)) {
        observation->mark = (uint8_t)mark;
        observation->mark_number = number;
    }
}

/* Crews write in a remark that they could not go on. */
static void read_remark_end(
    struct survey *survey, struct inspection *inspection, const struct observation *observation) {
    if (observation->more != NULL && observation->more->remark.n > 0 &&
        (text_contains(observation->more->remark, TEXT("无法通过")) ||
            text_contains(observation->more->remark, TEXT("中止检测")))) {
        inspection->is_abandoned = true;
        inspection_more(survey, inspection)->abandoned_reason = observation->more->remark;
    }
}

static void read_extras(
    struct sheet_reader *reader, struct inspection *inspection, struct observation *observation) {
    for (size_t i = 0; i < reader->n_rare_observation; i++) {
        size_t column = reader->rare_observation[i];
        struct text cell = sheet_cell_at(reader, column);
        if (cell.n > 0) {
            read_extra(reader, observation, reader->columns->at[column].role, cell);
        }
    }
    struct text video = sheet_cell(reader, SHEET_VIDEO);
    if (video.n > 0 && (inspection->more == NULL || !text_equal(video, inspection->more->video))) {
        observation_more(reader->survey, observation)->video = sheet_keep(reader, video);
    }
    read_remark_mark(observation);
    read_remark_end(reader->survey, inspection, observation);
}

/* --- rows without a code --- */

/* The remark of a clean inspection is the inspection's. */
static void keep_clean_remark(struct sheet_reader *reader, struct inspection *inspection) {
    for (size_t i = 0; i < reader->n_rare_observation; i++) {
        size_t column = reader->rare_observation[i];
        struct text cell = sheet_cell_at(reader, column);
        if (cell.n > 0 && reader->columns->at[column].role == SHEET_REMARK) {
            struct inspection_more *more = inspection_more(reader->survey, inspection);
            more->remark = append(reader, more->remark, cell);
        }
    }
}

/* Does a row without a code tell of something at a place? */
static void check_uncoded(struct sheet_reader *reader) {
    struct text grade = sheet_cell(reader, SHEET_GRADE);
    double chainage_m = 0;
    bool has_place = sheet_length(reader, SHEET_CHAINAGE, &chainage_m) && chainage_m != 0;

    if (has_place || (grade.n > 0 && sheet_grade(grade) != 0 && !sheet_is_blank(grade))) {
        sheet_note(reader, FINDING_ROW_SKIPPED, "no code: '%.*s'",
            TEXT_ARGS(text_cut(reader->row->raw, 200)));
    }
}

void sheet_read_observation(struct sheet_reader *reader, struct inspection *inspection) {
    struct coded coded = read_code(reader);
    uint32_t code;

    if (!code_number(reader, coded.code, &code)) {
        if (!sheet_is_clean(coded.code)) {
            check_uncoded(reader);
        }
        keep_clean_remark(reader, inspection);
        return;
    }
    struct survey *survey = reader->survey;
    struct observation *observation = survey_add_observation(survey);
    struct text raw = sheet_keep(reader, reader->row->raw);
    sheet_group_add(&reader->group, survey, reader->current);
    observation->raw = raw.at;
    observation->raw_n = (uint32_t)raw.n;
    observation->line = reader->row->line;
    observation->code = code;
    read_chainage(reader, observation);
    read_grade(reader, observation);
    read_clocks(reader, observation);
    read_mark(reader, observation, &coded);
    read_extras(reader, inspection, observation);
}
