#include "tests/fuzz/fuzz_file.h"

#include <string.h>

#include "core/error.h"
#include "core/network.h"
#include "formats/survey_format.h"

/* GDAL's drivers look at the extension too. */
static const char *extension_of(const uint8_t *data, size_t n) {
    if (n > 4 && data[0] == 0xD0) {
        return ".xls";
    }
    return n > 38 && memcmp(data + 30, "mimetype", 8) == 0 ? ".ods" : ".xlsx";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(fuzz_file_release) struct fuzz_file file = fuzz_file_of(data, n, extension_of(data, n));
    CLEANUP(survey_release) struct survey survey = {0};
    const struct read_options options = {0};
    struct error err = {0};

    if (survey_read(file.path, NULL, &options, &survey, &err)) {
        require_survey(&survey);
        if (survey.network != NULL) {
            network_connect(survey.network);
        }
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    return 0;
}
