#include "core/tally.h"

#include <math.h>

#include "core/parallel.h"
#include "core/scheme/scheme.h"

/* What the writers need to show an observation: asked of the fields themselves, not of the reason,
 * so that one that has neither place nor reason is missed in the sum. */
static bool has_place(const struct inspection *inspection, const struct observation *observation) {
    if (inspection->object == OBJECT_NODE) {
        return inspection->node != NO_NODE;
    }
    return observation->stretch != NO_STRETCH && !isnan(observation->along_m);
}

static void count_inspection(const struct inspection *inspection, struct file_tally *tally) {
    const struct observation *observations = inspection_observations(inspection);

    tally->n_inspections++;
    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        if (!observation_is_placed(inspection, &observations[i])) {
            tally->n_unplaced++;
        } else if (!has_place(inspection, &observations[i])) {
            continue;
        } else if (observation_is_defect(inspection, &observations[i])) {
            tally->n_defects++;
        } else {
            tally->n_inventory++;
        }
    }
}

static void count_surveys(void *context, struct range range) {
    struct result *result = context;

    for (size_t i = range.from; i < range.to; i++) {
        const struct survey *survey = &result->surveys[i];
        struct file_tally tally = {.n_observations = survey->n_observations};
        for (size_t k = 0; k < survey->n_inspections; k++) {
            count_inspection(&survey->inspections[k], &tally);
        }
        result->file_tallies[i] = tally;
    }
}

void tally_files(struct result *result, unsigned n_threads) {
    size_t capacity = 0;

    array_release(&result->file_tallies);
    result->file_tallies =
        array_reserve(NULL, &capacity, result->n_surveys + 1, sizeof *result->file_tallies);
    parallel_ranges(result->n_surveys, n_threads, count_surveys, result);
}

static void add_segment(const struct result *result, size_t number, struct district_tally *tally) {
    const struct assessment *assessment = &result->assessments[number];

    tally->n_segments++;
    tally->length_m += segment_length_m(&result->network.segments[number]);
    tally->inspected_m += assessment->inspected_m;
    tally->n_defects += assessment->n_defects;
    tally->n_structural += assessment->n_structural;
    tally->n_functional += assessment->n_functional;
    if (assessment->priority < ARRAY_LEN(tally->n_priority)) {
        tally->n_priority[assessment->priority]++;
    }
}

static void add_defect(const struct observation *observation, const struct scheme_table *table,
    struct district_tally *tally) {
    uint8_t severity = table == NULL ? 0 : scheme_severity(table, observation->scheme_grade);
    int grade;

    if (observation_grade(observation, &grade) && grade >= 0 &&
        (size_t)grade < ARRAY_LEN(tally->n_grade)) {
        tally->n_grade[grade]++;
    }
    tally->n_severity[severity]++;
    tally->n_collapse_hazards += observation->is_collapse_hazard;
}

static void add_defects(struct result *result, const struct inspection *inspection) {
    const struct observation *observations = inspection_observations(inspection);
    const struct scheme_table *table = scheme_built_in.at[inspection->survey->graded_by];

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        const struct observation *observation = &observations[i];
        if (observation->stretch == NO_STRETCH || !observation_counts(inspection, observation)) {
            continue;
        }
        uint32_t segment = result->stretches[observation->stretch].segment;
        uint32_t district = result->segment_district[segment];
        if (district != NO_POLYGON) {
            add_defect(observation, table, &result->district_tallies[district]);
        }
    }
}

static void add_repair(struct result *result, const struct segment_repair *repair) {
    uint32_t district = result->segment_district[repair->segment];

    if (district != NO_POLYGON && repair_counts_as_trenchless(repair->repair)) {
        result->district_tallies[district].n_trenchless++;
        result->district_tallies[district].trenchless_m += repair->repair->length_m;
    }
}

void tally_districts(struct result *result) {
    size_t capacity = 0;

    array_release(&result->district_tallies);
    if (result->segment_district == NULL) {
        return;
    }
    result->district_tallies =
        array_reserve(NULL, &capacity, result->districts.n + 1, sizeof *result->district_tallies);
    for (size_t i = 0; i < result->districts.n; i++) {
        result->district_tallies[i] = (struct district_tally){0};
    }
    for (size_t i = 0; i < result->network.n_segments; i++) {
        uint32_t district = result->segment_district[i];
        if (district != NO_POLYGON) {
            add_segment(result, i, &result->district_tallies[district]);
        }
    }
    for (size_t i = 0; i < result->n_repairs; i++) {
        add_repair(result, &result->repairs[i]);
    }
    for (size_t i = 0; i < result->n_inspections; i++) {
        if (result->inspections[i]->object == OBJECT_SEGMENT) {
            add_defects(result, result->inspections[i]);
        }
    }
}

struct identity tally_check(const struct result *result) {
    for (size_t i = 0; i < result->n_surveys; i++) {
        struct file_tally tally = result->file_tallies[i];
        if (tally.n_observations != tally.n_defects + tally.n_inventory + tally.n_unplaced) {
            return (struct identity){false, (uint32_t)i, tally};
        }
    }
    return (struct identity){.holds = true};
}
