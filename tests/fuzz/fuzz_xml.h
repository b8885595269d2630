#pragma once
/* What must hold of a survey out of XML, with the network that it may bring. */
#include "core/network.h"
#include "formats/survey_format.h"
#include "tests/fuzz/fuzz.h"

static inline void require_network(const struct network *network) {
    for (size_t i = 0; i < network->n_segments; i++) {
        const struct segment *segment = &network->segments[i];
        REQUIRE(segment->from_node == NO_NODE || segment->from_node < network->n_nodes);
        REQUIRE(segment->to_node == NO_NODE || segment->to_node < network->n_nodes);
        REQUIRE(segment->line.n != 1);
        REQUIRE(segment->id.n > 0);
        for (size_t k = 0; k < segment->line.n; k++) {
            REQUIRE(xy_is_set(segment->line.at[k]));
        }
    }
}

static inline int try_xml_survey(bool (*read)(struct text bytes, const struct read_options *options,
                                     struct survey *survey, struct error *err),
    const uint8_t *data, size_t n) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("fuzz.xml")};
    const struct read_options options = {0};
    struct error err = {0};

    if (read((struct text){(const char *)data, n}, &options, &survey, &err)) {
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
