#pragma once
/* What coordinates tell about their reference system by their size alone: zones in front of
 * eastings, north before east, degrees. */
#include <stdbool.h>

#include "core/geom.h"
#include "core/text.h"

/* Metres to take off each easting; 0 when there is nothing to take off.  `false_easting_m` and
 * `central_meridian` (degrees) are those of the CRS that the data claims.  Negative when the CRS
 * carries its zone in front and the data does not. */
double zone_prefix(struct box extent, double false_easting_m, double central_meridian);

/* The EPSG code of the CRS that a zone in front of eastings gives away (CGCS2000 zones 13-45,
 * UTM 32 and 33 with zone); 0 when nothing does. */
int zone_guess_epsg(struct box extent);

/* Could these be degrees? */
bool extent_is_degrees(struct box extent);

/* Northings of the northern hemisphere's middle before Gauss-Krueger or UTM eastings? */
bool extent_is_north_first(struct box extent);

/* Names that exchange formats use for a CRS (ISYBAU: ETRS89_UTM32), as PROJ knows them; the name
 * itself when it is none of these. */
const char *crs_known_name(const char *name);
