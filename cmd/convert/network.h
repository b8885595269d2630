#pragma once
/* The network of a conversion, out of the working plane. */
#include "core/error.h"
#include "core/result.h"
#include "formats/crs.h"

/* Brings the network, and the coordinates of inspections, into the output CRS, and names that in
 * network.crs: EPSG:25832, else its WKT; {0} when nobody knows it. */
bool convert_network(struct result *result, const struct crs *crs, struct error *err);
