/* From a feature to cells by role.  Each distinct word is converted once. */
#include "formats/network/visitor.h"

#include <math.h>

#include "core/base.h"
#include "formats/network/values.h"

bool visitor_has(const struct visitor *visitor, enum column_role role) {
    return visitor->slot[role] != NO_COLUMN;
}

const struct vector_value *visitor_value(const struct visitor *visitor, enum column_role role) {
    size_t slot = visitor->slot[role];

    return slot == NO_COLUMN ? NULL : &visitor->values[slot];
}

struct text visitor_raw(struct visitor *visitor, enum column_role role) {
    const struct vector_value *value = visitor_value(visitor, role);

    return value == NULL ? (struct text){0} : vector_value_text(value, visitor->buffer);
}

/* Good until the next value is asked for. */
struct text visitor_text(struct visitor *visitor, enum column_role role) {
    return word_decoder_text(
        &visitor->decoder, &visitor->decoder.arena, visitor_raw(visitor, role));
}

uint32_t visitor_word(struct visitor *visitor, enum column_role role) {
    if (!visitor_has(visitor, role)) {
        return 0;
    }
    return word_decoder_word(
        &visitor->decoder, &visitor->reader->network->words, visitor_raw(visitor, role));
}

struct finding_place visitor_place(const struct visitor *visitor) {
    return (struct finding_place){.file = visitor->range->path, .line = visitor->number};
}

void visitor_invalid(struct visitor *visitor, enum column_role role) {
    struct text text = visitor_text(visitor, role);

    reader_flaw(visitor->reader, FINDING_INVALID_VALUE, visitor_place(visitor),
        "column '%.*s': '%.*s'",
        TEXT_ARGS(visitor->plan->headings.text[visitor->plan->columns.of[role]]), TEXT_ARGS(text));
}

/* A figure; metres where a unit stands behind it. */
double visitor_number(struct visitor *visitor, enum column_role role) {
    const struct vector_value *value = visitor_value(visitor, role);
    struct section section;
    double number = NAN;

    if (value == NULL) {
        return NAN;
    }
    if (value->type != VECTOR_TEXT) {
        return value->number;
    }
    struct text text = text_trim(value->text);
    if (text.n == 0 || text_to_double(text, &number)) {
        return number;
    }
    if (section_parse(text, &section) && isnan(section.height) && !isnan(section.unit_m)) {
        return section.width * section.unit_m;
    }
    visitor_invalid(visitor, role);
    return NAN;
}

/* Levels: 9999 and the like are how tables say nothing. */
double visitor_level(struct visitor *visitor, enum column_role role) {
    double level = visitor_number(visitor, role);

    return fabs(level) < 9000 ? level : NAN;
}

/* --- reading a layer --- */

static void visitor_open(
    struct visitor *visitor, enum role_layers roles, size_t *wanted, size_t *n_wanted) {
    const struct columns *columns = &visitor->plan->columns;

    *n_wanted = 0;
    for (size_t i = 0; i < COLUMN_ROLES; i++) {
        visitor->slot[i] = NO_COLUMN;
        bool is_asked = column_role_layers((enum column_role)i) == roles && i != COLUMN_DEFECT;
        if (is_asked && columns->of[i] != NO_COLUMN) {
            visitor->slot[i] = *n_wanted;
            wanted[(*n_wanted)++] = columns->of[i];
        }
    }
    word_decoder_open(
        visitor->plan->verdict.encoding, &visitor->decoder); /* opened before: is known */
}

static void visitor_close(struct visitor *visitor) {
    if (visitor->decoder.n_wrong > 0) {
        reader_flaw(visitor->reader, FINDING_ENCODING_DIFFERS,
            (struct finding_place){.file = visitor->range->path},
            "layer '%.*s': %zu texts are not %s", TEXT_ARGS(visitor->range->layer),
            visitor->decoder.n_wrong, visitor->plan->verdict.encoding);
    }
    word_decoder_release(&visitor->decoder);
}

void visitor_read(struct visitor *visitor, struct vector_file *file, enum role_layers roles,
    void (*visit)(void *, const struct vector_feature *)) {
    size_t wanted[COLUMN_ROLES];
    struct error err = {0};
    struct vector_read read = {
        .layer = visitor->plan->layer, .wanted = wanted, .visit = visit, .context = visitor};

    visitor_open(visitor, roles, wanted, &read.n_wanted);
    if (!vector_read(file, &read, &err)) {
        reader_flaw(visitor->reader, FINDING_FILE_DAMAGED,
            (struct finding_place){.file = visitor->range->path, .line = visitor->number},
            "layer '%.*s': %s", TEXT_ARGS(visitor->range->layer), err.text);
    }
    visitor_close(visitor);
}
