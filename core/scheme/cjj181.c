/* CJJ 181-2012: from the figures of both groups to RI, MI and the priority. */
#include "core/scheme/cjj181.h"

#include <math.h>

#include "core/arena.h"
#include "core/base.h"

static const double zero_rule_from = 4;

int cjj181_pipe_importance(const struct scheme_table *table, double diameter_mm) {
    const struct scheme_class *row = scheme_class_of(table, "E", diameter_mm);

    return row == NULL ? 0 : (int)row->value;
}

/* As a class limit: 3.9999999999 is a 4 that went through sums. */
static bool reaches_4(double score) {
    return score > zero_rule_from - 1e-9;
}

void cjj181_indices(struct assessment *assessment, struct cjj181_site site,
    const struct scheme_table *table, const struct assess_options *options) {
    struct condition *structural = &assessment->structural;
    struct condition *functional = &assessment->functional;
    bool counts = reaches_4(structural->score);
    int area = counts ? site.area_importance : 0, pipe = counts ? site.pipe_importance : 0;
    int soil = structural->score > 0 ? site.soil_influence : 0;

    structural->index = 0.7 * structural->score + 0.1 * area + 0.05 * pipe + 0.15 * soil;
    structural->index_grade = scheme_grade_of(table, "RI", structural->index);
    assessment->area_importance = (uint8_t)area;
    assessment->pipe_importance = (uint8_t)pipe;
    assessment->soil_influence = (uint8_t)soil;

    if (options->zero_rule == ZERO_RULE_G) {
        counts = reaches_4(functional->score);
    }
    if (functional->score <= 0 && !options->index_without_defects) {
        counts = false;
    }
    area = counts ? site.area_importance : 0;
    pipe = counts ? site.pipe_importance : 0;
    functional->index = 0.8 * functional->score + 0.15 * area + 0.05 * pipe;
    functional->index_grade = scheme_grade_of(table, "MI", functional->index);
}

/* --- one group --- */

enum { FEW = 32 };

/* The scored defects of one group, and which of the request's they are. */
struct group {
    struct scored_defect few[FEW], *at, *many;
    uint32_t few_places[FEW], *places, *many_places;
    size_t n;
};

static void release_group(struct group *group) {
    array_release(&group->many);
    array_release(&group->many_places);
}

static void gather(
    const struct scheme_request *request, enum defect_group of, struct group *group) {
    group->at = group->few;
    group->places = group->few_places;
    if (request->n > FEW) {
        size_t capacity = 0, places_capacity = 0;
        group->at = group->many = array_reserve(NULL, &capacity, request->n, sizeof *group->many);
        group->places = group->many_places =
            array_reserve(NULL, &places_capacity, request->n, sizeof *group->many_places);
    }
    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        const struct scheme_rule *rule = defect->verdicts[of].rule;
        if (rule != NULL && rule->is_counted) {
            group->at[group->n] = (struct scored_defect){defect->from_m, defect->to_m, rule->score};
            group->places[group->n++] = (uint32_t)i;
        }
    }
}

/* From places in the group to places in the request. */
static struct scheme_item in_request(struct scheme_item item, const struct group *group) {
    for (size_t i = 0; i < ARRAY_LEN(item.worst) && i < item.n; i++) {
        item.worst[i] = group->places[item.worst[i]];
    }
    return item;
}

static void trace_members(const struct scheme_request *request, const struct group *group) {
    for (size_t i = 0; i < group->n && request->trace != NULL; i++) {
        struct line line = {.n = 0};
        const struct judged_defect *defect = &request->defects[group->places[i]];
        scheme_add_label(request->table, defect, &line);
        scheme_add_place(defect->from_m, defect->to_m, &line);
        trace_add(
            request->trace, "  %.*s: score %g", TEXT_ARGS(line_text(&line)), group->at[i].score);
    }
}

/* Places where scores within 1 m sum up to what stands for collapse, unless a defect there does so
 * alone.  The worst defect of each gets the flag. */
static void find_sums(const struct scheme_request *request, const struct group *group,
    struct scheme_outcome *outcome) {
    const struct scheme_figure_hazard *hazard =
        scheme_figure_hazard_of(request->table, "P", INFINITY);
    struct scheme_item item;

    for (size_t cursor = 0; hazard != NULL && group->n > 1 &&
                            cjj181_next_sum(group->at, group->n, &cursor, hazard->from, &item);) {
        bool is_said = false;
        item = in_request(item, group);
        for (size_t i = 0; i < ARRAY_LEN(item.worst) && i < item.n; i++) {
            is_said |= request->defects[item.worst[i]].hazard != NULL;
        }
        struct observation *worst = request->defects[item.worst[0]].observation;
        if (!is_said && !worst->is_collapse_hazard) {
            worst->is_collapse_hazard = 1;
            scheme_add_hazard_item(outcome, hazard, item);
        }
    }
}

/* --- the segment --- */

static const char *roman(uint8_t grade) {
    static const char *const names[] = {"-", "I", "II", "III", "IV", "V"};

    return grade_is_number(grade) ? names[grade_number(grade)] : "-";
}

static void add_headline(struct scheme_outcome *outcome, const struct scheme_table *table,
    const char *name, const struct condition *condition, struct scheme_item worst) {
    struct scheme_headline *headline = &outcome->headlines[outcome->n_headlines++];

    *headline = (struct scheme_headline){
        .priority = scheme_priority_of(table, name, condition->index_grade),
        .index = condition->index,
        .worst = worst,
        .figure.phrases = outcome->phrases,
    };
    line_add(&headline->figure, name);
    line_add(&headline->figure, " ");
    line_add_hundredths(&headline->figure, condition->index);
    line_add(&headline->figure, " (");
    line_add(&headline->figure, roman(condition->index_grade));
    line_add(&headline->figure, ")");
}

static uint8_t worse_priority(const struct scheme_table *table, const struct assessment *of) {
    uint8_t ri = scheme_priority_of(table, "RI", of->structural.index_grade);
    uint8_t mi = scheme_priority_of(table, "MI", of->functional.index_grade);

    return ri < mi ? ri : mi;
}

static void trace_indices(
    const struct scheme_request *request, const struct assessment *of, struct cjj181_site site) {
    const struct condition *s = &of->structural, *f = &of->functional;

    if (request->trace == NULL) {
        return;
    }
    trace_add(request->trace, "indices");
    trace_add(request->trace,
        "  K %d, E %d, T %d before the zero rules (K and E act from F = 4 on, T from F > 0 on)",
        site.area_importance, site.pipe_importance, site.soil_influence);
    trace_add(request->trace,
        "  RI = 0.7 x %.6g + 0.1 x %d + 0.05 x %d + 0.15 x %d = %.6g: grade %s, %s", s->score,
        of->area_importance, of->pipe_importance, of->soil_influence, s->index,
        roman(s->index_grade), scheme_class_of(request->table, "RI", s->index)->meaning);
    trace_add(request->trace, "  MI = 0.8 x %.6g + 0.15 K + 0.05 E = %.6g: grade %s, %s", f->score,
        f->index, roman(f->index_grade), scheme_class_of(request->table, "MI", f->index)->meaning);
}

void cjj181_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    const struct scheme_table *table = request->table;
    const struct scheme_site *site = request->site;
    CLEANUP(release_group) struct group structural = {.n = 0};
    CLEANUP(release_group) struct group functional = {.n = 0};
    struct cjj181_site factors = {
        site->area_importance,
        cjj181_pipe_importance(table, site->diameter_mm),
        site->soil_influence,
    };
    struct scheme_item worst[2] = {{.n = 0}, {.n = 0}};

    gather(request, GROUP_STRUCTURAL, &structural);
    gather(request, GROUP_FUNCTIONAL, &functional);
    struct condition_request of = {structural.at, structural.n, site->segment_m, request->options,
        table, "F", "SM", request->trace};
    trace_add(request->trace, "structural defects (F, SM)");
    trace_members(request, &structural);
    assessment->structural = cjj181_condition(&of, &worst[0]);
    find_sums(request, &structural, outcome);

    of.defects = functional.at;
    of.n = functional.n;
    of.score_figure = "G";
    of.density_figure = "YM";
    trace_add(request->trace, "functional defects (G, YM)");
    trace_members(request, &functional);
    assessment->functional = cjj181_condition(&of, &worst[1]);
    cjj181_indices(assessment, factors, table, request->options);
    trace_indices(request, assessment, factors);

    outcome->priority = worse_priority(table, assessment);
    if (structural.n > 0) {
        add_headline(
            outcome, table, "RI", &assessment->structural, in_request(worst[0], &structural));
    }
    if (functional.n > 0) {
        add_headline(
            outcome, table, "MI", &assessment->functional, in_request(worst[1], &functional));
    }
}
