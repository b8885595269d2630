/* Three steps lead from a delivered coordinate to the working plane: what delivery did to it is
 * undone (axes turned, zone in front), then the frame brings it from the CRS to metres - by the
 * unit where the CRS is a true plane, through a local transverse Mercator where it is not.  On the
 * way out the frame is walked backwards, and one operation leads to the output CRS. */
#include "formats/crs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <proj.h>

#include "core/arena.h"
#include "formats/crs_zone.h"

#define DEGREES (180 / 3.14159265358979323846)
/* Where a CRS makes lengths more wrong than this, they are measured elsewhere. */
#define MAX_DISTORTION 0.01
/* Degrees by which data may lie outside of the area that a CRS is meant for. */
#define AREA_MARGIN 2.0

enum { SRS_UNDEFINED = -1, SRS_UNLISTED = 100000 };

struct delivery {
    bool is_swapped;
    double shift_x; /* taken off eastings */
};

struct frame {
    double unit_m;     /* metres per unit, where there is no local plane */
    double radians;    /* per unit of geographic coordinates */
    PJ *to_geographic; /* NULL when the coordinates are geographic already */
    PJ *to_local;      /* NULL: the CRS itself is the plane */
};

struct crs {
    struct arena arena;
    PJ_CONTEXT *context;
    PJ *input, *output; /* NULL unknown */
    PJ *operation;      /* input to output; NULL when they are the same */
    struct frame frame;
    struct delivery delivery;
    const char *input_name, *operation_name;
    double operation_accuracy_m;
    struct crs_definition definition;
};

struct crs_input {
    struct arena arena;
    struct crs *crs;
    PJ *own, *operation; /* NULL when it is the network's CRS */
    struct delivery delivery;
};

struct crs_output {
    struct arena arena;
    PJ_CONTEXT *context;
    PJ *operation;
    struct frame frame;
};

/* --- moving points --- */

static void transform(PJ *operation, PJ_DIRECTION direction, struct xy *at, size_t n) {
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
static bool mark_failures(struct xy *at, size_t n) {
    bool is_whole = true;

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(at[i].x) || !isfinite(at[i].y)) {
            at[i] = (struct xy){NAN, NAN};
            is_whole = false;
        }
    }
    return is_whole;
}

static void undo_delivery(struct delivery delivery, struct xy *at, size_t n) {
    if (!delivery.is_swapped && delivery.shift_x == 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct xy was = at[i];
        at[i] = delivery.is_swapped ? (struct xy){was.y, was.x} : was;
        at[i].x -= delivery.shift_x;
    }
}

static void frame_forward(const struct frame *frame, struct xy *at, size_t n) {
    if (frame->to_local == NULL) {
        scale(at, n, frame->unit_m);
        return;
    }
    if (frame->to_geographic != NULL) {
        transform(frame->to_geographic, PJ_FWD, at, n);
    }
    scale(at, n, frame->radians);
    transform(frame->to_local, PJ_FWD, at, n);
}

static void frame_backward(const struct frame *frame, struct xy *at, size_t n) {
    if (frame->to_local == NULL) {
        scale(at, n, 1 / frame->unit_m);
        return;
    }
    transform(frame->to_local, PJ_INV, at, n);
    scale(at, n, 1 / frame->radians);
    if (frame->to_geographic != NULL) {
        transform(frame->to_geographic, PJ_INV, at, n);
    }
}

bool crs_to_plane(struct crs *crs, struct xy *at, size_t n) {
    undo_delivery(crs->delivery, at, n);
    frame_forward(&crs->frame, at, n);
    return mark_failures(at, n);
}

/* --- understanding a CRS --- */

static PJ_CONTEXT *context_new(void) {
    PJ_CONTEXT *context = proj_context_create();

    proj_log_level(context, PJ_LOG_NONE);
    proj_context_set_enable_network(context, 0);
    return context;
}

/* Replaces *pj, when there is something to replace it with. */
static void replace(PJ **pj, PJ *by) {
    if (by != NULL) {
        proj_destroy(*pj);
        *pj = by;
    }
}

/* The code of a CRS that came without one (a .prj) but is in the register. */
static void identify(PJ_CONTEXT *context, PJ **crs) {
    int *confidence = NULL;

    if (proj_get_id_code(*crs, 0) != NULL) {
        return;
    }
    PJ_OBJ_LIST *found = proj_identify(context, *crs, "EPSG", NULL, &confidence);
    if (found != NULL && proj_list_get_count(found) > 0 && confidence[0] >= 90) {
        replace(crs, proj_list_get(context, found, 0));
    }
    proj_int_list_destroy(confidence);
    proj_list_destroy(found);
}

static bool is_geographic(const PJ *crs) {
    PJ_TYPE type = proj_get_type(crs);

    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

static bool is_plane(const PJ *crs) {
    PJ_TYPE type = proj_get_type(crs);

    return type == PJ_TYPE_PROJECTED_CRS || type == PJ_TYPE_ENGINEERING_CRS;
}

/* The horizontal CRS that a text names, NULL when PROJ knows none. */
static PJ *crs_from_text(PJ_CONTEXT *context, const char *text) {
    long code = 0;
    char epsg[32];

    text = crs_known_name(text);
    if (text_to_int(text_from(text), &code) && code > 0 && code < 1000000) {
        snprintf(epsg, sizeof epsg, "EPSG:%ld", code);
        text = epsg;
    }
    PJ *crs = proj_create(context, text);
    if (crs == NULL || !proj_is_crs(crs)) {
        proj_destroy(crs);
        return NULL;
    }
    if (proj_get_type(crs) == PJ_TYPE_COMPOUND_CRS) {
        replace(&crs, proj_crs_get_sub_crs(context, crs, 0));
    }
    if (proj_get_type(crs) == PJ_TYPE_BOUND_CRS) {
        replace(&crs, proj_get_source_crs(context, crs));
    }
    if (!is_geographic(crs) && !is_plane(crs)) {
        proj_destroy(crs);
        return NULL;
    }
    identify(context, &crs);
    return crs;
}

/* Metres, or radians, per unit of the first axis. */
static double unit_of(PJ_CONTEXT *context, const PJ *crs) {
    double factor = 1;
    PJ *system = proj_crs_get_coordinate_system(context, crs);

    if (system != NULL) {
        proj_cs_get_axis_info(context, system, 0, NULL, NULL, NULL, &factor, NULL, NULL, NULL);
    }
    proj_destroy(system);
    return factor > 0 ? factor : 1;
}

/* The operation between two CRS that suits the area best, as the register has it. */
static PJ *best_registered(
    PJ_CONTEXT *context, const PJ *from, const PJ *to, const double *west_south_east_north) {
    PJ_OPERATION_FACTORY_CONTEXT *factory = proj_create_operation_factory_context(context, NULL);
    const double *area = west_south_east_north;
    PJ *best = NULL;

    if (area != NULL) {
        proj_operation_factory_context_set_area_of_interest(
            context, factory, area[0], area[1], area[2], area[3]);
    }
    proj_operation_factory_context_set_spatial_criterion(
        context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        context, factory, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    PJ_OBJ_LIST *found = proj_create_operations(context, from, to, factory);
    if (found != NULL && proj_list_get_count(found) > 0) {
        best = proj_list_get(context, found, 0);
    }
    proj_list_destroy(found);
    proj_operation_factory_context_destroy(factory);
    return best;
}

/* The same, east before north on both sides. */
static PJ *best_operation(PJ_CONTEXT *context, const PJ *from, const PJ *to) {
    PJ *best = best_registered(context, from, to, NULL);

    if (best != NULL) {
        replace(&best, proj_normalize_for_visualization(context, best));
    }
    return best;
}

/* --- where the data lies --- */

/* From the CRS to its own longitude and latitude; *radians per unit of those. */
static PJ *geographic_operation(PJ_CONTEXT *context, const PJ *crs, double *radians) {
    PJ *base = proj_crs_get_geodetic_crs(context, crs);

    if (base == NULL) {
        return NULL;
    }
    *radians = unit_of(context, base);
    PJ *operation = best_operation(context, crs, base);
    proj_destroy(base);
    return operation;
}

static struct xy middle_of(struct box extent) {
    return (struct xy){extent.min_x / 2 + extent.max_x / 2, extent.min_y / 2 + extent.max_y / 2};
}

static struct box turned(struct box extent) {
    return (struct box){extent.min_y, extent.min_x, extent.max_y, extent.max_x};
}

/* The frame's view of a place in degrees; NAN when the CRS cannot say. */
static struct xy degrees_of(const struct frame *frame, bool in_degrees, struct xy at) {
    if (frame->to_geographic != NULL) {
        transform(frame->to_geographic, PJ_FWD, &at, 1);
    } else if (!in_degrees) {
        return (struct xy){NAN, NAN};
    }
    scale(&at, 1, frame->radians * DEGREES);
    mark_failures(&at, 1);
    return at;
}

/* A claimed CRS and the data that claims it. */
struct claim {
    PJ_CONTEXT *context;
    const PJ *crs;
    const struct frame *frame; /* to_geographic and radians are there */
    struct box extent;         /* as delivered */
    double false_easting_m, central_meridian;
};

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
    struct xy middle = middle_of(extent);
    middle.x -= shift_x;
    struct xy at = degrees_of(claim->frame, is_geographic(claim->crs), middle);
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
    if (is_geographic(claim->crs) || claim->frame->unit_m != 1) {
        return 0;
    }
    return zone_prefix(extent, claim->false_easting_m, claim->central_meridian);
}

static bool is_north_first_by_hint(const struct crs_request *request) {
    struct box extent = request->extent;

    if (request->axes == AXES_NORTH_FIRST) {
        return !extent_is_north_first(turned(extent)); /* the figures may know better */
    }
    return request->axes == AXES_MAYBE_NORTH_FIRST && extent_is_north_first(extent);
}

/* What was done to the coordinates, from where they would lie. */
static struct delivery find_delivery(
    struct claim *claim, const struct crs_request *request, struct findings *findings) {
    struct finding_place place = {.file = request->path};
    struct box extent = request->extent, other = turned(extent);

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
    if (is_north_first_by_hint(request)) {
        return swapped;
    }
    if (fit == FIT_UNKNOWN) {
        return straight;
    }
    findings_add(findings, FINDING_CRS_CONTRADICTS, place, "'%s' around %.3f, %.3f",
        proj_get_name(claim->crs), middle_of(extent).x, middle_of(extent).y);
    return straight;
}

static void say_delivery(
    struct delivery delivery, const struct crs_request *request, struct findings *findings) {
    struct finding_place place = {.file = request->path};
    double zone = fabs(delivery.shift_x) / 1e6;

    if (delivery.is_swapped) {
        findings_add(findings, FINDING_AXES_SWAPPED, place, "around %.3f, %.3f",
            middle_of(request->extent).x, middle_of(request->extent).y);
    }
    if (delivery.shift_x > 0) {
        findings_add(findings, FINDING_ZONE_PREFIX, place,
            "zone %.0f in front of the eastings was taken off", zone);
    } else if (delivery.shift_x < 0) {
        findings_add(findings, FINDING_ZONE_PREFIX, place,
            "the CRS has zone %.0f in front, the eastings have not: it was put there", zone);
    }
}

/* --- the working plane --- */

/* A transverse Mercator around the data, true to length there. */
static PJ *local_plane(PJ_CONTEXT *context, const PJ *crs, struct xy degrees) {
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
static double distortion_at(const struct frame *frame, struct xy at) {
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

static void choose_plane(
    struct crs *crs, const struct crs_request *request, struct findings *findings) {
    struct finding_place place = {.file = request->path};
    bool in_degrees = is_geographic(crs->input);
    struct xy middle = middle_of(request->extent);

    if (!xy_is_set(middle) || (!in_degrees && crs->frame.to_geographic == NULL)) {
        middle = (struct xy){0, 0};
    }
    undo_delivery(crs->delivery, &middle, 1);
    struct xy degrees = degrees_of(&crs->frame, in_degrees, middle);
    crs->frame.to_local = local_plane(crs->context, crs->input, degrees);
    if (crs->frame.to_local == NULL) {
        return;
    }
    if (in_degrees) {
        findings_add(findings, FINDING_GEOGRAPHIC_CRS, place, "'%s'", crs->input_name);
        return;
    }
    double distortion = distortion_at(&crs->frame, middle);
    if (distortion > MAX_DISTORTION) {
        findings_add(findings, FINDING_SCALE_DISTORTED, place, "'%s': by %.1f %%", crs->input_name,
            distortion * 100);
        return;
    }
    proj_destroy(crs->frame.to_local); /* a true plane by itself */
    crs->frame.to_local = NULL;
}

/* --- opening --- */

static const char *name_of(struct arena *arena, const PJ *crs) {
    const char *name = proj_get_name(crs), *authority = proj_get_id_auth_name(crs, 0);

    if (authority == NULL) {
        return arena_copy(arena, text_from(name == NULL ? "unnamed" : name)).at;
    }
    return arena_printf(
        arena, "%s (%s:%s)", name == NULL ? "unnamed" : name, authority, proj_get_id_code(crs, 0))
        .at;
}

static const char *wkt_of(struct crs *crs, const PJ *pj) {
    static const PJ_WKT_TYPE kinds[] = {PJ_WKT1_GDAL, PJ_WKT1_ESRI, PJ_WKT2_2019};
    static const char *const options[] = {"MULTILINE=NO", NULL};

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const char *wkt = proj_as_wkt(crs->context, pj, kinds[i], options);
        if (wkt != NULL) {
            return arena_copy(&crs->arena, text_from(wkt)).at;
        }
    }
    return "undefined";
}

static void define_output(struct crs *crs) {
    long code = 0;
    const PJ *output = crs->output != NULL ? crs->output : crs->input;

    if (output == NULL) {
        crs->definition = (struct crs_definition){
            SRS_UNDEFINED, "Undefined Cartesian SRS", "NONE", "undefined", SRS_UNDEFINED, false};
        return;
    }
    const char *authority = proj_get_id_auth_name(output, 0), *name = proj_get_name(output);
    bool has_code =
        text_to_int(text_from(proj_get_id_code(output, 0)), &code) && code > 0 && code < 10000000;
    bool is_epsg = has_code && authority != NULL && strcmp(authority, "EPSG") == 0;
    crs->definition = (struct crs_definition){
        .srs_id = is_epsg ? (int)code : SRS_UNLISTED,
        .name = arena_copy(&crs->arena, text_from(name == NULL ? "unnamed" : name)).at,
        .organization = has_code && authority != NULL
                            ? arena_copy(&crs->arena, text_from(authority)).at
                            : "NONE",
        .organization_id = has_code ? (int)code : SRS_UNLISTED,
        .definition = wkt_of(crs, output),
        .is_geographic = is_geographic(output),
    };
}

/* The area of the data in degrees, for the choice of an operation; false when unknown. */
static bool area_of(const struct crs *crs, struct box extent, double area[4]) {
    struct xy corners[] = {
        {extent.min_x, extent.min_y},
        {extent.max_x, extent.max_y},
    };

    if (!(extent.min_x <= extent.max_x)) {
        return false;
    }
    undo_delivery(crs->delivery, corners, 2);
    struct xy low = degrees_of(&crs->frame, is_geographic(crs->input), corners[0]);
    struct xy high = degrees_of(&crs->frame, is_geographic(crs->input), corners[1]);
    if (!xy_is_set(low) || !xy_is_set(high)) {
        return false;
    }
    area[0] = fmin(low.x, high.x);
    area[1] = fmin(low.y, high.y);
    area[2] = fmax(low.x, high.x);
    area[3] = fmax(low.y, high.y);
    return true;
}

static bool is_same_crs(PJ_CONTEXT *context, const PJ *a, const PJ *b) {
    return proj_is_equivalent_to_with_ctx(
        context, a, b, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
}

static bool open_output(struct crs *crs, const struct crs_request *request, struct error *err) {
    double area[4];

    if (request->output == NULL) {
        return true;
    }
    crs->output = crs_from_text(crs->context, request->output);
    if (crs->output == NULL) {
        return error_set(err, ERROR_USAGE, "no such output CRS: '%s'", request->output);
    }
    if (crs->input == NULL) {
        return error_set(err, ERROR_USAGE,
            "output in '%s' needs the CRS of the network, which is not known: say it with --crs",
            request->output);
    }
    if (is_same_crs(crs->context, crs->input, crs->output)) {
        return true;
    }
    bool has_area = area_of(crs, request->extent, area);
    crs->operation = best_registered(crs->context, crs->input, crs->output, has_area ? area : NULL);
    if (crs->operation == NULL) {
        return error_set(err, ERROR_LIBRARY, "no way from '%s' to '%s'", crs->input_name,
            proj_get_name(crs->output));
    }
    const char *name = proj_get_name(crs->operation);
    double accuracy_m = proj_coordoperation_get_accuracy(crs->context, crs->operation);
    crs->operation_name = arena_copy(&crs->arena, text_from(name == NULL ? "unnamed" : name)).at;
    bool is_exact = proj_get_type(crs->operation) == PJ_TYPE_CONVERSION; /* the datum stays */
    crs->operation_accuracy_m = is_exact ? 0 : accuracy_m >= 0 ? accuracy_m : NAN;
    replace(&crs->operation, proj_normalize_for_visualization(crs->context, crs->operation));
    return true;
}

/* Finds the input CRS; leaves it NULL when nobody knows it. */
static bool find_input(struct crs *crs, const struct crs_request *request,
    struct findings *findings, struct error *err) {
    struct finding_place place = {.file = request->path};
    char guess[32];

    crs->input_name = "unknown";
    if (request->input != NULL && strcmp(request->input, "local") == 0) {
        crs->input_name = "local metres";
        crs->delivery.is_swapped = is_north_first_by_hint(request);
        return true;
    }
    if (request->input != NULL) {
        crs->input = crs_from_text(crs->context, request->input);
    }
    if (crs->input != NULL) {
        return true;
    }
    if (request->input != NULL && !request->is_from_layer) {
        return error_set(err, ERROR_USAGE, "no such CRS: '%s'", request->input);
    }
    struct box extent = request->extent;
    crs->delivery.is_swapped =
        is_north_first_by_hint(request) || zone_guess_epsg(turned(extent)) != 0;
    int epsg = zone_guess_epsg(crs->delivery.is_swapped ? turned(extent) : extent);
    if (epsg != 0) {
        snprintf(guess, sizeof guess, "EPSG:%d", epsg);
        crs->input = crs_from_text(crs->context, guess);
    }
    if (crs->input != NULL) {
        findings_add(findings, FINDING_CRS_GUESSED, place, "'%s', by the zone in the eastings",
            proj_get_name(crs->input));
        return true;
    }
    if (extent.min_x <= extent.max_x && extent_is_degrees(extent)) {
        return error_set(err, ERROR_FORMAT,
            "'%.*s': the coordinates look like degrees and their CRS is not known: say it with "
            "--crs (EPSG:4326, or 'local' for metres)",
            TEXT_ARGS(request->path));
    }
    findings_add(findings, FINDING_CRS_MISSING, place, "metres were assumed");
    return true;
}

static bool open_input(struct crs *crs, const struct crs_request *request,
    struct findings *findings, struct error *err) {
    if (!find_input(crs, request, findings, err)) {
        return false;
    }
    if (crs->input == NULL) {
        say_delivery(crs->delivery, request, findings);
        return true;
    }
    crs->input_name = name_of(&crs->arena, crs->input);
    double unit = unit_of(crs->context, crs->input);
    if (is_geographic(crs->input)) {
        crs->frame.radians = unit;
    } else {
        crs->frame.unit_m = unit;
        crs->frame.to_geographic =
            geographic_operation(crs->context, crs->input, &crs->frame.radians);
    }
    struct claim claim = {crs->context, crs->input, &crs->frame, request->extent, 0, 0};
    crs->delivery = find_delivery(&claim, request, findings);
    say_delivery(crs->delivery, request, findings);
    choose_plane(crs, request, findings);
    return true;
}

bool crs_open(const struct crs_request *request, struct crs **out, struct findings *findings,
    struct error *err) {
    struct arena arena = {0};
    struct crs *crs = ARENA_NEW(&arena, struct crs, 1);

    *crs = (struct crs){
        .arena = arena,
        .context = context_new(),
        .frame = {.unit_m = 1, .radians = 1},
        .operation_accuracy_m = NAN,
    };
    if (!open_input(crs, request, findings, err) || !open_output(crs, request, err)) {
        crs_close(crs);
        return false;
    }
    define_output(crs);
    *out = crs;
    return true;
}

static void frame_release(struct frame *frame) {
    proj_destroy(frame->to_geographic);
    proj_destroy(frame->to_local);
}

void crs_close(struct crs *crs) {
    if (crs == NULL) {
        return;
    }
    frame_release(&crs->frame);
    proj_destroy(crs->operation);
    proj_destroy(crs->output);
    proj_destroy(crs->input);
    proj_context_destroy(crs->context);
    struct arena arena = crs->arena;
    arena_release(&arena);
}

/* --- other inputs --- */

static bool open_other(struct crs_input *input, const struct crs_request *request,
    struct findings *findings, struct error *err) {
    struct crs *crs = input->crs;
    struct frame frame = {.unit_m = 1, .radians = 1};

    if (is_same_crs(crs->context, input->own, crs->input)) {
        frame.unit_m = crs->frame.unit_m;
    } else {
        input->operation = best_operation(crs->context, input->own, crs->input);
        if (input->operation == NULL) {
            return error_set(err, ERROR_LIBRARY, "no way from '%s' to '%s'",
                proj_get_name(input->own), crs->input_name);
        }
        frame.unit_m = is_geographic(input->own) ? 1 : unit_of(crs->context, input->own);
    }
    if (is_geographic(input->own)) {
        frame.radians = unit_of(crs->context, input->own);
    } else {
        frame.to_geographic = geographic_operation(crs->context, input->own, &frame.radians);
    }
    struct claim claim = {crs->context, input->own, &frame, request->extent, 0, 0};
    input->delivery = find_delivery(&claim, request, findings);
    say_delivery(input->delivery, request, findings);
    frame_release(&frame);
    return true;
}

bool crs_input_open(struct crs *crs, const struct crs_request *request, struct crs_input **out,
    struct findings *findings, struct error *err) {
    struct arena arena = {0};
    struct crs_input *input = ARENA_NEW(&arena, struct crs_input, 1);

    *input = (struct crs_input){.arena = arena, .crs = crs, .delivery = crs->delivery};
    if (crs->input == NULL) { /* nothing to relate to */
        *out = input;
        return true;
    }
    if (request->input != NULL) {
        input->own = crs_from_text(crs->context, request->input);
    }
    if (request->input != NULL && input->own == NULL && !request->is_from_layer) {
        crs_input_close(input);
        return error_set(err, ERROR_USAGE, "no such CRS: '%s'", request->input);
    }
    if (input->own == NULL) {
        input->own = proj_clone(crs->context, crs->input);
    }
    if (!open_other(input, request, findings, err)) {
        crs_input_close(input);
        return false;
    }
    *out = input;
    return true;
}

bool crs_input_to_plane(struct crs_input *input, struct xy *at, size_t n) {
    undo_delivery(input->delivery, at, n);
    if (input->operation != NULL) {
        transform(input->operation, PJ_FWD, at, n);
    }
    frame_forward(&input->crs->frame, at, n);
    return mark_failures(at, n);
}

void crs_input_close(struct crs_input *input) {
    if (input == NULL) {
        return;
    }
    proj_destroy(input->operation);
    proj_destroy(input->own);
    struct arena arena = input->arena;
    arena_release(&arena);
}

/* --- output --- */

static PJ *clone(PJ_CONTEXT *context, const PJ *pj) {
    return pj == NULL ? NULL : proj_clone(context, pj);
}

bool crs_output_new(const struct crs *crs, struct crs_output **out, struct error *err) {
    struct arena arena = {0};
    struct crs_output *output = ARENA_NEW(&arena, struct crs_output, 1);
    PJ_CONTEXT *context = context_new();

    *output = (struct crs_output){
        .arena = arena,
        .context = context,
        .operation = clone(context, crs->operation),
        .frame =
            {
                    .unit_m = crs->frame.unit_m,
                    .radians = crs->frame.radians,
                    .to_geographic = clone(context, crs->frame.to_geographic),
                    .to_local = clone(context, crs->frame.to_local),
                    },
    };
    if ((crs->operation != NULL && output->operation == NULL) ||
        (crs->frame.to_geographic != NULL && output->frame.to_geographic == NULL) ||
        (crs->frame.to_local != NULL && output->frame.to_local == NULL)) {
        crs_output_release(output);
        return error_set(err, ERROR_LIBRARY, "PROJ cannot copy an operation");
    }
    *out = output;
    return true;
}

void crs_output_release(struct crs_output *output) {
    if (output == NULL) {
        return;
    }
    frame_release(&output->frame);
    proj_destroy(output->operation);
    proj_context_destroy(output->context);
    struct arena arena = output->arena;
    arena_release(&arena);
}

void crs_output_transform(struct crs_output *output, struct xy *at, size_t n) {
    if (n == 0) {
        return;
    }
    frame_backward(&output->frame, at, n);
    if (output->operation != NULL) {
        transform(output->operation, PJ_FWD, at, n);
        mark_failures(at, n);
    }
}

struct crs_definition crs_output_definition(const struct crs *crs) {
    return crs->definition;
}

double crs_unit_m(const struct crs *crs) {
    return crs->frame.unit_m;
}

const char *crs_input_name(const struct crs *crs) {
    return crs->input_name;
}

const char *crs_operation_name(const struct crs *crs) {
    return crs->operation_name;
}

double crs_operation_accuracy_m(const struct crs *crs) {
    return crs->operation_accuracy_m;
}
