/* Which observations there are, and in which order: that of OBS_SortOrder in each inspection. */
#include <math.h>
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
        char buffer[WINCAN_KEY_MAX];
        struct text key = wincan_key(wincan_value(row, WC_OBSERVATION_OBS_Inspection_FK), buffer);
        if (key.n > 0) {
            row_keys_add(&wincan->observed, key, 0);
        }
    }
}

/* --- Places --- */

/* Inspections do not ascend any more, or an order is no whole number: says of all where they are.
 */
static void start_places(struct wincan *wincan, size_t n) {
    const struct survey *survey = wincan->survey;
    uint32_t at = 0;

    wincan->places =
        array_reserve(wincan->places, &wincan->places_capacity, n + 1, sizeof *wincan->places);
    for (size_t i = 0; i < survey->n_inspections; i++) {
        for (size_t k = 0; k < survey->inspections[i].n_observations; k++, at++) {
            wincan->places[at] = (struct wincan_place){wincan->orders[at], (uint32_t)i, at};
        }
    }
    array_release(&wincan->orders);
    wincan->orders_capacity = 0;
}

void wincan_add_order(struct wincan *wincan, uint32_t inspection, double order) {
    struct survey *survey = wincan->survey;
    size_t number = survey->n_observations - 1;
    bool is_small = order >= INT32_MIN && order <= INT32_MAX && order == floor(order);

    survey->inspections[survey->n_inspections - 1].n_observations--; /* it was added there */
    if (wincan->places == NULL && (inspection < wincan->last_inspection || !is_small)) {
        start_places(wincan, number);
    }
    if (wincan->places != NULL) {
        wincan->places = array_reserve(
            wincan->places, &wincan->places_capacity, number + 1, sizeof *wincan->places);
        wincan->places[number] = (struct wincan_place){order, inspection, (uint32_t)number};
    } else {
        wincan->orders = array_reserve(
            wincan->orders, &wincan->orders_capacity, number + 1, sizeof *wincan->orders);
        wincan->orders[number] = (int32_t)order;
    }
    wincan->last_inspection = inspection;
    survey->inspections[inspection].n_observations++;
}

uint32_t wincan_inspection_of(const struct wincan *wincan, uint32_t observation, uint32_t *near) {
    const struct inspection *inspections = wincan->survey->inspections;

    if (wincan->places != NULL) {
        return wincan->places[observation].inspection;
    }
    while (
        observation - inspections[*near].first_observation >= inspections[*near].n_observations) {
        ++*near;
    }
    return *near;
}

/* --- Order --- */

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

static bool is_in_order(const struct wincan_place *places, size_t n) {
    for (size_t i = 1; i < n; i++) {
        if (by_place(&places[i - 1], &places[i]) > 0) {
            return false;
        }
    }
    return true;
}

static void sort_observations(
    struct observation *observations, struct wincan_place *places, size_t n) {
    CLEANUP(array_release) uint32_t *from = NULL;
    size_t capacity = 0;

    if (is_in_order(places, n)) {
        return;
    }
    qsort(places, n, sizeof *places, by_place);
    from = array_reserve(from, &capacity, n, sizeof *from);
    for (size_t i = 0; i < n; i++) {
        from[i] = places[i].observation;
    }
    observations_arrange(observations, from, n);
}

static void sort_each_inspection(struct wincan *wincan) {
    struct survey *survey = wincan->survey;
    CLEANUP(array_release) struct wincan_place *places = NULL;
    size_t capacity = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        uint32_t first = survey->inspections[i].first_observation;
        uint32_t n = survey->inspections[i].n_observations;
        if (n < 2) {
            continue; /* there may be no observations at all */
        }
        places = array_reserve(places, &capacity, n, sizeof *places);
        for (uint32_t k = 0; k < n; k++) {
            places[k] = (struct wincan_place){wincan->orders[first + k], 0, k};
        }
        sort_observations(survey->observations + first, places, n);
    }
}

void wincan_observations_place(struct wincan *wincan) {
    struct survey *survey = wincan->survey;
    uint32_t at = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        survey->inspections[i].first_observation = at;
        at += survey->inspections[i].n_observations;
    }
}

void wincan_observations_finish(struct wincan *wincan) {
    struct survey *survey = wincan->survey;

    if (wincan->places != NULL) {
        sort_observations(survey->observations, wincan->places, survey->n_observations);
    } else {
        sort_each_inspection(wincan);
    }
    if (wincan->n_orphans > 0) {
        findings_add(&survey->findings, FINDING_ROW_SKIPPED, wincan->place,
            "%zu observations or media belong to nothing that is there", wincan->n_orphans);
    }
}
