#pragma once
/* The elements of one record of an XML document, as they come: "Element=value; Element=value", and
 * where in there the first value of each known element stands.  The text is what a survey keeps as
 * the record as delivered. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

enum { XML_RECORD_WORDS = 128 }; /* a vocabulary with more words needs more room here */

struct xml_record {
    char *raw; /* an array of its own */
    size_t n, capacity;
    struct {
        uint32_t at, n;
    } value[XML_RECORD_WORDS];
    uint32_t line; /* where the record starts */
};

void xml_record_clear(struct xml_record *record, uint32_t line);

/* Appends; a word that no vocabulary has (XML_OTHER) keeps it in the raw text only, and so does a
 * second value of an element.  False when the record has grown too large and the value was left
 * out. */
bool xml_record_add(struct xml_record *record, struct text name, unsigned word, struct text value);

/* The value, {0} when there is none; `raw` is a copy of record->raw or itself. */
struct text xml_record_value(const struct xml_record *record, const char *raw, unsigned word);

void xml_record_release(struct xml_record *record);
