/* CJJ 181-2012: from the figures of both groups to RI, MI and the priority. */
#include "core/scheme/cjj181.h"

#include <math.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/scheme/tell.h"

static const double zero_rule_from = 4;

int cjj181_pipe_importance(const struct scheme_table *table, double diameter_mm) {
    const struct scheme_class *row = scheme_class_of(table, "E", diameter_mm);

    return row == NULL ? 0 : (int)row->value;
}

/* As a class limit: 3.9999999999 is a 4 that went through sums. */
static bool reaches_4(double score) {
    return score > zero_rule_from - 1e-9;
}

/* Do K and E act in MI? */
static bool acts_in_mi(const struct assessment *of, const struct assess_options *options) {
    if (of->functional.score <= 0 && !options->index_without_defects) {
        return false;
    }
    return reaches_4(
        options->zero_rule == ZERO_RULE_G ? of->functional.score : of->structural.score);
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

    counts = acts_in_mi(assessment, options);
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

static void trace_members(
    const struct scheme_request *request, enum defect_group of, const struct group *group) {
    for (size_t i = 0; i < group->n && request->trace != NULL; i++) {
        struct line line = {.phrases = trace_phrases(request->trace)};
        const struct judged_defect *defect = &request->defects[group->places[i]];
        scheme_add_label(request->table, defect, &line);
        scheme_add_place(defect->from_m, defect->to_m, &line);
        const struct scheme_rule *rule = defect->verdicts[of].rule;
        trace_add(request->trace, "  %.*s: score %g, %s (%s)", TEXT_ARGS(line_text(&line)),
            group->at[i].score, trace_word(request->trace, rule->meaning),
            trace_word(request->trace, rule->source));
    }
}

/* What was noted about the group's defects is about observations. */
static void trace_notes(const struct scheme_request *request, const struct group *group) {
    for (size_t i = 0; i < group->n && request->trace != NULL; i++) {
        struct text note = trace_notes_about(request->trace, &group->at[i], &request->trace->arena);
        trace_note(request->trace, request->defects[group->places[i]].observation, "%.*s",
            TEXT_ARGS(note));
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

/* The largest sum within 1 m, where it is no hazard or not the one that is told. */
static void trace_sums(const struct scheme_request *request, const struct group *group,
    const struct scheme_outcome *outcome) {
    const struct scheme_figure_hazard *hazard =
        scheme_figure_hazard_of(request->table, "P", INFINITY);
    struct scheme_item item, largest = {.n = 0};

    if (request->trace == NULL || hazard == NULL || outcome->hazard_figure != NULL) {
        return;
    }
    for (size_t cursor = 0;
         group->n > 1 && cjj181_next_sum(group->at, group->n, &cursor, 0, &item);) {
        if (item.score > largest.score) {
            largest = item;
        }
    }
    if (largest.n == 0) {
        return;
    }
    trace_begin(request->trace, TRACE_HAZARDS);
    struct scheme_item place = in_request(largest, group);
    struct line line = {.phrases = trace_phrases(request->trace)};
    scheme_add_item(request, &place, &line);
    trace_add(request->trace,
        largest.score > hazard->from - 1e-9
            ? N_("%.*s: scores within 1 m sum up to %g (%g is a hazard, but a defect there is one "
                 "alone)")
            : N_("%.*s: no hazard, scores within 1 m sum up to %g, below %g"),
        TEXT_ARGS(line_text(&line)), largest.score, hazard->from);
    trace_begin(request->trace, TRACE_FIGURES);
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

static void trace_index(const struct scheme_request *request, const char *name,
    const struct condition *of, struct text formula) {
    const struct scheme_class *row = scheme_class_of(request->table, name, of->index);
    struct line limits = {.phrases = trace_phrases(request->trace)};

    tell_class_limits(request->table, name, of->index, &limits);
    trace_add(request->trace, "  %s = %.*s = %.6g: grade %s, %.*s: %s", name, TEXT_ARGS(formula),
        of->index, roman(of->index_grade), TEXT_ARGS(line_text(&limits)),
        trace_word(request->trace, row->meaning));
}

static void trace_indices(
    const struct scheme_request *request, const struct assessment *of, struct cjj181_site site) {
    struct arena *arena;

    if (request->trace == NULL) {
        return;
    }
    arena = &request->trace->arena;
    bool acts = acts_in_mi(of, request->options);
    trace_add(request->trace, "indices");
    trace_add(request->trace,
        "  K %d, T %d, E %d (diameter %.4g mm); K and E act in RI from F = 4 on, T from F > 0 on",
        site.area_importance, site.soil_influence, site.pipe_importance,
        request->site->diameter_mm);
    trace_index(request, "RI", &of->structural,
        arena_printf(arena, "0.7 x %.6g + 0.1 x %d + 0.05 x %d + 0.15 x %d", of->structural.score,
            of->area_importance, of->pipe_importance, of->soil_influence));
    if (of->functional.score <= 0 && !acts) {
        trace_add(request->trace, "  K and E do not act in MI: there is no functional defect");
    } else {
        trace_add(request->trace,
            acts ? N_("  K and E act in MI: %s reaches 4")
                 : N_("  K and E do not act in MI: %s is below 4"),
            request->options->zero_rule == ZERO_RULE_G ? "G" : "F");
    }
    trace_index(request, "MI", &of->functional,
        arena_printf(arena, "0.8 x %.6g + 0.15 x %d + 0.05 x %d", of->functional.score,
            acts ? site.area_importance : 0, acts ? site.pipe_importance : 0));
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
    trace_members(request, GROUP_STRUCTURAL, &structural);
    assessment->structural = cjj181_condition(&of, &worst[0]);
    trace_notes(request, &structural);
    find_sums(request, &structural, outcome);
    trace_sums(request, &structural, outcome);

    of.defects = functional.at;
    of.n = functional.n;
    of.score_figure = "G";
    of.density_figure = "YM";
    trace_add(request->trace, "functional defects (G, YM)");
    trace_members(request, GROUP_FUNCTIONAL, &functional);
    assessment->functional = cjj181_condition(&of, &worst[1]);
    trace_notes(request, &functional);
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
