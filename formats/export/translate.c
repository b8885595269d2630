#include "formats/export/translate.h"

#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "core/catalogue.h"

/* --- the shipped tables --- */

struct shipped {
    enum catalogue from, to;
    const char *code, *char1, *char2;
    int8_t grade;
    const char *to_code, *to_char1, *to_char2;
    int8_t to_grade;
    const char *certainty;
};

static const struct shipped shipped[] = {
#define ROW(...) {CATALOGUE_CJJ181, CATALOGUE_DB31, __VA_ARGS__},
#include "formats/export/translate/cjj181_db31.def"
#undef ROW
#define ROW(...) {CATALOGUE_CJJ181, CATALOGUE_EN13508, __VA_ARGS__},
#include "formats/export/translate/cjj181_en13508.def"
#undef ROW
#define ROW(...) {CATALOGUE_DB31, CATALOGUE_CJJ181, __VA_ARGS__},
#include "formats/export/translate/db31_cjj181.def"
#undef ROW
#define ROW(...) {CATALOGUE_EN13508, CATALOGUE_CJJ181, __VA_ARGS__},
#include "formats/export/translate/en13508_cjj181.def"
#undef ROW
#define ROW(...) {CATALOGUE_MSCC, CATALOGUE_EN13508, __VA_ARGS__},
#include "formats/export/translate/mscc_en13508.def"
#undef ROW
#define ROW(...) {CATALOGUE_PACP, CATALOGUE_EN13508, __VA_ARGS__},
#include "formats/export/translate/pacp_en13508.def"
#undef ROW
};

void translation_default(struct translation *out) {
    size_t n = ARRAY_LEN(shipped);

    out->at = array_reserve(out->at, &out->capacity, n, sizeof *out->at);
    for (size_t i = 0; i < n; i++) {
        const struct shipped *row = &shipped[i];
        out->at[i] = (struct translation_row){
            .from_catalogue = row->from,
            .to_catalogue = row->to,
            .from_code = text_from(row->code),
            .from_char1 = text_from(row->char1),
            .from_char2 = text_from(row->char2),
            .to_code = text_from(row->to_code),
            .to_char1 = text_from(row->to_char1),
            .to_char2 = text_from(row->to_char2),
            .certainty = text_from(row->certainty),
            .from_grade = row->grade,
            .to_grade = row->to_grade,
        };
    }
    out->n = n;
}

bool translation_has_pair(
    const struct translation *translation, enum catalogue from, enum catalogue to) {
    for (size_t i = 0; i < translation->n; i++) {
        if (translation->at[i].from_catalogue == from && translation->at[i].to_catalogue == to) {
            return true;
        }
    }
    return false;
}

void translation_pairs(const struct translation *translation, char *out, size_t size) {
    size_t n = 0;

    out[0] = '\0';
    for (enum catalogue from = 0; from < CATALOGUES; from++) {
        for (enum catalogue to = 0; to < CATALOGUES; to++) {
            if (translation_has_pair(translation, from, to) && n < size) {
                n += (size_t)snprintf(out + n, size - n, "%s%s to %s", n > 0 ? ", " : "",
                    catalogue_word(from), catalogue_word(to));
            }
        }
    }
}

void translation_release(struct translation *translation) {
    array_release(&translation->at);
    survey_release(&translation->table);
    *translation = (struct translation){0};
}

void translation_use_release(struct translation_use *use) {
    array_release(&use->at);
    *use = (struct translation_use){0};
}

/* --- catalogues by their short names --- */

static const char *const words[CATALOGUES] = {
    [CATALOGUE_UNKNOWN] = NULL,
    [CATALOGUE_CJJ181] = "cjj181",
    [CATALOGUE_EN13508] = "en13508",
    [CATALOGUE_DB31] = "db31",
    [CATALOGUE_PACP] = "pacp",
    [CATALOGUE_MSCC] = "mscc",
    [CATALOGUE_WSA05] = "wsa05",
};

enum catalogue catalogue_from_word(struct text word) {
    for (enum catalogue i = CATALOGUE_UNKNOWN + 1; i < CATALOGUES; i++) {
        if (text_equal_nocase(word, text_from(words[i]))) {
            return i;
        }
    }
    return CATALOGUE_UNKNOWN;
}

const char *catalogue_word(enum catalogue catalogue) {
    return words[catalogue];
}

/* --- which row --- */

/* How much of the row's left side is settled; -1 when it does not fit. */
static int fit(const struct translation_row *row, const struct code *code, int8_t grade) {
    bool fits = (row->from_char1.n == 0 || text_equal_nocase(row->from_char1, code->char1)) &&
                (row->from_char2.n == 0 || text_equal_nocase(row->from_char2, code->char2)) &&
                (row->from_grade == 0 || row->from_grade == grade);

    return !fits ? -1 : (row->from_char1.n > 0) + (row->from_char2.n > 0) + (row->from_grade != 0);
}

struct wanted {
    enum catalogue from, to;
    struct text main_code;
    const struct code *code;
    int8_t grade;
};

static const struct translation_row *best_row(
    const struct translation *translation, const struct wanted *wanted) {
    const struct translation_row *best = NULL;
    int best_fit = -1;

    for (size_t i = 0; i < translation->n; i++) {
        const struct translation_row *row = &translation->at[i];
        if (row->from_catalogue != wanted->from || row->to_catalogue != wanted->to ||
            !text_equal_nocase(row->from_code, wanted->main_code)) {
            continue;
        }
        int got = fit(row, wanted->code, wanted->grade);
        if (got > best_fit) {
            best = row;
            best_fit = got;
        }
    }
    return best;
}

/* The code without a suffix that its catalogue lets it have: CL for CLJ. */
static struct text without_suffix(enum catalogue catalogue, const struct code *code) {
    const struct catalogue_row *row =
        catalogue_find(catalogue, code->code, code->char1, code->char2);

    return row == NULL ? code->code : text_from(row->code);
}

static const struct translation_row *find_row(const struct translate_request *request,
    enum catalogue from, const struct code *code, int8_t grade) {
    struct wanted wanted = {from, request->to, code->code, code, grade};
    const struct translation_row *row = best_row(request->translation, &wanted);

    if (row == NULL) {
        wanted.main_code = without_suffix(from, code);
        row = best_row(request->translation, &wanted);
    }
    return row;
}

/* --- a survey --- */

enum { GRADES_OF_CODE = 16 }; /* grades as delivered are 0 to 9 */

/* The uses of a survey's codes, by code and grade. */
struct translator {
    struct survey *survey;
    const struct translate_request *request;
    struct translation_use *use;
    size_t *uses; /* place in use->at and 1, by code and grade; an array of its own */
};

static size_t find_use(struct translator *translator, const struct inspection *inspection,
    const struct observation *observation) {
    struct translation_use *use = translator->use;
    const struct survey *survey = translator->survey;
    size_t *known = &translator->uses[observation->code * (size_t)GRADES_OF_CODE +
                                      (size_t)(observation->grade & (GRADES_OF_CODE - 1))];

    if (*known == 0) {
        const struct code *code = &survey->codes[observation->code];
        use->at = array_reserve(use->at, &use->capacity, use->n + 1, sizeof *use->at);
        use->at[use->n++] = (struct translated){
            .from_catalogue = survey->catalogue,
            .from = *code,
            .grade = observation->grade,
            .row = find_row(translator->request, survey->catalogue, code, observation->grade),
            .first = inspection_place(inspection, observation->line),
        };
        *known = use->n;
    }
    return *known - 1;
}

/* Node names beside BCD and the like stay; figures have the unit of the code that is gone. */
static void drop_quantities(struct translator *translator, struct observation *observation) {
    struct observation_more *more = observation->more;

    if (more == NULL) {
        return;
    }
    translator->use->n_quantities += !isnan(more->quant1);
    translator->use->n_quantities += !isnan(more->quant2);
    translator->use->n_quantities += more->grade_text.n > 0;
    more->quant1 = NAN;
    more->quant2 = NAN;
    more->grade_text = (struct text){0};
}

static void translate_row(struct translator *translator, const struct inspection *inspection,
    struct observation *observation) {
    struct survey *survey = translator->survey;
    size_t number = find_use(translator, inspection, observation);
    struct translated *translated = &translator->use->at[number];
    const struct translation_row *row = translated->row;

    translated->n++;
    if (row == NULL) {
        translator->use->n_untranslated++;
        return;
    }
    struct text code = translated->from.code;
    bool is_shorter = row->from_code.n + 1 == code.n;
    if (is_shorter && (code.at[code.n - 1] | 32) == 'j' && observation->at_joint == 0) {
        observation->at_joint = 1;
    }
    translator->use->n_left_out += row->to_code.n == 0;
    drop_quantities(translator, observation);
    observation->code =
        survey_add_code(survey, (struct text){0}, row->to_code, row->to_char1, row->to_char2);
    bool is_told = row->from_grade > 0 || row->to_grade > 0; /* by the code, or by a grade */
    translator->use->n_grades += observation->grade > 0 && row->to_code.n > 0 && !is_told;
    observation->grade = row->to_grade;
}

void translate_survey(
    struct survey *survey, const struct translate_request *request, struct translation_use *use) {
    CLEANUP(array_release) size_t *uses = NULL;
    size_t n = survey->n_codes * GRADES_OF_CODE, capacity = 0; /* codes that it has now */

    uses = array_reserve(NULL, &capacity, n + 1, sizeof *uses);
    for (size_t i = 0; i < n; i++) {
        uses[i] = 0;
    }
    struct translator translator = {survey, request, use, uses};
    for (size_t i = 0; i < survey->n_inspections; i++) {
        const struct inspection *inspection = &survey->inspections[i];
        struct observation *observations = inspection_observations(inspection);
        bool is_held = request->holds == NULL || request->holds(inspection);
        for (size_t k = 0; is_held && k < inspection->n_observations; k++) {
            translate_row(&translator, inspection, &observations[k]);
        }
    }
    survey->catalogue = request->to;
    catalogue_resolve(survey);
}
