#pragma once
/* Between the coordinates of a CRS and the working plane: by the unit where the CRS is a true
 * plane, through a local transverse Mercator where it is not. */
#include <stdbool.h>
#include <stddef.h>

#include <proj.h>

#include "core/geom.h"

#define DEGREES (180 / 3.14159265358979323846)

struct frame {
    double unit_m;     /* metres per unit, where there is no local plane */
    double radians;    /* per unit of geographic coordinates */
    PJ *to_geographic; /* NULL when the coordinates are geographic already */
    PJ *to_local;      /* NULL: the CRS itself is the plane */
};

void frame_forward(const struct frame *frame, struct xy *at, size_t n);
void frame_backward(const struct frame *frame, struct xy *at, size_t n);
void frame_release(struct frame *frame);

/* Sets points that could not be moved to NAN; false when there are any. */
bool frame_mark_failures(struct xy *at, size_t n);

void frame_transform(PJ *operation, PJ_DIRECTION direction, struct xy *at, size_t n);

/* From the CRS to its own longitude and latitude; *radians per unit of those.  NULL for none. */
PJ *frame_geographic_operation(PJ_CONTEXT *context, const PJ *crs, double *radians);

/* A place in degrees; NAN when the CRS cannot say. */
struct xy frame_degrees(const struct frame *frame, bool in_degrees, struct xy at);

/* A transverse Mercator around a place, true to length there. */
PJ *frame_local_plane(PJ_CONTEXT *context, const PJ *crs, struct xy degrees);

/* Lengths in the CRS against those in the local plane, which must be there: the worse of both axes,
 * as a share. */
double frame_distortion(const struct frame *frame, struct xy at);
