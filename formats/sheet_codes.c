#include "core/arena.h"
#include "core/catalogue.h"
#include "formats/sheet.h"

/* Codes as people write them in sheets, in the words of the catalogue. */

static void settle_code(struct survey *survey, struct code *code) {
    struct text main_code, char1, char2, delivered = code->code;

    if (survey->catalogue == CATALOGUE_CJJ181) {
        main_code = catalogue_code_from_name(CATALOGUE_CJJ181, delivered);
        if (main_code.n == 0) {
            return;
        }
        code->code = main_code;
    } else if (survey->catalogue == CATALOGUE_EN13508) {
        if (code->char1.n > 0 || code->char2.n > 0 ||
            !catalogue_split_en13508(delivered, &main_code, &char1, &char2)) {
            return;
        }
        code->code = arena_copy(&survey->arena, main_code);
        code->char1 = arena_copy(&survey->arena, char1);
        code->char2 = arena_copy(&survey->arena, char2);
    }
    if (!text_equal(code->code, delivered) && code->delivered.n == 0) {
        code->delivered = delivered;
    }
}

void sheet_finish(struct survey *survey) {
    if (survey->catalogue == CATALOGUE_UNKNOWN) {
        survey->catalogue = catalogue_guess(survey);
    }
    for (size_t i = 0; i < survey->n_codes; i++) {
        settle_code(survey, &survey->codes[i]);
    }
}
