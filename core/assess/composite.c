#include "core/assess/composite.h"

#include <math.h>

#include "core/assess/next_inspection.h"
#include "core/base.h"

const struct composite_weights composite_defaults = {{
#define WEIGHT(part, name, weight) [PART_##part] = weight,
#include "core/assess/composite.def"
#undef WEIGHT
}};

static const char *const names[COMPOSITE_PARTS] = {
#define WEIGHT(part, name, weight) [PART_##part] = name,
#include "core/assess/composite.def"
#undef WEIGHT
};

static const struct {
    const char *material;
    uint8_t years;
} lives[] = {
#define LIFE(material, years) {material, years},
#include "core/assess/composite.def"
#undef LIFE
};

static const uint8_t points_of_priority[] = {
#define CONDITION(priority, points) [priority] = points,
#include "core/assess/composite.def"
#undef CONDITION
};

const char *composite_part_name(enum composite_part part) {
    return names[part];
}

enum composite_part composite_part_from_name(struct text name) {
    enum composite_part part = 0;

    while (part < COMPOSITE_PARTS && !text_equal_nocase(name, text_from(names[part]))) {
        part++;
    }
    return part;
}

/* Full at the end of the design life. */
static double ageing(const struct scheme_site *site, int32_t inspected_on) {
    int32_t age = inspected_on / 10000 - site->year_built;
    size_t i = 0;

    if (site->year_built == 0 || inspected_on == 0) {
        return NAN;
    }
    while (i + 1 < ARRAY_LEN(lives) &&
           !text_contains_nocase(site->material, text_from(lives[i].material))) {
        i++;
    }
    return fmin(fmax(10.0 * age / lives[i].years, 0), 10);
}

static double yes_or_no(enum answer answer) {
    return answer == ANSWER_UNKNOWN ? NAN : answer == ANSWER_YES ? 10.0 : 0.0;
}

/* By the worst defect that lets water or soil through. */
static double leakage(const struct scheme_request *request) {
    uint8_t worst = 5;

    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        if (defect->code->family != FAMILY_LEAKAGE && defect->code->family != FAMILY_SOIL) {
            continue;
        }
        uint8_t priority =
            scheme_priority_of(request->table, "defect", defect->observation->scheme_grade);
        if (priority > 0 && priority < worst) {
            worst = priority;
        }
    }
    return points_of_priority[worst];
}

struct composite composite_of(const struct scheme_request *request,
    const struct assessment *assessment, const struct composite_weights *weights) {
    struct composite of = {
        .score = NAN,
        .parts =
            {
                    [PART_AGEING] = ageing(request->site, assessment->inspected_on),
                    [PART_CAPACITY] = yes_or_no(request->site->capacity_is_short),
                    [PART_LEAKAGE] = leakage(request),
                    [PART_MISCONNECTION] = assessment->is_misconnection ? 10 : 0,
                    [PART_STRUCTURAL] = assessment->is_collapse_hazard
                                        ? 10
                                        : points_of_priority[next_inspection_group_priority(
                                              request, GROUP_STRUCTURAL)],
                    [PART_FUNCTIONAL] =
                    points_of_priority[next_inspection_group_priority(request, GROUP_FUNCTIONAL)],
                    },
    };
    double sum = 0, sum_of_weights = 0;

    for (enum composite_part part = 0; part < COMPOSITE_PARTS; part++) {
        trace_add(request->trace, "composite hazard, %s: %g, weight %g",
            trace_word(request->trace, names[part]), of.parts[part], weights->of[part]);
        if (!isnan(of.parts[part])) {
            sum += weights->of[part] * of.parts[part];
            sum_of_weights += weights->of[part];
        }
    }
    if (sum_of_weights > 0) {
        of.score = sum / sum_of_weights;
        trace_add(request->trace, "composite hazard %.6g", of.score);
    }
    return of;
}
