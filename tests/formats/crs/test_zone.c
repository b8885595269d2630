#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/crs/zone.h"

static struct box around(double x, double y) {
    return (struct box){x - 1000, y - 1000, x + 1000, y + 1000};
}

/* name, easting of the data, false easting and meridian of the CRS, what to take off */
static const struct {
    const char *name;
    double x, false_easting_m, meridian, want;
} prefixes[] = {
    {"UTM 32 as it should be",                    570396,   500e3,    9,   0    },
    {"UTM 32 with its zone in front",             32570396, 500e3,    9,   32e6 },
    {"EPSG:4647 carries the zone itself",         32570396, 32500000, 9,   0    },
    {"CM 114E with zone 38 in front",             38412000, 500e3,    114, 38e6 },
    {"zone 38 without its zone gets it",          412000,   38500000, 114, -38e6},
    {"six-degree zone 20 at 117E",                20412000, 500e3,    117, 20e6 },
    {"a zone of another meridian is not touched", 39412000, 500e3,    114, 0    },
    {"German zone 3 without its zone gets it",    570396,   3500000,  9,   -3e6 },
    {"no number at all",                          NAN,      500e3,    9,   0    },
};

Test(zone, prefix) {
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        double got = zone_prefix(
            around(prefixes[i].x, 3e6), prefixes[i].false_easting_m, prefixes[i].meridian);
        cr_expect_eq(got, prefixes[i].want, "%s: %g", prefixes[i].name, got);
    }
}

static const struct {
    const char *name;
    double x, y;
    int want;
} guesses[] = {
    {"zone 38 in China",          38412000, 2500000, 4526},
    {"zone 25, the first",        25500000, 4000000, 4513},
    {"zone 45, the last",         45500000, 5000000, 4533},
    {"six-degree zone 20",        20500000, 4000000, 4498},
    {"UTM 32 with zone, Germany", 32570396, 5600000, 4647},
    {"UTM 33 with zone, Germany", 33370396, 5800000, 5650},
    {"zone 32 in western China",  32500000, 4000000, 4520},
    {"no zone in front",          500000,   2500000, 0   },
    {"north of everything",       38412000, 7000000, 0   },
    {"between the zones",         24500000, 4000000, 0   },
};

Test(zone, guess) {
    for (size_t i = 0; i < ARRAY_LEN(guesses); i++) {
        cr_expect_eq(zone_guess_epsg(around(guesses[i].x, guesses[i].y)), guesses[i].want, "%s",
            guesses[i].name);
    }
}

Test(zone, extents) {
    cr_expect(extent_is_degrees((struct box){11, 48, 12, 49}));
    cr_expect_not(extent_is_degrees((struct box){11, 48, 12, 91}));
    cr_expect(extent_is_north_first(around(2500000, 500000)));
    cr_expect(extent_is_north_first(around(2500000, 38412000)));
    cr_expect_not(extent_is_north_first(around(500000, 2500000)));
    cr_expect_not(extent_is_north_first(around(28000, 119000)));
}

Test(zone, names) {
    cr_expect_str_eq(crs_known_name("ETRS89_UTM32"), "EPSG:25832");
    cr_expect_str_eq(crs_known_name("DE_DHDN_3GK5"), "EPSG:31469");
    cr_expect_str_eq(crs_known_name("EPSG:4547"), "EPSG:4547");
}
