#include <criterion/criterion.h>

#include "core/base.h"
#include "formats/network/grid.h"

static const struct xy points[] = {
    {0,    0   },
    {1.99, 0   }, /* at the edge of its cell */
    {2.3,  0   }, /* beyond that edge */
    {-0.1, -0.1},
    {500,  500 },
    {500,  500 }, /* exactly on the one before */
};

/* name, place, within, the nearest point */
static const struct {
    const char *name;
    struct xy at;
    double within_m;
    uint32_t want;
} cases[] = {
    {"exactly there",                 {0, 0},         0.01, 0       },
    {"over the edge of a cell",       {2.01, 0},      0.5,  1       },
    {"the nearer of two",             {2.2, 0},       0.5,  2       },
    {"on the negative side",          {-0.09, -0.09}, 0.5,  3       },
    {"nothing near",                  {10, 10},       0.5,  NO_POINT},
    {"just out of reach",             {0, 0.51},      0.5,  NO_POINT},
    {"the first of two in one place", {500, 500.1},   0.5,  4       },
};

Test(grid, find) {
    CLEANUP(point_grid_release) struct point_grid grid = point_grid_new(2);

    for (uint32_t i = 0; i < ARRAY_LEN(points); i++) {
        point_grid_add(&grid, points, sizeof *points, i);
    }
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint32_t got =
            point_grid_find(&grid, points, sizeof *points, cases[i].at, cases[i].within_m);
        cr_expect_eq(got, cases[i].want, "%s: %u", cases[i].name, got);
    }
}
