#include "tests/fuzz/fuzz.h"

#include "core/base.h"
#include "core/error.h"
#include "formats/export/translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(translation_release) struct translation translation = {0};
    struct text bytes = {(const char *)data, n};
    struct error err = {0};

    if (!translation_read_bytes(bytes, "fuzz.csv", &translation, &err)) {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
        return 0;
    }
    for (size_t i = 0; i < translation.n; i++) {
        const struct translation_row *row = &translation.at[i];
        REQUIRE(row->from_catalogue > CATALOGUE_UNKNOWN && row->from_catalogue < CATALOGUES);
        REQUIRE(row->to_catalogue > CATALOGUE_UNKNOWN && row->to_catalogue < CATALOGUES);
        REQUIRE(row->from_code.n > 0 && text_is_utf8(row->from_code) && text_is_utf8(row->to_code));
        REQUIRE(row->from_grade >= 0 && row->to_grade >= 0);
    }
    return 0;
}
