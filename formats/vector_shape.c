#include "formats/vector_shape.h"

#include <math.h>

enum { MAX_DEPTH = 16 };

static void add_part(struct vector_shape *shape, OGRGeometryH geometry, bool is_outer) {
    int n_points = OGR_G_GetPointCount(geometry);

    if (n_points <= 0) {
        return;
    }
    size_t n = (size_t)n_points;
    shape->at = array_reserve(shape->at, &shape->at_capacity, shape->n_at + n, sizeof *shape->at);
    struct xy *at = shape->at + shape->n_at;
    OGR_G_GetPoints(geometry, &at->x, sizeof *at, &at->y, sizeof *at, NULL, 0);
    if (shape->n_parts == 0 && OGR_G_Is3D(geometry)) {
        shape->z_first = OGR_G_GetZ(geometry, 0);
        shape->z_last = OGR_G_GetZ(geometry, n_points - 1);
    }
    shape->parts = array_reserve(
        shape->parts, &shape->parts_capacity, shape->n_parts + 1, sizeof *shape->parts);
    shape->parts[shape->n_parts++] = (struct vector_part){NULL, n, is_outer};
    shape->n_at += n;
}

/* Takes a geometry apart; what it is in all: the kind of its first part. */
static enum vector_geometry add_geometry(
    struct vector_shape *shape, OGRGeometryH geometry, int depth) {
    enum vector_geometry kind = VECTOR_NONE;
    OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));

    if (type == wkbPoint || type == wkbLineString) {
        add_part(shape, geometry, true);
        return type == wkbPoint ? VECTOR_POINT : VECTOR_LINE;
    }
    int n = OGR_G_GetGeometryCount(geometry);
    if (type == wkbPolygon || type == wkbTriangle) {
        for (int i = 0; i < n; i++) {
            add_part(shape, OGR_G_GetGeometryRef(geometry, i), i == 0);
        }
        return VECTOR_POLYGON;
    }
    for (int i = 0; i < n && depth < MAX_DEPTH; i++) {
        enum vector_geometry part =
            add_geometry(shape, OGR_G_GetGeometryRef(geometry, i), depth + 1);
        kind = kind == VECTOR_NONE ? part : kind;
    }
    return kind;
}

enum vector_geometry vector_shape_take(struct vector_shape *shape, OGRGeometryH geometry) {
    enum vector_geometry kind = VECTOR_NONE;

    shape->n_at = shape->n_parts = 0;
    shape->z_first = shape->z_last = NAN;
    if (geometry == NULL) {
        return kind;
    }
    if (OGR_G_HasCurveGeometry(geometry, FALSE)) {
        OGRGeometryH linear = OGR_G_GetLinearGeometry(geometry, 0, NULL);
        kind = linear == NULL ? VECTOR_NONE : add_geometry(shape, linear, 0);
        OGR_G_DestroyGeometry(linear);
    } else {
        kind = add_geometry(shape, geometry, 0);
    }
    const struct xy *at = shape->at;
    for (size_t i = 0; i < shape->n_parts; i++) {
        shape->parts[i].at = at;
        at += shape->parts[i].n;
    }
    return kind;
}

void vector_shape_release(struct vector_shape *shape) {
    array_release(&shape->at);
    array_release(&shape->parts);
}
