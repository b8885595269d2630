/* One inspection at a time: read what the log says of the run as a whole, calibrate its stretches,
 * place each observation, then pair the marks of continuous defects. */
#include "core/locate.h"

#include <math.h>

#include "core/locate/calibrate.h"
#include "core/locate/continuous.h"
#include "core/locate/run.h"

const struct locate_options locate_defaults = {
    .calibration = CALIBRATION_AUTO,
    .length_tolerance = 0.10,
    .length_tolerance_m = 2,
    .beyond_tolerance_m = 2,
};

static const double odometer_m = 0.5; /* the class of a cable counter */
static const double rounding_m = 1e-6;

static void leave_unplaced(struct observation *observation, enum unplaced_reason reason) {
    observation->position_method = POSITION_NONE;
    observation->unplaced = (uint8_t)reason;
}

/* --- where a chainage lies --- */

/* Of a chain: the stretch that the camera was in. */
static size_t stretch_at(const struct calibrate_request *request, double chainage_m) {
    size_t i = 0;

    while (i + 1 < request->inspection->n_stretches &&
           chainage_m >= request->stretches[i].to_chainage_m) {
        i++;
    }
    return i;
}

/* A segment that has no length on the map holds everything that was seen in the pipe. */
static double room_m(const struct segment *segment, const struct run *run) {
    if (segment->drawn_m > 0) {
        return segment->drawn_m;
    }
    return fmax(segment->length_m > 0 ? segment->length_m : 0, run->length_m);
}

static void report_beyond(const struct calibrate_request *request,
    const struct observation *observation, double beyond_m, struct findings *findings) {
    bool is_placed = beyond_m <= request->options->beyond_tolerance_m;

    findings_add(findings, FINDING_BEYOND_END,
        inspection_place(request->inspection, observation->line),
        "chainage %.2f m lies %.2f m beyond the end; %s", observation->chainage_m, beyond_m,
        is_placed ? "put at the end" : "not placed");
}

static void place_on(const struct calibrate_request *request, size_t i, double chainage_m,
    struct observation *observation, struct findings *findings) {
    const struct stretch *stretch = &request->stretches[i];
    const struct segment *segment = &request->network->segments[stretch->segment];
    double entered_m = stretch_entered_m(stretch, chainage_m);
    double beyond_m = entered_m - room_m(segment, request->run);

    if (segment->line.n == 0 || !isfinite(segment->drawn_m)) {
        leave_unplaced(observation, UNPLACED_SEGMENT_NO_GEOMETRY);
        return;
    }
    observation->position_method = stretch->method;
    if (beyond_m > rounding_m) {
        report_beyond(request, observation, beyond_m, findings);
        if (beyond_m > request->options->beyond_tolerance_m) {
            leave_unplaced(observation, UNPLACED_CHAINAGE_BEYOND);
            return;
        }
        observation->position_method = POSITION_BEYOND_END;
    }
    double run_m = chainage_m - stretch->from_chainage_m;
    observation->stretch = request->inspection->first_stretch + (uint32_t)i;
    observation->along_m = stretch_along_m(stretch, segment->drawn_m, entered_m);
    observation->position_error_m =
        (float)(odometer_m + run_m * stretch_doubt(request, i) / 2 + fmax(beyond_m, 0));
}

static void place(const struct calibrate_request *request, struct observation *observation,
    struct findings *findings) {
    double chainage_m = observation->chainage_m;
    struct finding_place place = inspection_place(request->inspection, observation->line);

    if (isnan(chainage_m) &&
        observation_code(request->inspection, observation)->role == ROLE_START_NODE) {
        chainage_m = 0;
    }
    if (isnan(chainage_m)) {
        leave_unplaced(observation, UNPLACED_CHAINAGE_MISSING);
        findings_add(findings, FINDING_CHAINAGE_MISSING, place, "code '%.*s' was not placed",
            TEXT_ARGS(observation_code(request->inspection, observation)->code));
        return;
    }
    if (chainage_m < 0 || isinf(chainage_m)) {
        leave_unplaced(
            observation, chainage_m < 0 ? UNPLACED_CHAINAGE_NEGATIVE : UNPLACED_CHAINAGE_BEYOND);
        findings_add(
            findings, FINDING_CHAINAGE_INVALID, place, "chainage %.2f m; not placed", chainage_m);
        return;
    }
    place_on(request, stretch_at(request, chainage_m), chainage_m, observation, findings);
}

/* --- inspections --- */

static void leave_all_unplaced(struct inspection *inspection) {
    struct observation *rows = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        leave_unplaced(&rows[i], (enum unplaced_reason)inspection->unplaced);
    }
}

static void report_missing_length(
    const struct inspection *inspection, const struct run *run, struct findings *findings) {
    if (run->is_length_given) {
        return;
    }
    findings_add(findings, FINDING_LENGTH_MISSING, inspection_place(inspection, inspection->line),
        run->last_m > 0 || run->length_m == 0 ? "%.2f m, from the last observation"
                                              : "%.2f m, the expected length",
        run->length_m);
}

/* What is kept from inspection to inspection. */
struct work {
    const struct network *network;
    struct stretch *stretches;
    const struct locate_options *options;
    struct findings *findings;
    struct survey_codes codes;
    struct mark_table *marks; /* made when the first mark comes along */
};

static void pair_marks(struct work *work, const struct calibrate_request *request) {
    if (work->marks == NULL) {
        work->marks = mark_table_new();
    }
    continuous_pair(request, work->marks, work->findings);
}

static void locate_on_segments(struct work *work, struct inspection *inspection) {
    struct run run = run_read(inspection, &work->codes);
    struct calibrate_request request = {
        .network = work->network,
        .options = work->options,
        .inspection = inspection,
        .stretches = work->stretches + inspection->first_stretch,
        .run = &run,
    };
    struct observation *rows = inspection_observations(inspection);
    bool has_marks = false;

    report_missing_length(inspection, &run, work->findings);
    calibrate(&request, work->findings);
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        place(&request, &rows[i], work->findings);
        has_marks |= rows[i].mark != MARK_NONE;
    }
    if (has_marks) {
        pair_marks(work, &request);
    }
}

/* All of them lie at the node; chainage is depth there. */
static void place_at_node(struct work *work, struct inspection *inspection) {
    struct observation *rows = inspection_observations(inspection);
    bool has_marks = false;

    inspection->is_complete = !inspection->is_abandoned;
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        rows[i].position_method = POSITION_AS_LOGGED;
        has_marks |= rows[i].mark != MARK_NONE;
    }
    if (has_marks) {
        struct run no_run = {0};
        struct calibrate_request request = {.inspection = inspection, .run = &no_run};
        pair_marks(work, &request);
    }
}

void locate_inspections(const struct network *network, struct inspection **inspections, size_t n,
    struct stretch *stretches, const struct locate_options *options, struct findings *findings) {
    struct work work = {
        .network = network, .stretches = stretches, .options = options, .findings = findings};

    for (size_t i = 0; i < n; i++) {
        struct inspection *inspection = inspections[i];
        if (inspection->unplaced != UNPLACED_NOT) {
            leave_all_unplaced(inspection);
        } else if (inspection->n_stretches > 0) {
            locate_on_segments(&work, inspection);
        } else {
            place_at_node(&work, inspection);
        }
    }
    mark_table_release(work.marks);
}
