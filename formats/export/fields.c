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
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
#undef NETWORK
#undef NODE
#undef SEGMENT
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
#define SURVEY(id, name, rows) \
    case EXPORT_##id:          \
        break;
#define NETWORK SURVEY
#define NODE(id, name, type, value) \
    case EXPORT_##id:               \
        break;
#define SEGMENT NODE
#include "formats/export/fields.def"
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
#undef NETWORK
#undef NODE
#undef SEGMENT
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
#define SURVEY(id, name, rows) \
    case EXPORT_##id:          \
        return (size_t)(rows);
#define NETWORK(id, name, rows) \
    case EXPORT_##id:           \
        return 0;
#define INSPECTION(id, name, type, value) \
    case EXPORT_##id:                     \
        return 0;
#define OBSERVATION INSPECTION
#define NODE INSPECTION
#define SEGMENT INSPECTION
#include "formats/export/fields.def"
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
#undef NETWORK
#undef NODE
#undef SEGMENT
    case EXPORT_FIELDS:
        break;
    }
    return 0;
}

/* --- of a network --- */

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

size_t export_network_rows(enum export_field field, const struct network *network) {
    const struct network *w = network;

    switch (field) {
#define NETWORK(id, name, rows) \
    case EXPORT_##id:           \
        return (size_t)(rows);
#define SURVEY(id, name, rows) \
    case EXPORT_##id:          \
        return 0;
#define INSPECTION(id, name, type, value) \
    case EXPORT_##id:                     \
        return 0;
#define OBSERVATION INSPECTION
#define NODE INSPECTION
#define SEGMENT INSPECTION
#include "formats/export/fields.def"
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
#undef NETWORK
#undef NODE
#undef SEGMENT
    case EXPORT_FIELDS:
        break;
    }
    return 0;
}

struct export_value export_network_value(
    enum export_field field, const struct network *network, size_t number) {
    const struct network *w = network;
    const struct node *n = number < w->n_nodes ? &w->nodes[number] : NULL;
    const struct segment *g = number < w->n_segments ? &w->segments[number] : NULL;

    switch (field) {
#define NODE(id, name, type, value) \
    case EXPORT_##id:               \
        return OF_##type(value);
#define SEGMENT NODE
#define SURVEY(id, name, rows) \
    case EXPORT_##id:          \
        break;
#define NETWORK SURVEY
#define INSPECTION(id, name, type, value) \
    case EXPORT_##id:                     \
        break;
#define OBSERVATION INSPECTION
#include "formats/export/fields.def"
#undef INSPECTION
#undef OBSERVATION
#undef SURVEY
#undef NETWORK
#undef NODE
#undef SEGMENT
    case EXPORT_FIELDS:
        break;
    }
    return (struct export_value){.number = NAN};
}
