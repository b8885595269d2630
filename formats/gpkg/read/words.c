#include "formats/gpkg/read/words.h"

#include "core/scheme/scheme.h"

static uint8_t find(
    struct text word, uint8_t first, uint8_t n, const char *(*name)(uint8_t value)) {
    for (uint8_t i = first; i < n && word.n > 0; i++) {
        if (text_equal(word, text_from(name(i)))) {
            return i;
        }
    }
    return 0;
}

static const char *name_of_catalogue(uint8_t value) {
    return catalogue_name((enum catalogue)value);
}

enum catalogue catalogue_from_title(struct text word) {
    return (enum catalogue)find(word, CATALOGUE_UNKNOWN + 1, CATALOGUES, name_of_catalogue);
}

static const char *name_of_direction(uint8_t value) {
    return direction_name((enum direction)value);
}

uint8_t direction_from_word(struct text word) {
    return find(word, DIRECTION_DOWNSTREAM, DIRECTION_UPSTREAM + 1, name_of_direction);
}

static const char *name_of_zero(uint8_t value) {
    return zero_point_name((enum zero_point)value);
}

uint8_t zero_from_word(struct text word) {
    return find(word, ZERO_NODE_CENTRE, ZERO_MIDWAY + 1, name_of_zero);
}

static const char *name_of_match(uint8_t value) {
    return match_method_name((enum match_method)value);
}

uint8_t match_from_word(struct text word) {
    return find(word, MATCH_NONE + 1, MATCH_METHODS, name_of_match);
}

static const char *name_of_position(uint8_t value) {
    return position_method_name((enum position_method)value);
}

uint8_t position_from_word(struct text word) {
    return find(word, POSITION_AS_LOGGED, POSITION_METHODS, name_of_position);
}

static const char *name_of_kind(uint8_t value) {
    return measurement_kind_name((enum measurement_kind)value);
}

uint8_t measured_kind_from_word(struct text word) {
    return find(word, MEASUREMENT_OTHER + 1, MEASUREMENT_KINDS, name_of_kind);
}

static const char *name_of_unit(uint8_t value) {
    return measurement_unit_name((enum measurement_unit)value);
}

uint8_t measured_unit_from_word(struct text word) {
    return find(word, MEASURED_IN_UNKNOWN + 1, MEASUREMENT_UNITS, name_of_unit);
}

void mark_from_word(struct text word, struct observation *observation) {
    long number = 0;

    if (word.n < 2 || !text_to_int(text_part(word, 1, word.n), &number) || number < 0 ||
        number > UINT16_MAX) {
        return;
    }
    observation->mark = word.at[0] == 'A'   ? MARK_START
                        : word.at[0] == 'C' ? MARK_CHANGE
                        : word.at[0] == 'B' ? MARK_END
                                            : MARK_NONE;
    observation->mark_number = (uint16_t)number;
}

int8_t grade_from_word(struct text word) {
    long grade = 0;

    return text_to_int(word, &grade) && grade > 0 && grade <= INT8_MAX ? (int8_t)grade : 0;
}

int8_t delivered_grade(enum scheme graded_by, const struct value *shown, const struct value *told) {
    const struct scheme_table *table = scheme_built_in.at[graded_by];

    return table == NULL || table->grade_is_in_label ? (int8_t)value_integer(shown, 0, INT8_MAX, 0)
                                                     : grade_from_word(value_text(told));
}

long order_from_id(struct text id) {
    long order = 0;
    size_t n = id.n;

    while (n > 0 && id.at[n - 1] != '#') {
        n--;
    }
    return n > 0 && text_to_int(text_part(id, n, id.n), &order) && order > 0 ? order : 0;
}

uint32_t add_code_from_words(struct survey *survey, struct text delivered, struct text code,
    struct text char1, struct text char2) {
    bool is_unknown = delivered.n > 0 && text_equal(delivered, code);

    return survey_add_code(survey, delivered, is_unknown ? (struct text){0} : code, char1, char2);
}
