#pragma once
/* Geometry of rows: collected in the working plane, brought into the output CRS and encoded a block
 * at a time. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/geom.h"
#include "core/polygons.h"
#include "formats/crs.h"
#include "formats/gpkg/block.h"

/* Room for vertices. */
struct vertices {
    struct xy *at;
    double *level_m; /* the Z of each; NAN unset */
};

/* The vertices of the rows of one block. */
struct shapes {
    struct vertices all; /* arrays of their own */
    size_t n, at_capacity, level_capacity;
    struct shape_run {
        uint32_t row, n;
    } runs[BLOCK_ROWS]; /* rows without a shape have none */
    size_t n_runs;
};

/* A shape for the newest row of the block: room for n vertices, to be filled at once; they have no
 * Z yet.  A shape gets its Z when each of its vertices has one. */
struct vertices shapes_add(struct shapes *shapes, const struct block *block, size_t n);
void shapes_add_point(struct shapes *shapes, const struct block *block, struct xy at);
/* With a Z, unless the level is NAN. */
void shapes_add_point_at_level(
    struct shapes *shapes, const struct block *block, struct xy at, double level_m);
/* The newest shape has only its first n vertices after all; none takes it away. */
void shapes_shorten(struct shapes *shapes, size_t n);
void shapes_release(struct shapes *shapes);

struct shapes_request {
    struct block *block;       /* column 0 of its rows is the geometry */
    struct crs_output *output; /* NULL: as they are */
    int srs_id;
    bool *has_z; /* becomes true when a row got a Z */
    /* Told the box of each row that got a geometry. */
    void (*found)(void *context, size_t row, struct box box);
    void *context;
};

/* Encode what was collected as points, or as lines, and empty `shapes`.  Return how many rows
 * stayed without because a vertex has no place in the output CRS. */
size_t shapes_finish_points(struct shapes *shapes, const struct shapes_request *request);
size_t shapes_finish_lines(struct shapes *shapes, const struct shapes_request *request);
/* Each shape is all vertices of a polygon: row 0 of the block is polygons[0]. */
size_t shapes_finish_polygons(
    struct shapes *shapes, const struct shapes_request *request, const struct polygon *polygons);
