#include <criterion/criterion.h>

#include "core/base.h"
#include "core/geom.h"

/* 30 m east, then 10 m north. */
static const struct xy bent[] = {
    {0,  0 },
    {30, 0 },
    {30, 10}
};
static const struct polyline line = {bent, ARRAY_LEN(bent)};

static const struct {
    const char *name;
    double along_m;
    struct xy want;
} points[] = {
    {"the start",           0,  {0, 0}  },
    {"on the first leg",    12, {12, 0} },
    {"at the bend",         30, {30, 0} },
    {"follows the bend",    35, {30, 5} },
    {"the end",             40, {30, 10}},
    {"beyond is the end",   41, {30, 10}},
    {"before is the start", -1, {0, 0}  },
};

Test(geom, point_at) {
    for (size_t i = 0; i < ARRAY_LEN(points); i++) {
        struct xy got = polyline_point_at(line, points[i].along_m);

        cr_expect_float_eq(got.x, points[i].want.x, 1e-9, "%s", points[i].name);
        cr_expect_float_eq(got.y, points[i].want.y, 1e-9, "%s", points[i].name);
    }
}

static const struct {
    const char *name;
    double from_m, to_m;
    size_t n;
    double length_m;
} parts[] = {
    {"within a leg",               5,  10, 2, 5 },
    {"over the bend",              25, 35, 3, 10},
    {"from the bend",              30, 40, 2, 10},
    {"up to the bend",             0,  30, 2, 30},
    {"all of it",                  0,  40, 3, 40},
    {"clamped",                    -5, 99, 3, 40},
    {"no length is a point twice", 7,  7,  2, 0 },
};

Test(geom, substring) {
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        struct xy out[ARRAY_LEN(bent) + 2];
        size_t n = polyline_substring(line, parts[i].from_m, parts[i].to_m, out);
        struct polyline got = {out, n};

        cr_expect_eq(n, parts[i].n, "%s: %zu vertices", parts[i].name, n);
        cr_expect_float_eq(polyline_length_m(got), parts[i].length_m, 1e-9, "%s", parts[i].name);
    }
}
