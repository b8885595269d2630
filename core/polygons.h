#pragma once
/* Polygons with one value each: districts, areas of importance, soils; and which one a point is in.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/findings.h"
#include "core/geom.h"
#include "core/text.h"

struct polygon {
    struct text name;       /* district name */
    double value;           /* K or T of the area, NAN unset */
    const struct xy *at;    /* rings one after the other, each closed */
    const uint32_t *ring_n; /* vertices of each ring */
    const bool *ring_is_outer;
    uint32_t n_rings;
    uint32_t n; /* vertices in all */
    struct box box;
};

struct polygons {
    struct arena arena;
    struct polygon *at;
    size_t n, capacity;
    struct text path;
    struct findings findings;
    /* A raster over all polygons, made by polygons_index, that answers most points at once. */
    uint32_t *cells;
    size_t n_columns, n_rows;
    struct box box;
};

void polygons_index(struct polygons *polygons);

/* The first polygon that contains the point (even-odd over all rings), NO_POLYGON for none.
 * Needs polygons_index before. */
uint32_t polygons_find(const struct polygons *polygons, struct xy at);

void polygons_release(struct polygons *polygons);
