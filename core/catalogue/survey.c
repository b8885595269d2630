#include "core/arena.h"
#include "core/base.h"
#include "core/catalogue.h"

/* The codes of whole surveys: whose they are, and what each is. */

/* Rows per code, and the first row of each. */
struct code_use {
    uint64_t n_rows;
    uint32_t first_line;
};

/* An array of its own, one item per code. */
static struct code_use *count_uses(const struct survey *survey) {
    size_t capacity = 0;
    struct code_use *uses = array_reserve(NULL, &capacity, survey->n_codes, sizeof *uses);

    for (size_t i = 0; i < survey->n_codes; i++) {
        uses[i] = (struct code_use){0};
    }
    for (size_t i = 0; i < survey->n_observations; i++) {
        struct code_use *use = &uses[survey->observations[i].code];
        if (use->n_rows++ == 0) {
            use->first_line = survey->observations[i].line;
        }
    }
    return uses;
}

static bool speaks(enum catalogue catalogue, const struct code *code) {
    struct text main_code, char1, char2;

    return catalogue_find(catalogue, code->code, code->char1, code->char2) != NULL ||
           catalogue_code_from_name(catalogue, code->code).n > 0 ||
           (catalogue == CATALOGUE_EN13508 &&
               catalogue_split_en13508(code->code, &main_code, &char1, &char2));
}

/* What a code tells of the two: letters, when it has some of either, else its name.  Names of CJJ
 * 181 are in use for the codes of DB31 too; its own names tell more than its aliases do. */
static void hear(struct text code, bool *is_cjj, bool *is_db31) {
    bool cjj = catalogue_code_in(CATALOGUE_CJJ181, code).n > 0;
    bool db31 = catalogue_code_in(CATALOGUE_DB31, code).n > 0;

    if (cjj || db31) {
        *is_cjj |= !db31;
        *is_db31 |= !cjj;
        return;
    }
    cjj = catalogue_code_from_own_name(CATALOGUE_CJJ181, code).n > 0;
    db31 = catalogue_code_from_own_name(CATALOGUE_DB31, code).n > 0;
    *is_cjj |= cjj && !db31;
    *is_db31 |= db31 && catalogue_code_from_name(CATALOGUE_CJJ181, code).n == 0;
}

enum catalogue catalogue_guess_chinese(const struct survey *survey) {
    bool is_cjj = false, is_db31 = false;

    for (size_t i = 0; i < survey->n_codes; i++) {
        hear(survey->codes[i].code, &is_cjj, &is_db31);
    }
    return is_db31 && !is_cjj ? CATALOGUE_DB31 : CATALOGUE_CJJ181;
}

enum catalogue catalogue_guess(const struct survey *survey) {
    CLEANUP(array_release) struct code_use *uses = count_uses(survey);
    uint64_t n_known[CATALOGUES] = {0}, n = 0;
    enum catalogue best = CATALOGUE_UNKNOWN;

    for (size_t i = 0; i < survey->n_codes; i++) {
        if (survey->codes[i].code.n == 0) {
            continue;
        }
        n += uses[i].n_rows;
        for (enum catalogue c = CATALOGUE_UNKNOWN + 1; c < CATALOGUES; c++) {
            n_known[c] += speaks(c, &survey->codes[i]) ? uses[i].n_rows : 0;
        }
    }
    for (enum catalogue c = CATALOGUE_UNKNOWN + 1; c < CATALOGUES; c++) {
        if (n_known[c] > n_known[best]) {
            best = c;
        }
    }
    if (n_known[best] * 2 < n) {
        return CATALOGUE_UNKNOWN;
    }
    return best == CATALOGUE_CJJ181 ? catalogue_guess_chinese(survey) : best;
}

/* At most n bytes, never a part of a character. */
static struct text cut(struct text text, size_t n) {
    if (text.n <= n) {
        return text;
    }
    while (n > 0 && ((unsigned char)text.at[n] & 0xC0) == 0x80) {
        n--;
    }
    return text_part(text, 0, n);
}

static void report_unknown(struct survey *survey, const struct code *code, struct code_use use) {
    struct text written = code->delivered.n > 0 ? code->delivered : code->code;

    findings_add(&survey->findings, FINDING_UNKNOWN_CODE,
        (struct finding_place){.file = survey->file.path, .line = use.first_line},
        "'%.*s' in %llu row%s", TEXT_ARGS(cut(written, 200)), (unsigned long long)use.n_rows,
        use.n_rows == 1 ? "" : "s");
}

void catalogue_resolve(struct survey *survey) {
    CLEANUP(array_release) struct code_use *uses = count_uses(survey);

    for (size_t i = 0; i < survey->n_codes; i++) {
        struct code *code = &survey->codes[i];
        const struct catalogue_row *row =
            catalogue_find(survey->catalogue, code->code, code->char1, code->char2);

        code->main = row == NULL ? (struct text){0} : text_from(row->code);
        code->name = row == NULL ? NULL : row->name_en;
        code->name_zh = row == NULL ? NULL : row->name_zh;
        code->kind = row == NULL ? CODE_UNKNOWN : row->kind;
        code->role = row == NULL ? ROLE_NONE : row->role;
        code->family = row == NULL ? FAMILY_NONE : row->family;
        if (row == NULL && uses[i].n_rows > 0) {
            report_unknown(survey, code, uses[i]);
        }
    }
}
