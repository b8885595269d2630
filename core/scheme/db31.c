/* DB31/T 444-2022 (Shanghai), chapter 10: weights by length, so that length dilutes a defect.
 *
 *     S  = 100 / L x sum P L_i        L_i in metres or pieces, by the unit of the defect
 *     F  = 0.25 S below S = 40, else 10
 *     RI = 0.7 F + 0.1 K + 0.05 E + 0.15 T      K, E from F = 4 on, T from F > 0 on
 *     Y, G and MI = 0.8 G + 0.15 K + 0.05 E likewise
 *
 * Clause 10.1.3 adds up the weights of two or more kinds in one place or within 1 m: in S they add
 * up anyway; the highest such sum is kept as the peak.
 * Into the common columns: score F or G, mean S or Y, index RI or MI, grade and index_grade its
 * class.  F has no classes of its own. */
#include "core/scheme/db31.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/cjj181.h"
#include "core/scheme/scores.h"

static const double full_from = 40; /* S, Y */
static const double full_score = 10;
static const int moving_soil = 10; /* the only T beside 0 */
static const double hair_m = 1e-6;

/* L_i */
static double amount_of(const struct scored_place *scored, const struct scheme_rule *rule) {
    double length = scored->to_m - scored->from_m;

    if (rule->unit != NULL && strcmp(rule->unit, "piece") == 0) {
        return fmax(ceil(length - hair_m), 1);
    }
    return scored_length_m(scored);
}

static void trace_place(const struct scheme_request *request, const struct scored_place *scored,
    const struct scheme_rule *rule, double amount) {
    struct line label = {.phrases = trace_phrases(request->trace)};

    if (request->trace == NULL) {
        return;
    }
    scheme_add_label(request->table, &request->defects[scored->place], &label);
    scheme_add_place(scored->from_m, scored->to_m, &label);
    trace_add(request->trace, "  %.*s: weight %g x %.6g (by %s; %s; %s)",
        TEXT_ARGS(line_text(&label)), rule->score, amount,
        trace_word(request->trace, rule->unit == NULL ? "m" : rule->unit),
        trace_word(request->trace, rule->meaning), trace_word(request->trace, rule->source));
}

static double score_of(double mean) {
    return mean > full_from - 1e-9 ? full_score : 0.25 * mean;
}

static struct condition condition_of(
    const struct scheme_request *request, const struct scores *scores, struct scheme_item *worst) {
    struct condition condition = {.density = NAN};
    double segment_m = request->site->segment_m, sum = 0;

    trace_add(request->trace, "%s defects",
        trace_word(request->trace, request->table->group_names[scores->group]));
    for (size_t i = 0; i < scores->n; i++) {
        const struct scored_place *scored = &scores->at[i];
        const struct scheme_rule *rule =
            request->defects[scored->place].verdicts[scores->group].rule;
        double amount = amount_of(scored, rule);
        sum += scored->score * amount;
        trace_place(request, scored, rule, amount);
    }
    scheme_trace_undecided(request, scores->group);
    /* without a length nothing can be told, unless nothing counts */
    *worst = scores_worst_metre(scores);
    condition.peak = worst->score;
    condition.mean = sum > 0 ? segment_m > 0 ? 100 / segment_m * sum : NAN : 0;
    condition.score = score_of(condition.mean);
    return condition;
}

static void trace_condition(const struct scheme_request *request, const struct condition *of,
    const char *mean, const char *score, const char *index) {
    const struct scheme_class *row = scheme_class_of(request->table, index, of->index);

    trace_add(request->trace, "  %s = 100 / %.6g m x weights = %.6g, worst metre %.6g", mean,
        request->site->segment_m, of->mean, of->peak);
    trace_add(request->trace, "  %s = %s = %.6g", score,
        trace_word(
            request->trace, of->mean > full_from - 1e-9 ? N_("10, from 40 on") : N_("0.25 x that")),
        of->score);
    trace_add(request->trace, "  %s = %.6g: class %d, %s", index, of->index,
        grade_is_number(of->index_grade) ? grade_number(of->index_grade) : 0,
        trace_word(request->trace, row == NULL ? N_("unknown") : row->meaning));
}

/* Without the segment's length there is no index: the worst defect decides alone. */
static uint8_t priority_without_index(
    const struct scheme_request *request, const struct scores *scores) {
    uint8_t priority = 4;

    for (size_t i = 0; i < scores->n; i++) {
        const struct judged_defect *defect = &request->defects[scores->at[i].place];
        uint8_t by_grade =
            scheme_priority_of(request->table, "defect", defect->verdicts[scores->group].grade);
        priority = by_grade != 0 && by_grade < priority ? by_grade : priority;
    }
    return priority;
}

static uint8_t priority_of(const struct scheme_request *request, const struct scores *scores,
    const struct condition *condition, const char *index) {
    if (condition->score <= 0) {
        return 5;
    }
    uint8_t priority = scheme_priority_of(request->table, index, condition->index_grade);
    return priority != 0 ? priority : priority_without_index(request, scores);
}

static void conclude(const struct scheme_request *request, const struct scores *scores,
    struct condition *condition, const char *index, struct scheme_item worst,
    struct scheme_outcome *outcome) {
    uint8_t priority = priority_of(request, scores, condition, index);

    condition->grade = condition->index_grade;
    if (priority < outcome->priority) {
        outcome->priority = priority;
    }
    if (condition->score <= 0) {
        return;
    }
    struct scheme_headline *headline = &outcome->headlines[outcome->n_headlines++];
    *headline = (struct scheme_headline){.priority = priority,
        .index = isnan(condition->index) ? 0 : condition->index,
        .worst = worst,
        .figure.phrases = outcome->phrases};
    if (isnan(condition->index)) {
        line_fill(&headline->figure, PHRASE_UNKNOWN_LENGTH, (struct text[]){text_from(index)});
        return;
    }
    struct line figure;
    line_start(&figure);
    line_add(&figure, index);
    line_add(&figure, " ");
    line_add_hundredths(&figure, condition->index);
    line_fill_grade(&headline->figure, PHRASE_CLASS_IN_BRACKETS, line_text(&figure),
        grade_number(condition->index_grade));
}

static void list_figures(const struct scheme_request *request, struct assessment *of) {
    scheme_add_figure(request, of, "S", of->structural.mean);
    scheme_add_figure(request, of, "F", of->structural.score);
    scheme_add_figure(request, of, "RI", of->structural.index);
    scheme_add_figure(request, of, "Y", of->functional.mean);
    scheme_add_figure(request, of, "G", of->functional.score);
    scheme_add_figure(request, of, "MI", of->functional.index);
    scheme_add_figure(request, of, "K", of->area_importance);
    scheme_add_figure(request, of, "E", of->pipe_importance);
    scheme_add_figure(request, of, "T", of->soil_influence);
}

void db31_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    const struct scheme_site *site = request->site;
    CLEANUP(scores_release) struct scores structural;
    CLEANUP(scores_release) struct scores functional;
    struct scheme_item worst[2];
    struct cjj181_site factors = {
        site->area_importance,
        cjj181_pipe_importance(request->table, site->diameter_mm),
        site->soil_influence >= moving_soil ? moving_soil : 0,
    };

    scores_gather(request, GROUP_STRUCTURAL, &structural);
    scores_gather(request, GROUP_FUNCTIONAL, &functional);
    assessment->structural = condition_of(request, &structural, &worst[0]);
    assessment->functional = condition_of(request, &functional, &worst[1]);
    cjj181_indices(assessment, factors, request->table, request->options);
    trace_condition(request, &assessment->structural, "S", "F", "RI");
    trace_condition(request, &assessment->functional, "Y", "G", "MI");
    trace_add(request->trace, "  with K %u, E %u, T %u as used in RI, after the zero rules",
        assessment->area_importance, assessment->pipe_importance, assessment->soil_influence);

    conclude(request, &structural, &assessment->structural, "RI", worst[0], outcome);
    conclude(request, &functional, &assessment->functional, "MI", worst[1], outcome);
    list_figures(request, assessment);
}
