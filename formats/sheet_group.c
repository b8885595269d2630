#include "formats/sheet_group.h"

#include "core/arena.h"
#include "core/base.h"

/* The first observation that is out of place: all before it are where they belong. */
static void start(struct sheet_group *group, const struct survey *survey) {
    group->owner =
        array_reserve(group->owner, &group->capacity, survey->n_observations, sizeof *group->owner);
    group->n = survey->n_observations - 1;
    for (size_t i = 0; i < survey->n_inspections; i++) {
        const struct inspection *inspection = &survey->inspections[i];
        for (size_t k = 0; k < inspection->n_observations; k++) {
            size_t at = inspection->first_observation + k;
            if (at < group->n) {
                group->owner[at] = (uint32_t)i;
            }
        }
    }
}

void sheet_group_add(struct sheet_group *group, const struct survey *survey, uint32_t inspection) {
    if (group->owner == NULL) {
        if (inspection + 1 == survey->n_inspections) {
            return;
        }
        start(group, survey);
    }
    group->owner =
        array_reserve(group->owner, &group->capacity, group->n + 1, sizeof *group->owner);
    group->owner[group->n++] = inspection;
}

void sheet_group_finish(struct sheet_group *group, struct survey *survey) {
    struct observation *grouped = NULL;
    size_t capacity = 0;
    uint32_t first = 0;

    if (group->owner == NULL) {
        return;
    }
    for (size_t i = 0; i < survey->n_inspections; i++) {
        survey->inspections[i].n_observations = 0;
    }
    for (size_t i = 0; i < group->n; i++) {
        survey->inspections[group->owner[i]].n_observations++;
    }
    for (size_t i = 0; i < survey->n_inspections; i++) {
        survey->inspections[i].first_observation = first;
        first += survey->inspections[i].n_observations;
        survey->inspections[i].n_observations = 0;
    }
    grouped = array_reserve(NULL, &capacity, group->n, sizeof *grouped);
    for (size_t i = 0; i < group->n; i++) {
        struct inspection *inspection = &survey->inspections[group->owner[i]];
        grouped[inspection->first_observation + inspection->n_observations++] =
            survey->observations[i];
    }
    array_release(&survey->observations);
    survey->observations = grouped;
    survey->observations_capacity = capacity;
    array_release(&group->owner);
    *group = (struct sheet_group){0};
}
