#pragma once
/* The fields of the neutral record, by number: what targets declare and loss reports count. */
#include <stdbool.h>
#include <stddef.h>

#include "core/network.h"
#include "core/survey.h"

enum export_field {
#define INSPECTION(id, name, type, value) EXPORT_##id,
#define OBSERVATION(id, name, type, value) EXPORT_##id,
#define SURVEY(id, name, rows) EXPORT_##id,
#define NETWORK(id, name, rows) EXPORT_##id,
#define NODE(id, name, type, value) EXPORT_##id,
#define SEGMENT(id, name, type, value) EXPORT_##id,
#include "formats/export/fields.def"
    EXPORT_FIELDS,
};

enum export_level {
    EXPORT_OF_INSPECTION,
    EXPORT_OF_OBSERVATION,
    EXPORT_OF_SURVEY,
    EXPORT_OF_NETWORK,
    EXPORT_OF_NODE,
    EXPORT_OF_SEGMENT,
};

/* A value of any field: a text, or a number when `text.at` is NULL. */
struct export_value {
    struct text text;
    double number; /* NAN for texts, and when unset */
    bool is_set;
};

const char *export_field_name(enum export_field field);
enum export_level export_field_level(enum export_field field);

/* The value of a field of an inspection or of one of its observations; `observation` is NULL for
 * fields of the inspection. */
struct export_value export_value_of(enum export_field field, const struct inspection *inspection,
    const struct observation *observation);

bool export_values_equal(const struct export_value *a, const struct export_value *b);

/* Rows of a field of the whole survey; 0 for other fields. */
size_t export_survey_rows(enum export_field field, const struct survey *survey);

/* The same of the whole network. */
size_t export_network_rows(enum export_field field, const struct network *network);

/* The value of a field of a node or of a segment, by its number in the network. */
struct export_value export_network_value(
    enum export_field field, const struct network *network, size_t number);

/* The third characterisation that RIBX and ISYBAU readers keep in the code as delivered (BAB B A
 * C); {0} when there is none. */
struct text export_char3(const struct code *code);
