#include "core/prepare.h"

#include <math.h>
#include <stdbool.h>

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

/* What the naming of one inspection after the other needs. */
struct naming {
    struct result *result;
    struct index ids;
    uint32_t *next; /* by inspection number */
    struct repeated_ids *repeated;
};

static void add_repeated(struct naming *naming, struct repeated_id repeated_id) {
    struct repeated_ids *repeated = naming->repeated;

    repeated->at =
        array_reserve(repeated->at, &repeated->capacity, repeated->n + 1, sizeof *repeated->at);
    repeated->at[repeated->n++] = repeated_id;
}

/* Was it without an id?  Names that we gave may repeat: nobody delivered them. */
static bool name_inspection(struct naming *naming, struct inspection *inspection) {
    struct result *result = naming->result;
    struct text delivered = inspection->id;
    bool is_nameless = text_trim(delivered).n == 0;

    if (is_nameless) {
        inspection->id = name_from_nodes(&result->arena, inspection);
    }
    uint32_t bearer = index_add(&naming->ids, inspection->id, inspection->number);
    naming->next[inspection->number] = 1;
    if (bearer == inspection->number) {
        return is_nameless;
    }
    inspection->id = unique_id(result, &naming->ids, inspection->id, &naming->next[bearer]);
    index_add(&naming->ids, inspection->id, inspection->number);
    if (!is_nameless) {
        add_repeated(naming, (struct repeated_id){inspection->number, bearer, delivered});
    }
    return is_nameless;
}

/* In one file all have an id or none has: one finding tells it, not thousands. */
static void name_inspections(struct naming *naming, struct survey *survey) {
    const struct inspection *first = NULL;
    size_t n = 0;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        if (name_inspection(naming, &survey->inspections[i])) {
            first = n++ == 0 ? &survey->inspections[i] : first;
        }
    }
    if (n > 0) {
        findings_add(&naming->result->findings, FINDING_ID_MISSING,
            inspection_place(first, first->line),
            "%zu of %zu inspections have no id; they are named after their segment, the first '%.*s'",
            n, survey->n_inspections, TEXT_ARGS(first->id));
    }
}

void prepare_ids(struct result *result, struct repeated_ids *repeated) {
    struct naming naming = {.result = result, .repeated = repeated};
    size_t capacity = 0;

    index_reserve(&naming.ids, result->n_inspections);
    naming.next = array_reserve(NULL, &capacity, result->n_inspections + 1, sizeof *naming.next);
    for (size_t i = 0; i < result->n_surveys; i++) {
        name_inspections(&naming, &result->surveys[i]);
    }
    array_release(&naming.next);
    index_release(&naming.ids);
}

static void report_in_file(struct result *result, const struct repeated_id *repeated) {
    const struct inspection *inspection = result->inspections[repeated->inspection];

    findings_add(&result->findings, FINDING_DUPLICATE_ID,
        inspection_place(inspection, inspection->line),
        "an earlier inspection of the file is called '%.*s'; this one is called '%.*s'",
        TEXT_ARGS(repeated->delivered), TEXT_ARGS(inspection->id));
}

static void report_other_file(
    struct result *result, const struct repeated_id *first, size_t n_in_file) {
    const struct inspection *inspection = result->inspections[first->inspection];

    findings_add(&result->findings, FINDING_DUPLICATE_ID,
        inspection_place(inspection, inspection->line),
        "%zu ids are those of inspections in earlier files; the first, '%.*s', is called '%.*s'",
        n_in_file, TEXT_ARGS(first->delivered), TEXT_ARGS(inspection->id));
}

void prepare_report_repeated(struct result *result, struct repeated_ids *repeated) {
    const struct repeated_id *first = NULL; /* of those in one file that repeat other files */
    size_t n_in_file = 0;

    for (size_t i = 0; i < repeated->n; i++) {
        const struct repeated_id *at = &repeated->at[i];
        const struct survey *survey = result->inspections[at->inspection]->survey;
        if (first != NULL && survey != result->inspections[first->inspection]->survey) {
            report_other_file(result, first, n_in_file);
            first = NULL;
        }
        if (result->inspections[at->inspection]->is_duplicate) {
            continue;
        }
        if (result->inspections[at->bearer]->survey == survey) {
            report_in_file(result, at);
            continue;
        }
        n_in_file = first == NULL ? 1 : n_in_file + 1;
        first = first == NULL ? at : first;
    }
    if (first != NULL) {
        report_other_file(result, first, n_in_file);
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
    for (size_t i = 0; i < survey->n_measurements; i++) {
        survey->measurements[i].chainage_m *= unit_m;
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
