#include "tests/fuzz/fuzz.h"

#include "core/error.h"
#include "formats/survey/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("fuzz.csv")};
    const struct read_options options = {0};
    struct error err = {0};

    if (wincan_csv_read_bytes((struct text){(const char *)data, n}, &options, &survey, &err)) {
        require_survey(&survey);
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    return 0;
}
