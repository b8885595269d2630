#include "core/scheme/scores.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"

static const double metre_m = 1;
static const double hair_m = 1e-6; /* below what anybody measures: noise of the arithmetic */
static const double rounding = 1e-9;

void scores_gather(
    const struct scheme_request *request, enum defect_group group, struct scores *out) {
    out->at = out->few;
    out->many = NULL;
    out->n = 0;
    out->group = group;
    if (request->n > SCORES_FEW) {
        size_t capacity = 0;
        out->at = out->many = array_reserve(NULL, &capacity, request->n, sizeof *out->many);
    }
    for (size_t i = 0; i < request->n; i++) {
        const struct judged_defect *defect = &request->defects[i];
        const struct scheme_rule *rule = defect->verdicts[group].rule;
        if (rule != NULL && rule->is_counted && !isnan(rule->score)) {
            out->at[out->n++] =
                (struct scored_place){defect->from_m, defect->to_m, rule->score, (uint32_t)i};
        }
    }
}

void scores_release(struct scores *scores) {
    array_release(&scores->many);
}

bool scored_is_long(const struct scored_place *scored) {
    return scored->to_m - scored->from_m > metre_m + hair_m;
}

double scored_length_m(const struct scored_place *scored) {
    return scored_is_long(scored) ? scored->to_m - scored->from_m : metre_m;
}

static double middle_of(const struct scored_place *scored) {
    return (scored->from_m + scored->to_m) / 2;
}

struct score_sums scores_sum(const struct scores *scores, double segment_m) {
    struct score_sums sums = {0};

    for (size_t i = 0; i < scores->n; i++) {
        sums.total += scores->at[i].score * scored_length_m(&scores->at[i]);
    }
    sums.mean = segment_m > 0 ? sums.total / segment_m : scores->n == 0 ? 0 : NAN;
    sums.average = scores->n == 0 ? 0 : sums.total / (double)scores->n;
    return sums;
}

/* --- places ---
 *
 * While an item is gathered its places are those in the scores. */

/* Keeps the worst members, worst first, the first along the segment before its equals. */
static void add_member(struct scheme_item *item, const struct scored_place *all, uint32_t member) {
    size_t at = item->n < ARRAY_LEN(item->worst) ? item->n : ARRAY_LEN(item->worst);

    for (; at > 0 && all[item->worst[at - 1]].score < all[member].score; at--) {
        if (at < ARRAY_LEN(item->worst)) {
            item->worst[at] = item->worst[at - 1];
        }
    }
    if (at < ARRAY_LEN(item->worst)) {
        item->worst[at] = member;
    }
    item->n++;
}

static struct scheme_item in_request(struct scheme_item item, const struct scored_place *all) {
    for (size_t i = 0; i < ARRAY_LEN(item.worst) && i < item.n; i++) {
        item.worst[i] = all[item.worst[i]].place;
    }
    return item;
}

struct scheme_item scores_worst(const struct scores *scores) {
    struct scheme_item item = {.n = 0};

    for (size_t i = 0; i < scores->n; i++) {
        const struct scored_place *scored = &scores->at[i];
        if (item.n == 0 || scored->score > item.score) {
            item = (struct scheme_item){
                .from_m = scored->from_m, .to_m = scored->to_m, .score = scored->score};
            add_member(&item, scores->at, (uint32_t)i);
        }
    }
    return in_request(item, scores->at);
}

/* --- the worst metre ---
 *
 * Let I(x) be what long defects score from the start of the segment to x, and P(x) the sum of the
 * points up to x: a metre from a on has I(a+1) - I(a) and the points between.  I is the difference
 * of two sums over steps, those where long ones begin and those where they end, so that both are
 * found by binary search in running sums.  Between the places where something begins or ends the
 * sum changes in a straight line: the best metre begins or ends at one of them. */

struct step {
    double at_m, score;
    double sum, moment; /* of score, and of score * at_m, up to here and with this one */
};

struct steps {
    struct step *at;
    size_t n;
};

static int compare_steps(const void *a, const void *b) {
    double x = ((const struct step *)a)->at_m, y = ((const struct step *)b)->at_m;

    return (x > y) - (x < y);
}

static void add_step(struct steps *steps, double at_m, double score) {
    steps->at[steps->n++] = (struct step){at_m, score, 0, 0};
}

static void sum_up(struct steps *steps) {
    double sum = 0, moment = 0;

    qsort(steps->at, steps->n, sizeof *steps->at, compare_steps);
    for (size_t i = 0; i < steps->n; i++) {
        sum += steps->at[i].score;
        moment += steps->at[i].score * steps->at[i].at_m;
        steps->at[i].sum = sum;
        steps->at[i].moment = moment;
    }
}

/* The last step at x or before; a step of nothing without one. */
static struct step last_at(const struct steps *steps, double x) {
    size_t low = 0, high = steps->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (steps->at[middle].at_m <= x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? (struct step){0} : steps->at[low - 1];
}

/* Sum of score * (x - at_m) over the steps before x. */
static double slope_up_to(const struct steps *steps, double x) {
    struct step last = last_at(steps, x);

    return last.sum * x - last.moment;
}

struct metres {
    struct steps points, starts, ends;
};

static double sum_in(const struct metres *metres, double from_m) {
    double to_m = from_m + metre_m;
    double points = last_at(&metres->points, to_m + hair_m).sum -
                    last_at(&metres->points, from_m - 2 * hair_m).sum;
    double starts = slope_up_to(&metres->starts, to_m) - slope_up_to(&metres->starts, from_m);
    double ends = slope_up_to(&metres->ends, to_m) - slope_up_to(&metres->ends, from_m);

    return points + starts - ends;
}

struct best_metre {
    double from_m, sum;
};

static void offer(struct best_metre *best, const struct metres *metres, double from_m) {
    double sum = sum_in(metres, from_m);

    if (sum > best->sum + rounding ||
        (sum > best->sum - rounding && (isnan(best->from_m) || from_m < best->from_m))) {
        *best = (struct best_metre){from_m, sum};
    }
}

static struct best_metre find_best(const struct metres *metres) {
    const struct steps *all[] = {&metres->points, &metres->starts, &metres->ends};
    struct best_metre best = {NAN, 0};

    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        for (size_t k = 0; k < all[i]->n; k++) {
            offer(&best, metres, all[i]->at[k].at_m);
            offer(&best, metres, all[i]->at[k].at_m - metre_m);
        }
    }
    return best;
}

static bool is_in(const struct scored_place *scored, double from_m) {
    double to_m = from_m + metre_m;

    if (scored_is_long(scored)) {
        return scored->from_m < to_m - hair_m && scored->to_m > from_m + hair_m;
    }
    return middle_of(scored) > from_m - 2 * hair_m && middle_of(scored) <= to_m + hair_m;
}

static struct scheme_item members_of(const struct scores *scores, struct best_metre best) {
    struct scheme_item item = {.score = best.sum};

    for (size_t i = 0; i < scores->n; i++) {
        const struct scored_place *scored = &scores->at[i];
        if (!is_in(scored, best.from_m)) {
            continue;
        }
        item.from_m = item.n == 0 ? scored->from_m : fmin(item.from_m, scored->from_m);
        item.to_m = item.n == 0 ? scored->to_m : fmax(item.to_m, scored->to_m);
        add_member(&item, scores->at, (uint32_t)i);
    }
    if (item.n > 1) {
        item.from_m = fmax(item.from_m, best.from_m);
        item.to_m = fmin(item.to_m, best.from_m + metre_m);
    }
    return item;
}

struct scheme_item scores_worst_metre(const struct scores *scores) {
    struct step few[3 * SCORES_FEW];
    CLEANUP(array_release) struct step *many = NULL;
    struct step *room = few;

    if (scores->n < 2) {
        return scores_worst(scores);
    }
    if (scores->n > SCORES_FEW) {
        size_t capacity = 0;
        room = many = array_reserve(NULL, &capacity, 3 * scores->n, sizeof *many);
    }
    struct metres metres = {
        {room,                 0},
        {room + scores->n,     0},
        {room + 2 * scores->n, 0}
    };
    for (size_t i = 0; i < scores->n; i++) {
        const struct scored_place *scored = &scores->at[i];
        if (scored_is_long(scored)) {
            add_step(&metres.starts, scored->from_m, scored->score);
            add_step(&metres.ends, scored->to_m, scored->score);
        } else {
            add_step(&metres.points, middle_of(scored), scored->score);
        }
    }
    sum_up(&metres.points);
    sum_up(&metres.starts);
    sum_up(&metres.ends);
    return in_request(members_of(scores, find_best(&metres)), scores->at);
}

/* --- figures --- */

struct condition scores_condition(
    const struct scores *scores, double segment_m, enum peak_rule rule, struct scheme_item *worst) {
    struct score_sums sums = scores_sum(scores, segment_m);

    *worst = rule == PEAK_SINGLE ? scores_worst(scores) : scores_worst_metre(scores);
    return (struct condition){
        .score = sums.total,
        .peak = worst->score,
        .mean = sums.mean,
        .density = NAN,
        .index = worst->score,
    };
}

void scores_trace(const struct scheme_request *request, const struct scores *scores,
    const struct condition *condition, const struct scheme_item *worst) {
    struct line item = {.phrases = trace_phrases(request->trace)};

    if (request->trace == NULL) {
        return;
    }
    trace_add(request->trace, "%s scores",
        trace_word(request->trace, request->table->group_names[scores->group]));
    for (size_t i = 0; i < scores->n; i++) {
        const struct scored_place *scored = &scores->at[i];
        const struct judged_defect *defect = &request->defects[scored->place];
        const struct scheme_rule *rule = defect->verdicts[scores->group].rule;
        struct line label = {.phrases = trace_phrases(request->trace)};
        scheme_add_label(request->table, defect, &label);
        scheme_add_place(scored->from_m, scored->to_m, &label);
        trace_add(request->trace, "  %.*s: score %g x %.6g m (%s; %s)",
            TEXT_ARGS(line_text(&label)), scored->score, scored_length_m(scored),
            trace_word(request->trace, rule->meaning), trace_word(request->trace, rule->source));
    }
    scheme_trace_undecided(request, scores->group);
    if (scores->n == 0) {
        trace_add(request->trace, "  none: total 0, peak 0, mean 0");
        return;
    }
    scheme_add_item(request, worst, &item);
    trace_add(request->trace, "  peak %.6g: %.*s", condition->peak, TEXT_ARGS(line_text(&item)));
    trace_add(request->trace, "  total %.6g, mean %.6g by %.6g m", condition->score,
        condition->mean, request->site->segment_m);
}

double scores_rank_of(const struct scheme_table *table, const char *figure, double value) {
    const struct scheme_class *row = scheme_class_of(table, figure, value);

    if (row == NULL || value <= 0) {
        return 0;
    }
    double from = fmax(row->from, 0);
    bool is_last =
        row == &table->classes[table->n_classes - 1] || strcmp(row[1].figure, row->figure) != 0;
    double share = is_last ? 1 - from / value : (value - from) / (row[1].from - from);
    return row->value - 1 + fmin(fmax(share, 0), 1);
}

void scores_add_headline(struct scheme_outcome *outcome, const struct scores_headline *of) {
    const struct condition *condition = of->condition;

    if (of->scores->n == 0) {
        return;
    }
    struct scheme_headline *headline = &outcome->headlines[outcome->n_headlines++];
    *headline = (struct scheme_headline){
        .priority = of->priority,
        .index = of->rank,
        .worst = of->worst,
        .figure.phrases = outcome->phrases,
    };
    const char *group = of->table->group_names[of->scores->group];
    struct line figure;
    line_start(&figure);
    line_add(&figure, phrases_word(outcome->phrases, group));
    line_add(&figure, " ");
    line_add(&figure, phrases_word(outcome->phrases, of->figure));
    line_add(&figure, " ");
    line_add_hundredths(&figure, condition->index);
    if (grade_is_number(condition->grade)) {
        line_fill_grade(&headline->figure, PHRASE_GRADE_IN_BRACKETS, line_text(&figure),
            grade_number(condition->grade));
    } else {
        line_add_text(&headline->figure, line_text(&figure));
    }
}
