#include "core/arena.h"
#include "core/base.h"
#include "core/catalogue.h"
#include "core/catalogue/letters.h"
#include "formats/sheet.h"

/* Codes as people write them in sheets, in the words of the catalogue. */

/* The code that is meant, in capitals and with its suffix (CLJ); {0} when nothing fits. */
static struct text code_meant(struct survey *survey, struct text written) {
    struct text code = catalogue_code_from_name(survey->catalogue, written);
    bool is_longer = code.n > 0 && written.n == code.n + 1 &&
                     text_equal_nocase(text_part(written, 0, code.n), code);

    if (!is_longer || !is_letter(written.at[code.n])) {
        return code;
    }
    return arena_printf(&survey->arena, "%.*s%c", TEXT_ARGS(code), upper(written.at[code.n]));
}

static void settle_code(struct survey *survey, struct code *code) {
    struct text main_code, char1, char2, delivered = code->code;

    if (survey->catalogue == CATALOGUE_EN13508) {
        if (code->char1.n > 0 || code->char2.n > 0 ||
            !catalogue_split_en13508(delivered, &main_code, &char1, &char2)) {
            return;
        }
        code->code = arena_copy(&survey->arena, main_code);
        code->char1 = arena_copy(&survey->arena, char1);
        code->char2 = arena_copy(&survey->arena, char2);
    } else {
        main_code = code_meant(survey, delivered);
        if (main_code.n == 0) {
            return;
        }
        code->code = main_code;
    }
    if (!text_equal(code->code, delivered) && code->delivered.n == 0) {
        code->delivered = delivered;
    }
}

/* Does the code say that the run was given up? */
static bool is_end_of_run(const struct survey *survey, const struct code *code) {
    const struct catalogue_row *row =
        catalogue_find(survey->catalogue, code->code, code->char1, code->char2);
    return row != NULL && row->role == ROLE_ABANDONED;
}

/* Why it was given up: the words beside the code, else the code as written. */
static void abandon(
    struct survey *survey, struct inspection *inspection, const struct observation *observation) {
    const struct code *code = &survey->codes[observation->code];
    struct text remark = observation->more == NULL ? (struct text){0} : observation->more->remark;
    struct inspection_more *more = inspection_more(survey, inspection);

    inspection->is_abandoned = true;
    if (remark.n > 0) {
        more->abandoned_reason = remark;
    } else if (more->abandoned_reason.n == 0) {
        more->abandoned_reason = code->delivered.n > 0 ? code->delivered : code->code;
    }
}

/* `is_end` holds one flag a code. */
static void mark_abandoned(struct survey *survey, const bool *is_end) {
    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct inspection *inspection = &survey->inspections[i];
        for (size_t k = 0; k < inspection->n_observations; k++) {
            const struct observation *observation =
                &survey->observations[inspection->first_observation + k];
            if (is_end[observation->code]) {
                abandon(survey, inspection, observation);
            }
        }
    }
}

void sheet_finish(const struct read_options *options, struct survey *survey) {
    CLEANUP(array_release) bool *is_end = NULL;
    size_t capacity = 0, n_ends = 0;

    if (options->catalogue != CATALOGUE_UNKNOWN) {
        survey->catalogue = options->catalogue;
    } else if (survey->catalogue == CATALOGUE_CJJ181) {
        survey->catalogue = catalogue_guess_chinese(survey);
    } else {
        survey->catalogue = catalogue_guess(survey);
    }
    is_end = array_reserve(is_end, &capacity, survey->n_codes, sizeof *is_end);
    for (size_t i = 0; i < survey->n_codes; i++) {
        settle_code(survey, &survey->codes[i]);
        is_end[i] = is_end_of_run(survey, &survey->codes[i]);
        n_ends += is_end[i];
    }
    if (n_ends > 0) {
        mark_abandoned(survey, is_end);
    }
}
