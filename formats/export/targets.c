#include <string.h>

#include "core/base.h"
#include "formats/export/targets.h"

/* Keep alphabetical by name: order carries no meaning. */
const struct export_target *const export_targets[] = {
    &export_cjj181,
    &export_cjj181_xlsx,
    &export_csv,
    &export_m150, /* dwa-m150 */
    &export_en13508,
    &export_geojson,
    &export_gpkg,
    &export_isybau,
    &export_ribx,
};
const size_t n_export_targets = ARRAY_LEN(export_targets);

const struct export_target *export_target_by_name(const char *name) {
    for (size_t i = 0; i < n_export_targets; i++) {
        if (strcmp(export_targets[i]->name, name) == 0) {
            return export_targets[i];
        }
    }
    return NULL;
}

bool export_row_has_code(
    const struct inspection *inspection, const struct observation *observation) {
    return observation_code(inspection, observation)->code.n > 0;
}

bool export_holds_inspection(
    const struct export_target *target, const struct inspection *inspection) {
    return target->holds_inspection == NULL || target->holds_inspection(inspection);
}

bool export_holds_row(const struct export_target *target, const struct inspection *inspection,
    const struct observation *observation) {
    return target->holds_row == NULL || target->holds_row(inspection, observation);
}
