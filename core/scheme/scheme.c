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

/* The first three letters as a number with the order of the letters: every observation of a run
 * comes through here. */
static uint32_t packed(char a, char b, char c) {
    return (uint32_t)(unsigned char)a << 16 | (uint32_t)(unsigned char)b << 8 | (unsigned char)c;
}

static char upper_at(struct text text, size_t i) {
    char c = i < text.n ? text.at[i] : '\0';

    return (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
}

static uint32_t packed_text(struct text text) {
    return packed(upper_at(text, 0), upper_at(text, 1), upper_at(text, 2));
}

static uint32_t packed_code(const char *code) {
    return packed(code[0], code[1], code[1] == '\0' ? '\0' : code[2]);
}

/* The row of the lowest grade; NULL when the scheme has no such code. */
static const struct scheme_score *first_grade(const struct scheme_table *table, struct text code) {
    uint32_t wanted = packed_text(code);
    size_t low = 0, high = table->n_scores;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (packed_code(table->scores[middle].code) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < table->n_scores && packed_code(table->scores[low].code) == wanted; low++) {
        if (text_equal_nocase(code, text_from(table->scores[low].code))) {
            return &table->scores[low];
        }
    }
    return NULL;
}

const struct scheme_score *scheme_score(
    const struct scheme_table *table, struct text code, int grade) {
    const struct scheme_score *first = first_grade(table, code);

    if (first == NULL || grade < 1 || grade > table->scores + table->n_scores - first) {
        return NULL;
    }
    const struct scheme_score *row = first + (grade - 1);
    return row->grade == grade ? row : NULL; /* beyond the code's last row grades are lower */
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
