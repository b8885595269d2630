/* Segments of which too little was seen, by all inspections of the delivery together. */
#include "core/check/work.h"

void check_coverage(struct check_work *work) {
    const struct result *result = work->request->result;
    double least = work_limit(work, CHECK_COVERAGE) / 100;
    CLEANUP(array_release) bool *is_told = NULL;
    size_t capacity = 0;

    if (!work_checks(work, CHECK_COVERAGE)) {
        return;
    }
    is_told = array_reserve(NULL, &capacity, result->network.n_segments + 1, sizeof *is_told);
    for (size_t i = 0; i < result->network.n_segments; i++) {
        is_told[i] = false;
    }
    for (size_t i = 0; i < result->n_stretches; i++) {
        const struct stretch *stretch = &result->stretches[i];
        const struct segment *segment = &result->network.segments[stretch->segment];
        double share = result->assessments[stretch->segment].coverage;
        if (!stretch->is_current || is_told[stretch->segment] || !(share < least - 1e-9) ||
            !(segment_length_m(segment) > 0)) {
            continue;
        }
        is_told[stretch->segment] = true;
        work_add(work,
            of_inspection(CHECK_COVERAGE, result->inspections[stretch->inspection],
                N_("a second run from the other end, or the whole length")),
            N_("%.0f %% of segment '%.*s' was seen, %.2f m of %.2f m"), share * 100,
            TEXT_ARGS(segment->id), result->assessments[stretch->segment].inspected_m,
            segment_length_m(segment));
    }
}
