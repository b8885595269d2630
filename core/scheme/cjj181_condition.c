/* CJJ 181-2012, chapter 8: from scored defects to F, RI, G and MI.
 *
 * Defects within 1 m of each other become one item whose scores add up, to 10 at most.  Items that
 * lie 1.0 to 1.5 m from a neighbour weigh 1.1, others 1.0.  The worst item rules the score (F, G);
 * the density says how much of the segment is taken.
 *
 *     S  = (sum P1 + 1.1 sum P2) / n            n = n1 + n2 items
 *     F  = max(largest P, S)
 *     SM = (sum P1 L1 + 1.1 sum P2 L2) / (S L)  each length at least 1 m
 *     RI = 0.7 F + 0.1 K + 0.05 E + 0.15 T      K, E from F = 4 on, T from F > 0 on
 *     MI = 0.8 G + 0.15 K + 0.05 E
 *
 * The clauses for merging are remembered, not read; what they leave open is in assess_options. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/scheme/cjj181.h"
#include "core/scheme/tell.h"

static const double alpha = 1.1;    /* also beta of the functional group */
static const double score_cap = 10; /* of a merged item */
static const double merge_m = 1.0;  /* up to this distance defects are one item */
static const double close_m = 1.5;  /* up to this distance items count alpha */
static const double least_length_m = 1;
static const double hair_m = 1e-6; /* below what anybody measures: noise of the arithmetic */

static bool is_long(const struct scored_defect *defect) {
    return defect->to_m - defect->from_m > least_length_m + hair_m;
}

static bool joins(
    const struct scheme_item *item, const struct scored_defect *defect, enum merge_rule rule) {
    double reach = rule == MERGE_WINDOW ? item->from_m : item->to_m;

    return defect->from_m - reach <= merge_m + hair_m;
}

/* Keeps the worst members, worst first, the first along the segment before its equals. */
static void add_member(
    struct scheme_item *item, const struct scored_defect *defects, uint32_t member) {
    size_t at = item->n < ARRAY_LEN(item->worst) ? item->n : ARRAY_LEN(item->worst);

    for (; at > 0 && defects[item->worst[at - 1]].score < defects[member].score; at--) {
        if (at < ARRAY_LEN(item->worst)) {
            item->worst[at] = item->worst[at - 1];
        }
    }
    if (at < ARRAY_LEN(item->worst)) {
        item->worst[at] = member;
    }
    item->to_m = fmax(item->to_m, defects[member].to_m);
    item->score = fmin(item->score + defects[member].score, score_cap);
    item->n++;
}

/* At most one item per defect, in order of from_m.  `item_of` gets the place of each defect's item;
 * NULL: nobody asks. */
static size_t merge(
    const struct condition_request *request, struct scheme_item *items, size_t *item_of) {
    const struct assess_options *options = request->options;
    struct scheme_item *open = NULL;
    size_t n = 0;

    for (size_t i = 0; i < request->n; i++) {
        const struct scored_defect *defect = &request->defects[i];
        bool stays_alone = is_long(defect) && !options->merge_continuous;
        if (!stays_alone && open != NULL && joins(open, defect, options->merge_rule)) {
            add_member(open, request->defects, (uint32_t)i);
            if (item_of != NULL) {
                item_of[i] = (size_t)(open - items);
            }
            continue;
        }
        items[n] = (struct scheme_item){.from_m = defect->from_m, .to_m = defect->to_m};
        add_member(&items[n], request->defects, (uint32_t)i);
        if (!stays_alone) {
            open = &items[n];
        }
        if (item_of != NULL) {
            item_of[i] = n;
        }
        n++;
    }
    return n;
}

/* The gap of an item is to whichever item before reaches farthest.  Items nearer than 1 m that
 * were not merged (by option) are close too. */
static void mark_close(struct scheme_item *items, size_t n, enum spacing_rule rule) {
    size_t reach = 0;

    for (size_t i = 1; i < n; i++) {
        if (items[i].from_m - items[reach].to_m <= close_m + hair_m) {
            items[i].is_close = true;
            items[reach].is_close |= rule == SPACING_BOTH;
        }
        if (items[i].to_m > items[reach].to_m) {
            reach = i;
        }
    }
}

static double length_m(const struct scheme_item *item, enum merged_length rule) {
    if (item->n > 1 && rule == MERGED_METRE) {
        return least_length_m;
    }
    return fmax(item->to_m - item->from_m, least_length_m);
}

static double weighted_score(const struct scheme_item *item) {
    return item->score * (item->is_close ? alpha : 1);
}

static struct condition figures(
    const struct scheme_item *items, size_t n, const struct condition_request *request) {
    const struct assess_options *options = request->options;
    struct condition condition = {0};
    double sum = 0, sum_by_length = 0;
    size_t n_close = 0;

    for (size_t i = 0; i < n; i++) {
        double weighted = weighted_score(&items[i]);
        sum += weighted;
        sum_by_length += weighted * length_m(&items[i], options->merged_length);
        condition.peak = fmax(condition.peak, items[i].score);
        n_close += items[i].is_close;
    }
    condition.mean = sum / (double)n;
    condition.score = fmax(condition.peak, condition.mean);
    if (options->cap_score) {
        condition.score = fmin(condition.score, score_cap);
    }
    condition.n_close = (uint16_t)(n_close < UINT16_MAX ? n_close : UINT16_MAX);
    condition.n_plain = (uint16_t)(n - n_close < UINT16_MAX ? n - n_close : UINT16_MAX);
    condition.density = NAN;
    if (request->segment_m > 0 && condition.mean > 0) {
        condition.density = sum_by_length / (condition.mean * request->segment_m);
        condition.density_type =
            (uint8_t)scheme_class_of(request->table, request->density_figure, condition.density)
                ->value;
    }
    return condition;
}

/* The highest score; of equals the one with the worst single defect, then the first. */
static const struct scheme_item *worst_of(
    const struct scheme_item *items, size_t n, const struct scored_defect *defects) {
    const struct scheme_item *worst = &items[0];

    for (size_t i = 1; i < n; i++) {
        double ahead = items[i].score - worst->score;
        if (ahead > 0 ||
            (ahead >= 0 && defects[items[i].worst[0]].score > defects[worst->worst[0]].score)) {
            worst = &items[i];
        }
    }
    return worst;
}

/* --- in words --- */

/* What a trace tells about. */
struct told {
    const struct condition_request *request;
    const struct scheme_item *items;
    size_t n;
    const size_t *item_of; /* by defect */
};

enum { TERMS = 10 }; /* longer sums are cut */

/* "5 + 0.5 = 5.5", "10 + 2 = 12, capped at 10", of one item. */
static void say_members(const struct told *told, size_t item, struct line *line) {
    const struct condition_request *request = told->request;
    double sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < request->n; i++) {
        if (told->item_of[i] == item) {
            sum += request->defects[i].score;
            if (n < TERMS) {
                line_print(line, "%s%g", n == 0 ? "" : " + ", request->defects[i].score);
            }
            n++;
        }
    }
    if (n > TERMS) {
        line_add(line, " + ...");
    }
    if (n > 1) {
        line_print(line, " = %g", sum);
    }
    if (n > 1 && sum > score_cap) {
        line_print(line, ", capped at %g", score_cap);
    }
}

/* To the neighbour that is nearest; NAN when there is none. */
static double gap_m(const struct told *told, size_t item) {
    double gap = INFINITY;

    for (size_t i = 0; i < told->n; i++) {
        if (i < item) {
            gap = fmin(gap, told->items[item].from_m - told->items[i].to_m);
        } else if (i > item) {
            gap = fmin(gap, told->items[i].from_m - told->items[item].to_m);
        }
    }
    return isinf(gap) ? NAN : fmax(gap, 0);
}

static void say_spacing(const struct told *told, size_t item, struct line *line) {
    double gap = gap_m(told, item);

    line_print(line, "weighs %s", told->items[item].is_close ? "1.1" : "1.0");
    if (isnan(gap)) {
        line_print(line, " (no neighbour)");
    } else if (gap > close_m + hair_m) {
        line_print(line, " (%.2f m to its neighbour, more than %g m)", gap, close_m);
    } else if (told->items[item].is_close) {
        line_print(line, " (%.2f m to its neighbour, within %g m)", gap, close_m);
    } else {
        line_print(line, " (%.2f m to its neighbour, within %g m, of which the second counts)", gap,
            close_m);
    }
}

static void trace_items(const struct told *told) {
    const struct condition_request *request = told->request;

    for (size_t i = 0; i < told->n; i++) {
        const struct scheme_item *item = &told->items[i];
        struct line line = {.phrases = trace_phrases(request->trace)};
        line_print(&line, "  item %zu: %.2f", i + 1, item->from_m);
        if (item->to_m > item->from_m) {
            line_print(&line, "-%.2f", item->to_m);
        }
        line_print(&line, item->n > 1 ? N_(" m, merged: ") : N_(" m: "));
        say_members(told, i, &line);
        line_say(&line, PHRASE_SEMICOLON);
        say_spacing(told, i, &line);
        line_print(&line, "; length %.4g m", length_m(item, request->options->merged_length));
        trace_add(request->trace, "%.*s", TEXT_ARGS(line_text(&line)));
    }
    for (size_t i = 0; i < request->n; i++) {
        size_t item = told->item_of[i], n = told->items[item].n;
        if (n == 2) {
            trace_note(request->trace, &request->defects[i], "%s: item %zu, merged with 1 other",
                request->score_figure, item + 1);
        } else if (n > 2) {
            trace_note(request->trace, &request->defects[i], "%s: item %zu, merged with %zu others",
                request->score_figure, item + 1, n - 1);
        } else {
            trace_note(request->trace, &request->defects[i], "%s: item %zu", request->score_figure,
                item + 1);
        }
    }
}

static void say_term(
    const struct told *told, const struct scheme_item *item, bool by_length, struct line *line) {
    bool is_first = item == told->items;

    line_print(line, "%s%s%g", is_first ? "" : " + ", item->is_close ? "1.1 x " : "", item->score);
    if (by_length) {
        line_print(line, " x %.4g", length_m(item, told->request->options->merged_length));
    }
}

static void say_terms(const struct told *told, bool by_length, struct line *line) {
    for (size_t i = 0; i < told->n && i < TERMS; i++) {
        say_term(told, &told->items[i], by_length, line);
    }
    line_add(line, told->n > TERMS ? " + ..." : "");
}

/* "grade 3, over 3 up to 6: serious; the structure suffers" */
static void say_grade(
    const struct scheme_table *table, const char *figure, double value, struct line *line) {
    const struct scheme_class *row = scheme_class_of(table, figure, value);

    if (row != NULL) {
        line_print(line, "grade %g, ", row->value);
        tell_class_limits(table, figure, value, line);
        line_say(line, PHRASE_COLON);
        line_add(line, phrases_word(line->phrases, row->meaning));
    }
}

static void trace_score(const struct told *told, const struct condition *of) {
    const struct condition_request *request = told->request;
    const char *mean = request->score_figure[0] == 'F' ? "S" : "Y";
    struct line line = {.phrases = trace_phrases(request->trace)};

    line_print(&line, "  %s = (", mean);
    say_terms(told, false, &line);
    line_print(&line, ") / %zu = %.6g", told->n, of->mean);
    trace_add(request->trace, "%.*s", TEXT_ARGS(line_text(&line)));
    line.n = 0;
    line_print(&line,
        request->options->cap_score && fmax(of->peak, of->mean) > score_cap
            ? N_("  %s = the larger of %smax %.6g and %s %.6g, capped = %.6g: ")
            : N_("  %s = the larger of %smax %.6g and %s %.6g = %.6g: "),
        request->score_figure, mean, of->peak, mean, of->mean, of->score);
    say_grade(request->table, request->score_figure, of->score, &line);
    trace_add(request->trace, "%.*s", TEXT_ARGS(line_text(&line)));
}

static void trace_density(const struct told *told, const struct condition *of) {
    const struct condition_request *request = told->request;
    const char *figure = request->density_figure;
    const struct scheme_class *row = scheme_class_of(request->table, figure, of->density);
    struct line line = {.phrases = trace_phrases(request->trace)};

    if (row == NULL) {
        trace_add(
            request->trace, "  %s unknown: the segment has no length, or all scores are 0", figure);
        return;
    }
    line_print(&line, "  %s = (", figure);
    say_terms(told, true, &line);
    line_print(&line, ") / (%.6g x %.6g m) = %.6g: %s, ", of->mean, request->segment_m, of->density,
        phrases_word(line.phrases, row->meaning));
    tell_class_limits(request->table, figure, of->density, &line);
    trace_add(request->trace, "%.*s", TEXT_ARGS(line_text(&line)));
}

static void trace_condition(const struct condition_request *request,
    const struct scheme_item *items, size_t n, const struct condition *of) {
    CLEANUP(array_release) size_t *item_of = NULL;
    CLEANUP(array_release) struct scheme_item *again = NULL;
    size_t capacity = 0, again_capacity = 0;

    if (request->trace == NULL) {
        return;
    }
    if (n == 0) {
        trace_add(request->trace, "  none: %s 0", request->score_figure);
        return;
    }
    item_of = array_reserve(NULL, &capacity, request->n, sizeof *item_of);
    again = array_reserve(NULL, &again_capacity, request->n, sizeof *again);
    merge(request, again, item_of);
    struct told told = {request, items, n, item_of};
    trace_items(&told);
    trace_score(&told, of);
    trace_density(&told, of);
}

struct condition cjj181_condition(
    const struct condition_request *request, struct scheme_item *worst) {
    struct scheme_item few[32];
    CLEANUP(array_release) struct scheme_item *many = NULL;
    struct scheme_item *items = few;
    struct condition condition = {0};
    size_t n = 0;

    if (request->n > ARRAY_LEN(few)) {
        size_t capacity = 0;
        items = many = array_reserve(NULL, &capacity, request->n, sizeof *items);
    }
    if (request->n > 0) {
        n = merge(request, items, NULL);
        mark_close(items, n, request->options->spacing_rule);
        condition = figures(items, n, request);
        *worst = *worst_of(items, n, request->defects);
    }
    condition.grade = scheme_grade_of(request->table, request->score_figure, condition.score);
    trace_condition(request, items, n, &condition);
    return condition;
}

/* --- sums within 1 m ---
 *
 * Defects fit into one metre when the last of them starts no more than 1 m behind the first end.
 * Each set is found from its member that ends first, so that it does not matter from which end of
 * the segment one counts. */

struct sum {
    const struct scored_defect *defects;
    size_t n;
    struct scheme_item item;
    double score, last_from_m;
};

static void sum_add(struct sum *sum, uint32_t member) {
    sum->score += sum->defects[member].score;
    add_member(&sum->item, sum->defects, member);
    sum->last_from_m = fmax(sum->last_from_m, sum->defects[member].from_m);
}

static struct scheme_item within_a_metre(const struct scored_defect *defects, size_t n,
    size_t first, const uint32_t *stretched, size_t n_stretched) {
    double end_m = defects[first].to_m;
    struct sum sum = {defects, n, {.from_m = end_m}, 0, end_m};
    size_t from = first;

    while (from > 0 && defects[from - 1].from_m >= end_m - hair_m) {
        from--;
    }
    for (size_t i = 0; i < n_stretched && stretched[i] < from; i++) {
        if (defects[stretched[i]].to_m >= end_m - hair_m) {
            sum_add(&sum, stretched[i]);
        }
    }
    for (size_t i = from; i < n && defects[i].from_m - end_m <= merge_m + hair_m; i++) {
        if (defects[i].to_m >= end_m - hair_m) {
            sum_add(&sum, (uint32_t)i);
        }
    }
    sum.item.to_m = sum.last_from_m;
    sum.item.score = sum.score;
    return sum.item;
}

bool cjj181_next_sum(const struct scored_defect *defects, size_t n, size_t *cursor, double from,
    struct scheme_item *out) {
    CLEANUP(array_release) uint32_t *stretched = NULL;
    size_t n_stretched = 0, capacity = 0;

    for (size_t i = 0; i < n; i++) {
        if (defects[i].to_m - defects[i].from_m > hair_m) {
            stretched = array_reserve(stretched, &capacity, n_stretched + 1, sizeof *stretched);
            stretched[n_stretched++] = (uint32_t)i;
        }
    }
    while (*cursor < n) {
        *out = within_a_metre(defects, n, (*cursor)++, stretched, n_stretched);
        if (out->n > 1 && out->score > from - 1e-9) {
            return true;
        }
    }
    return false;
}
