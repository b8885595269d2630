/* Values of PACP rows by their column. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/pacp.h"

enum { SPELLINGS = 4 };

static const char *const spellings[PACP_COLUMNS][SPELLINGS] = {
#define COLUMN(set, name, a, b, c, d) {a, b, c, d},
#include "formats/survey/pacp_columns.def"
#undef COLUMN
};

void pacp_learn(struct pacp *pacp, const struct rows *rows) {
    pacp->rows = rows;
    for (size_t i = 0; i < PACP_COLUMNS; i++) {
        pacp->at[i] = SIZE_MAX;
        for (size_t k = 0; k < SPELLINGS && spellings[i][k] != NULL; k++) {
            size_t at = rows_column(rows, spellings[i][k]);
            pacp->at[i] = pacp->at[i] == SIZE_MAX ? at : pacp->at[i];
        }
    }
}

bool pacp_has(const struct pacp *pacp, enum pacp_column column) {
    return pacp->at[column] != SIZE_MAX;
}

struct text pacp_value(const struct pacp *pacp, enum pacp_column column) {
    return pacp_has(pacp, column) ? pacp->rows->cells[pacp->at[column]] : (struct text){0};
}

void pacp_find(const struct pacp *pacp, enum finding_kind kind, enum pacp_column column) {
    struct text name = pacp_has(pacp, column) ? pacp->rows->columns[pacp->at[column]]
                                              : text_from(spellings[column][0]);

    findings_add(&pacp->survey->findings, kind, rows_place(pacp->rows), "%.*s '%.*s'",
        TEXT_ARGS(name), TEXT_ARGS(text_cut(pacp_value(pacp, column), 200)));
}

double pacp_number(const struct pacp *pacp, enum pacp_column column) {
    struct text value = pacp_value(pacp, column);
    double out = NAN;

    if (value.n > 0 && (!text_to_double(value, &out) || fabs(out) > 1e6)) {
        pacp_find(pacp, FINDING_INVALID_VALUE, column);
        return NAN;
    }
    return out;
}

struct text pacp_keep(const struct pacp *pacp, struct text text) {
    return text.n == 0 ? (struct text){0} : arena_copy(&pacp->survey->arena, text);
}

enum answer pacp_answer(struct text text) {
    static const char *const yes[] = {"-1", "1", "true", "y", "yes"};
    static const char *const no[] = {"0", "false", "n", "no"};

    for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
        if (text_equal_nocase(text, text_from(yes[i]))) {
            return ANSWER_YES;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(no); i++) {
        if (text_equal_nocase(text, text_from(no[i]))) {
            return ANSWER_NO;
        }
    }
    return ANSWER_UNKNOWN;
}
