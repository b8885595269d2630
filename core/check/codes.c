/* Codes with what stands behind them: characterisations and quantifications of EN 13508-2, grades
 * of schemes that take them as delivered. */
#include <math.h>
#include <string.h>

#include "core/catalogue/letters.h"
#include "core/check/work.h"

enum need { OPTIONAL, NEEDED };

/* What may stand behind a code, see en13508.def. */
struct parts {
    const char *code, *chars1, *chars2; /* allowed letters; ANY: not looked at */
    const char *needs2;                 /* letters of the first that need a second */
    const char *unit;                   /* of quantification 1 */
    enum need quant;
};

#define ANY NULL
#define ALL "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
static const struct parts en13508[] = {
#define PARTS(code, chars1, chars2, needs2, unit, quant, source) \
    {code, chars1, chars2, needs2, unit, quant},
#include "core/check/en13508.def"
#undef PARTS
};
#undef ANY
#undef ALL

static const struct parts *parts_of(const struct survey *survey, const struct code *code) {
    for (size_t i = 0; survey->catalogue == CATALOGUE_EN13508 && i < ARRAY_LEN(en13508); i++) {
        if (compare_code(code->code, en13508[i].code) == 0) {
            return &en13508[i];
        }
    }
    return NULL;
}

/* One observation under the eyes of the checks. */
struct seen {
    const struct inspection *inspection;
    const struct observation *row;
    const struct code *code;
};

static struct breach breach(const struct seen *seen, enum check_rule rule, const char *expected) {
    return of_row(rule, seen->inspection, seen->row, expected);
}

/* --- characterisations --- */

static bool is_among(const char *letters, struct text text) {
    return letters != NULL && text.n == 1 && strchr(letters, upper(text.at[0])) != NULL;
}

static void check_allowed(
    struct check_work *work, const struct seen *seen, const char *allowed, struct text given) {
    if (allowed == NULL || given.n == 0 || is_among(allowed, given)) {
        return;
    }
    work_add(work,
        breach(seen, CHECK_CHAR_ALLOWED,
            allowed[0] == '\0' ? N_("no characterisation there")
                               : N_("a letter that the code has")),
        N_("'%.*s' with '%.*s', not one of '%s'"), TEXT_ARGS(seen->code->code),
        TEXT_ARGS(text_cut(given, 40)), allowed);
}

static void check_characters(
    struct check_work *work, const struct seen *seen, const struct parts *parts) {
    const struct code *code = seen->code;

    check_allowed(work, seen, parts->chars1, code->char1);
    check_allowed(work, seen, parts->chars2, code->char2);
    if (seen->row->mark == MARK_END) {
        return; /* the start tells it */
    }
    if (parts->chars1 != NULL && parts->chars1[0] != '\0' && code->char1.n == 0) {
        work_add(work, breach(seen, CHECK_CHAR_PRESENT, N_("characterisation 1")),
            N_("'%.*s' alone"), TEXT_ARGS(code->code));
    } else if (is_among(parts->needs2, code->char1) && code->char2.n == 0) {
        work_add(work, breach(seen, CHECK_CHAR_PRESENT, N_("characterisation 2")),
            N_("'%.*s' with '%.*s' alone"), TEXT_ARGS(code->code), TEXT_ARGS(code->char1));
    }
}

/* --- quantifications --- */

static void check_quantities(
    struct check_work *work, const struct seen *seen, const struct parts *parts) {
    const struct observation_more *more = seen->row->more;
    bool is_percent = strcmp(parts->unit, "%") == 0;
    double quant1 = more == NULL ? NAN : more->quant1;
    bool is_there = more != NULL && (isfinite(quant1) || more->quant1_text.n > 0);

    if (parts->quant == NEEDED && !is_there && seen->row->mark != MARK_END) {
        work_add(work,
            breach(seen, CHECK_QUANT_PRESENT,
                is_percent               ? N_("quantification 1, in %")
                : parts->unit[0] == '\0' ? N_("quantification 1")
                                         : N_("quantification 1, in mm")),
            N_("'%.*s' without a quantification"), TEXT_ARGS(seen->code->code));
    }
    if (parts->unit[0] == '\0' || !isfinite(quant1)) {
        return;
    }
    if (quant1 < 0 || (is_percent && quant1 > work_limit(work, CHECK_QUANT_RANGE))) {
        work_add(work,
            breach(seen, CHECK_QUANT_RANGE,
                is_percent ? N_("a percentage") : N_("millimetres, 0 or more")),
            N_("'%.*s' with %g %s"), TEXT_ARGS(seen->code->code), quant1, parts->unit);
    }
}

/* --- grades --- */

/* As assess: the scheme chooses the rows of this code by the delivered grade. */
static bool goes_by_grade(const struct scheme_table *table, struct text code) {
    size_t n = 0;
    const struct scheme_rule *rules = table == NULL ? NULL : scheme_rules_of(table, code, &n);

    return n > 0 && rules[0].measure == MEASURE_GRADE;
}

static void check_grade(struct check_work *work, const struct seen *seen) {
    const struct survey *survey = seen->inspection->survey;
    const struct scheme_table *table = work->request->schemes->at[survey->graded_by];
    int grade = seen->row->grade;

    if (!goes_by_grade(table, seen->code->code) || (grade == 0 && seen->row->mark == MARK_END)) {
        return;
    }
    if (grade == 0) {
        struct breach of = breach(seen, CHECK_GRADE_PRESENT, N_("a grade as a number"));
        if (seen->row->more != NULL && seen->row->more->grade_text.n > 0) {
            work_add(work, of, N_("'%.*s' with grade '%.*s'"), TEXT_ARGS(seen->code->code),
                TEXT_ARGS(seen->row->more->grade_text));
        } else {
            work_add(work, of, N_("'%.*s' with grade 'none'"), TEXT_ARGS(seen->code->code));
        }
    } else if (scheme_rule_of_grade(table, seen->code->code, grade) == NULL) {
        work_add(work,
            breach(seen, CHECK_GRADE_IN_SCHEME, N_("a grade that the scheme has for it")),
            N_("'%.*s' with grade %d"), TEXT_ARGS(seen->code->code), grade);
    }
}

/* --- all --- */

static void check_code(struct check_work *work, const struct seen *seen) {
    struct text written = seen->code->delivered.n > 0 ? seen->code->delivered : seen->code->code;
    const struct parts *parts = parts_of(seen->inspection->survey, seen->code);

    if (seen->code->kind == CODE_UNKNOWN) {
        work_add(work, breach(seen, CHECK_CODE_KNOWN, N_("a code of the catalogue")), "'%.*s'",
            TEXT_ARGS(text_cut(written, 100)));
        return;
    }
    if (parts != NULL) {
        check_characters(work, seen, parts);
        check_quantities(work, seen, parts);
    }
    check_grade(work, seen);
}

void check_codes(struct check_work *work, const struct inspection *inspection) {
    const struct survey *survey = inspection->survey;
    const struct observation *rows = inspection_observations(inspection);

    if (survey->catalogue == CATALOGUE_UNKNOWN) {
        if (survey->n_observations > 0 && inspection == survey->inspections) { /* once a file */
            work_add(work,
                of_file(CHECK_CATALOGUE_KNOWN, survey,
                    N_("codes of one catalogue, most of them known")),
                N_("no catalogue has most of its codes; the first is '%.*s'"),
                TEXT_ARGS(text_cut(survey->codes[0].code, 100)));
        }
        return;
    }
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        struct seen seen = {inspection, &rows[i], observation_code(inspection, &rows[i])};
        check_code(work, &seen);
    }
}
