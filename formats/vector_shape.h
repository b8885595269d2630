#pragma once
/* OGR's geometries as parts of vertices, in a buffer that is used again for each feature. */
#include <ogr_api.h>

#include "core/arena.h"
#include "core/geom.h"
#include "formats/vector_file.h"

struct vector_shape {
    struct xy *at; /* vertices; an array of its own */
    size_t n_at, at_capacity;
    struct vector_part *parts; /* an array of its own; `at` is set when all vertices are there */
    size_t n_parts, parts_capacity;
    double z_first, z_last; /* of the first part; NAN when it has none */
};

/* Takes a geometry apart, NULL for none; curves become lines.  What it is in all: the kind of its
 * first part.  Good until the next one. */
enum vector_geometry vector_shape_take(struct vector_shape *shape, OGRGeometryH geometry);

void vector_shape_release(struct vector_shape *shape);
