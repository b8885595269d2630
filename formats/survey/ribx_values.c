/* Values of RIBX records: kept as they come, and what they mean as numbers. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/survey/ribx.h"

/* No record of a real file comes near it. */
enum { RAW_MAX = 4 * 1024 * 1024 };

void ribx_fields_clear(struct ribx_fields *fields, uint32_t line) {
    *fields = (struct ribx_fields){
        .raw = fields->raw,
        .capacity = fields->capacity,
        .line = line,
    };
}

static void append(struct ribx_fields *fields, struct text text) {
    if (text.n > 0) {
        memcpy(fields->raw + fields->n, text.at, text.n);
        fields->n += text.n;
    }
}

bool ribx_fields_add(
    struct ribx_fields *fields, struct text name, unsigned word, struct text value) {
    size_t need = fields->n + name.n + value.n + 3;

    if (need > RAW_MAX) {
        return false;
    }
    fields->raw = array_reserve(fields->raw, &fields->capacity, need, 1);
    append(fields, fields->n > 0 ? TEXT("; ") : TEXT(""));
    append(fields, name);
    append(fields, TEXT("="));
    if (word < EL_WORDS && fields->value[word].n == 0) {
        fields->value[word].at = (uint32_t)fields->n;
        fields->value[word].n = (uint32_t)value.n;
    }
    append(fields, value);
    return true;
}

struct text ribx_field(const struct ribx_fields *fields, const char *raw, enum ribx_element word) {
    if (fields->value[word].n == 0) {
        return (struct text){0};
    }
    return (struct text){raw + fields->value[word].at, fields->value[word].n};
}

double ribx_number(const struct ribx *ribx, uint32_t line, const char *element, struct text value) {
    double out = NAN;

    if (value.n > 0 && !text_to_double(value, &out)) {
        ribx_find(ribx, FINDING_INVALID_VALUE, line, element, value);
    }
    return out;
}

static bool is_between(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == ',' || c == ';';
}

bool ribx_next_number(struct text *rest, double *out) {
    size_t from = 0;

    while (from < rest->n && is_between(rest->at[from])) {
        from++;
    }
    size_t to = from;
    while (to < rest->n && !is_between(rest->at[to])) {
        to++;
    }
    struct text number = text_part(*rest, from, to);
    *rest = text_part(*rest, to, rest->n);
    return number.n > 0 && text_to_double(number, out);
}

struct xy ribx_point(struct text text) {
    double x = 0, y = 0;
    bool is_read = ribx_next_number(&text, &x) && ribx_next_number(&text, &y);

    return is_read && (x != 0 || y != 0) ? (struct xy){x, y} : (struct xy){NAN, NAN};
}
