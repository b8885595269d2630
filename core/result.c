#include "core/result.h"

#include <math.h>

bool observation_is_placed(
    const struct inspection *inspection, const struct observation *observation) {
    return observation_unplaced_reason(inspection, observation) == UNPLACED_NOT;
}

enum unplaced_reason observation_unplaced_reason(
    const struct inspection *inspection, const struct observation *observation) {
    return observation->unplaced != UNPLACED_NOT ? observation->unplaced : inspection->unplaced;
}

bool observation_is_defect(
    const struct inspection *inspection, const struct observation *observation) {
    return !observation->is_mark_end &&
           observation_code(inspection, observation)->kind != CODE_INVENTORY;
}

bool observation_counts(
    const struct inspection *inspection, const struct observation *observation) {
    return observation->is_current && observation->duplicate_of == NO_OBSERVATION &&
           observation_is_placed(inspection, observation) &&
           observation_is_defect(inspection, observation);
}

bool repair_counts_as_trenchless(const struct repair *repair) {
    return repair->is_trenchless && repair->method.n > 0 && repair->scope != REPAIR_CLEAN;
}

double segment_length_m(const struct segment *segment) {
    if (segment->line.n >= 2) {
        return segment->drawn_m;
    }
    return segment->length_m > 0 ? segment->length_m : 0;
}

void result_release(struct result *result) {
    for (size_t i = 0; i < result->n_surveys; i++) {
        survey_release(&result->surveys[i]);
    }
    network_release(&result->network);
    polygons_release(&result->area_importance);
    polygons_release(&result->soils);
    polygons_release(&result->groundwaters);
    polygons_release(&result->districts);
    array_release(&result->surveys);
    array_release(&result->inspections);
    array_release(&result->stretches);
    array_release(&result->assessments);
    array_release(&result->repairs);
    array_release(&result->segment_district);
    array_release(&result->district_tallies);
    array_release(&result->file_tallies);
    arena_release(&result->arena);
    findings_release(&result->findings);
    *result = (struct result){0};
}
