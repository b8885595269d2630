#include "core/locate/calibrate.h"

#include <math.h>

static const double short_share = 0.9, short_by_m = 2;

static const struct segment *segment_of(const struct calibrate_request *request, size_t i) {
    return &request->network->segments[request->stretches[i].segment];
}

static bool is_last(const struct calibrate_request *request, size_t i) {
    return i + 1 == request->inspection->n_stretches;
}

static bool is_chain(const struct calibrate_request *request) {
    return request->inspection->match_method == MATCH_CHAIN;
}

/* Chains are split at the centres of nodes: nothing is left to shift. */
static double zero_offset_m(const struct calibrate_request *request, double segment_m) {
    if (is_chain(request) || segment_m <= 0) {
        return 0;
    }
    return run_zero_offset_m(request->run, request->inspection, segment_m);
}

/* The length of the stretch from node to node as logged; NAN when the log does not tell it. */
static double logged_m(const struct calibrate_request *request, size_t i, double offset_m) {
    const struct stretch *stretch = &request->stretches[i];
    const struct run *run = request->run;

    if (!is_last(request, i)) {
        return stretch->to_chainage_m - stretch->from_chainage_m;
    }
    if (!run->is_length_given && !run->has_finish) {
        return NAN;
    }
    if (run->has_finish && offset_m > 0) {
        return (isnan(run->finish_m) ? run->last_m : run->finish_m) + 2 * offset_m;
    }
    return run->length_m - stretch->from_chainage_m;
}

static bool is_within_tolerance(
    const struct calibrate_request *request, double logged, double segment_m) {
    const struct locate_options *options = request->options;

    return fabs(logged - segment_m) <=
           fmax(options->length_tolerance * segment_m, options->length_tolerance_m);
}

static bool is_to_be_stretched(
    const struct calibrate_request *request, size_t i, double logged, double segment_m) {
    const struct run *run = request->run;

    if (run->is_abandoned || !(logged > 0) || segment_m <= 0) {
        return false;
    }
    switch (request->options->calibration) {
    case CALIBRATION_NONE:
        return false;
    case CALIBRATION_STRETCH:
        return true;
    case CALIBRATION_AUTO:
        return (!is_last(request, i) || run_reached_finish(run)) &&
               is_within_tolerance(request, logged, segment_m);
    }
    return false;
}

static enum position_method method_of(const struct calibrate_request *request, double scale) {
    if (is_chain(request)) {
        return POSITION_CHAIN;
    }
    return fabs(scale - 1) > 1e-12 ? POSITION_STRETCHED : POSITION_AS_LOGGED;
}

double stretch_entered_m(const struct stretch *stretch, double chainage_m) {
    return (chainage_m - stretch->from_chainage_m) * stretch->scale + stretch->offset_m;
}

double stretch_along_m(const struct stretch *stretch, double segment_m, double entered_m) {
    double inside_m = fmin(fmax(entered_m, 0), segment_m);

    return stretch->is_against_flow ? segment_m - inside_m : inside_m;
}

static void set_seen_part(const struct calibrate_request *request, size_t i, double segment_m) {
    struct stretch *stretch = &request->stretches[i];
    bool is_to_the_end = !is_last(request, i) || request->run->has_finish;
    double seen_m = is_to_the_end ? segment_m : stretch_entered_m(stretch, stretch->to_chainage_m);
    double entry_m = stretch_along_m(stretch, segment_m, 0);
    double exit_m = stretch_along_m(stretch, segment_m, seen_m);

    stretch->from_along_m = fmin(entry_m, exit_m);
    stretch->to_along_m = fmax(entry_m, exit_m);
}

static void report_lengths(const struct calibrate_request *request, size_t i, double logged,
    double segment_m, struct findings *findings) {
    const struct inspection *inspection = request->inspection;
    struct text id = segment_of(request, i)->id;

    if (request->run->is_abandoned || !(logged > 0) || segment_m <= 0 ||
        is_within_tolerance(request, logged, segment_m)) {
        return;
    }
    findings_add(findings, FINDING_LENGTH_DIFFERS, inspection_place(inspection, inspection->line),
        "inspected %.2f m, segment '%.*s' is %.2f m long", logged, TEXT_ARGS(id), segment_m);
}

/* The chainage where the camera stopped: a length that begins at the node's centre is longer. */
static double end_chainage_m(const struct calibrate_request *request, size_t i, double offset_m) {
    const struct run *run = request->run;
    double end_m = run->length_m;

    if (run->is_length_given && offset_m > 0) {
        end_m = fmax(run->length_m - offset_m, run->last_m);
    }
    return fmax(end_m, request->stretches[i].from_chainage_m);
}

static void calibrate_stretch(
    const struct calibrate_request *request, size_t i, struct findings *findings) {
    struct stretch *stretch = &request->stretches[i];
    double segment_m = segment_of(request, i)->drawn_m;
    double offset_m = zero_offset_m(request, segment_m);
    double logged = logged_m(request, i, offset_m);

    if (is_last(request, i)) {
        stretch->to_chainage_m = end_chainage_m(request, i, offset_m);
    }
    report_lengths(request, i, logged, segment_m, findings);
    stretch->scale = is_to_be_stretched(request, i, logged, segment_m) ? segment_m / logged : 1;
    stretch->offset_m = offset_m * stretch->scale;
    stretch->method = (uint8_t)method_of(request, stretch->scale);
    set_seen_part(request, i, segment_m);
}

/* Did the camera come to the other end?  A run that nobody flagged, without a finish, and far
 * shorter than the segment did not. */
static bool is_complete(const struct calibrate_request *request) {
    const struct run *run = request->run;
    double drawn_m = 0;

    if (run->is_abandoned || run->has_finish) {
        return run->has_finish;
    }
    for (size_t i = 0; i < request->inspection->n_stretches; i++) {
        drawn_m += segment_of(request, i)->drawn_m;
    }
    bool is_short = run->length_m < short_share * drawn_m && drawn_m - run->length_m > short_by_m;
    bool is_clean_run = !run->is_length_given && !(run->last_m > 0) && run->length_m > 0;
    return (run->is_length_given || is_clean_run) && !is_short;
}

void calibrate(const struct calibrate_request *request, struct findings *findings) {
    struct inspection *inspection = request->inspection;

    inspection->is_complete = is_complete(request);
    for (size_t i = 0; i < inspection->n_stretches; i++) {
        calibrate_stretch(request, i, findings);
        request->stretches[i].is_complete = !is_last(request, i) || inspection->is_complete;
    }
}

double stretch_doubt(const struct calibrate_request *request, size_t i) {
    const struct stretch *stretch = &request->stretches[i];
    double segment_m = segment_of(request, i)->drawn_m;
    double known_m = stretch->is_complete ? logged_m(request, i, stretch->offset_m / stretch->scale)
                                          : request->inspection->expected_m;

    if (!(known_m > 0) || !isfinite(known_m) || (!stretch->is_complete && is_chain(request))) {
        return 0;
    }
    return fabs(known_m - segment_m) / known_m;
}
