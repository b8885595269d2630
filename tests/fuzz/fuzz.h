#pragma once
/* What every fuzz target has: its entry, and what must hold of whatever was read. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/survey.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define REQUIRE(claim)                                                          \
    do {                                                                        \
        if (!(claim)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #claim); \
            abort();                                                            \
        }                                                                       \
    } while (0)

static inline void require_observation(
    const struct survey *survey, const struct observation *observation) {
    REQUIRE(observation->code < survey->n_codes);
    REQUIRE(observation->clock_from <= 12 && observation->clock_to <= 12);
    REQUIRE(observation->mark <= MARK_END && observation->at_joint <= 2);
    REQUIRE(observation->raw_n == 0 || observation->raw != NULL);
    REQUIRE(text_is_utf8((struct text){observation->raw, observation->raw_n}));
}

/* Where the log of a database begins: behind its last page, in inputs that hold both. */
static inline size_t database_bytes(const uint8_t *data, size_t n) {
    if (n < 100) {
        return n;
    }
    size_t page = (size_t)data[16] << 8 | data[17];
    size_t n_pages =
        (size_t)data[28] << 24 | (size_t)data[29] << 16 | (size_t)data[30] << 8 | data[31];
    page = page == 1 ? 65536 : page;
    return page == 0 || n_pages == 0 || n_pages > n / page ? n : n_pages * page;
}

/* A survey as a reader may deliver it: every observation belongs to one inspection, numbers are in
 * range, text is UTF-8. */
static inline void require_survey(const struct survey *survey) {
    size_t n = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        const struct inspection *inspection = &survey->inspections[i];
        REQUIRE(inspection->first_observation == n);
        n += inspection->n_observations;
        REQUIRE(inspection->object <= OBJECT_NODE && inspection->direction <= DIRECTION_UPSTREAM);
        REQUIRE(!(inspection->inspected_m < 0));
        REQUIRE(text_is_utf8(inspection->segment_ref));
        REQUIRE(text_is_utf8((struct text){inspection->raw, inspection->raw_n}));
    }
    REQUIRE(n == survey->n_observations);
    for (size_t i = 0; i < survey->n_observations; i++) {
        require_observation(survey, &survey->observations[i]);
    }
    for (size_t i = 0; i < survey->n_measurements; i++) {
        const struct measurement *measurement = &survey->measurements[i];
        REQUIRE(measurement->inspection < survey->n_inspections);
        REQUIRE(measurement->kind < MEASUREMENT_KINDS && measurement->unit < MEASUREMENT_UNITS);
        REQUIRE(isfinite(measurement->chainage_m) && isfinite(measurement->value));
    }
    for (size_t i = 0; i < survey->findings.n; i++) {
        REQUIRE(text_is_utf8(survey->findings.at[i].detail));
    }
}
