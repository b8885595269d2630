#include "core/scheme/scheme.h"

#include <math.h>
#include <string.h>

#include "core/base.h"

/* How the tables of any scheme are asked for classes, priorities and names. */

const struct scheme_set scheme_built_in = {
    {
     [SCHEME_NONE] = NULL,
     [SCHEME_CJJ181] = &scheme_cjj181,
     [SCHEME_DB31] = &scheme_db31,
     [SCHEME_DWA] = &scheme_dwa,
     [SCHEME_ISYBAU] = &scheme_isybau,
     [SCHEME_VSA] = &scheme_vsa,
     [SCHEME_PACP] = &scheme_pacp,
     [SCHEME_WRC] = &scheme_wrc,
     [SCHEME_WSA05] = &scheme_wsa05,
     }
};

/* --- classes and priorities --- */

static bool is_named(const char *a, const char *b) {
    return a == b || (a[0] == b[0] && strcmp(a, b) == 0);
}

const struct scheme_class *scheme_class_of(
    const struct scheme_table *table, const char *figure, double value) {
    const double rounding = 1e-9;
    const struct scheme_class *found = NULL;

    for (size_t i = 0; i < table->n_classes && !isnan(value); i++) {
        const struct scheme_class *row = &table->classes[i];
        if (!is_named(row->figure, figure)) {
            if (found != NULL) {
                break; /* rows of a figure stand together */
            }
            continue;
        }
        if (found == NULL || value > row->from + (row->is_inclusive ? -rounding : rounding)) {
            found = row;
        }
    }
    return found;
}

uint8_t scheme_grade_of(const struct scheme_table *table, const char *figure, double value) {
    const struct scheme_class *row = scheme_class_of(table, figure, value);

    return row == NULL ? GRADE_UNDECIDED : grade_from_number(row->value);
}

const struct scheme_figure_hazard *scheme_figure_hazard_of(
    const struct scheme_table *table, const char *figure, double value) {
    const double rounding = 1e-9;

    for (size_t i = 0; i < table->n_figure_hazards; i++) {
        if (is_named(table->figure_hazards[i].figure, figure) &&
            value > table->figure_hazards[i].from - rounding) {
            return &table->figure_hazards[i];
        }
    }
    return NULL;
}

uint8_t scheme_priority_of(const struct scheme_table *table, const char *figure, uint8_t grade) {
    for (size_t i = 0; i < table->n_priorities; i++) {
        const struct scheme_priority *row = &table->priorities[i];
        if (row->grade == grade && is_named(row->figure, figure)) {
            return row->priority;
        }
    }
    return 0;
}

uint8_t scheme_severity(const struct scheme_table *table, uint8_t grade) {
    uint8_t priority = scheme_priority_of(table, "defect", grade);

    return priority == 0 ? 0 : priority < 2 ? 4 : (uint8_t)(6 - priority);
}

bool scheme_has_choice(const struct scheme_table *table, const char *factor, double value) {
    for (size_t i = 0; i < table->n_choices; i++) {
        if (fabs(table->choices[i].value - value) < 1e-9 &&
            is_named(table->choices[i].factor, factor)) {
            return true;
        }
    }
    return false;
}

bool scheme_takes(const struct scheme_table *table, enum catalogue catalogue) {
    for (size_t i = 0; i < ARRAY_LEN(table->catalogues); i++) {
        if (table->catalogues[i] != CATALOGUE_UNKNOWN && table->catalogues[i] == catalogue) {
            return true;
        }
    }
    return false;
}

uint8_t scheme_worst(const struct scheme_table *table, uint8_t a, uint8_t b) {
    if (!grade_is_number(a) || !grade_is_number(b)) {
        return grade_is_number(a) ? a : grade_is_number(b) ? b : GRADE_UNSET;
    }
    return (a > b) != table->worst_is_lowest ? a : b;
}

/* --- names --- */

const char *scheme_name(enum scheme scheme) {
    const struct scheme_table *table = scheme_built_in.at[scheme];

    return table == NULL ? NULL : table->name;
}

const char *scheme_version(enum scheme scheme) {
    const struct scheme_table *table = scheme_built_in.at[scheme];

    return table == NULL ? NULL : table->version;
}

enum scheme scheme_from_name(struct text name) {
    for (enum scheme scheme = SCHEME_NONE + 1; scheme < SCHEMES; scheme++) {
        if (scheme_name(scheme) != NULL &&
            text_equal_nocase(name, text_from(scheme_name(scheme)))) {
            return scheme;
        }
    }
    return SCHEME_NONE;
}

enum scheme scheme_of_catalogue(enum catalogue catalogue) {
    static const enum scheme schemes[CATALOGUES] = {
        [CATALOGUE_CJJ181] = SCHEME_CJJ181,
        [CATALOGUE_EN13508] = SCHEME_DWA,
        [CATALOGUE_DB31] = SCHEME_DB31,
        [CATALOGUE_PACP] = SCHEME_PACP,
        [CATALOGUE_MSCC] = SCHEME_WRC,
        [CATALOGUE_WSA05] = SCHEME_WSA05,
    };
    return scheme_built_in.at[schemes[catalogue]] == NULL ? SCHEME_NONE : schemes[catalogue];
}
