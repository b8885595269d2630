#include "tests/fuzz/fuzz.h"

#include "core/error.h"
#include "core/network.h"
#include "formats/survey/formats.h"

static void require_network(const struct network *network) {
    for (size_t i = 0; i < network->n_segments; i++) {
        const struct segment *segment = &network->segments[i];
        REQUIRE(segment->from_node == NO_NODE || segment->from_node < network->n_nodes);
        REQUIRE(segment->to_node == NO_NODE || segment->to_node < network->n_nodes);
        REQUIRE(segment->line.n == 0 || segment->line.n == 2);
        REQUIRE(segment->id.n > 0);
        for (size_t k = 0; k < segment->line.n; k++) {
            REQUIRE(xy_is_set(segment->line.at[k]));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("fuzz.rib")};
    const struct read_options options = {0};
    struct error err = {0};

    if (sufrib_read_bytes((struct text){(const char *)data, n}, &options, &survey, &err)) {
        require_survey(&survey);
        if (survey.network != NULL) {
            require_network(survey.network);
            network_connect(survey.network);
        }
    } else {
        REQUIRE(err.kind == ERROR_FORMAT && err.text[0] != '\0');
    }
    return 0;
}
