/* One *WAAR of a SUF-RIB file: a coded row of EN 13508-2 with a third characterisation. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"
#include "formats/survey/sufrib.h"

enum { PROGRESS_EVERY = 8192, CODE_MAX = 40 };

/* The row in hand. */
struct row {
    struct sufrib *sufrib;
    struct survey *survey;
    const struct sufrib_record *record;
    struct observation *observation;
};

static struct text value_of(const struct row *row, enum waar_field field) {
    return row->record->at[field];
}

static struct observation_more *more_of(const struct row *row) {
    return observation_more(row->survey, row->observation);
}

static void note(
    const struct row *row, enum finding_kind kind, const char *what, struct text value) {
    sufrib_note(row->sufrib, kind, row->record->number, what, value);
}

/* --- codes --- */

static void fill_code(const struct row *row) {
    struct text code = text_cut(value_of(row, WAAR_ZZF), CODE_MAX),
                char1 = text_cut(value_of(row, WAAR_ZZG), CODE_MAX),
                char2 = text_cut(value_of(row, WAAR_ZZH), CODE_MAX),
                char3 = text_cut(value_of(row, WAAR_ZZR), CODE_MAX);

    row->observation->code = survey_add_code(row->survey,
        en_code_with_third(&row->survey->arena, code, char1, char2, char3), code, char1, char2);
}

/* A begins, B ends; a number without either is another value of what goes on. */
static void fill_mark(const struct row *row) {
    struct text mark = value_of(row, WAAR_ZZC), digits = value_of(row, WAAR_ZZD);
    char letter = mark.n == 1 ? (char)(mark.at[0] & ~32) : '\0';
    long number = 0;

    if (mark.n == 0 && digits.n == 0) {
        return;
    }
    if (mark.n > 0 && letter != 'A' && letter != 'B' && letter != 'C') {
        note(row, FINDING_MARK_INVALID, "ZZC", mark);
        return;
    }
    if (!text_to_int(digits, &number) || number < 0 || number > UINT16_MAX) {
        note(row, FINDING_MARK_INVALID, "ZZD", digits);
        number = 0;
    }
    row->observation->mark = (uint8_t)(letter == 'A'   ? MARK_START
                                       : letter == 'B' ? MARK_END
                                                       : MARK_CHANGE);
    row->observation->mark_number = (uint16_t)number;
}

/* --- the rest --- */

static void fill_quantities(const struct row *row) {
    struct text first = value_of(row, WAAR_ZZI), second = value_of(row, WAAR_ZZJ);

    if (first.n > 0 &&
        (en_names_node(value_of(row, WAAR_ZZF)) || !text_to_double(first, &more_of(row)->quant1))) {
        more_of(row)->quant1_text = first; /* BCD and BCE name a node */
    }
    if (second.n > 0 && !text_to_double(second, &more_of(row)->quant2)) {
        more_of(row)->quant2_text = second;
    }
}

static uint8_t clock_of(const struct row *row, enum waar_field field, const char *code) {
    struct text value = value_of(row, field);
    uint8_t hour = 0;

    if (!en_clock(value, &hour)) {
        note(row, FINDING_CLOCK_INVALID, code, value);
        more_of(row)->clock_text = value;
    }
    return hour;
}

static void fill_clock(const struct row *row) {
    uint8_t from = clock_of(row, WAAR_ZZK, "ZZK"), to = clock_of(row, WAAR_ZZL, "ZZL");

    row->observation->clock_from = from != 0 ? from : to;
    row->observation->clock_to = from != 0 ? to : 0;
}

static void fill_joint(const struct row *row) {
    struct text joint = value_of(row, WAAR_ZZM);

    if (text_equal_nocase(joint, TEXT("A"))) {
        row->observation->at_joint = 1;
    } else if (joint.n > 0) {
        note(row, FINDING_UNKNOWN_VALUE, "ZZM", joint);
    }
}

static void set(const struct row *row, struct text *into, enum waar_field field) {
    if (value_of(row, field).n > 0) {
        *into = value_of(row, field);
    }
}

static void fill_texts(const struct row *row) {
    bool has_text = false;

    for (size_t i = WAAR_ZZN; i <= WAAR_ZZV; i++) {
        has_text = has_text || (i != WAAR_ZZR && row->record->at[i].n > 0);
    }
    if (!has_text) {
        return;
    }
    struct observation_more *more = more_of(row);
    set(row, &more->video_time, WAAR_ZZN);
    set(row, &more->photo, WAAR_ZZO);
    set(row, &more->remark, WAAR_ZZP);
    set(row, &more->video, WAAR_ZZQ);
    for (size_t i = WAAR_ZZS; i <= WAAR_ZZV; i++) {
        if (row->record->at[i].n > 0) {
            more->remark = more->remark.n == 0
                               ? row->record->at[i]
                               : arena_printf(&row->survey->arena, "%.*s; %.*s",
                                     TEXT_ARGS(more->remark), TEXT_ARGS(row->record->at[i]));
        }
    }
}

/* --- what it says about the run --- */

/* BDB with these third letters: no further (A), on from the other side (E), a part was done (G),
 * after cleaning again (H), a part is not possible (K). */
static bool is_interruption(struct text char3) {
    switch (char3.n == 1 ? char3.at[0] & ~32 : 0) {
    case 'A':
    case 'E':
    case 'G':
    case 'H':
    case 'K':
        return true;
    default:
        return false;
    }
}

static void learn(const struct row *row, struct sufrib_run *run) {
    struct text code = value_of(row, WAAR_ZZF), named = value_of(row, WAAR_ZZI);
    double at_m = row->observation->chainage_m;

    run->last_m = fmax(run->last_m, at_m); /* NAN gives way */
    if (text_equal_nocase(code, TEXT("BCD")) && isnan(run->start_m)) {
        run->start_m = at_m;
        run->start_named = named;
    } else if (text_equal_nocase(code, TEXT("BCE"))) {
        run->finish_m = at_m;
        run->finish_named = named;
    } else if (text_equal_nocase(code, TEXT("BDC"))) {
        run->has_abandoned = true;
        run->abandoned_m = at_m;
        run->reason = value_of(row, WAAR_ZZP).n > 0 ? value_of(row, WAAR_ZZP) : code;
    } else if (text_equal_nocase(code, TEXT("BDB")) && is_interruption(value_of(row, WAAR_ZZR))) {
        run->is_interrupted = true;
        if (run->reason.n == 0) {
            run->reason = value_of(row, WAAR_ZZP).n > 0 ? value_of(row, WAAR_ZZP) : code;
        }
    }
}

/* Depths below the cover, or heights above the lowest invert; levels are brought to depths. */
static void fill_depth(const struct row *row, const struct sufrib_object *object) {
    struct text zero = sufrib_field(object->line, PUT_CBC), cover;
    double cover_m = NAN;

    if (!text_equal_nocase(zero, TEXT("C")) && !text_equal_nocase(zero, TEXT("D"))) {
        return;
    }
    cover = sufrib_field(object->line, PUT_CCU);
    bool is_known =
        text_equal_nocase(zero, TEXT("C")) && text_to_double(cover, &cover_m) && cover_m != 0;
    row->observation->chainage_m = is_known ? cover_m - row->observation->chainage_m : (double)NAN;
    if (!is_known) {
        note(
            row, FINDING_CHAINAGE_INVALID, "no cover level for the level", value_of(row, WAAR_ZZA));
    }
}

void sufrib_observe(struct sufrib *sufrib, const struct sufrib_object *object, struct text line,
    uint32_t number, struct sufrib_run *run) {
    struct survey *survey = sufrib->survey;
    const struct sufrib_record record = sufrib_split(line, number);
    struct row row = {sufrib, survey, &record, survey_add_observation(survey)};
    struct text reference = record.at[WAAR_ZZB];

    row.observation->raw = line.at;
    row.observation->raw_n = (uint32_t)line.n;
    row.observation->line = number;
    row.observation->chainage_m = sufrib_number(sufrib, &record, WAAR_ZZA, "ZZA");
    fill_code(&row);
    fill_mark(&row);
    fill_quantities(&row);
    fill_clock(&row);
    fill_joint(&row);
    fill_texts(&row);
    if (!object->is_manhole) {
        learn(&row, run);
    } else {
        fill_depth(&row, object);
        if (reference.n == 1 && (reference.at[0] & ~32) >= 'A' && (reference.at[0] & ~32) <= 'J') {
            more_of(&row)->place = reference;
        }
    }
    if (survey->n_observations % PROGRESS_EVERY == 0 && sufrib->options->progress != NULL) {
        sufrib->options->progress(sufrib->options->progress_context, survey->n_observations);
    }
}
