#include "core/assess/site.h"

#include <math.h>

/* The part of the segment that the current stretches saw. */
static double add_seen(double have_m, double segment_m, const struct stretch *stretch) {
    double more = isnan(stretch->from_along_m)
                      ? 0
                      : metres_shown(stretch->to_along_m) - metres_shown(stretch->from_along_m);

    return fmin(have_m + more, segment_m);
}

static void look_at(struct current_view *view, const struct inspection *inspection,
    const struct assess_options *options, bool is_newer) {
    const struct inspection_more *more = inspection->more;
    enum scheme scheme = assess_scheme(inspection->survey, options);
    double logged = equivalent_diameter_mm(inspection->diameter_mm, inspection->height_mm,
        more == NULL ? (struct text){0} : more->shape);

    if (!isnan(logged) && (isnan(view->logged_diameter_mm) || is_newer)) {
        view->logged_diameter_mm = logged;
    }
    if (more != NULL && more->material.n > 0 && (view->logged_material.n == 0 || is_newer)) {
        view->logged_material = more->material;
    }
    if (view->scheme == SCHEME_NONE) {
        view->scheme = scheme;
        view->survey = inspection->survey;
    } else if (scheme != view->scheme && inspection->n_observations > 0) {
        view->is_mixed = true;
    }
}

struct current_view site_look(
    const struct assess_request *request, double segment_m, struct assessment *assessment) {
    struct current_view view = {.logged_diameter_mm = NAN};
    uint32_t last = UINT32_MAX;

    for (size_t i = 0; i < request->n_stretches_of_segment; i++) {
        const struct stretch *stretch = &request->stretches[request->stretches_of_segment[i]];
        const struct inspection *inspection = request->inspections[stretch->inspection];
        bool is_newer = inspection->inspected_on > assessment->inspected_on;
        assessment->n_inspections += stretch->inspection != last && !inspection->is_duplicate;
        last = stretch->inspection;
        if (!stretch->is_current) {
            continue;
        }
        view.n++;
        view.seen_m = add_seen(view.seen_m, segment_m, stretch);
        look_at(&view, inspection, request->options, is_newer);
        if (is_newer) {
            assessment->inspected_on = inspection->inspected_on;
        }
    }
    return view;
}

struct scheme_site site_of_segment(
    const struct assess_request *request, const struct current_view *view, double segment_m) {
    const struct network *network = request->network;
    const struct segment *segment = &network->segments[request->segment];
    const struct assess_options *options = request->options;
    struct text material = network_word(network, segment->material);
    double diameter_mm = equivalent_diameter_mm(
        segment->diameter_mm, segment->height_mm, network_word(network, segment->shape));
    uint8_t version = view->survey == NULL ? 0 : view->survey->coding_version;

    return (struct scheme_site){
        .segment_m = segment_m,
        .diameter_mm = isnan(diameter_mm) ? view->logged_diameter_mm : diameter_mm,
        .cover_m = segment_cover_m(network, segment),
        .area_importance =
            segment->area_importance >= 0 ? segment->area_importance : options->area_importance,
        .soil_influence =
            segment->soil_influence >= 0 ? segment->soil_influence : options->soil_influence,
        .year_built = segment->year_built,
        .material = material.n > 0 ? material : view->logged_material,
        .system = segment->system,
        .groundwater = segment->groundwater != GROUNDWATER_UNKNOWN ? segment->groundwater
                                                                   : options->groundwater,
        .capacity_is_short = segment->capacity_is_short,
        .protection_zone = segment->protection_zone,
        .soil_group = segment->soil_group,
        .coding_version = version != 0 ? version : (uint8_t)options->pacp_version,
    };
}
