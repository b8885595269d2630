/* A raster answers most points: a cell that no edge touches lies in one polygon, or in none, as a
 * whole.  Only points in cells with an edge are tested against the rings. */
#include "core/polygons.h"

#include <math.h>

enum { COLUMNS = 512, ROWS = 512 };
#define CELL_MIXED (NO_POLYGON - 1)

static bool contains(const struct polygon *polygon, struct xy at) {
    bool is_inside = false;
    size_t from = 0;

    if (!box_contains(polygon->box, at)) {
        return false;
    }
    for (size_t ring = 0; ring < polygon->n_rings; ring++) {
        size_t n = polygon->ring_n[ring];
        for (size_t i = 1; i < n; i++) {
            struct xy a = polygon->at[from + i - 1], b = polygon->at[from + i];
            if ((a.y > at.y) != (b.y > at.y) &&
                at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x) {
                is_inside = !is_inside;
            }
        }
        from += n;
    }
    return is_inside;
}

static uint32_t find_exactly(const struct polygons *polygons, struct xy at) {
    for (size_t i = 0; i < polygons->n; i++) {
        if (contains(&polygons->at[i], at)) {
            return (uint32_t)i;
        }
    }
    return NO_POLYGON;
}

static size_t clamp_cell(double share, size_t n) {
    double cell = floor(share * (double)n);

    return cell < 0 ? 0 : cell >= (double)n ? n - 1 : (size_t)cell;
}

static size_t column_of(const struct polygons *polygons, double x) {
    return clamp_cell(
        (x - polygons->box.min_x) / (polygons->box.max_x - polygons->box.min_x), COLUMNS);
}

static size_t row_of(const struct polygons *polygons, double y) {
    return clamp_cell(
        (y - polygons->box.min_y) / (polygons->box.max_y - polygons->box.min_y), ROWS);
}

/* Every cell that the edge's bounding box touches: some too many, never one too few. */
static void mark_edge(struct polygons *polygons, struct xy a, struct xy b) {
    size_t left = column_of(polygons, fmin(a.x, b.x)), right = column_of(polygons, fmax(a.x, b.x));
    size_t low = row_of(polygons, fmin(a.y, b.y)), high = row_of(polygons, fmax(a.y, b.y));

    for (size_t row = low; row <= high; row++) {
        for (size_t column = left; column <= right; column++) {
            polygons->cells[row * COLUMNS + column] = CELL_MIXED;
        }
    }
}

static void mark_edges(struct polygons *polygons) {
    for (size_t i = 0; i < polygons->n; i++) {
        const struct polygon *polygon = &polygons->at[i];
        size_t from = 0;
        for (size_t ring = 0; ring < polygon->n_rings; ring++) {
            for (size_t k = 1; k < polygon->ring_n[ring]; k++) {
                mark_edge(polygons, polygon->at[from + k - 1], polygon->at[from + k]);
            }
            from += polygon->ring_n[ring];
        }
    }
}

void polygons_index(struct polygons *polygons) {
    polygons->box = box_empty();
    for (size_t i = 0; i < polygons->n; i++) {
        box_add_box(&polygons->box, polygons->at[i].box);
    }
    polygons->n_columns = COLUMNS;
    polygons->n_rows = ROWS;
    double width = polygons->box.max_x - polygons->box.min_x;
    double height = polygons->box.max_y - polygons->box.min_y;
    if (!(width > 0 && height > 0)) {
        return; /* nothing to be inside of */
    }
    polygons->cells = ARENA_NEW(&polygons->arena, uint32_t, (size_t)COLUMNS * ROWS);
    mark_edges(polygons);
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t column = 0; column < COLUMNS; column++) {
            uint32_t *cell = &polygons->cells[row * COLUMNS + column];
            if (*cell == CELL_MIXED) {
                continue;
            }
            if (column > 0 && cell[-1] != CELL_MIXED) {
                *cell = cell[-1]; /* no edge between them */
                continue;
            }
            *cell = find_exactly(
                polygons, (struct xy){
                              polygons->box.min_x + ((double)column + 0.5) / COLUMNS * width,
                              polygons->box.min_y + ((double)row + 0.5) / ROWS * height,
                          });
        }
    }
}

uint32_t polygons_find(const struct polygons *polygons, struct xy at) {
    if (polygons->cells == NULL || !box_contains(polygons->box, at)) {
        return NO_POLYGON;
    }
    uint32_t cell = polygons->cells[row_of(polygons, at.y) * COLUMNS + column_of(polygons, at.x)];
    return cell == CELL_MIXED ? find_exactly(polygons, at) : cell;
}

void polygons_release(struct polygons *polygons) {
    arena_release(&polygons->arena);
    array_release(&polygons->at);
    findings_release(&polygons->findings);
    *polygons = (struct polygons){0};
}
