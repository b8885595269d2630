/* Which inspection counts.  The runs over a segment are looked at from the newest to the oldest;
 * the choice falls on the first of: a complete run, or two from both ends that together cover the
 * segment; two from both ends that do not; the newest run. */
#include "core/current.h"

#include <math.h>
#include <stdlib.h>

#include "core/current/pair.h"

static bool is_newer(const struct inspection *a, const struct inspection *b) {
    if (a->inspected_on != b->inspected_on) { /* no date is 0: older than any */
        return a->inspected_on > b->inspected_on;
    }
    return a->number > b->number;
}

static int compare_age(const void *left, const void *right) {
    const struct current_run *a = left, *b = right;

    if (a->inspection == b->inspection) { /* a loop back over the same segment */
        return (a->number > b->number) - (a->number < b->number);
    }
    return is_newer(a->inspection, b->inspection) ? -1 : 1;
}

/* --- choice --- */

static struct run_pair choose(const struct current_run *runs, size_t n) {
    struct run_pair covering = pair_covering(runs, n);

    for (size_t i = 0; i < n; i++) {
        if (runs[i].stretch->is_complete &&
            (covering.older == NULL || &runs[i] <= covering.older)) {
            return (struct run_pair){&runs[i], NULL};
        }
    }
    if (covering.older != NULL) {
        return covering;
    }
    struct run_pair newest = pair_newest(runs, n);
    return newest.older != NULL ? newest : (struct run_pair){n > 0 ? &runs[0] : NULL, NULL};
}

static void set_current(const struct current_run *run, bool is_current) {
    struct observation *rows = inspection_observations(run->inspection);

    run->stretch->is_current = is_current;
    for (uint32_t i = 0; i < run->inspection->n_observations; i++) {
        if (rows[i].stretch == run->number) {
            rows[i].is_current = is_current;
        }
    }
}

/* --- duplicates --- */

/* Observations of an inspection that was delivered before repeat those of the first, in order.
 * Those on one stretch only: other threads may be at work on the others. */
static void point_to_first(
    const struct inspection *inspection, uint32_t stretch, struct inspection **inspections) {
    const struct inspection *first = inspections[inspection->duplicate_of];
    struct observation *rows = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        if (rows[i].stretch == stretch) {
            rows[i].is_current = false;
            rows[i].duplicate_of = first->first_observation_id + i;
        }
    }
}

/* --- coverage --- */

static int compare_from(const void *left, const void *right) {
    const struct current_run *a = left, *b = right;

    return (a->stretch->from_along_m > b->stretch->from_along_m) -
           (a->stretch->from_along_m < b->stretch->from_along_m);
}

/* Sorts the runs by where they begin. */
static struct coverage cover(struct current_run *runs, size_t n, double segment_m) {
    double seen_m = 0, end_m = 0;
    bool is_seen = false;

    qsort(runs, n, sizeof *runs, compare_from);
    for (size_t i = 0; i < n; i++) {
        is_seen |= runs[i].stretch->is_complete;
        double from_m = fmax(runs[i].stretch->from_along_m, end_m);
        if (runs[i].stretch->to_along_m > from_m) {
            seen_m += runs[i].stretch->to_along_m - from_m;
            end_m = runs[i].stretch->to_along_m;
        }
    }
    double share = segment_m > 0 ? fmin(seen_m / segment_m, 1) : is_seen;
    return (struct coverage){seen_m, share};
}

/* --- the doors --- */

struct coverage current_decide(const struct network *network, uint32_t segment,
    struct segment_runs request, struct inspection **inspections, struct stretch *stretches,
    struct findings *findings) {
    size_t capacity = 0, n = 0;
    CLEANUP(array_release)
    struct current_run *runs = array_reserve(NULL, &capacity, request.n + 1, sizeof *runs);

    for (size_t i = 0; i < request.n; i++) {
        struct stretch *stretch = &stretches[request.stretches[i]];
        struct inspection *inspection = inspections[stretch->inspection];
        struct current_run run = {stretch, inspection, request.stretches[i]};
        if (inspection->is_duplicate) {
            stretch->is_current = false;
            point_to_first(inspection, run.number, inspections);
        } else {
            runs[n++] = run;
        }
    }
    qsort(runs, n, sizeof *runs, compare_age);
    struct run_pair chosen = choose(runs, n);
    for (size_t i = 0; i < n; i++) {
        set_current(&runs[i], &runs[i] == chosen.newer || &runs[i] == chosen.older);
    }
    if (chosen.older != NULL) {
        pair_mark_duplicates(&chosen, findings);
    }
    return cover(runs, n, network->segments[segment].drawn_m);
}

/* Complete before abandoned, then the newest. */
static bool counts_more(const struct inspection *a, const struct inspection *b) {
    return a->is_complete != b->is_complete ? a->is_complete : is_newer(a, b);
}

void current_decide_node(const uint32_t *numbers, size_t n, struct inspection **inspections) {
    struct inspection *best = NULL;

    for (size_t i = 0; i < n; i++) {
        struct inspection *inspection = inspections[numbers[i]];
        if (!inspection->is_duplicate && (best == NULL || counts_more(inspection, best))) {
            best = inspection;
        }
    }
    for (size_t i = 0; i < n; i++) {
        struct inspection *inspection = inspections[numbers[i]];
        struct observation *rows = inspection_observations(inspection);
        inspection->is_current = inspection == best;
        if (inspection->is_duplicate) {
            point_to_first(inspection, NO_STRETCH, inspections);
            continue;
        }
        for (uint32_t k = 0; k < inspection->n_observations; k++) {
            rows[k].is_current = inspection->is_current;
        }
    }
}
