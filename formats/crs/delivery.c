#include "formats/crs/delivery.h"

#include <math.h>
#include <string.h>

#include "formats/crs/object.h"
#include "formats/crs/zone.h"

/* Degrees by which data may lie outside of the area that a CRS is meant for. */
#define AREA_MARGIN 2.0

void delivery_undo(struct delivery delivery, struct xy *at, size_t n) {
    if (!delivery.is_swapped && delivery.shift_x == 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct xy was = at[i];
        at[i] = delivery.is_swapped ? (struct xy){was.y, was.x} : was;
        at[i].x -= delivery.shift_x;
    }
}

struct xy extent_middle(struct box extent) {
    return (struct xy){extent.min_x / 2 + extent.max_x / 2, extent.min_y / 2 + extent.max_y / 2};
}

struct box extent_turned(struct box extent) {
    return (struct box){extent.min_y, extent.min_x, extent.max_y, extent.max_x};
}

enum fit {
    FIT_UNKNOWN,
    FIT_INSIDE,
    FIT_OUTSIDE,
};

static enum fit fit_area(const struct claim *claim, struct box extent, double shift_x) {
    double west, south, east, north;

    if (!proj_get_area_of_use(claim->context, claim->crs, &west, &south, &east, &north, NULL) ||
        west < -180) {
        return FIT_UNKNOWN;
    }
    struct xy middle = extent_middle(extent);
    middle.x -= shift_x;
    struct xy at = frame_degrees(claim->frame, pj_is_geographic(claim->crs), middle);
    if (!xy_is_set(at)) {
        return FIT_OUTSIDE;
    }
    east += east < west ? 360 : 0;
    at.x += at.x < west - AREA_MARGIN ? 360 : 0;
    struct box area = {
        west - AREA_MARGIN, south - AREA_MARGIN, east + AREA_MARGIN, north + AREA_MARGIN};
    return box_contains(area, at) ? FIT_INSIDE : FIT_OUTSIDE;
}

static void read_projection(struct claim *claim) {
    PJ *conversion = proj_crs_get_coordoperation(claim->context, claim->crs);
    int n =
        conversion == NULL ? 0 : proj_coordoperation_get_param_count(claim->context, conversion);

    for (int i = 0; i < n; i++) {
        const char *name = NULL, *code = NULL;
        double value = 0, factor = 1;
        if (!proj_coordoperation_get_param(claim->context, conversion, i, &name, NULL, &code,
                &value, NULL, &factor, NULL, NULL, NULL, NULL) ||
            code == NULL) {
            continue;
        }
        if (strcmp(code, "8806") == 0 || strcmp(code, "8826") == 0) {
            claim->false_easting_m = value * factor;
        } else if (strcmp(code, "8802") == 0 || strcmp(code, "8822") == 0) {
            claim->central_meridian = value * factor * DEGREES;
        }
    }
    proj_destroy(conversion);
}

static double prefix_of(const struct claim *claim, struct box extent) {
    if (pj_is_geographic(claim->crs) || claim->frame->unit_m != 1) {
        return 0;
    }
    return zone_prefix(extent, claim->false_easting_m, claim->central_meridian);
}

bool delivery_is_north_first_by_hint(const struct crs_request *request) {
    struct box extent = request->extent;

    if (request->axes == AXES_NORTH_FIRST) {
        return !extent_is_north_first(extent_turned(extent)); /* the figures may know better */
    }
    return request->axes == AXES_MAYBE_NORTH_FIRST && extent_is_north_first(extent);
}

/* What was done to the coordinates, from where they would lie. */
struct delivery delivery_find(
    struct claim *claim, const struct crs_request *request, struct findings *findings) {
    struct finding_place place = {.file = request->path};
    struct box extent = request->extent, other = extent_turned(extent);

    if (!(extent.min_x <= extent.max_x)) {
        return (struct delivery){0};
    }
    read_projection(claim);
    struct delivery straight = {false, prefix_of(claim, extent)};
    enum fit fit = fit_area(claim, extent, straight.shift_x);
    if (fit == FIT_INSIDE) {
        return straight;
    }
    struct delivery swapped = {true, prefix_of(claim, other)};
    if (fit == FIT_OUTSIDE && fit_area(claim, other, swapped.shift_x) == FIT_INSIDE) {
        return swapped;
    }
    if (delivery_is_north_first_by_hint(request)) {
        return swapped;
    }
    if (fit == FIT_UNKNOWN) {
        return straight;
    }
    findings_add(findings, FINDING_CRS_CONTRADICTS, place, "'%s' around %.3f, %.3f",
        proj_get_name(claim->crs), extent_middle(extent).x, extent_middle(extent).y);
    return straight;
}

void delivery_say(
    struct delivery delivery, const struct crs_request *request, struct findings *findings) {
    struct finding_place place = {.file = request->path};
    double zone = fabs(delivery.shift_x) / 1e6;

    if (delivery.is_swapped) {
        findings_add(findings, FINDING_AXES_SWAPPED, place, "around %.3f, %.3f",
            extent_middle(request->extent).x, extent_middle(request->extent).y);
    }
    if (delivery.shift_x > 0) {
        findings_add(findings, FINDING_ZONE_PREFIX, place,
            "zone %.0f in front of the eastings was taken off", zone);
    } else if (delivery.shift_x < 0) {
        findings_add(findings, FINDING_ZONE_PREFIX, place,
            "the CRS has zone %.0f in front, the eastings have not: it was put there", zone);
    }
}
