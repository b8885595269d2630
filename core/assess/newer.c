#include "core/assess/newer.h"

#include <math.h>

static void add(struct newer_hazards *newer, const struct judged_defect *defect,
    const struct inspection *inspection) {
    newer->at = array_reserve(newer->at, &newer->capacity, newer->n + 1, sizeof *newer->at);
    size_t at = newer->n++;
    for (; at > 0 && newer->at[at - 1].from_m > defect->from_m; at--) {
        newer->at[at] = newer->at[at - 1];
    }
    newer->at[at] = *defect;
    if (inspection->inspected_on > newer->seen_on) {
        newer->seen_on = inspection->inspected_on;
    }
}

static void look_at(struct newer_hazards *newer, uint32_t number,
    const struct inspection *inspection, const struct gathered *gathered) {
    const struct scheme_table *table = gathered->of.table;
    struct observation *observations = inspection_observations(inspection);

    for (uint32_t i = 0; i < inspection->n_observations; i++) {
        struct observation *observation = &observations[i];
        const struct code *code = observation_code(inspection, observation);
        struct judged_defect defect;
        if (observation->stretch != number || isnan(observation->along_m) ||
            !judge_observation(table, gathered->of.site, code, observation, &defect) ||
            defect.hazard == NULL) {
            continue;
        }
        struct finding_place place = inspection_place(inspection, observation->line);
        struct line label = {.n = 0};
        place.segment_id = gathered->of.segment_id;
        scheme_add_label(table, &defect, &label);
        findings_add(gathered->of.findings, FINDING_NEWER_HAZARD, place, "'%.*s' at %.2f m",
            TEXT_ARGS(line_text(&label)), observation->along_m);
        gather_place(observation, &defect);
        add(newer, &defect, inspection);
    }
}

void newer_look(const struct assess_request *request, const struct gathered *gathered,
    struct newer_hazards *newer) {
    for (size_t i = 0; i < request->n_stretches_of_segment; i++) {
        uint32_t number = request->stretches_of_segment[i];
        const struct stretch *stretch = &request->stretches[number];
        const struct inspection *inspection = request->inspections[stretch->inspection];
        if (!stretch->is_current && !inspection->is_duplicate &&
            inspection->inspected_on > gathered->of.assessment->inspected_on &&
            scheme_takes(gathered->of.table, inspection->survey->catalogue)) {
            look_at(newer, number, inspection, gathered);
        }
    }
}

void newer_release(struct newer_hazards *newer) {
    array_release(&newer->at);
}
