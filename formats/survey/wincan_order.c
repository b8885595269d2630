/* Which observations there are, and in which order: that of OBS_SortOrder in each inspection. */
#include <stdlib.h>

#include "core/base.h"
#include "formats/survey/wincan.h"

bool wincan_says_something(const struct wincan_row *row) {
    return wincan_value(row, WC_OBSERVATION_OBS_OpCode).n > 0 ||
           wincan_value(row, WC_OBSERVATION_OBS_Observation).n > 0 ||
           wincan_value(row, WC_OBSERVATION_OBS_Memo).n > 0;
}

/* Which node inspections have anything to say. */
void wincan_take_observed(struct wincan *wincan, struct wincan_row *row) {
    if (!wincan_is_deleted(row, WC_OBSERVATION_OBS_Deleted) && wincan_says_something(row)) {
        struct text key =
            wincan_guid(&wincan->keys, wincan_value(row, WC_OBSERVATION_OBS_Inspection_FK));
        if (key.n > 0) {
            index_add(&wincan->observed, key, 0);
        }
    }
}

static int by_place(const void *a, const void *b) {
    const struct wincan_place *x = a, *y = b;

    if (x->inspection != y->inspection) {
        return x->inspection < y->inspection ? -1 : 1;
    }
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    return x->observation < y->observation ? -1 : x->observation > y->observation;
}

static bool is_in_order(const struct wincan *wincan) {
    for (size_t i = 1; i < wincan->survey->n_observations; i++) {
        if (by_place(&wincan->places[i - 1], &wincan->places[i]) > 0) {
            return false;
        }
    }
    return true;
}

static void sort_observations(struct wincan *wincan) {
    struct survey *survey = wincan->survey;
    size_t n = survey->n_observations, capacity = 0;
    struct observation *ordered = array_reserve(NULL, &capacity, n, sizeof *ordered);

    qsort(wincan->places, n, sizeof *wincan->places, by_place);
    for (size_t i = 0; i < n; i++) {
        ordered[i] = survey->observations[wincan->places[i].observation];
    }
    array_release(&survey->observations);
    survey->observations = ordered;
    survey->observations_capacity = capacity;
}

void wincan_observations_finish(struct wincan *wincan) {
    struct survey *survey = wincan->survey;
    size_t n = survey->n_observations;
    uint32_t at = 0;

    if (!is_in_order(wincan)) {
        sort_observations(wincan);
    }
    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct inspection *inspection = &survey->inspections[i];
        inspection->first_observation = at;
        while (at < n && wincan->places[at].inspection == i) {
            at++;
        }
        inspection->n_observations = at - inspection->first_observation;
    }
    if (wincan->n_orphans > 0) {
        findings_add(&survey->findings, FINDING_ROW_SKIPPED, wincan->place,
            "%zu observations or media belong to nothing that is there", wincan->n_orphans);
    }
}
