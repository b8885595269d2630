#include "formats/gpkg/pages/page_record.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/pages/bytes.h"

/* Serial types. */
enum {
    TYPE_NULL = 0,
    TYPE_INTEGER_6_BYTES = 5,
    TYPE_INTEGER_8_BYTES = 6,
    TYPE_REAL = 7,
    TYPE_ZERO = 8,
    TYPE_ONE = 9,
    TYPE_BLOB = 12, /* and twice the length */
    TYPE_TEXT = 13,
};

static bool type_has(const char *type, const char *part) {
    size_t n = strlen(part);

    for (; *type != '\0'; type++) {
        size_t i = 0;
        while (i < n && toupper((unsigned char)type[i]) == part[i]) {
            i++;
        }
        if (i == n) {
            return true;
        }
    }
    return false;
}

enum affinity affinity_of(const char *type) {
    static const struct {
        const char *part;
        enum affinity affinity;
    } rules[] = {
        {"INT",  AFFINITY_INTEGER}, /* POINT too */
        {"CHAR", AFFINITY_TEXT   },
        {"CLOB", AFFINITY_TEXT   },
        {"TEXT", AFFINITY_TEXT   },
        {"BLOB", AFFINITY_BLOB   },
        {"REAL", AFFINITY_REAL   },
        {"FLOA", AFFINITY_REAL   },
        {"DOUB", AFFINITY_REAL   },
    };

    if (type == NULL || type[0] == '\0') {
        return AFFINITY_BLOB;
    }
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        if (type_has(type, rules[i].part)) {
            return rules[i].affinity;
        }
    }
    return AFFINITY_NUMERIC;
}

/* --- numbers --- */

/* 10 and 11 are no types. */
static const uint8_t bytes_of_type[TYPE_BLOB] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

static uint64_t integer_type(int64_t integer) {
    static const int64_t most[] = {0x7f, 0x7fff, 0x7fffff, 0x7fffffff, 0x7fffffffffff};
    int64_t size = integer < 0 ? ~integer : integer;

    if (integer == 0 || integer == 1) {
        return integer == 0 ? TYPE_ZERO : TYPE_ONE;
    }
    for (size_t i = 0; i < ARRAY_LEN(most); i++) {
        if (size <= most[i]) {
            return i + 1;
        }
    }
    return TYPE_INTEGER_8_BYTES;
}

/* A whole number is stored as an integer where the column is one of numbers: it takes fewer bytes,
 * and SQLite gives it back as the column asks. */
static bool is_whole(double real, enum affinity affinity) {
    return affinity >= AFFINITY_NUMERIC && fabs(real) < 0x1p62 && real == (double)(int64_t)real;
}

static uint64_t real_type(double real, enum affinity affinity) {
    if (!is_whole(real, affinity)) {
        return TYPE_REAL;
    }
    uint64_t type = integer_type((int64_t)real);
    return type == TYPE_INTEGER_8_BYTES && affinity == AFFINITY_REAL ? TYPE_REAL : type;
}

static uint64_t type_of(const struct value *value, enum affinity affinity) {
    switch ((enum value_kind)value->kind) {
    case VALUE_INTEGER: {
        uint64_t type = integer_type(value->integer);
        return type == TYPE_INTEGER_8_BYTES && affinity == AFFINITY_REAL ? TYPE_REAL : type;
    }
    case VALUE_REAL:
        return real_type(value->real, affinity);
    case VALUE_TEXT:
        return TYPE_TEXT + 2 * (uint64_t)value->n;
    case VALUE_BLOB:
        return TYPE_BLOB + 2 * (uint64_t)value->n;
    case VALUE_NULL:
        break;
    }
    return TYPE_NULL;
}

/* --- the record --- */

void record_measure(const struct value *values, const enum affinity *affinities, size_t n,
    struct record_shape *shape) {
    size_t types = 1, body = 0; /* the rowid's NULL */

    for (size_t i = 0; i < n; i++) {
        uint64_t type = type_of(&values[i], affinities[i]);
        shape->types[i] = type;
        types += type < 0x80 ? 1 : varint_bytes(type);
        body += type < TYPE_BLOB ? bytes_of_type[type] : values[i].n;
    }
    shape->n_values = n;
    shape->header_bytes = types + 1;
    if (shape->header_bytes > 0x7f) { /* its own length needs two bytes */
        shape->header_bytes++;
    }
    shape->bytes = shape->header_bytes + body;
}

static unsigned char *write_real(unsigned char *at, double real) {
    uint64_t bits;

    memcpy(&bits, &real, sizeof bits);
    return write_be(at, bits, 8);
}

static unsigned char *write_value(unsigned char *at, const struct value *value, uint64_t type) {
    if (type >= TYPE_BLOB) {
        memcpy(at, value->bytes, value->n);
        return at + value->n;
    }
    if (type == TYPE_REAL) {
        return write_real(at, value->kind == VALUE_REAL ? value->real : (double)value->integer);
    }
    int64_t integer = value->kind == VALUE_REAL ? (int64_t)value->real : value->integer;
    return write_be(at, (uint64_t)integer, bytes_of_type[type]);
}

void record_write(const struct value *values, const struct record_shape *shape, unsigned char *at) {
    at = write_varint(at, shape->header_bytes);
    *at++ = TYPE_NULL;
    for (size_t i = 0; i < shape->n_values; i++) {
        if (shape->types[i] < 0x80) {
            *at++ = (unsigned char)shape->types[i];
        } else {
            at = write_varint(at, shape->types[i]);
        }
    }
    for (size_t i = 0; i < shape->n_values; i++) {
        if (shape->types[i] != TYPE_NULL) {
            at = write_value(at, &values[i], shape->types[i]);
        }
    }
}
