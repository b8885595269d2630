#include "tests/fuzz/fuzz.h"

#include "core/error.h"
#include "formats/survey/formats.h"

/* A database or one CSV table. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("fuzz.db")};
    const struct read_options options = {0};
    struct error err = {0};
    struct text bytes = {(const char *)data, n};

    if (pacp_read_bytes(bytes, (struct text){0}, &options, &survey, &err)) {
        require_survey(&survey);
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    return 0;
}
