#pragma once
/* Points by place: which one lies within a small distance? */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/geom.h"
#include "core/index.h"

/* Owns its keys and chains; points are known by number and must not move. */
struct point_grid {
    struct arena arena;
    struct index cells; /* the first point of each cell */
    uint32_t *next;     /* of each point, the next one in its cell; an array of its own */
    size_t n, next_capacity;
    double cell_m;
};

#define NO_POINT UINT32_MAX

/* Distances asked for must not exceed a quarter of the cell. */
struct point_grid point_grid_new(double cell_m);
void point_grid_release(struct point_grid *grid);

/* Takes the point of this number in; one that lies exactly on another is left out. */
void point_grid_add(
    struct point_grid *grid, const struct xy *points, size_t stride, uint32_t point);

/* The nearest point within the distance, the first of equals; NO_POINT for none.  `points` is the
 * place of point 0 and `stride` the bytes from one to the next. */
uint32_t point_grid_find(const struct point_grid *grid, const struct xy *points, size_t stride,
    struct xy at, double within_m);
