#pragma once
/* What the written GeoJSON says to GDAL, held against the surveys: feature by feature, property by
 * property. */
#include "formats/export/losses.h"

/* A property as it is written, without quotes; nothing when it is unset.  False for numbers. */
bool geojson_value(enum export_field field, const struct inspection *inspection,
    const struct observation *observation, struct text_out *out);

/* `check` of a target.  ERROR_FORMAT: there are more features, or fewer, than there should be. */
bool geojson_check(const struct export_request *request, const char *path,
    struct export_losses *losses, struct error *err);
