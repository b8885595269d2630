#include "tests/fuzz/fuzz_file.h"

#include <string.h>

#include "core/base.h"
#include "formats/delivery.h"

/* What was unpacked lies in the folder that was made for it, whatever the members are called. */
static void require_inside(const struct delivery *delivery, const char *path) {
    for (size_t i = 0; i < delivery->n; i++) {
        const char *folder = delivery->n_folders == 0 ? path : delivery->folders[0];
        REQUIRE(strncmp(delivery->at[i].path, folder, strlen(folder)) == 0);
        REQUIRE(strstr(delivery->at[i].path, "/../") == NULL);
    }
    for (size_t i = 0; i < delivery->findings.n; i++) {
        REQUIRE(text_is_utf8(delivery->findings.at[i].detail));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(fuzz_file_release) struct fuzz_file file = fuzz_file_of(data, n, ".zip");
    CLEANUP(delivery_release) struct delivery delivery = {0};
    const char *operands[] = {file.path};
    struct error err = {0};

    if (delivery_open(operands, 1, &delivery, &err)) {
        require_inside(&delivery, file.path);
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    return 0;
}
