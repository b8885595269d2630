#pragma once
/* The values of one XML record as they come, "Element=value; Element=value", and where in there the
 * first value of each known element stands: a record is kept as delivered and asked for its values
 * at once.  Text that is copied stays good with the same places. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

struct xml_fields {
    char *raw; /* an array of its own */
    size_t n, capacity;
    struct xml_field_span {
        uint32_t at, n;
    } * spans; /* by word; an array of its own */
    size_t n_words, spans_capacity;
    uint32_t line; /* where the record starts */
};

/* Empties it for a record of so many words. */
void xml_fields_clear(struct xml_fields *fields, size_t n_words, uint32_t line);

/* Appends; a `word` that is none of them keeps it in the raw text only, and so does a second value
 * of an element.  False when the record has grown too large and the value was left out. */
bool xml_fields_add(struct xml_fields *fields, struct text name, unsigned word, struct text value);

/* The value, {0} when there is none; `raw` is a copy of fields->raw or itself. */
struct text xml_field(const struct xml_fields *fields, const char *raw, unsigned word);

void xml_fields_release(struct xml_fields *fields); /* safe on {0} */
