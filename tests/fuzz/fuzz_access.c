#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/network.h"
#include "formats/survey/formats.h"
#include "tests/formats/access_tables.h"

/* The input is what is done to a sound file: its first byte says whose tables it holds, every four
 * bytes behind put one byte somewhere; a place behind its end cuts it off there. */
static struct text break_it(struct text sound, const uint8_t *data, size_t n) {
    char *at = (char *)(uintptr_t)sound.at;

    for (size_t i = 0; i + 4 <= n; i += 4) {
        size_t place = (size_t)data[i] << 12 | (size_t)data[i + 1] << 4 | data[i + 2] >> 4;
        if (place < sound.n) {
            at[place] = (char)data[i + 3];
        } else {
            sound.n = sound.n * data[i + 3] / 256;
        }
    }
    return sound;
}

static bool read_it(unsigned whose, struct text bytes, struct survey *survey, struct error *err) {
    const struct read_options options = {0};

    return whose == 0   ? pacp_read_bytes(bytes, (struct text){0}, &options, survey, err)
           : whose == 1 ? wincan_mdb_read_bytes(bytes, &options, survey, err)
                        : hk_mdb_read_bytes(bytes, &options, survey, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("fuzz.mdb")};
    struct error err = {0};
    unsigned whose = n == 0 ? 0 : data[0] % 3;
    struct text sound = whose == 0   ? tiny_mdb(&arena, pacp_access, ARRAY_LEN(pacp_access))
                        : whose == 1 ? tiny_mdb(&arena, wincan_access, ARRAY_LEN(wincan_access))
                                     : tiny_mdb(&arena, hk_access, ARRAY_LEN(hk_access));
    struct text bytes = n < 2 ? sound : break_it(sound, data + 1, n - 1);

    if (read_it(whose, bytes, &survey, &err)) {
        require_survey(&survey);
        if (survey.network != NULL) {
            network_connect(survey.network);
        }
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    return 0;
}
