#include "core/scheme/reason.h"

#include <math.h>
#include <string.h>

#include "core/base.h"

/* Between parts, not in front of the first one. */
static void add_mark(struct line *line, enum phrase mark) {
    if (line->n > 0) {
        line_say(line, mark);
    }
}

/* "; 2 defects not graded" */
static void add_missing(struct line *line, uint32_t n, enum phrase one, enum phrase many) {
    if (n > 0) {
        add_mark(line, PHRASE_SEMICOLON);
        line_fill_count(line, n == 1 ? one : many, n);
    }
}

/* --- collapse hazards --- */

/* How bad a hazard is among hazards: by score, else by the worst grade. */
static double weight_of(const struct scheme_table *table, const struct judged_defect *defect) {
    if (!isnan(defect->observation->score)) {
        return (double)defect->observation->score;
    }
    uint8_t grade = defect->observation->scheme_grade;
    return !grade_is_number(grade) ? 0 : table->worst_is_lowest ? GRADES - grade : grade;
}

/* Up to three places among the defects, worst first, the first along the segment before its
 * equals. */
struct worst_hazards {
    size_t at[3], n;
    size_t n_all;
};

static struct worst_hazards find_hazards(const struct scheme_request *request) {
    struct worst_hazards worst = {.n = 0};

    for (size_t i = 0; i < request->n; i++) {
        if (request->defects[i].hazard == NULL) {
            continue;
        }
        double weight = weight_of(request->table, &request->defects[i]);
        worst.n_all++;
        size_t at = worst.n;
        for (; at > 0 && weight_of(request->table, &request->defects[worst.at[at - 1]]) < weight;
             at--) {
            if (at < ARRAY_LEN(worst.at)) {
                worst.at[at] = worst.at[at - 1];
            }
        }
        if (at < ARRAY_LEN(worst.at)) {
            worst.at[at] = i;
            worst.n += worst.n < ARRAY_LEN(worst.at);
        }
    }
    return worst;
}

static void add_rule(struct line *line, const char *meaning, enum reason_style style) {
    if (style == REASON_RULES) {
        line_fill(line, PHRASE_IN_BRACKETS,
            (struct text[]){text_from(phrases_word(line->phrases, meaning))});
    }
}

struct text reason_collapse(const struct scheme_request *request,
    const struct scheme_outcome *outcome, enum reason_style style, struct arena *arena) {
    struct worst_hazards worst = find_hazards(request);
    struct line line = {.phrases = request->options->phrases};

    for (size_t i = 0; i < worst.n; i++) {
        const struct judged_defect *defect = &request->defects[worst.at[i]];
        add_mark(&line, PHRASE_COMMA);
        scheme_add_label(request->table, defect, &line);
        scheme_add_place(defect->from_m, defect->to_m, &line);
        add_rule(&line, defect->hazard->meaning, style);
    }
    if (outcome != NULL && outcome->hazard_figure != NULL) {
        add_mark(&line, PHRASE_COMMA);
        if (outcome->hazard_item.n > 0) {
            scheme_add_item(request, &outcome->hazard_item, &line);
        } else {
            line_add(&line, outcome->hazard_figure->figure);
        }
        add_rule(&line, outcome->hazard_figure->meaning, style);
        worst.n_all += outcome->n_hazard_items - 1;
    }
    if (worst.n_all > worst.n) {
        line_fill_count(&line, PHRASE_AND_MORE, worst.n_all - worst.n);
    }
    return arena_copy(arena, line_text(&line));
}

struct text reason_newer(
    const struct scheme_request *request, struct text current, struct text newer, int32_t seen_on) {
    struct line line = {.phrases = request->options->phrases};
    struct text date = arena_printf(request->arena, "%04d-%02d-%02d", (int)(seen_on / 10000),
        (int)(seen_on / 100 % 100), (int)(seen_on % 100));

    line_add_text(&line, current);
    add_mark(&line, PHRASE_SEMICOLON);
    line_fill(&line, PHRASE_SEEN_BY_NEWER, (struct text[]){newer, date});
    return arena_copy(request->arena, line_text(&line));
}

/* --- priority --- */

/* Nothing was found: but was all of it seen? */
static struct text reason_clean(const struct reason_request *request, struct arena *arena) {
    const struct phrases *phrases = request->scheme->options->phrases;
    struct line line, seen, whole;

    if (request->assessment->n_defects > 0) {
        return text_from(phrase_text(phrases, PHRASE_NO_DEFECTS_COUNT));
    }
    if (!(request->segment_m > 0) || request->seen_m >= 0.99 * request->segment_m) {
        return text_from(phrase_text(phrases, PHRASE_NO_DEFECTS));
    }
    line_start_in(&line, phrases);
    line_start(&seen);
    line_start(&whole);
    line_add_tenths(&seen, request->seen_m);
    line_add_tenths(&whole, request->segment_m);
    line_fill(&line, PHRASE_NO_DEFECTS_IN, (struct text[]){line_text(&seen), line_text(&whole)});
    return arena_copy(arena, line_text(&line));
}

/* {0}: it was said already which. */
static void add_hazard(struct line *line, struct text hazard) {
    line_say(line, PHRASE_COLLAPSE_HAZARD);
    if (hazard.n > 0) {
        line_say(line, PHRASE_COLON);
        line_add_text(line, hazard);
    }
}

static bool is_worse(const struct scheme_headline *a, const struct scheme_headline *b) {
    return a->priority != b->priority ? a->priority < b->priority : a->index > b->index;
}

/* The places of headlines, the worst first; equals stay in the scheme's order. */
static void sort_headlines(const struct scheme_outcome *outcome, size_t order[DEFECT_GROUPS]) {
    for (size_t i = 0; i < outcome->n_headlines; i++) {
        size_t at = i;
        for (; at > 0 && is_worse(&outcome->headlines[i], &outcome->headlines[order[at - 1]]);
             at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
}

struct text reason_priority(const struct reason_request *request, struct arena *arena) {
    const struct assessment *assessment = request->assessment;
    const struct scheme_outcome *outcome = request->outcome;
    size_t order[DEFECT_GROUPS] = {0};
    struct line line = {.phrases = request->scheme->options->phrases};
    struct text item = {0};

    if (outcome->n_headlines + assessment->n_ungraded + assessment->n_open_cases +
                assessment->n_unlocated ==
            0 &&
        !assessment->is_collapse_hazard) {
        return reason_clean(request, arena);
    }
    sort_headlines(outcome, order);
    for (size_t i = 0; i < outcome->n_headlines; i++) {
        const struct scheme_headline *headline = &outcome->headlines[order[i]];
        add_mark(&line, PHRASE_SEMICOLON);
        line_add_text(&line, line_text(&headline->figure));
        if (i == 0 && headline->worst.n > 0) {
            line_say(&line, PHRASE_COLON);
            size_t from = line.n;
            scheme_add_item(request->scheme, &headline->worst, &line);
            item = (struct text){line.at + from, line.n - from};
        }
        if (i == 0 && assessment->is_collapse_hazard) {
            bool is_said = text_equal(item, request->collapse);
            add_mark(&line, PHRASE_SEMICOLON);
            add_hazard(&line, is_said ? (struct text){0} : request->collapse);
        }
    }
    if (outcome->n_headlines == 0 && assessment->is_collapse_hazard) {
        add_hazard(&line, request->collapse);
    }
    add_missing(&line, assessment->n_ungraded, PHRASE_DEFECT_NOT_GRADED, PHRASE_DEFECTS_NOT_GRADED);
    add_missing(&line, assessment->n_open_cases, PHRASE_DEFECT_OPEN, PHRASE_DEFECTS_OPEN);
    add_missing(&line, assessment->n_unlocated, PHRASE_DEFECT_UNLOCATED, PHRASE_DEFECTS_UNLOCATED);
    if (assessment->diameter_is_missing && assessment->structural.score >= 4) {
        add_mark(&line, PHRASE_SEMICOLON);
        line_say(&line, PHRASE_DIAMETER_UNKNOWN);
    }
    return arena_copy(arena, line_text(&line));
}
