#include "formats/crs/zone.h"

#include <math.h>
#include <string.h>

#include "core/base.h"

#define ZONE_M 1e6
#define HALF_ZONE_M 500e3

static double middle_x(struct box extent) {
    return extent.min_x / 2 + extent.max_x / 2;
}

static double middle_y(struct box extent) {
    return extent.min_y / 2 + extent.max_y / 2;
}

/* UTM and 6-degree zones count from the Atlantic or from Greenwich, 3-degree zones by meridian. */
static bool zone_has_meridian(double zone, double meridian) {
    return zone == floor((meridian + 183) / 6 + 0.5) || zone == floor(meridian / 3 + 0.5) ||
           zone == floor((meridian + 3) / 6 + 0.5);
}

double zone_prefix(struct box extent, double false_easting_m, double central_meridian) {
    double x = middle_x(extent);
    double zone = floor(x / ZONE_M), crs_zone = floor(false_easting_m / ZONE_M);

    if (!(fabs(x - false_easting_m) > HALF_ZONE_M)) {
        return 0; /* where the CRS expects it, or no number at all */
    }
    if (crs_zone == 0 && zone >= 10 && fabs(x - zone * ZONE_M - false_easting_m) <= HALF_ZONE_M) {
        return zone_has_meridian(zone, central_meridian) ? zone * ZONE_M : 0;
    }
    if (crs_zone >= 1 && zone == 0 && zone_has_meridian(crs_zone, central_meridian)) {
        return -crs_zone * ZONE_M;
    }
    return 0;
}

int zone_guess_epsg(struct box extent) {
    double x = middle_x(extent), y = middle_y(extent);
    int zone = x > 13e6 && x < 46e6 ? (int)(x / ZONE_M) : 0;

    if (zone == 0 || !(extent.max_x - extent.min_x < ZONE_M) || !(y > 1.5e6 && y < 6.3e6)) {
        return 0;
    }
    if ((zone == 32 || zone == 33) && y > 5.2e6) { /* Germany; China ends south of there */
        return zone == 32 ? 4647 : 5650;
    }
    if (y > 6e6) {
        return 0;
    }
    if (zone <= 23) {
        return 4491 + zone - 13; /* CGCS2000 / Gauss-Kruger zone 13-23 */
    }
    return zone >= 25 ? 4513 + zone - 25 : 0; /* CGCS2000 / 3-degree Gauss-Kruger zone 25-45 */
}

bool extent_is_degrees(struct box extent) {
    return extent.min_x >= -180 && extent.max_x <= 180 && extent.min_y >= -90 && extent.max_y <= 90;
}

bool extent_is_north_first(struct box extent) {
    double north = middle_x(extent), east = middle_y(extent);

    return north > 1.8e6 && north < 6.2e6 &&
           ((east > 250e3 && east < 750e3) || (east > 13e6 && east < 46e6));
}

const char *crs_known_name(const char *name) {
    static const struct {
        const char *name, *known;
    } names[] = {
        {"DE_DHDN_3GK2", "EPSG:31466"},
        {"DE_DHDN_3GK3", "EPSG:31467"},
        {"DE_DHDN_3GK4", "EPSG:31468"},
        {"DE_DHDN_3GK5", "EPSG:31469"},
        {"ETRS89_UTM31", "EPSG:25831"},
        {"ETRS89_UTM32", "EPSG:25832"},
        {"ETRS89_UTM33", "EPSG:25833"},
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcmp(names[i].name, name) == 0) {
            return names[i].known;
        }
    }
    return name;
}
