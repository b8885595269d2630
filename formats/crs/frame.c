#include "formats/crs/frame.h"

#include <math.h>
#include <stdio.h>

#include "formats/crs/object.h"

void frame_transform(PJ *operation, PJ_DIRECTION direction, struct xy *at, size_t n) {
    proj_trans_generic(
        operation, direction, &at->x, sizeof *at, n, &at->y, sizeof *at, n, NULL, 0, 0, NULL, 0, 0);
}

static void scale(struct xy *at, size_t n, double factor) {
    if (factor == 1) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        at[i].x *= factor;
        at[i].y *= factor;
    }
}

/* PROJ marks failures with HUGE_VAL. */
bool frame_mark_failures(struct xy *at, size_t n) {
    bool is_whole = true;

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(at[i].x) || !isfinite(at[i].y)) {
            at[i] = (struct xy){NAN, NAN};
            is_whole = false;
        }
    }
    return is_whole;
}

void frame_forward(const struct frame *frame, struct xy *at, size_t n) {
    if (frame->to_local == NULL) {
        scale(at, n, frame->unit_m);
        return;
    }
    if (frame->to_geographic != NULL) {
        frame_transform(frame->to_geographic, PJ_FWD, at, n);
    }
    scale(at, n, frame->radians);
    frame_transform(frame->to_local, PJ_FWD, at, n);
}

void frame_backward(const struct frame *frame, struct xy *at, size_t n) {
    if (frame->to_local == NULL) {
        scale(at, n, 1 / frame->unit_m);
        return;
    }
    frame_transform(frame->to_local, PJ_INV, at, n);
    scale(at, n, 1 / frame->radians);
    if (frame->to_geographic != NULL) {
        frame_transform(frame->to_geographic, PJ_INV, at, n);
    }
}

/* From the CRS to its own longitude and latitude; *radians per unit of those. */
PJ *frame_geographic_operation(PJ_CONTEXT *context, const PJ *crs, double *radians) {
    PJ *base = proj_crs_get_geodetic_crs(context, crs);

    if (base == NULL) {
        return NULL;
    }
    *radians = pj_unit(context, base);
    PJ *operation = pj_operation(context, crs, base);
    proj_destroy(base);
    return operation;
}

/* The frame's view of a place in degrees; NAN when the CRS cannot say. */
struct xy frame_degrees(const struct frame *frame, bool in_degrees, struct xy at) {
    if (frame->to_geographic != NULL) {
        frame_transform(frame->to_geographic, PJ_FWD, &at, 1);
    } else if (!in_degrees) {
        return (struct xy){NAN, NAN};
    }
    scale(&at, 1, frame->radians * DEGREES);
    frame_mark_failures(&at, 1);
    return at;
}

/* A transverse Mercator around the data, true to length there. */
PJ *frame_local_plane(PJ_CONTEXT *context, const PJ *crs, struct xy degrees) {
    double a = 0, b = 0;
    char text[200];
    PJ *ellipsoid = proj_get_ellipsoid(context, crs);

    if (ellipsoid == NULL || !xy_is_set(degrees)) {
        proj_destroy(ellipsoid);
        return NULL;
    }
    proj_ellipsoid_get_parameters(context, ellipsoid, &a, &b, NULL, NULL);
    proj_destroy(ellipsoid);
    snprintf(text, sizeof text, "+proj=tmerc +lat_0=%.9f +lon_0=%.9f +k=1 +a=%.6f +b=%.6f",
        degrees.y, degrees.x, a, b);
    return proj_create(context, text);
}

/* Lengths in the CRS over lengths on the ground: the worse of both axes, as a share. */
double frame_distortion(const struct frame *frame, struct xy at) {
    double d = 100 / frame->unit_m;
    struct xy p[] = {
        at, {at.x + d, at.y    },
         {at.x,     at.y + d}
    };

    frame_forward(frame, p, 3);
    double east = fabs(100 / xy_distance_m(p[0], p[1]) - 1);
    double north = fabs(100 / xy_distance_m(p[0], p[2]) - 1);
    return east > north ? east : north;
}

void frame_release(struct frame *frame) {
    proj_destroy(frame->to_geographic);
    proj_destroy(frame->to_local);
}
