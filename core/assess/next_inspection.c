#include "core/assess/next_inspection.h"

#include <math.h>

#include "core/base.h"

enum sooner {
    SOONER_SOIL_INFLUENCE,
    SOONER_AGE, /* years, at the inspection */
    SOONER_AREA_IMPORTANCE,
    SOONER_DIAMETER_MM,
    SOONER_UNSEEN_PERCENT,
};

static const struct {
    enum defect_group group;
    uint8_t priority, years;
} years[] = {
#define YEARS(group, priority, years, source) {GROUP_##group, priority, years},
#include "core/assess/next_inspection.def"
#undef YEARS
};

static const struct {
    enum sooner rule;
    double from;
    uint8_t years;
} sooner[] = {
#define SOONER(rule, from, years, source) {SOONER_##rule, from, years},
#include "core/assess/next_inspection.def"
#undef SOONER
};

uint8_t next_inspection_group_priority(
    const struct scheme_request *request, enum defect_group group) {
    uint8_t worst = 5;

    for (size_t i = 0; i < request->n; i++) {
        uint8_t priority =
            scheme_priority_of(request->table, "defect", request->defects[i].verdicts[group].grade);
        if (priority > 0 && priority < worst) {
            worst = priority;
        }
    }
    return worst;
}

static bool has_group(const struct scheme_request *request, enum defect_group group) {
    for (size_t i = 0; i < request->n; i++) {
        if (request->defects[i].verdicts[group].grade != GRADE_UNSET) {
            return true;
        }
    }
    return false;
}

static unsigned years_of(
    const struct scheme_request *request, enum defect_group group, bool is_collapse_hazard) {
    uint8_t priority = is_collapse_hazard && group == GROUP_STRUCTURAL
                           ? 1
                           : next_inspection_group_priority(request, group);

    for (size_t i = 0; i < ARRAY_LEN(years); i++) {
        if (years[i].group == group && years[i].priority == priority) {
            return years[i].years;
        }
    }
    return 1;
}

static double fact(enum sooner rule, const struct scheme_request *request,
    const struct assessment *assessment, double seen_m) {
    const struct scheme_site *site = request->site;

    switch (rule) {
    case SOONER_SOIL_INFLUENCE:
        return site->soil_influence;
    case SOONER_AGE:
        return site->year_built == 0
                   ? NAN
                   : (double)(assessment->inspected_on / 10000 - site->year_built);
    case SOONER_AREA_IMPORTANCE:
        return site->area_importance;
    case SOONER_DIAMETER_MM:
        return site->diameter_mm;
    case SOONER_UNSEEN_PERCENT:
        return 100 * (1 - seen_m / site->segment_m);
    }
    return NAN;
}

/* A 29th of February falls on the 28th. */
static int32_t years_later(int32_t date, unsigned n) {
    int32_t later = date + (int32_t)n * 10000;

    return later % 10000 == 229 ? later - 1 : later;
}

struct next_inspection next_inspection_of(
    const struct scheme_request *request, const struct assessment *assessment, double seen_m) {
    unsigned wait = years_of(request, GROUP_STRUCTURAL, assessment->is_collapse_hazard);
    unsigned functional = years_of(request, GROUP_FUNCTIONAL, false);
    struct next_inspection next = {.of = GROUP_STRUCTURAL};

    for (size_t i = 0; i < ARRAY_LEN(sooner); i++) {
        if (sooner[i].years < wait &&
            fact(sooner[i].rule, request, assessment, seen_m) >= sooner[i].from) {
            wait = sooner[i].years;
        }
    }
    if (has_group(request, GROUP_FUNCTIONAL) && functional < wait) {
        wait = functional;
        next.of = GROUP_FUNCTIONAL;
    }
    if (assessment->inspected_on > 0) {
        next.due_on = years_later(assessment->inspected_on, wait);
        const char *of = trace_word(
            request->trace, next.of == GROUP_STRUCTURAL ? N_("structural") : N_("functional"));
        if (wait == 1) {
            trace_add(request->trace, "next %s inspection in 1 year", of);
        } else {
            trace_add(request->trace, "next %s inspection in %u years", of, wait);
        }
    }
    return next;
}
