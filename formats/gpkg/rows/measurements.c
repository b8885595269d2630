/* Rows of `measurements`: in order of inspection, kind and chainage. */
#include "core/measure.h"
#include "formats/gpkg/rows/rows.h"

static void put_measurement(const struct maker *maker, struct value *row,
    const struct inspection *inspection, const struct measurement *measurement) {
    struct measured_at at = measurement_at(maker->result, inspection, measurement);

    put_text(&row[MEASUREMENTS_INSPECTION_ID], inspection->id);
    put_metres(&row[MEASUREMENTS_ALONG_M], at.along_m);
    put_string(
        &row[MEASUREMENTS_KIND], measurement_kind_name((enum measurement_kind)measurement->kind));
    put_real(&row[MEASUREMENTS_VALUE], measurement->value);
    put_string(
        &row[MEASUREMENTS_UNIT], measurement_unit_name((enum measurement_unit)measurement->unit));
    put_real(&row[MEASUREMENTS_CHAINAGE_M], measurement->chainage_m);
    put_number(&row[MEASUREMENTS_SOURCE_LINE], measurement->line);
    if (measurement->is_zero_unknown) {
        put_bool(&row[MEASUREMENTS_ZERO_IS_UNKNOWN], true);
    }
    if (at.segment != NO_SEGMENT) {
        put_text(&row[MEASUREMENTS_SEGMENT_ID], maker->result->network.segments[at.segment].id);
    }
}

bool make_measurements(struct maker *maker, struct block *block) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_surveys; maker->next++, maker->next_part = 0) {
        const struct survey *survey = &result->surveys[maker->next];
        for (; maker->next_part < survey->n_measurements; maker->next_part++) {
            const struct measurement *measurement = &survey->measurements[maker->next_part];
            if (!block_has_room(block)) {
                return true;
            }
            put_measurement(maker, block_add_row(block),
                &survey->inspections[measurement->inspection], measurement);
        }
    }
    return false;
}
