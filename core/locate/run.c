#include "core/locate/run.h"

#include <math.h>

/* Half a manhole of 1 m: what the offset is when no lengths tell it. */
static const double usual_offset_m = 0.5;
static const double most_between_walls_m = 3;

static bool survey_names_nodes(const struct survey *survey) {
    for (size_t i = 0; i < survey->n_codes; i++) {
        enum code_role role = survey->codes[i].role;
        if (role == ROLE_START_NODE || role == ROLE_FINISH_NODE) {
            return true;
        }
    }
    return false;
}

static void read_row(
    const struct inspection *inspection, const struct observation *row, struct run *run) {
    enum code_role role = observation_code(inspection, row)->role;

    if (row->chainage_m >= 0 && isfinite(row->chainage_m)) {
        run->last_m = fmax(run->last_m, row->chainage_m);
    }
    if (role == ROLE_FINISH_NODE) {
        run->has_finish = true;
        run->finish_m = fmax(run->finish_m, row->chainage_m);
    }
}

/* A length of 0 with chainages behind it is an empty field, not a length. */
static bool is_length(double length_m, double last_m) {
    return isfinite(length_m) && (length_m > 0 || (length_m == 0 && !(last_m > 0)));
}

struct run run_read(const struct inspection *inspection, struct survey_codes *codes) {
    const struct observation *rows = inspection_observations(inspection);
    struct run run = {
        .length_m = NAN,
        .finish_m = NAN,
        .last_m = NAN,
        .is_abandoned = inspection->is_abandoned,
    };

    if (codes->survey != inspection->survey) {
        *codes = (struct survey_codes){inspection->survey, survey_names_nodes(inspection->survey)};
    }
    run.names_nodes = codes->names_nodes;
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        read_row(inspection, &rows[i], &run);
    }
    if (run.is_abandoned) {
        run.has_finish = false;
    }
    run.is_length_given = is_length(inspection->inspected_m, run.last_m);
    if (run.is_length_given) {
        run.length_m = inspection->inspected_m;
    } else if (run.last_m > 0) {
        run.length_m = run.last_m;
    } else if (!run.is_abandoned && inspection->expected_m > 0 &&
               isfinite(inspection->expected_m)) {
        run.length_m = inspection->expected_m; /* a clean run that nothing stopped */
    } else {
        run.length_m = 0;
    }
    return run;
}

bool run_reached_finish(const struct run *run) {
    return !run->is_abandoned && (run->has_finish || (!run->names_nodes && run->is_length_given));
}

static double half_of_gap(double length_m, double last_m) {
    double gap_m = length_m - last_m;

    return gap_m > 0 && gap_m <= most_between_walls_m ? gap_m / 2 : NAN;
}

double run_zero_offset_m(
    const struct run *run, const struct inspection *inspection, double drawn_m) {
    switch ((enum zero_point)inspection->zero) {
    case ZERO_UNKNOWN:
    case ZERO_NODE_CENTRE:
    case ZERO_MIDWAY:
        return 0;
    case ZERO_INNER_WALL:
    case ZERO_PIPE_END:
        break;
    }
    if (run->is_abandoned) { /* one wall lies between the length and the last chainage */
        double offset_m = inspection->inspected_m - run->last_m;
        return offset_m > 0 && offset_m <= most_between_walls_m / 2 ? offset_m : usual_offset_m;
    }
    if (!run->has_finish) {
        return usual_offset_m;
    }
    double last_m = isnan(run->finish_m) ? run->last_m : run->finish_m;
    double lengths_m[] = {inspection->inspected_m, inspection->expected_m, drawn_m};
    for (int i = 0; i < 3; i++) {
        double offset_m = half_of_gap(lengths_m[i], last_m);
        if (!isnan(offset_m)) {
            return offset_m;
        }
    }
    return 0;
}
