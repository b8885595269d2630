/* WSA 05: from scores to total, mean, peak and the worse of two grades, for structure and service.
 *
 *     total   = sum of scores; a continuous defect scores for each metre
 *     mean    = total / length of the segment
 *     peak    = the highest sum within any metre
 *     average = total / defects
 *
 * The structural grade is the worse of that by the peak and that by the mean.  Classes of service
 * are not at hand: its figures are told, its grade is left open, and defects that count for it keep
 * the segment at 4.
 * Into the common columns: score the total, peak, mean, index the peak, grade and index_grade. */
#include "core/scheme/wsa05.h"

#include <math.h>

#include "core/base.h"
#include "core/scheme/scores.h"

enum { PRIORITY_UNDECIDED = 4 };

struct names {
    const char *total, *mean, *peak, *average, *grade;
};

static const struct names structural_names = {"structural_total", "structural_mean",
    "structural_peak", "structural_average", "structural_grade"};
static const struct names service_names = {
    "service_total", "service_mean", "service_peak", "service_average", NULL};

static uint8_t grade_of(const struct scheme_request *request, const char *figure, double value) {
    const struct scheme_class *row = scheme_class_of(request->table, figure, value);

    if (row != NULL) {
        trace_add(request->trace, "  %s %.6g: grade %g (%s; %s)", figure, value, row->value,
            trace_word(request->trace, row->meaning), trace_word(request->trace, row->source));
    }
    return scheme_grade_of(request->table, figure, value);
}

static uint8_t structural_grade(
    const struct scheme_request *request, const struct condition *condition) {
    /* each tells the trace about itself: in this order, whatever the compiler */
    uint8_t by_peak = grade_of(request, "structural peak", condition->peak);
    uint8_t by_mean = grade_of(request, "structural mean", condition->mean);

    return scheme_worst(request->table, by_peak, by_mean);
}

static uint8_t service_grade(const struct scheme_request *request, const struct scores *scores) {
    if (scores->n == 0) {
        return GRADE_1;
    }
    trace_add(request->trace, "  service grade: undecided, its classes are not at hand");
    return GRADE_UNDECIDED;
}

static void list_figures(const struct scheme_request *request, struct assessment *assessment,
    const struct names *names, const struct scores *scores, const struct condition *condition) {
    scheme_add_figure(request, assessment, names->total, condition->score);
    scheme_add_figure(request, assessment, names->mean, condition->mean);
    scheme_add_figure(request, assessment, names->peak, condition->peak);
    scheme_add_figure(
        request, assessment, names->average, scores_sum(scores, request->site->segment_m).average);
    if (names->grade != NULL) {
        scheme_add_figure(
            request, assessment, names->grade, (double)grade_number(condition->grade));
    }
}

static uint8_t priority_of(const struct scheme_request *request, const struct scores *scores,
    const struct condition *condition) {
    if (scores->n == 0) {
        return 5;
    }
    uint8_t priority = scheme_priority_of(
        request->table, request->table->group_names[scores->group], condition->grade);
    return priority == 0 ? PRIORITY_UNDECIDED : priority;
}

static double rank_of(const struct scheme_request *request, enum defect_group group,
    const struct condition *condition) {
    if (group != GROUP_STRUCTURAL) {
        return 0; /* not classed */
    }
    return fmax(scores_rank_of(request->table, "structural peak", condition->peak),
        scores_rank_of(request->table, "structural mean", condition->mean));
}

static struct condition assess_group(const struct scheme_request *request,
    struct assessment *assessment, enum defect_group group, const struct names *names,
    struct scheme_outcome *outcome) {
    CLEANUP(scores_release) struct scores scores;
    struct scheme_item worst;

    scores_gather(request, group, &scores);
    struct condition condition =
        scores_condition(&scores, request->site->segment_m, PEAK_SUM, &worst);
    scores_trace(request, &scores, &condition, &worst);
    condition.grade = group == GROUP_STRUCTURAL ? structural_grade(request, &condition)
                                                : service_grade(request, &scores);
    condition.index_grade = condition.grade;
    uint8_t priority = priority_of(request, &scores, &condition);
    outcome->priority = priority < outcome->priority ? priority : outcome->priority;
    scores_add_headline(outcome, &(struct scores_headline){
                                     .table = request->table,
                                     .scores = &scores,
                                     .figure = N_("peak"),
                                     .condition = &condition,
                                     .worst = worst,
                                     .priority = priority,
                                     .rank = rank_of(request, group, &condition),
                                 });
    list_figures(request, assessment, names, &scores, &condition);
    return condition;
}

void wsa05_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome) {
    assessment->diameter_is_missing = false; /* nobody asks for it */
    assessment->structural =
        assess_group(request, assessment, GROUP_STRUCTURAL, &structural_names, outcome);
    assessment->functional =
        assess_group(request, assessment, GROUP_FUNCTIONAL, &service_names, outcome);
}
