#include <criterion/criterion.h>

#include "core/base.h"
#include "core/polygons.h"

/* Polygon 0: the square 0-100 with a hole 40-60, and an island 200-300 x 0-100 of the same record.
 * Polygon 1: the hole's middle 45-55.  Polygon 2: covers all, and comes last. */
static const struct xy square[] = {
    {0,   0  },
    {100, 0  },
    {100, 100},
    {0,   100},
    {0,   0  },
    {40,  40 },
    {60,  40 },
    {60,  60 },
    {40,  60 },
    {40,  40 },
    {200, 0  },
    {300, 0  },
    {300, 100},
    {200, 100},
    {200, 0  },
};
static const struct xy middle[] = {
    {45, 45},
    {55, 45},
    {55, 55},
    {45, 55},
    {45, 45},
};
static const struct xy around[] = {
    {-50, -50},
    {350, -50},
    {350, 150},
    {-50, 150},
    {-50, -50},
};
static const uint32_t fives[] = {5, 5, 5};
static const bool outer[] = {true, false, true};

static void add(struct polygons *polygons, const struct xy *at, uint32_t n_rings) {
    struct polygon polygon = {
        .at = at, .ring_n = fives, .ring_is_outer = outer, .n_rings = n_rings, .box = box_empty()};

    polygon.n = 5 * n_rings;
    for (size_t i = 0; i < polygon.n; i++) {
        box_add(&polygon.box, at[i]);
    }
    polygons->at =
        array_reserve(polygons->at, &polygons->capacity, polygons->n + 1, sizeof *polygons->at);
    polygons->at[polygons->n++] = polygon;
}

static const struct {
    const char *name;
    struct xy at;
    uint32_t want;
} points[] = {
    {"inside the square",                    {10, 10},   0         },
    {"close to its edge",                    {99.9, 50}, 0         },
    {"in the hole, in nothing but the last", {41, 50},   2         },
    {"in the polygon in the hole",           {50, 50},   1         },
    {"on the island of the same record",     {250, 50},  0         },
    {"between square and island",            {150, 50},  2         },
    {"outside of all",                       {-60, 0},   NO_POLYGON},
    {"far away",                             {1e9, 1e9}, NO_POLYGON},
};

Test(polygons, find) {
    CLEANUP(polygons_release) struct polygons polygons = {0};

    add(&polygons, square, 3);
    add(&polygons, middle, 1);
    add(&polygons, around, 1);
    polygons_index(&polygons);
    for (size_t i = 0; i < ARRAY_LEN(points); i++) {
        cr_expect_eq(polygons_find(&polygons, points[i].at), points[i].want, "%s", points[i].name);
    }
}

/* A grid of points: the raster must say what the even-odd rule says. */
Test(polygons, the_raster_agrees_with_the_rings) {
    CLEANUP(polygons_release) struct polygons polygons = {0};
    CLEANUP(polygons_release) struct polygons single = {0};

    add(&polygons, square, 3);
    add(&polygons, around, 1);
    add(&single, square, 3);
    polygons_index(&polygons);
    polygons_index(&single);
    for (int x = -45; x < 350; x += 7) {
        for (int y = -45; y < 150; y += 7) {
            struct xy at = {x + 0.25, y + 0.25};
            bool is_inside = polygons_find(&single, at) == 0;
            cr_expect_eq(polygons_find(&polygons, at), is_inside ? 0 : 1, "%d %d", x, y);
        }
    }
}

Test(polygons, none_contain_nothing) {
    CLEANUP(polygons_release) struct polygons polygons = {0};

    polygons_index(&polygons);
    cr_expect_eq(polygons_find(&polygons, (struct xy){0, 0}), NO_POLYGON);
}
