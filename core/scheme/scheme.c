#include "core/scheme/scheme.h"

#include <string.h>

/* How the tables of any scheme are asked. */

static const struct scheme_table *const tables[SCHEMES] = {
    [SCHEME_NONE] = NULL,
    [SCHEME_CJJ181] = &scheme_cjj181,
};

const struct scheme_table *scheme_table(enum scheme scheme) {
    return tables[scheme];
}

static int compare_code(struct text text, const char *code) {
    size_t i = 0;

    for (; i < text.n && code[i] != '\0'; i++) {
        char c = text.at[i];
        if (c >= 'a' && c <= 'z') {
            c = (char)(c - ('a' - 'A'));
        }
        if (c != code[i]) {
            return (unsigned char)c < (unsigned char)code[i] ? -1 : 1;
        }
    }
    return i < text.n ? 1 : code[i] != '\0' ? -1 : 0;
}

/* The row of the lowest grade; NULL when the scheme has no such code. */
static const struct scheme_score *first_grade(const struct scheme_table *table, struct text code) {
    size_t low = 0, high = table->n_scores;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_code(code, table->scores[middle].code) > 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < table->n_scores && compare_code(code, table->scores[low].code) == 0
               ? &table->scores[low]
               : NULL;
}

const struct scheme_score *scheme_score(
    const struct scheme_table *table, struct text code, int grade) {
    const struct scheme_score *first = first_grade(table, code);

    if (first == NULL || grade < 1 || grade > table->scores + table->n_scores - first) {
        return NULL;
    }
    const struct scheme_score *row = first + (grade - 1);
    return row->grade == grade && strcmp(row->code, first->code) == 0 ? row : NULL;
}

bool scheme_has_code(const struct scheme_table *table, struct text code) {
    return first_grade(table, code) != NULL;
}

const struct scheme_class *scheme_class_of(const struct scheme_classes *classes, double value) {
    const double rounding = 1e-9;
    const struct scheme_class *found = &classes->rows[0];

    for (size_t i = 1; i < classes->n; i++) {
        const struct scheme_class *row = &classes->rows[i];
        if (value > row->from + (row->is_inclusive ? -rounding : rounding)) {
            found = row;
        }
    }
    return found;
}

bool scheme_is_hazard(
    const struct scheme_table *table, const struct scheme_score *score, int soil_influence) {
    for (size_t i = 0; i < table->n_hazards; i++) {
        const struct scheme_hazard *hazard = &table->hazards[i];
        if (hazard->grade == score->grade && strcmp(hazard->code, score->code) == 0) {
            return soil_influence >= hazard->soil_influence;
        }
    }
    return false;
}

bool scheme_has_choice(const struct scheme_table *table, const char *factor, int value) {
    for (size_t i = 0; i < table->n_choices; i++) {
        if (table->choices[i].value == value && strcmp(table->choices[i].factor, factor) == 0) {
            return true;
        }
    }
    return false;
}

const char *scheme_name(enum scheme scheme) {
    return tables[scheme] == NULL ? NULL : tables[scheme]->name;
}

const char *scheme_version(enum scheme scheme) {
    return tables[scheme] == NULL ? NULL : tables[scheme]->version;
}

enum scheme scheme_from_name(struct text name) {
    for (enum scheme scheme = SCHEME_NONE + 1; scheme < SCHEMES; scheme++) {
        if (text_equal_nocase(name, text_from(tables[scheme]->name))) {
            return scheme;
        }
    }
    return SCHEME_NONE;
}

enum scheme scheme_of_catalogue(enum catalogue catalogue) {
    for (enum scheme scheme = SCHEME_NONE + 1; scheme < SCHEMES; scheme++) {
        if (tables[scheme]->catalogue == catalogue) {
            return scheme;
        }
    }
    return SCHEME_NONE;
}
