/* DWA-M 149-3: from classes of single defects to those of the segment and to the SBZ.
 *
 * For each requirement
 *   ZP = ZP0 + 50 SD, ZP0 = 400, 300, 200, 100, 0 for the worst class 0 to 4,
 *   SD = sum((5 - class) length) / ((5 - worst class) L), lengths at least 2.5 m,
 *   BP = 500 + ZP + 50 F, F the mean of what the pipe's facts stand for;
 * of the three BP, largest first, the hundreds are the first three figures of the SBZ, and the sum
 * of what is left below 100, over 30, is the fourth.  [S] through another program. */
#include "core/scheme/dwa.h"

#include <math.h>

static const double least_length_m = 2.5;
static const double most_density = 1; /* [K] ours: short pipes with many defects, each 2.5 m long */
static const double hair = 1e-9;      /* sums of decimals */

enum { GRADE_BEST = GRADE_4 };

/* What the facts about the pipe stand for: their mean; 0 when none is known. */
static double factor_of(const struct scheme_request *request, const char *requirement) {
    double sum = 0;
    int n = 0;

    for (enum en_fact fact = 0; fact < EN_FACTS; fact++) {
        if (!en_asks(&dwa_terms, requirement, fact)) {
            continue;
        }
        const struct en_term *term =
            en_term_of(&dwa_terms, requirement, fact, en_site_fact(request->site, fact));
        if (term == NULL) {
            trace_add(request->trace, "    %s unknown: left out of F",
                trace_word(request->trace, en_fact_name(fact)));
            continue;
        }
        trace_add(request->trace, "    %s: %s, %g (%s)",
            trace_word(request->trace, en_fact_name(fact)),
            trace_word(request->trace, term->meaning), term->value,
            trace_word(request->trace, term->source));
        sum += term->value;
        n++;
    }
    return n == 0 ? 0 : sum / n;
}

/* SD of a requirement with a class. */
static double density_of(const struct scheme_request *request, enum defect_group group, int worst) {
    double sum = 0;

    for (size_t i = 0; i < request->n; i++) {
        uint8_t grade = request->defects[i].verdicts[group].grade;
        if (grade_is_number(grade)) {
            sum += (5 - grade_number(grade)) * en_length_m(&request->defects[i], least_length_m);
        }
    }
    return sum / ((5 - worst) * request->site->segment_m);
}

/* BP of a requirement. */
static double needs_of(const struct scheme_request *request,
    const struct en_requirement *requirement, enum defect_group group) {
    const char *name = request->table->group_names[group];
    int worst = grade_number(GRADE_BEST);
    double density = 0;

    if (grade_is_number(requirement->grade)) {
        worst = grade_number(requirement->grade);
        density = density_of(request, group, worst);
        trace_add(request->trace,
            density > most_density ? N_("  %s: worst class %d, SD = %.6g, counted as 1")
                                   : N_("  %s: worst class %d, SD = %.6g"),
            trace_word(request->trace, name), worst, density);
        density = fmin(density, most_density);
    } else {
        trace_add(
            request->trace, "  %s: no defect with a class, ZP 0", trace_word(request->trace, name));
    }
    double points = (4 - worst) * 100 + 50 * density;
    double factor = factor_of(request, name);
    double needs = 500 + points + 50 * factor;
    trace_add(request->trace, "    ZP = %d + 50 SD = %.6g, F = %.6g, BP = 500 + ZP + 50 F = %.6g",
        (4 - worst) * 100, points, factor, needs);
    return needs;
}

/* NAN when a length is missing, or when no defect could be classed. */
static double repair_number(const struct scheme_request *request, const struct en_requirements *of,
    double needs[DEFECT_GROUPS]) {
    double sorted[DEFECT_GROUPS] = {0}, number = 0, rest = 0, scale = 1000;

    trace_add(request->trace, "Sanierungsbedarfszahl, L = %g m", request->site->segment_m);
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        needs[i] = NAN;
    }
    if (!(request->site->segment_m > 0) || (of->n_graded == 0 && of->is_open)) {
        trace_add(request->trace, "  none: the length is unknown, or no defect has a class");
        return NAN;
    }
    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        needs[i] = needs_of(request, &of->at[i], (enum defect_group)i);
        size_t at = i;
        for (; at > 0 && sorted[at - 1] < needs[i]; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = needs[i];
    }
    for (size_t i = 0; i < DEFECT_GROUPS; i++, scale /= 10) {
        double hundreds = floor(sorted[i] / 100 + hair);
        number += hundreds * scale;
        rest += fmax(sorted[i] - hundreds * 100, 0);
    }
    number += floor(rest / 30 + hair);
    trace_add(request->trace, "  SBZ of BP %.6g, %.6g, %.6g: %g", sorted[0], sorted[1], sorted[2],
        number);
    return number;
}

static void add_figures(const struct scheme_request *request, struct assessment *assessment,
    const struct en_requirements *of, uint8_t object, const double needs[DEFECT_GROUPS]) {
    const struct en_requirement *at = of->at;

    scheme_add_figure(request, assessment, "class_D",
        en_class_figure(en_grade_or(&at[GROUP_TIGHTNESS], GRADE_BEST)));
    scheme_add_figure(request, assessment, "class_S",
        en_class_figure(en_grade_or(&at[GROUP_STRUCTURAL], GRADE_BEST)));
    scheme_add_figure(request, assessment, "class_B",
        en_class_figure(en_grade_or(&at[GROUP_FUNCTIONAL], GRADE_BEST)));
    scheme_add_figure(request, assessment, "object_class", en_class_figure(object));
    scheme_add_figure(request, assessment, "BP_D", needs[GROUP_TIGHTNESS]);
    scheme_add_figure(request, assessment, "BP_S", needs[GROUP_STRUCTURAL]);
    scheme_add_figure(request, assessment, "BP_B", needs[GROUP_FUNCTIONAL]);
    scheme_add_figure(request, assessment, "SBZ", assessment->structural.index);
}

static struct condition condition_of(const struct en_requirement *requirement) {
    return (struct condition){
        .score = NAN,
        .peak = NAN,
        .mean = NAN,
        .density = NAN,
        .index = NAN,
        .grade = en_grade_or(requirement, GRADE_BEST),
    };
}

/* What BP is above 500; by the class alone where the length is unknown. */
static struct en_urgency urgency_of(const struct scheme_table *table,
    const struct en_requirements *of, const double needs[DEFECT_GROUPS]) {
    struct en_urgency urgency = {{0}, {0}};

    for (size_t i = 0; i < DEFECT_GROUPS; i++) {
        uint8_t grade = of->at[i].grade;
        if (grade_is_number(grade)) {
            urgency.priority[i] = scheme_priority_of(table, "object", grade);
            urgency.index[i] = isnan(needs[i]) ? (4 - grade_number(grade)) * 100 : needs[i] - 500;
        }
    }
    return urgency;
}

void dwa_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    struct en_requirements of = en_look(request);
    uint8_t object = en_object_grade(request, &of, GRADE_BEST);
    double needs[DEFECT_GROUPS];

    assessment->structural = condition_of(&of.at[GROUP_STRUCTURAL]);
    assessment->functional = condition_of(&of.at[GROUP_FUNCTIONAL]);
    assessment->structural.index = repair_number(request, &of, needs);
    assessment->structural.index_grade =
        scheme_grade_of(request->table, "SBZ", assessment->structural.index);
    add_figures(request, assessment, &of, object, needs);
    if (grade_is_number(object)) {
        trace_add(
            request->trace, "object class %d, the worst of the requirements", grade_number(object));
        outcome->priority = scheme_priority_of(request->table, "object", object);
    } else {
        trace_add(request->trace, "object class undecided: no defect has a class");
    }
    struct en_urgency urgency = urgency_of(request->table, &of, needs);
    en_add_headlines(request, &of, &urgency, GROUP_STRUCTURAL, (struct text){0}, outcome);
}
