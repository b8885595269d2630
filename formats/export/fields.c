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
#define NETWORK(id, name, rows) [EXPORT_##id] = {name, EXPORT_OF_NETWORK},
#define NODE(id, name, type, value) [EXPORT_##id] = {name, EXPORT_OF_NODE},
#define SEGMENT(id, name, type, value) [EXPORT_##id] = {name, EXPORT_OF_SEGMENT},
#include "formats/export/fields.def"
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

/* What a field is told of; each level needs some of it. */
struct subject {
    const struct survey *survey;
    const struct inspection *inspection;
    const struct observation *observation;
    const struct network *network;
    size_t number; /* of a node or a segment in the network */
};

static double to_millimetres(double value) {
    return nearbyint(value * 1000) / 1000;
}

/* 570396.311 of 32570396.311. */
static double without_zone(double easting) {
    return easting >= 1e7 && easting < 1e8 ? fmod(easting, 1e6) : easting;
}

static struct text node_id(const struct network *network, uint32_t node) {
    return node == NO_NODE ? (struct text){0} : network->nodes[node].id;
}

/* The same for lines with the same vertices; NAN without a line. */
static double line_number(struct polyline line) {
    uint64_t hash = line.n;

    for (size_t i = 0; i < line.n; i++) {
        const int64_t at[] = {(int64_t)nearbyint(without_zone(line.at[i].x) * 1000),
            (int64_t)nearbyint(line.at[i].y * 1000)};
        hash = hash * 1099511628211U ^ text_hash((struct text){(const char *)at, sizeof at});
    }
    return line.n == 0 ? NAN : (double)(hash >> 11);
}

static struct export_value value_of(enum export_field field, const struct subject *subject) {
    const struct inspection *i = subject->inspection;
    const struct observation *o = subject->observation;
    const struct survey *s = subject->survey;
    const struct network *w = subject->network;
    enum export_level level = fields[field].level;
    const struct node *n = level == EXPORT_OF_NODE ? &w->nodes[subject->number] : NULL;
    const struct segment *g = level == EXPORT_OF_SEGMENT ? &w->segments[subject->number] : NULL;

    switch (field) {
#define INSPECTION(id, name, type, value) \
    case EXPORT_##id:                     \
        return OF_##type(value);
#define OBSERVATION INSPECTION
#define NODE INSPECTION
#define SEGMENT INSPECTION
#define SURVEY(id, name, rows) \
    case EXPORT_##id:          \
        return of_number((double)(rows));
#define NETWORK SURVEY
#include "formats/export/fields.def"
    case EXPORT_FIELDS:
        break;
    }
    return (struct export_value){.number = NAN};
}

struct export_value export_value_of(enum export_field field, const struct inspection *inspection,
    const struct observation *observation) {
    return value_of(field, &(struct subject){.inspection = inspection, .observation = observation});
}

bool export_values_equal(const struct export_value *a, const struct export_value *b) {
    return a->is_set == b->is_set && (!a->is_set || (isnan(a->number) ? text_equal(a->text, b->text)
                                                                      : a->number == b->number));
}

size_t export_survey_rows(enum export_field field, const struct survey *survey) {
    return fields[field].level == EXPORT_OF_SURVEY
               ? (size_t)value_of(field, &(struct subject){.survey = survey}).number
               : 0;
}

size_t export_network_rows(enum export_field field, const struct network *network) {
    return fields[field].level == EXPORT_OF_NETWORK
               ? (size_t)value_of(field, &(struct subject){.network = network}).number
               : 0;
}

struct export_value export_network_value(
    enum export_field field, const struct network *network, size_t number) {
    return value_of(field, &(struct subject){.network = network, .number = number});
}
