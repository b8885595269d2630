#include "core/prepare.h"

#include <math.h>

#include "core/index.h"

void prepare_inspections(struct result *result) {
    size_t n = 0, capacity = 0;
    uint32_t observation_id = 1;

    for (size_t i = 0; i < result->n_surveys; i++) {
        n += result->surveys[i].n_inspections;
    }
    result->inspections = array_reserve(NULL, &capacity, n + 1, sizeof *result->inspections);
    result->n_inspections = 0;
    for (size_t i = 0; i < result->n_surveys; i++) {
        struct survey *survey = &result->surveys[i];
        for (size_t k = 0; k < survey->n_inspections; k++) {
            struct inspection *inspection = &survey->inspections[k];
            inspection->survey = survey; /* surveys may have moved since they were read */
            inspection->number = (uint32_t)result->n_inspections;
            inspection->first_observation_id = observation_id;
            observation_id += inspection->n_observations;
            result->inspections[result->n_inspections++] = inspection;
        }
    }
    result->n_observations = observation_id - 1;
}

/* --- ids --- */

static struct text name_from_nodes(struct arena *arena, const struct inspection *inspection) {
    if (inspection->segment_ref.n > 0) {
        return inspection->segment_ref;
    }
    if (inspection->start_node.n > 0 && inspection->finish_node.n > 0) {
        return arena_printf(arena, "%.*s-%.*s", TEXT_ARGS(inspection->start_node),
            TEXT_ARGS(inspection->finish_node));
    }
    if (inspection->start_node.n > 0) {
        return inspection->start_node;
    }
    return TEXT("inspection");
}

/* In one file all have an id or none has: one finding tells it, not thousands. */
static void name_the_nameless(struct result *result, const struct survey *survey) {
    const struct inspection *first = NULL;
    size_t n = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct inspection *inspection = &survey->inspections[i];
        if (text_trim(inspection->id).n == 0) {
            inspection->id = name_from_nodes(&result->arena, inspection);
            first = n++ == 0 ? inspection : first;
        }
    }
    if (n > 0) {
        findings_add(&result->findings, FINDING_ID_MISSING, inspection_place(first, first->line),
            "%zu of %zu inspections have no id; they are named after their segment, the first '%.*s'",
            n, survey->n_inspections, TEXT_ARGS(first->id));
    }
}

/* `next` remembers for each first bearer of an id which number to try next: however often an id
 * comes, no number is tried twice. */
static struct text unique_id(
    struct result *result, const struct index *ids, struct text id, uint32_t *next) {
    struct text candidate;

    do {
        (*next)++;
        candidate = arena_printf(&result->arena, "%.*s (%u)", TEXT_ARGS(id), (unsigned)*next);
    } while (index_find(ids, candidate) != INDEX_NONE);
    return candidate;
}

void prepare_ids(struct result *result, struct repeated_ids *repeated) {
    CLEANUP(index_release) struct index ids = {0};
    CLEANUP(array_release) uint32_t *next = NULL;
    size_t capacity = 0;

    for (size_t i = 0; i < result->n_surveys; i++) {
        name_the_nameless(result, &result->surveys[i]);
    }
    index_reserve(&ids, result->n_inspections);
    next = array_reserve(NULL, &capacity, result->n_inspections + 1, sizeof *next);
    for (size_t i = 0; i < result->n_inspections; i++) {
        struct inspection *inspection = result->inspections[i];
        uint32_t bearer = index_add(&ids, inspection->id, (uint32_t)i);
        next[i] = 1;
        if (bearer == i) {
            continue;
        }
        struct text id = unique_id(result, &ids, inspection->id, &next[bearer]);
        repeated->at =
            array_reserve(repeated->at, &repeated->capacity, repeated->n + 1, sizeof *repeated->at);
        repeated->at[repeated->n++] = (struct repeated_id){(uint32_t)i, inspection->id};
        inspection->id = id;
        index_add(&ids, id, (uint32_t)i);
    }
}

void prepare_report_repeated(struct result *result, struct repeated_ids *repeated) {
    for (size_t i = 0; i < repeated->n; i++) {
        const struct inspection *inspection = result->inspections[repeated->at[i].inspection];
        if (!inspection->is_duplicate) {
            findings_add(&result->findings, FINDING_DUPLICATE_ID,
                inspection_place(inspection, inspection->line),
                "an earlier inspection is called '%.*s'; this one is called '%.*s'",
                TEXT_ARGS(repeated->at[i].delivered), TEXT_ARGS(inspection->id));
        }
    }
    array_release(&repeated->at);
    *repeated = (struct repeated_ids){0};
}

/* --- units --- */

/* International and US survey feet differ in the sixth digit. */
static bool is_feet(double unit_m) {
    return fabs(unit_m - 0.3048) < 1e-5;
}

static void convert_lengths(struct survey *survey, double unit_m) {
    for (size_t i = 0; i < survey->n_inspections; i++) {
        survey->inspections[i].expected_m *= unit_m;
        survey->inspections[i].inspected_m *= unit_m;
    }
    for (size_t i = 0; i < survey->n_observations; i++) {
        survey->observations[i].chainage_m *= unit_m;
    }
}

void prepare_units(struct result *result) {
    double unit_m = result->network.delivered_unit_m;

    if (!is_feet(unit_m)) {
        return;
    }
    for (size_t i = 0; i < result->n_surveys; i++) {
        struct survey *survey = &result->surveys[i];
        if (!survey->length_unit_is_assumed || survey->n_inspections == 0) {
            continue;
        }
        convert_lengths(survey, unit_m);
        survey->length_unit_is_assumed = false;
        findings_add(&result->findings, FINDING_UNIT_CONVERTED,
            (struct finding_place){.file = survey->file.path},
            "the network is in feet and the file names no unit: its lengths were taken as feet of "
            "%.10g m",
            unit_m);
    }
}
