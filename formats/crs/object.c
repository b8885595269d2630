#include "formats/crs/object.h"

#include <stdio.h>

#include "core/base.h"
#include "formats/crs/zone.h"

PJ_CONTEXT *pj_context_new(void) {
    PJ_CONTEXT *context = proj_context_create();

    proj_log_level(context, PJ_LOG_NONE);
    proj_context_set_enable_network(context, 0);
    return context;
}

/* Replaces *pj, when there is something to replace it with. */
void pj_replace(PJ **pj, PJ *by) {
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
        pj_replace(crs, proj_list_get(context, found, 0));
    }
    proj_int_list_destroy(confidence);
    proj_list_destroy(found);
}

bool pj_is_geographic(const PJ *crs) {
    PJ_TYPE type = proj_get_type(crs);

    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

static bool is_plane(const PJ *crs) {
    PJ_TYPE type = proj_get_type(crs);

    return type == PJ_TYPE_PROJECTED_CRS || type == PJ_TYPE_ENGINEERING_CRS;
}

/* The horizontal CRS that a text names, NULL when PROJ knows none. */
PJ *pj_from_text(PJ_CONTEXT *context, const char *text) {
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
        pj_replace(&crs, proj_crs_get_sub_crs(context, crs, 0));
    }
    if (proj_get_type(crs) == PJ_TYPE_BOUND_CRS) {
        pj_replace(&crs, proj_get_source_crs(context, crs));
    }
    if (!pj_is_geographic(crs) && !is_plane(crs)) {
        proj_destroy(crs);
        return NULL;
    }
    identify(context, &crs);
    return crs;
}

/* Metres, or radians, per unit of the first axis. */
double pj_unit(PJ_CONTEXT *context, const PJ *crs) {
    double factor = 1;
    PJ *system = proj_crs_get_coordinate_system(context, crs);

    if (system != NULL) {
        proj_cs_get_axis_info(context, system, 0, NULL, NULL, NULL, &factor, NULL, NULL, NULL);
    }
    proj_destroy(system);
    return factor > 0 ? factor : 1;
}

/* The operation between two CRS that suits the area best, as the register has it. */
PJ *pj_registered_operation(
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
PJ *pj_operation(PJ_CONTEXT *context, const PJ *from, const PJ *to) {
    PJ *best = pj_registered_operation(context, from, to, NULL);

    if (best != NULL) {
        pj_replace(&best, proj_normalize_for_visualization(context, best));
    }
    return best;
}

const char *pj_name(struct arena *arena, const PJ *crs) {
    const char *name = proj_get_name(crs), *authority = proj_get_id_auth_name(crs, 0);

    if (authority == NULL) {
        return arena_copy(arena, text_from(name == NULL ? "unnamed" : name)).at;
    }
    return arena_printf(
        arena, "%s (%s:%s)", name == NULL ? "unnamed" : name, authority, proj_get_id_code(crs, 0))
        .at;
}

bool pj_is_same(PJ_CONTEXT *context, const PJ *a, const PJ *b) {
    return proj_is_equivalent_to_with_ctx(
        context, a, b, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
}

const char *pj_wkt(PJ_CONTEXT *context, struct arena *arena, const PJ *pj) {
    static const PJ_WKT_TYPE kinds[] = {PJ_WKT1_GDAL, PJ_WKT1_ESRI, PJ_WKT2_2019};
    static const char *const options[] = {"MULTILINE=NO", NULL};

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const char *wkt = proj_as_wkt(context, pj, kinds[i], options);
        if (wkt != NULL) {
            return arena_copy(arena, text_from(wkt)).at;
        }
    }
    return "undefined";
}
