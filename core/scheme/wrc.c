/* WRc SRM: from scores to peak, total, mean and grades, apart for structure and service.
 *
 *     total = sum of scores; a continuous defect scores for each metre
 *     mean  = total / length of the segment
 *     peak  = the highest single score, or (--srm-peak sum) the highest sum within any metre
 *
 * The manual's peak is the sum within a metre; real output of MSCC5 programs does not add up
 * settled deposits 0.64 m apart, and with single scores all its cases come out: so that is the
 * default.
 * Grades 1 to 5: by the peak; with --srm-limits hk by the total, for structure by the worse of
 * total and mean. Into the common columns: score the total, peak, mean, index what the grade goes
 * by (the peak, in Hong Kong the total), grade and index_grade the grade. */
#include "core/scheme/wrc.h"

#include <math.h>

#include "core/base.h"
#include "core/scheme/scores.h"

/* What a group is called: by classes and in the list of figures. */
struct names {
    const char *peak, *hk_total, *hk_mean; /* NULL: not classed */
    const char *figures[4];                /* total, peak, mean, grade */
};

static const struct names structural_names = {
    "structural peak",
    "HK structural total",
    "HK structural mean",
    {"structural_total", "structural_peak", "structural_mean", "structural_grade"},
};

static const struct names service_names = {
    "service peak",
    "HK service total",
    NULL,
    {"service_total", "service_peak", "service_mean", "service_grade"},
};

static bool is_hk(const struct scheme_request *request) {
    return request->options->srm_limits == SRM_LIMITS_HK;
}

static void trace_class(
    const struct scheme_request *request, const char *figure, double value, uint8_t grade) {
    const struct scheme_class *row = scheme_class_of(request->table, figure, value);

    if (row != NULL) {
        trace_add(request->trace, "  %s %.6g: grade %d, from %g on (%s; %s)", figure, value,
            grade_number(grade), row->from, trace_word(request->trace, row->meaning),
            trace_word(request->trace, row->source));
    }
}

static uint8_t grade_of(const struct scheme_request *request, const char *figure, double value) {
    uint8_t grade = scheme_grade_of(request->table, figure, value);

    trace_class(request, figure, value, grade);
    return grade;
}

/* Fills index and the grades; returns where it stands among its group's classes. */
static double grade(
    const struct scheme_request *request, const struct names *names, struct condition *condition) {
    const struct scheme_table *table = request->table;
    double rank;

    if (is_hk(request)) {
        condition->index = condition->score;
        condition->grade = grade_of(request, names->hk_total, condition->score);
        rank = scores_rank_of(table, names->hk_total, condition->score);
        if (names->hk_mean != NULL) {
            condition->grade = scheme_worst(
                table, condition->grade, grade_of(request, names->hk_mean, condition->mean));
            rank = fmax(rank, scores_rank_of(table, names->hk_mean, condition->mean));
        }
    } else {
        condition->grade = grade_of(request, names->peak, condition->peak);
        rank = scores_rank_of(table, names->peak, condition->peak);
    }
    condition->index_grade = condition->grade;
    return rank;
}

static void list_figures(const struct scheme_request *request, struct assessment *assessment,
    const struct names *names, const struct condition *condition) {
    scheme_add_figure(request, assessment, names->figures[0], condition->score);
    scheme_add_figure(request, assessment, names->figures[1], condition->peak);
    scheme_add_figure(request, assessment, names->figures[2], condition->mean);
    scheme_add_figure(
        request, assessment, names->figures[3], (double)grade_number(condition->grade));
}

/* A place whose peak means collapse, unless a defect there does so alone. */
static void find_hazard(const struct scheme_request *request, struct scheme_item worst,
    struct scheme_outcome *outcome) {
    const struct scheme_figure_hazard *hazard =
        scheme_figure_hazard_of(request->table, structural_names.peak, worst.score);

    if (hazard == NULL || worst.n == 0) {
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(worst.worst) && i < worst.n; i++) {
        if (request->defects[worst.worst[i]].hazard != NULL) {
            return;
        }
    }
    request->defects[worst.worst[0]].observation->is_collapse_hazard = 1;
    scheme_add_hazard_item(outcome, hazard, worst);
    trace_add(request->trace, "  peak of %g or more: %s", hazard->from,
        trace_word(request->trace, hazard->meaning));
}

static struct condition assess_group(const struct scheme_request *request,
    struct assessment *assessment, enum defect_group group, const struct names *names,
    struct scheme_outcome *outcome) {
    CLEANUP(scores_release) struct scores scores;
    struct scheme_item worst;

    scores_gather(request, group, &scores);
    struct condition condition =
        scores_condition(&scores, request->site->segment_m, request->options->srm_peak, &worst);
    scores_trace(request, &scores, &condition, &worst);
    double rank = grade(request, names, &condition);
    uint8_t priority =
        scheme_priority_of(request->table, request->table->group_names[group], condition.grade);
    if (priority != 0 && priority < outcome->priority) {
        outcome->priority = priority;
    }
    scores_add_headline(outcome, &(struct scores_headline){
                                     .table = request->table,
                                     .scores = &scores,
                                     .figure = is_hk(request) ? N_("total") : N_("peak"),
                                     .condition = &condition,
                                     .worst = worst,
                                     .priority = priority,
                                     .rank = rank,
                                 });
    if (group == GROUP_STRUCTURAL) {
        find_hazard(request, worst, outcome);
    }
    list_figures(request, assessment, names, &condition);
    return condition;
}

void wrc_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    assessment->diameter_is_missing = false; /* nobody asks for it */
    trace_add(request->trace, "peak: %s; limits: %s",
        trace_word(request->trace, request->options->srm_peak == PEAK_SINGLE
                                       ? N_("highest single score")
                                       : N_("highest sum within 1 m")),
        trace_word(request->trace, is_hk(request) ? N_("Hong Kong") : "SRM"));
    assessment->structural =
        assess_group(request, assessment, GROUP_STRUCTURAL, &structural_names, outcome);
    assessment->functional =
        assess_group(request, assessment, GROUP_FUNCTIONAL, &service_names, outcome);
    double mean = assessment->functional.mean;
    scheme_add_figure(request, assessment, "service_mean_grade",
        isnan(mean) ? NAN
                    : (double)grade_number(scheme_grade_of(request->table, "service mean", mean)));
}
