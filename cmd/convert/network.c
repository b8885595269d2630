#include "cmd/convert/network.h"

#include <string.h>

#include "core/arena.h"
#include "core/base.h"

static void release(struct crs_output **output) {
    if (*output != NULL) {
        crs_output_release(*output);
    }
}

/* A copy: vertices may be shared with what was delivered. */
static void move_line(struct network *network, struct crs_output *output, struct segment *segment) {
    size_t n = segment->line.n;

    if (n == 0) {
        return;
    }
    struct xy *at = ARENA_NEW(&network->arena, struct xy, n);
    memcpy(at, segment->line.at, n * sizeof *at);
    crs_output_transform(output, at, n);
    segment->line.at = at;
}

static void move_inspections(struct survey *survey, struct crs_output *output) {
    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct inspection_more *more = survey->inspections[i].more;
        if (more != NULL && more->has_coordinates) {
            crs_output_transform(output, &more->start_at, 1);
            crs_output_transform(output, &more->finish_at, 1);
        }
    }
}

static struct text name_of(struct arena *arena, const struct crs *crs) {
    struct crs_definition definition = crs_output_definition(crs);

    if (definition.srs_id < 0) {
        return (struct text){0};
    }
    if (strcmp(definition.organization, "EPSG") == 0) {
        return arena_printf(arena, "EPSG:%d", definition.organization_id);
    }
    return arena_copy(arena, text_from(definition.definition));
}

bool convert_network(struct result *result, const struct crs *crs, struct error *err) {
    struct network *network = &result->network;
    CLEANUP(release) struct crs_output *output = NULL;

    if (!crs_output_new(crs, &output, err)) {
        return false;
    }
    for (size_t i = 0; i < network->n_nodes; i++) {
        if (xy_is_set(network->nodes[i].at)) {
            crs_output_transform(output, &network->nodes[i].at, 1);
        }
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        move_line(network, output, &network->segments[i]);
    }
    for (size_t i = 0; i < result->n_surveys; i++) {
        move_inspections(&result->surveys[i], output);
    }
    network->crs = name_of(&network->arena, crs);
    return true;
}
