/* Stations, and the lengths that they must agree with. */
#include <math.h>

#include "core/check/work.h"

/* As locate: shorter differences are what tapes and manholes do. */
static const double least_difference_m = 2;

static bool has_length(const struct inspection *inspection) {
    return isfinite(inspection->inspected_m) && inspection->inspected_m > 0;
}

static void check_station(
    struct check_work *work, const struct inspection *inspection, const struct observation *row) {
    const struct code *code = observation_code(inspection, row);
    double station_m = row->chainage_m;

    if (isnan(station_m) && code->role != ROLE_START_NODE) {
        work_add(work, of_row(CHECK_STATION_PRESENT, inspection, row, N_("a distance in metres")),
            N_("'%.*s' without a station"), TEXT_ARGS(code->code));
    } else if (station_m < 0) {
        work_add(work, of_row(CHECK_STATION_POSITIVE, inspection, row, N_("0 m or more")),
            N_("%.2f m"), station_m);
    } else if (has_length(inspection) &&
               station_m > inspection->inspected_m + work_limit(work, CHECK_STATION_WITHIN)) {
        work_add(work,
            of_row(CHECK_STATION_WITHIN, inspection, row, N_("a station within that length")),
            N_("%.2f m, inspected were %.2f m"), station_m, inspection->inspected_m);
    }
}

void check_stations(struct check_work *work, const struct inspection *inspection) {
    const struct observation *rows = inspection_observations(inspection), *before = NULL;

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        const struct observation *row = &rows[i];
        if (inspection->object == OBJECT_NODE) {
            return; /* depths go either way and may be left out */
        }
        check_station(work, inspection, row);
        if (row->mark == MARK_END || isnan(row->chainage_m)) {
            continue; /* some write the end of a continuous defect beside its start */
        }
        if (before != NULL &&
            row->chainage_m < before->chainage_m - work_limit(work, CHECK_STATIONS_ASCEND)) {
            work_add(work,
                of_row(CHECK_STATIONS_ASCEND, inspection, row,
                    N_("a station not before that of the row above")),
                N_("%.2f m after %.2f m"), row->chainage_m, before->chainage_m);
        }
        before = row;
    }
}

/* --- lengths --- */

/* Where the log says that the run was over; NULL when it does not. */
static const struct observation *last_row(const struct inspection *inspection) {
    const struct observation *rows = inspection_observations(inspection), *last = NULL;

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        enum code_role role = observation_code(inspection, &rows[i])->role;
        if ((role == ROLE_FINISH_NODE || role == ROLE_ABANDONED) && isfinite(rows[i].chainage_m)) {
            last = &rows[i];
        }
    }
    return last;
}

static void check_last_station(struct check_work *work, const struct inspection *inspection) {
    const struct observation *last = last_row(inspection);

    if (last != NULL && has_length(inspection) &&
        inspection->inspected_m - last->chainage_m > work_limit(work, CHECK_LENGTH_STATIONS)) {
        work_add(work, of_row(CHECK_LENGTH_STATIONS, inspection, last, N_("the inspected length")),
            N_("the run is over at %.2f m, inspected were %.2f m"), last->chainage_m,
            inspection->inspected_m);
    }
}

static void check_against_network(struct check_work *work, const struct inspection *inspection) {
    const struct result *result = work->request->result;
    struct run run = run_read(inspection, &work->codes);

    if (inspection->unplaced != UNPLACED_NOT || inspection->n_stretches != 1 ||
        !run_reached_finish(&run)) {
        return;
    }
    const struct segment *segment =
        &result->network.segments[result->stretches[inspection->first_stretch].segment];
    double drawn_m = segment_length_m(segment), off_m = fabs(run.length_m - drawn_m);
    if (drawn_m > 0 && off_m > least_difference_m &&
        off_m > drawn_m * work_limit(work, CHECK_LENGTH_NETWORK) / 100) {
        work_add(work,
            of_inspection(CHECK_LENGTH_NETWORK, inspection, N_("the length of the segment")),
            N_("%.2f m, segment '%.*s' is %.2f m long"), run.length_m, TEXT_ARGS(segment->id),
            drawn_m);
    }
}

void check_lengths(struct check_work *work, const struct inspection *inspection) {
    if (inspection->object == OBJECT_NODE) {
        return;
    }
    check_last_station(work, inspection);
    if (work_checks(work, CHECK_LENGTH_NETWORK)) {
        check_against_network(work, inspection);
    }
}
