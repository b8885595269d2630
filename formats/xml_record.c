#include "formats/xml_record.h"

#include <string.h>

#include "core/arena.h"

/* No record of a real file comes near it. */
enum { RAW_MAX = 4 * 1024 * 1024 };

void xml_record_clear(struct xml_record *record, uint32_t line) {
    *record = (struct xml_record){
        .raw = record->raw,
        .capacity = record->capacity,
        .line = line,
    };
}

static void append(struct xml_record *record, struct text text) {
    if (text.n > 0) {
        memcpy(record->raw + record->n, text.at, text.n);
        record->n += text.n;
    }
}

bool xml_record_add(struct xml_record *record, struct text name, unsigned word, struct text value) {
    size_t need = record->n + name.n + value.n + 3;

    if (need > RAW_MAX) {
        return false;
    }
    record->raw = array_reserve(record->raw, &record->capacity, need, 1);
    append(record, record->n > 0 ? TEXT("; ") : TEXT(""));
    append(record, name);
    append(record, TEXT("="));
    if (word < XML_RECORD_WORDS && record->value[word].n == 0) {
        record->value[word].at = (uint32_t)record->n;
        record->value[word].n = (uint32_t)value.n;
    }
    append(record, value);
    return true;
}

struct text xml_record_value(const struct xml_record *record, const char *raw, unsigned word) {
    if (word >= XML_RECORD_WORDS || record->value[word].n == 0) {
        return (struct text){0};
    }
    return (struct text){raw + record->value[word].at, record->value[word].n};
}

void xml_record_release(struct xml_record *record) {
    array_release(&record->raw);
}
