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
#include "formats/crs/delivery.h"
#include "formats/crs/frame.h"
#include "formats/crs/object.h"
#include "formats/crs/zone.h"

/* Where a CRS makes lengths more wrong than this, they are measured elsewhere. */
#define MAX_DISTORTION 0.01

/* No angle is larger, be it in degrees (0 to 360) or gon. */
#define MAX_ANGLE 400.0

enum { SRS_UNDEFINED = -1, SRS_UNLISTED = 100000 };

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

bool crs_to_plane(struct crs *crs, struct xy *at, size_t n) {
    delivery_undo(crs->delivery, at, n);
    frame_forward(&crs->frame, at, n);
    return frame_mark_failures(at, n);
}

/* --- opening --- */

static void choose_plane(
    struct crs *crs, const struct crs_request *request, struct findings *findings) {
    struct finding_place place = {.file = request->path};
    bool in_degrees = pj_is_geographic(crs->input);
    struct xy middle = extent_middle(request->extent);

    if (!xy_is_set(middle) || (!in_degrees && crs->frame.to_geographic == NULL)) {
        middle = (struct xy){0, 0};
    }
    delivery_undo(crs->delivery, &middle, 1);
    struct xy degrees = frame_degrees(&crs->frame, in_degrees, middle);
    crs->frame.to_local = frame_local_plane(crs->context, crs->input, degrees);
    if (crs->frame.to_local == NULL) {
        return;
    }
    if (in_degrees) {
        findings_add(findings, FINDING_GEOGRAPHIC_CRS, place, "'%s'", crs->input_name);
        return;
    }
    double distortion = frame_distortion(&crs->frame, middle);
    if (distortion > MAX_DISTORTION) {
        findings_add(findings, FINDING_SCALE_DISTORTED, place, "'%s': by %.1f %%", crs->input_name,
            distortion * 100);
        return;
    }
    proj_destroy(crs->frame.to_local); /* a true plane by itself */
    crs->frame.to_local = NULL;
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
        .definition = pj_wkt(crs->context, &crs->arena, output),
        .is_geographic = pj_is_geographic(output),
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
    delivery_undo(crs->delivery, corners, 2);
    struct xy low = frame_degrees(&crs->frame, pj_is_geographic(crs->input), corners[0]);
    struct xy high = frame_degrees(&crs->frame, pj_is_geographic(crs->input), corners[1]);
    if (!xy_is_set(low) || !xy_is_set(high)) {
        return false;
    }
    area[0] = fmin(low.x, high.x);
    area[1] = fmin(low.y, high.y);
    area[2] = fmax(low.x, high.x);
    area[3] = fmax(low.y, high.y);
    return true;
}

static bool open_output(struct crs *crs, const struct crs_request *request, struct error *err) {
    double area[4];

    if (request->output == NULL) {
        return true;
    }
    crs->output = pj_from_text(crs->context, request->output);
    if (crs->output == NULL) {
        return error_set(err, ERROR_USAGE, "no such output CRS: '%s'", request->output);
    }
    if (crs->input == NULL) {
        return error_set(err, ERROR_USAGE,
            "output in '%s' needs the CRS of the network, which is not known: say it with --crs",
            request->output);
    }
    if (pj_is_same(crs->context, crs->input, crs->output)) {
        return true;
    }
    bool has_area = area_of(crs, request->extent, area);
    crs->operation =
        pj_registered_operation(crs->context, crs->input, crs->output, has_area ? area : NULL);
    if (crs->operation == NULL) {
        return error_set(err, ERROR_LIBRARY, "no way from '%s' to '%s'", crs->input_name,
            proj_get_name(crs->output));
    }
    const char *name = proj_get_name(crs->operation);
    double accuracy_m = proj_coordoperation_get_accuracy(crs->context, crs->operation);
    crs->operation_name = arena_copy(&crs->arena, text_from(name == NULL ? "unnamed" : name)).at;
    bool is_exact = proj_get_type(crs->operation) == PJ_TYPE_CONVERSION; /* the datum stays */
    crs->operation_accuracy_m = is_exact ? 0 : accuracy_m >= 0 ? accuracy_m : NAN;
    pj_replace(&crs->operation, proj_normalize_for_visualization(crs->context, crs->operation));
    return true;
}

/* Does the CRS want degrees of coordinates that are none?  GeoJSON says so wherever it says
 * nothing, and what OGR believes then is no more than that. */
static bool is_far_from_degrees(const PJ *crs, struct box extent) {
    return pj_is_geographic(crs) && extent.min_x <= extent.max_x &&
           fmax(fmax(fabs(extent.min_x), fabs(extent.max_x)),
               fmax(fabs(extent.min_y), fabs(extent.max_y))) > MAX_ANGLE;
}

/* Drops what a layer is said to be in; false when it was said by hand. */
static bool disbelieve(
    PJ **crs, const struct crs_request *request, struct findings *findings, struct error *err) {
    struct xy middle = extent_middle(request->extent);

    if (!request->is_from_layer) {
        return error_set(err, ERROR_USAGE,
            "'%.*s': '%s' is in degrees, the coordinates around %.3f, %.3f are not",
            TEXT_ARGS(request->path), request->input, middle.x, middle.y);
    }
    findings_add(findings, FINDING_CRS_CONTRADICTS, (struct finding_place){.file = request->path},
        "'%s' is in degrees, the coordinates around %.3f, %.3f are not", proj_get_name(*crs),
        middle.x, middle.y);
    proj_destroy(*crs);
    *crs = NULL;
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
        crs->delivery.is_swapped = delivery_is_north_first_by_hint(request);
        return true;
    }
    if (request->input != NULL) {
        crs->input = pj_from_text(crs->context, request->input);
    }
    if (crs->input != NULL && !is_far_from_degrees(crs->input, request->extent)) {
        return true;
    }
    if (crs->input != NULL) {
        if (!disbelieve(&crs->input, request, findings, err)) {
            return false;
        }
    } else if (request->input != NULL && !request->is_from_layer) {
        return error_set(err, ERROR_USAGE, "no such CRS: '%s'", request->input);
    }
    struct box extent = request->extent;
    crs->delivery.is_swapped =
        delivery_is_north_first_by_hint(request) || zone_guess_epsg(extent_turned(extent)) != 0;
    int epsg = zone_guess_epsg(crs->delivery.is_swapped ? extent_turned(extent) : extent);
    if (epsg != 0) {
        snprintf(guess, sizeof guess, "EPSG:%d", epsg);
        crs->input = pj_from_text(crs->context, guess);
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
        delivery_say(crs->delivery, request, findings);
        return true;
    }
    crs->input_name = pj_name(&crs->arena, crs->input);
    double unit = pj_unit(crs->context, crs->input);
    if (pj_is_geographic(crs->input)) {
        crs->frame.radians = unit;
    } else {
        crs->frame.unit_m = unit;
        crs->frame.to_geographic =
            frame_geographic_operation(crs->context, crs->input, &crs->frame.radians);
    }
    struct claim claim = {crs->context, crs->input, &crs->frame, request->extent, 0, 0};
    crs->delivery = delivery_find(&claim, request, findings);
    delivery_say(crs->delivery, request, findings);
    choose_plane(crs, request, findings);
    return true;
}

bool crs_open(const struct crs_request *request, struct crs **out, struct findings *findings,
    struct error *err) {
    struct arena arena = {0};
    struct crs *crs = ARENA_NEW(&arena, struct crs, 1);

    *crs = (struct crs){
        .arena = arena,
        .context = pj_context_new(),
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

    if (pj_is_same(crs->context, input->own, crs->input)) {
        frame.unit_m = crs->frame.unit_m;
    } else {
        input->operation = pj_operation(crs->context, input->own, crs->input);
        if (input->operation == NULL) {
            return error_set(err, ERROR_LIBRARY, "no way from '%s' to '%s'",
                proj_get_name(input->own), crs->input_name);
        }
        frame.unit_m = pj_is_geographic(input->own) ? 1 : pj_unit(crs->context, input->own);
    }
    if (pj_is_geographic(input->own)) {
        frame.radians = pj_unit(crs->context, input->own);
    } else {
        frame.to_geographic = frame_geographic_operation(crs->context, input->own, &frame.radians);
    }
    struct claim claim = {crs->context, input->own, &frame, request->extent, 0, 0};
    input->delivery = delivery_find(&claim, request, findings);
    delivery_say(input->delivery, request, findings);
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
        input->own = pj_from_text(crs->context, request->input);
    }
    if (request->input != NULL && input->own == NULL && !request->is_from_layer) {
        crs_input_close(input);
        return error_set(err, ERROR_USAGE, "no such CRS: '%s'", request->input);
    }
    if (input->own != NULL && is_far_from_degrees(input->own, request->extent) &&
        !disbelieve(&input->own, request, findings, err)) {
        crs_input_close(input);
        return false;
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
    delivery_undo(input->delivery, at, n);
    if (input->operation != NULL) {
        frame_transform(input->operation, PJ_FWD, at, n);
    }
    frame_forward(&input->crs->frame, at, n);
    return frame_mark_failures(at, n);
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
    PJ_CONTEXT *context = pj_context_new();

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
        frame_transform(output->operation, PJ_FWD, at, n);
        frame_mark_failures(at, n);
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
