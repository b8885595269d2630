/* Cells are found by hash.  A cell is four times as wide as the search, so that mostly one cell, at
 * worst four, are looked at. */
#include "formats/network/grid.h"

#include <math.h>

/* More points than this in one cell are heaps that no network has: the search gives up there. */
enum { MAX_CHAIN = 64 };

struct cell {
    int64_t column, row;
};

struct point_grid point_grid_new(double cell_m) {
    return (struct point_grid){.cell_m = cell_m};
}

void point_grid_release(struct point_grid *grid) {
    arena_release(&grid->arena);
    index_release(&grid->cells);
    array_release(&grid->next);
    *grid = (struct point_grid){0};
}

static struct xy place(const struct xy *points, size_t stride, uint32_t point) {
    return *(const struct xy *)(const void *)((const char *)points + stride * point);
}

static int64_t cell_number(double v, double cell_m) {
    double number = floor(v / cell_m);

    return fabs(number) < 9e18 ? (int64_t)number : 0;
}

static struct cell cell_of(const struct point_grid *grid, struct xy at) {
    return (struct cell){cell_number(at.x, grid->cell_m), cell_number(at.y, grid->cell_m)};
}

static struct text key_of(const struct cell *cell) {
    return (struct text){(const char *)cell, sizeof *cell};
}

void point_grid_add(
    struct point_grid *grid, const struct xy *points, size_t stride, uint32_t point) {
    struct xy at = place(points, stride, point);
    struct cell cell = cell_of(grid, at);
    uint32_t first = index_find(&grid->cells, key_of(&cell)), last = NO_POINT;

    grid->next =
        array_reserve(grid->next, &grid->next_capacity, (size_t)point + 1, sizeof *grid->next);
    for (; grid->n <= point; grid->n++) {
        grid->next[grid->n] = NO_POINT;
    }
    if (first == INDEX_NONE) {
        index_add(&grid->cells, arena_copy(&grid->arena, key_of(&cell)), point);
        return;
    }
    size_t n = 0;
    for (uint32_t other = first; other != NO_POINT; other = grid->next[other]) {
        if (xy_distance_m(place(points, stride, other), at) == 0 || ++n == MAX_CHAIN) {
            return;
        }
        last = other;
    }
    grid->next[last] = point;
}

struct search {
    const struct point_grid *grid;
    const struct xy *points;
    size_t stride;
    struct xy at;
    double best_m;
    uint32_t best;
};

static void search_cell(struct search *search, struct cell cell) {
    uint32_t point = index_find(&search->grid->cells, key_of(&cell));

    if (point == INDEX_NONE) {
        return;
    }
    for (; point != NO_POINT; point = search->grid->next[point]) {
        double distance_m = xy_distance_m(place(search->points, search->stride, point), search->at);
        if (distance_m < search->best_m || (distance_m == search->best_m && point < search->best)) {
            search->best_m = distance_m;
            search->best = point;
        }
    }
}

uint32_t point_grid_find(const struct point_grid *grid, const struct xy *points, size_t stride,
    struct xy at, double within_m) {
    struct search search = {grid, points, stride, at, within_m, NO_POINT};
    struct cell low = cell_of(grid, (struct xy){at.x - within_m, at.y - within_m});
    struct cell high = cell_of(grid, (struct xy){at.x + within_m, at.y + within_m});

    for (int64_t column = low.column; column <= high.column && column - low.column < 3; column++) {
        for (int64_t row = low.row; row <= high.row && row - low.row < 3; row++) {
            search_cell(&search, (struct cell){column, row});
        }
    }
    return search.best;
}
