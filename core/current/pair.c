#include "core/current/pair.h"

#include <math.h>
#include <stdlib.h>

static const double gap_m = 1; /* two odometers, each good for half a metre */
static const double overlap_m = 0.1;
static const double same_place_m = 0.5;
static const uint32_t most_neighbours = 64;

/* --- pairs --- */

static bool is_opposite(const struct current_run *a, const struct current_run *b) {
    return a->stretch->is_against_flow != b->stretch->is_against_flow &&
           a->inspection != b->inspection;
}

/* How far the part that one of two opposite runs saw reaches over the other's; negative: a gap. */
static double overlap_of(const struct current_run *a, const struct current_run *b) {
    const struct stretch *with = a->stretch->is_against_flow ? b->stretch : a->stretch;
    const struct stretch *against = a->stretch->is_against_flow ? a->stretch : b->stretch;

    return with->to_along_m - against->from_along_m;
}

static bool covers(const struct current_run *a, const struct current_run *b) {
    return is_opposite(a, b) && overlap_of(a, b) >= -gap_m;
}

/* The newest run that covers the segment together with runs[i], among those newer than it. */
static const struct current_run *partner_of(const struct current_run *runs, size_t i) {
    for (size_t k = 0; k < i; k++) {
        if (!runs[k].stretch->is_complete && covers(&runs[k], &runs[i])) {
            return &runs[k];
        }
    }
    return NULL;
}

/* The furthest reach seen so far from each end tells whether looking for a partner pays. */
struct run_pair pair_covering(const struct current_run *runs, size_t n) {
    double with_to_m = -INFINITY, against_from_m = INFINITY;

    for (size_t i = 0; i < n; i++) {
        const struct stretch *stretch = runs[i].stretch;
        if (stretch->is_complete) {
            continue;
        }
        bool may_cover = stretch->is_against_flow ? with_to_m - stretch->from_along_m >= -gap_m
                                                  : stretch->to_along_m - against_from_m >= -gap_m;
        const struct current_run *partner = may_cover ? partner_of(runs, i) : NULL;
        if (partner != NULL) {
            return (struct run_pair){partner, &runs[i]};
        }
        if (stretch->is_against_flow) {
            against_from_m = fmin(against_from_m, stretch->from_along_m);
        } else {
            with_to_m = fmax(with_to_m, stretch->to_along_m);
        }
    }
    return (struct run_pair){NULL, NULL};
}

struct run_pair pair_newest(const struct current_run *runs, size_t n) {
    for (size_t i = 1; i < n; i++) {
        if (is_opposite(&runs[0], &runs[i])) {
            return (struct run_pair){&runs[0], &runs[i]};
        }
    }
    return (struct run_pair){NULL, NULL};
}

/* --- what both saw --- */

struct sighting {
    double from_m, to_m; /* along, from <= to */
    const struct code *code;
    uint32_t row;
    bool is_taken;
};

static int compare_sightings(const void *left, const void *right) {
    const struct sighting *a = left, *b = right;

    if (a->from_m != b->from_m) {
        return a->from_m < b->from_m ? -1 : 1;
    }
    return (a->row > b->row) - (a->row < b->row);
}

/* Nodes, the end of a run and the end marks of continuous defects are seen from one side only. */
static bool is_comparable(const struct current_run *run, const struct observation *row) {
    if (row->stretch != run->number || row->is_mark_end) {
        return false;
    }
    switch (observation_code(run->inspection, row)->role) {
    case ROLE_NONE:
    case ROLE_NODE:
        return true;
    case ROLE_START_NODE:
    case ROLE_FINISH_NODE:
    case ROLE_ABANDONED:
        return false;
    }
    return false;
}

static struct sighting *sightings_of(const struct current_run *run, size_t *n) {
    const struct observation *rows = inspection_observations(run->inspection);
    size_t capacity = 0;
    struct sighting *sightings =
        array_reserve(NULL, &capacity, run->inspection->n_observations + 1, sizeof *sightings);

    *n = 0;
    for (uint32_t i = 0; i < run->inspection->n_observations; i++) {
        if (is_comparable(run, &rows[i])) {
            double along_m = rows[i].along_m, other_m = rows[i].along_to_m;
            other_m = isnan(other_m) ? along_m : other_m;
            sightings[(*n)++] = (struct sighting){fmin(along_m, other_m), fmax(along_m, other_m),
                observation_code(run->inspection, &rows[i]), i, false};
        }
    }
    qsort(sightings, *n, sizeof *sightings, compare_sightings);
    return sightings;
}

static bool is_same(const struct sighting *a, const struct sighting *b) {
    return fabs(a->from_m - b->from_m) <= same_place_m && fabs(a->to_m - b->to_m) <= same_place_m &&
           text_equal(a->code->code, b->code->code);
}

/* The nearest sighting of the same thing that is still free. */
static struct sighting *find_same(
    const struct sighting *old, struct sighting *sightings, size_t n, size_t first) {
    struct sighting *best = NULL;

    for (size_t i = first;
         i < n && i < first + most_neighbours && sightings[i].from_m <= old->from_m + same_place_m;
         i++) {
        bool is_nearer = best == NULL ||
                         fabs(sightings[i].from_m - old->from_m) < fabs(best->from_m - old->from_m);
        if (!sightings[i].is_taken && is_same(old, &sightings[i]) && is_nearer) {
            best = &sightings[i];
        }
    }
    return best;
}

static void mark(const struct run_pair *pair, const struct sighting *old,
    const struct sighting *fresh, struct findings *findings) {
    const struct inspection *older = pair->older->inspection, *newer = pair->newer->inspection;
    struct observation *row = &inspection_observations(older)[old->row];

    row->duplicate_of = newer->first_observation_id + fresh->row;
    findings_add(findings, FINDING_DUPLICATE_OBSERVATION, inspection_place(older, row->line),
        "code '%.*s' at %.2f m is also in inspection '%.*s', line %u", TEXT_ARGS(old->code->code),
        row->along_m, TEXT_ARGS(newer->id),
        (unsigned)inspection_observations(newer)[fresh->row].line);
}

void pair_mark_duplicates(const struct run_pair *pair, struct findings *findings) {
    double both_m = overlap_of(pair->newer, pair->older);
    size_t n_old = 0, n_fresh = 0, first = 0;

    if (both_m > overlap_m) {
        const struct inspection *older = pair->older->inspection;
        findings_add(findings, FINDING_INSPECTIONS_OVERLAP, inspection_place(older, older->line),
            "%.2f m were also seen by inspection '%.*s' from the other end", both_m,
            TEXT_ARGS(pair->newer->inspection->id));
    }
    CLEANUP(array_release) struct sighting *old = sightings_of(pair->older, &n_old);
    CLEANUP(array_release) struct sighting *fresh = sightings_of(pair->newer, &n_fresh);
    for (size_t i = 0; i < n_old; i++) {
        while (first < n_fresh && fresh[first].from_m < old[i].from_m - same_place_m) {
            first++;
        }
        struct sighting *found = find_same(&old[i], fresh, n_fresh, first);
        if (found != NULL) {
            found->is_taken = true;
            mark(pair, &old[i], found, findings);
        }
    }
}
