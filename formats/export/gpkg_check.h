#pragma once
/* What the written GeoPackage says, held against the surveys: row by row, cell by cell. */
#include "formats/export/losses.h"

/* `check` of a target.  ERROR_FORMAT: rows are missing, or stand in another order. */
bool gpkg_check(const struct export_request *request, const char *path,
    struct export_losses *losses, struct error *err);
