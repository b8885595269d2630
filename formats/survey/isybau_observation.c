/* One coded row of an ISYBAU inspection: RZustand (pipes), KZustand (manholes), BZustand
 * (structures: a description without code). */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en_values.h"
#include "formats/survey/isybau.h"

enum { PROGRESS_EVERY = 8192, REASON_MAX = 500 };

/* The record in hand: its values are views into `raw`, which lives with the survey. */
struct record {
    struct isybau *isybau;
    struct survey *survey;
    const struct xml_record *fields;
    const char *raw;
    struct observation *observation;
};

static struct text value_of(const struct record *record, enum isybau_element word) {
    return xml_record_value(record->fields, record->raw, word);
}

static struct observation_more *more_of(const struct record *record) {
    return observation_more(record->survey, record->observation);
}

static void find(
    const struct record *record, enum finding_kind kind, const char *element, struct text value) {
    isybau_find(record->isybau, kind, record->fields->line, element, value);
}

static void fill_chainage(const struct record *record) {
    struct text station = value_of(record, EL_Station);
    const char *element = station.n > 0 ? "Station" : "VertikaleLage";
    struct text value = station.n > 0 ? station : value_of(record, EL_VertikaleLage);

    if (value.n > 0 && !text_to_double(value, &record->observation->chainage_m)) {
        find(record, FINDING_INVALID_VALUE, element, value);
    }
}

/* --- Codes --- */

/* Why it was broken off, in the file's own words; several rows are joined. */
static void note_abandoned(const struct record *record, struct text code) {
    struct isybau *isybau = record->isybau;
    const struct text parts[] = {code, value_of(record, EL_Charakterisierung1),
        value_of(record, EL_Charakterisierung2), value_of(record, EL_GrundAbbruch),
        value_of(record, EL_Kommentar)};

    isybau->is_abandoned = true;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        struct text reason = isybau->abandoned_reason;
        if (parts[i].n == 0 || reason.n > REASON_MAX) {
            continue;
        }
        const char *between = reason.n == 0 ? "" : i == 0 ? "; " : " ";
        isybau->abandoned_reason = arena_printf(&record->survey->arena, "%.*s%s%.*s",
            TEXT_ARGS(reason), between, TEXT_ARGS(text_cut(parts[i], REASON_MAX)));
    }
}

/* BDC and DDC end an inspection before its aim, BCE names the node at the far end.  GrundAbbruch
 * GE and ZE say that the far end or the aim was reached all the same. */
static void note_end(const struct record *record, struct text code) {
    struct text reason = value_of(record, EL_GrundAbbruch);
    bool is_reached = text_equal(reason, TEXT("GE")) || text_equal(reason, TEXT("ZE"));

    if (text_equal_nocase(code, TEXT("BCE"))) {
        record->isybau->saw_finish = true;
    }
    if (text_equal(reason, TEXT("GE"))) {
        record->isybau->far_end_reached = true;
    }
    if (text_equal_nocase(code, TEXT("BDC")) || text_equal_nocase(code, TEXT("DDC")) ||
        (reason.n > 0 && !is_reached)) {
        note_abandoned(record, code);
    }
}

static void fill_code(const struct record *record) {
    struct text code = value_of(record, EL_InspektionsKode);
    struct text description = value_of(record, EL_Zustandsbeschreibung);

    if (code.n == 0 && description.n > 0) { /* BZustand: a remark, DDB in the catalogue */
        record->observation->code = survey_add_code(record->survey, TEXT("Zustandsbeschreibung"),
            TEXT("DDB"), (struct text){0}, (struct text){0});
        return;
    }
    record->observation->code = survey_add_code(record->survey, (struct text){0}, code,
        value_of(record, EL_Charakterisierung1), value_of(record, EL_Charakterisierung2));
    note_end(record, code);
}

/* --- Continuous defects --- */

/* A: start, B: end, C: another value; before EN 13508-2 also E: end, G: the whole length. */
static enum mark mark_of(char letter) {
    switch (letter) {
    case 'A':
    case 'G':
        return MARK_START;
    case 'B':
    case 'E':
        return MARK_END;
    case 'C':
        return MARK_CHANGE;
    default:
        return MARK_NONE;
    }
}

static void fill_mark(const struct record *record) {
    struct text mark = value_of(record, EL_Streckenschaden);
    struct text digits = value_of(record, EL_StreckenschadenLfdNr);
    long n = 0;

    if (mark.n == 0) {
        return;
    }
    char letter = mark.at[0];
    record->observation->mark = (uint8_t)mark_of(letter);
    if (record->observation->mark == MARK_NONE) { /* R: over one pipe of unknown length: a point */
        find(record, FINDING_UNKNOWN_VALUE, "Streckenschaden", mark);
        return;
    }
    if (digits.n == 0) {
        digits = text_part(mark, 1, mark.n);
    }
    if (digits.n > 0 && (!text_to_int(digits, &n) || n < 0 || n > UINT16_MAX)) {
        find(record, FINDING_MARK_INVALID, "StreckenschadenLfdNr", digits);
        n = 0;
    }
    if (letter == 'G') { /* nothing closes it but the end; its number must be nobody else's */
        record->observation->chainage_m = 0;
        n = UINT16_MAX - (long)(record->isybau->n_whole_length++ % 1000);
    }
    record->observation->mark_number = (uint16_t)n;
}

/* --- The rest --- */

static void fill_clock(const struct record *record) {
    struct text from = value_of(record, EL_PositionVon), to = value_of(record, EL_PositionBis);
    struct observation *observation = record->observation;

    if (!en_clock(from, &observation->clock_from)) {
        find(record, FINDING_CLOCK_INVALID, "PositionVon", from);
        more_of(record)->clock_text = from;
    }
    if (!en_clock(to, &observation->clock_to)) {
        find(record, FINDING_CLOCK_INVALID, "PositionBis", to);
        more_of(record)->clock_text = to;
    }
    if (observation->clock_from == 0 && observation->clock_to != 0) { /* one point */
        observation->clock_from = observation->clock_to;
        observation->clock_to = 0;
    }
}

static void fill_joint(const struct record *record) {
    struct text joint = value_of(record, EL_Verbindung);

    if (joint.n == 0) {
        return;
    }
    if (text_equal(joint, TEXT("1")) || text_equal(joint, TEXT("true"))) {
        record->observation->at_joint = 1;
    } else if (text_equal(joint, TEXT("0")) || text_equal(joint, TEXT("false"))) {
        record->observation->at_joint = 2;
    } else {
        find(record, FINDING_UNKNOWN_VALUE, "Verbindung", joint);
    }
}

static void fill_quantities(const struct record *record) {
    struct text number1 = value_of(record, EL_Quantifizierung1Numerisch);
    struct text number2 = value_of(record, EL_Quantifizierung2Numerisch);
    struct text text1 = value_of(record, EL_Quantifizierung1Text);
    struct text text2 = value_of(record, EL_Quantifizierung2Text);

    if (number1.n > 0 && !text_to_double(number1, &more_of(record)->quant1)) {
        text1 = number1;
    }
    if (number2.n > 0 && !text_to_double(number2, &more_of(record)->quant2)) {
        text2 = number2;
    }
    if (text1.n > 0) {
        more_of(record)->quant1_text = text1;
    }
    if (text2.n > 0) {
        more_of(record)->quant2_text = text2;
    }
}

static struct text first_of(struct text a, struct text b) {
    return a.n > 0 ? a : b;
}

/* Timecode is typed as a number, so its leading zeros may be lost; Frame and Videozaehler count. */
static void fill_media(const struct record *record) {
    struct text photo = first_of(value_of(record, EL_Fotodatei), value_of(record, EL_Fotonummer));
    struct text timecode = value_of(record, EL_Timecode);
    struct text counter = first_of(value_of(record, EL_Videozaehler), value_of(record, EL_Frame));

    if (photo.n > 0) {
        more_of(record)->photo = photo;
    }
    if (timecode.n > 0) {
        more_of(record)->video_time = isybau_timecode(&record->survey->arena, timecode);
    } else if (counter.n > 0) {
        more_of(record)->video_time = counter;
    }
}

/* The classes of this row, those given by hand first: "D=3 S=2 B=1".  Their scale is that of the
 * object's Bewertungsverfahren: never compare them with others. */
static void fill_grades(const struct record *record) {
    struct text d = first_of(value_of(record, EL_SKDvManu), value_of(record, EL_SKDvAuto));
    struct text s = first_of(value_of(record, EL_SKSvManu), value_of(record, EL_SKSvAuto));
    struct text b = first_of(value_of(record, EL_SKBvManu), value_of(record, EL_SKBvAuto));
    struct text most = value_of(record, EL_MaxSKeAuto);
    const struct {
        const char *name;
        struct text value;
    } parts[] = {
        {"D",   d   },
        {"S",   s   },
        {"B",   b   },
        {"max", most}
    };

    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (parts[i].value.n == 0) {
            continue;
        }
        struct observation_more *more = more_of(record);
        more->grade_text = arena_printf(&record->survey->arena, "%.*s%s%s=%.*s",
            TEXT_ARGS(more->grade_text), more->grade_text.n > 0 ? " " : "", parts[i].name,
            TEXT_ARGS(text_cut(parts[i].value, 100)));
    }
}

static void fill_texts(const struct record *record) {
    struct text remark =
        first_of(value_of(record, EL_Kommentar), value_of(record, EL_Zustandsbeschreibung));
    struct text place = value_of(record, EL_Schachtbereich);

    if (remark.n > 0) {
        more_of(record)->remark = remark;
    }
    if (place.n > 0) {
        more_of(record)->place = place;
    }
}

void isybau_record_end(struct isybau *isybau) {
    struct survey *survey = isybau->survey;
    struct text raw =
        arena_copy(&survey->arena, (struct text){isybau->record.raw, isybau->record.n});
    struct record record = {isybau, survey, &isybau->record, raw.at, NULL};

    if (isybau->record.n == 0) {
        isybau_find(isybau, FINDING_ROW_SKIPPED, isybau->record.line, "an empty record", raw);
        return;
    }
    record.observation = survey_add_observation(survey);
    record.observation->raw = raw.at;
    record.observation->raw_n = (uint32_t)raw.n;
    record.observation->line = isybau->record.line;
    fill_chainage(&record);
    fill_code(&record);
    fill_mark(&record);
    fill_clock(&record);
    fill_joint(&record);
    fill_quantities(&record);
    fill_media(&record);
    fill_grades(&record);
    fill_texts(&record);
    if (survey->n_observations % PROGRESS_EVERY == 0 && isybau->options->progress != NULL) {
        isybau->options->progress(isybau->options->progress_context, survey->n_observations);
    }
}
