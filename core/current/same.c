#include "core/current/same.h"

#include <math.h>
#include <string.h>

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t bits_of(double value) {
    uint64_t bits = 0;

    if (isnan(value) || value == 0) { /* there are many NANs, and two zeros */
        return isnan(value);
    }
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static bool is_equal(double a, double b) {
    return bits_of(a) == bits_of(b);
}

/* Feet make endless decimals of metres; a table that shows six of them tells the same. */
static double micrometres(double m) {
    return nearbyint(m * 1e6);
}

uint64_t inspection_header_hash(const struct inspection *inspection) {
    uint64_t hash = mix(inspection->object, text_hash(text_trim(inspection->segment_ref)));

    hash = mix(hash, text_hash(text_trim(inspection->start_node)));
    hash = mix(hash, text_hash(text_trim(inspection->finish_node)));
    hash = mix(hash, (uint64_t)inspection->inspected_on);
    hash = mix(hash, inspection->direction);
    hash = mix(hash, bits_of(micrometres(inspection->inspected_m)));
    return mix(hash, inspection->n_observations);
}

static double quant1_of(const struct observation *row) {
    return row->more == NULL ? NAN : row->more->quant1;
}

static double quant2_of(const struct observation *row) {
    return row->more == NULL ? NAN : row->more->quant2;
}

static uint64_t row_hash(const struct inspection *inspection, const struct observation *row) {
    const struct code *code = observation_code(inspection, row);
    uint64_t hash = mix(text_hash(code->code), text_hash(code->char1));

    hash = mix(hash, text_hash(code->char2));
    hash = mix(hash, bits_of(micrometres(row->chainage_m)));
    hash = mix(hash, (uint64_t)row->mark_number << 8 | row->mark);
    hash = mix(
        hash, (uint64_t)row->clock_from << 16 | (uint64_t)row->clock_to << 8 | (uint8_t)row->grade);
    return mix(hash, mix(bits_of(quant1_of(row)), bits_of(quant2_of(row))));
}

uint64_t inspection_hash(const struct inspection *inspection) {
    const struct observation *rows = inspection_observations(inspection);
    uint64_t hash = inspection_header_hash(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        hash = mix(hash, row_hash(inspection, &rows[i]));
    }
    return hash;
}

static bool is_same_text(struct text a, struct text b) {
    return text_equal(text_trim(a), text_trim(b));
}

static bool is_same_row(const struct inspection *a_of, const struct observation *a,
    const struct inspection *b_of, const struct observation *b) {
    const struct code *a_code = observation_code(a_of, a), *b_code = observation_code(b_of, b);

    return is_equal(micrometres(a->chainage_m), micrometres(b->chainage_m)) &&
           text_equal(a_code->code, b_code->code) && text_equal(a_code->char1, b_code->char1) &&
           text_equal(a_code->char2, b_code->char2) && a->mark == b->mark &&
           a->mark_number == b->mark_number && a->grade == b->grade &&
           a->clock_from == b->clock_from && a->clock_to == b->clock_to &&
           is_equal(quant1_of(a), quant1_of(b)) && is_equal(quant2_of(a), quant2_of(b));
}

bool inspection_is_same(const struct inspection *a, const struct inspection *b) {
    bool is_same_header = a->object == b->object && is_same_text(a->segment_ref, b->segment_ref) &&
                          is_same_text(a->start_node, b->start_node) &&
                          is_same_text(a->finish_node, b->finish_node) &&
                          a->inspected_on == b->inspected_on && a->direction == b->direction &&
                          is_equal(micrometres(a->inspected_m), micrometres(b->inspected_m)) &&
                          a->n_observations == b->n_observations;
    const struct observation *a_rows = inspection_observations(a);
    const struct observation *b_rows = inspection_observations(b);

    for (uint32_t i = 0; is_same_header && i < a->n_observations; i++) {
        if (!is_same_row(a, &a_rows[i], b, &b_rows[i])) {
            return false;
        }
    }
    return is_same_header;
}

bool inspection_has_object(const struct inspection *inspection) {
    return text_trim(inspection->segment_ref).n > 0 || text_trim(inspection->start_node).n > 0 ||
           text_trim(inspection->finish_node).n > 0;
}
