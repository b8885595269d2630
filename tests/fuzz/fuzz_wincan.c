#include "tests/fuzz/fuzz.h"

#include "core/error.h"
#include "core/network.h"
#include "formats/survey/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("fuzz.db3")};
    const struct read_options options = {0};
    struct error err = {0};
    size_t n_database = database_bytes(data, n);
    struct text database = {(const char *)data, n_database};
    struct text log = {(const char *)data + n_database, n - n_database};

    if (wincan_read_bytes(database, log, &options, &survey, &err)) {
        require_survey(&survey);
        if (survey.network != NULL) {
            network_connect(survey.network);
        }
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    return 0;
}
