#include "tests/fuzz/fuzz.h"

#include "core/error.h"
#include "core/network.h"
#include "formats/survey/formats.h"

/* The bytes are a database; what stands behind its last page is its log. */
static size_t database_bytes(const uint8_t *data, size_t n) {
    if (n < 100) {
        return n;
    }
    size_t page = (size_t)data[16] << 8 | data[17];
    size_t n_pages =
        (size_t)data[28] << 24 | (size_t)data[29] << 16 | (size_t)data[30] << 8 | data[31];
    page = page == 1 ? 65536 : page;
    return page == 0 || n_pages == 0 || n_pages > n / page ? n : n_pages * page;
}

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
