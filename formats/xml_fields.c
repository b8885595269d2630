#include "formats/xml_fields.h"

#include <string.h>

#include "core/arena.h"

/* No record of a real file comes near it. */
enum { RAW_MAX = 4 * 1024 * 1024 };

void xml_fields_clear(struct xml_fields *fields, size_t n_words, uint32_t line) {
    fields->n = 0;
    fields->line = line;
    fields->n_words = n_words;
    fields->spans =
        array_reserve(fields->spans, &fields->spans_capacity, n_words, sizeof *fields->spans);
    for (size_t i = 0; i < n_words; i++) {
        fields->spans[i] = (struct xml_field_span){0};
    }
}

static void append(struct xml_fields *fields, struct text text) {
    if (text.n > 0) {
        memcpy(fields->raw + fields->n, text.at, text.n);
        fields->n += text.n;
    }
}

bool xml_fields_add(struct xml_fields *fields, struct text name, unsigned word, struct text value) {
    size_t need = fields->n + name.n + value.n + 3;

    if (need > RAW_MAX) {
        return false;
    }
    fields->raw = array_reserve(fields->raw, &fields->capacity, need, 1);
    append(fields, fields->n > 0 ? TEXT("; ") : TEXT(""));
    append(fields, name);
    append(fields, TEXT("="));
    if (word < fields->n_words && fields->spans[word].n == 0) {
        fields->spans[word].at = (uint32_t)fields->n;
        fields->spans[word].n = (uint32_t)value.n;
    }
    append(fields, value);
    return true;
}

struct text xml_field(const struct xml_fields *fields, const char *raw, unsigned word) {
    if (word >= fields->n_words || fields->spans[word].n == 0) {
        return (struct text){0};
    }
    return (struct text){raw + fields->spans[word].at, fields->spans[word].n};
}

void xml_fields_release(struct xml_fields *fields) {
    array_release(&fields->raw);
    array_release(&fields->spans);
    *fields = (struct xml_fields){0};
}
