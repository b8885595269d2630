#include "formats/export/fields.h"

#include <math.h>

#include "core/base.h"
#include "core/network.h"
#include "formats/survey/en_values.h"

static const struct {
    const char *name;
    enum export_level level;
} fields[EXPORT_FIELDS] = {
#define INSPECTION(id, name, type, value) [EXPORT_##id] = {name, EXPORT_OF_INSPECTION},
#define OBSERVATION(id, name, type, value) [EXPORT_##id] = {name, EXPORT_OF_OBSERVATION},
#define SURVEY(id, name, rows) [EXPORT_##id] = {name, EXPORT_OF_SURVEY},
#include "formats/export/fields.def"
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
};

const char *export_field_name(enum export_field field) {
    return fields[field].name;
}

enum export_level export_field_level(enum export_field field) {
    return fields[field].level;
}

struct text export_char3(const struct code *code) {
    struct text rest = code->delivered;
    size_t n_blanks = 0, last = 0;

    for (size_t i = 0; i < rest.n; i++) {
        if (rest.at[i] == ' ') {
            n_blanks++;
            last = i;
        }
    }
    return n_blanks == 3 ? text_part(rest, last + 1, rest.n) : (struct text){0};
}

/* The word for a letter of EN 13508-2; what is no such letter stays. */
static struct text export_word(struct text value, const char *(*word_of)(struct text)) {
    const char *word = value.n == 1 ? word_of(value) : NULL;
    return word == NULL ? value : text_from(word);
}

static const char *system_word(struct text letter) {
    enum sewer_system system = en_system(letter);
    return system == SYSTEM_UNKNOWN ? NULL : sewer_system_name(system);
}

/* {0} where start, finish and direction tell the same. */
static struct text export_end(const struct inspection *inspection, bool is_upstream) {
    bool is_start = is_upstream == (inspection->direction == DIRECTION_DOWNSTREAM);
    struct text told = is_start ? inspection->start_node : inspection->finish_node;
    struct text named = inspection->more == NULL ? (struct text){0}
                        : is_upstream            ? inspection->more->upstream_node
                                                 : inspection->more->downstream_node;

    bool is_told = inspection->direction != DIRECTION_UNKNOWN && text_equal(named, told);
    return is_told ? (struct text){0} : named;
}

/* 10:15 of 10:15:00. */
static struct text export_time(struct text time) {
    bool is_full =
        time.n == 8 && time.at[2] == ':' && text_equal(text_part(time, 5, time.n), TEXT(":00"));
    return is_full ? text_part(time, 0, 5) : time;
}

/* {0} where it is the inspection's own. */
static struct text export_clip(
    const struct inspection *inspection, const struct observation *observation) {
    struct text own = observation->more == NULL ? (struct text){0} : observation->more->video;
    bool is_told = inspection->more != NULL && text_equal(own, inspection->more->video);

    return is_told ? (struct text){0} : own;
}

static struct export_value of_text(struct text text) {
    return (struct export_value){.text = text, .number = NAN, .is_set = text.n > 0};
}

static struct export_value of_number(double number) {
    return (struct export_value){.number = number, .is_set = !isnan(number)};
}

static struct export_value of_count(double count) {
    return (struct export_value){.number = count, .is_set = count != 0};
}

#define MORE(record, field) ((record)->more == NULL ? (struct text){0} : (record)->more->field)
#define OF_TEXT of_text
#define OF_NUMBER of_number
#define OF_COUNT of_count

struct export_value export_value_of(enum export_field field, const struct inspection *inspection,
    const struct observation *observation) {
    const struct inspection *i = inspection;
    const struct observation *o = observation;

    switch (field) {
#define INSPECTION(id, name, type, value) \
    case EXPORT_##id:                     \
        return OF_##type(value);
#define OBSERVATION INSPECTION
#define SURVEY(id, name, rows) case EXPORT_##id:
#include "formats/export/fields.def"
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
    case EXPORT_FIELDS:
        break;
    }
    return (struct export_value){.number = NAN};
}

bool export_values_equal(const struct export_value *a, const struct export_value *b) {
    return a->is_set == b->is_set && (!a->is_set || (isnan(a->number) ? text_equal(a->text, b->text)
                                                                      : a->number == b->number));
}

size_t export_survey_rows(enum export_field field, const struct survey *survey) {
    const struct survey *s = survey;

    switch (field) {
#define INSPECTION(id, name, type, value) \
    case EXPORT_##id:                     \
        return 0;
#define OBSERVATION INSPECTION
#define SURVEY(id, name, rows) \
    case EXPORT_##id:          \
        return (size_t)(rows);
#include "formats/export/fields.def"
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
    case EXPORT_FIELDS:
        break;
    }
    return 0;
}
