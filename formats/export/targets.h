#pragma once
/* All targets, for their table. */
#include "formats/export/target.h"

extern const struct export_target export_cjj181, export_cjj181_xlsx, export_csv, export_en13508,
    export_geojson, export_gpkg, export_isybau, export_m150, export_ribx;
