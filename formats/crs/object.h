#pragma once
/* PROJ's objects: a CRS out of what people write, the operation between two of them. */
#include <stdbool.h>

#include <proj.h>

#include "core/arena.h"

/* Silent, and without the network. */
PJ_CONTEXT *pj_context_new(void);

/* Replaces *pj, when there is something to replace it with. */
void pj_replace(PJ **pj, PJ *by);

bool pj_is_geographic(const PJ *crs);
bool pj_is_same(PJ_CONTEXT *context, const PJ *a, const PJ *b);

/* The horizontal CRS that a text names (EPSG:4547, 4547, WKT, an ISYBAU name), with its code where
 * it is in the register; NULL when PROJ knows none. */
PJ *pj_from_text(PJ_CONTEXT *context, const char *text);

/* Metres, or radians, per unit of the first axis. */
double pj_unit(PJ_CONTEXT *context, const PJ *crs);

/* "ETRS89 / UTM zone 32N (EPSG:25832)" */
const char *pj_name(struct arena *arena, const PJ *crs);
/* WKT 1 as GDAL writes it, or the next best. */
const char *pj_wkt(PJ_CONTEXT *context, struct arena *arena, const PJ *pj);

/* The operation between two CRS that suits the area best, as the register has it; NULL for none. */
PJ *pj_registered_operation(
    PJ_CONTEXT *context, const PJ *from, const PJ *to, const double *west_south_east_north);
/* The same anywhere, east before north on both sides. */
PJ *pj_operation(PJ_CONTEXT *context, const PJ *from, const PJ *to);
