#pragma once
/* Properties that every scheme of scores must have, on logs made up by a fixed rule. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "core/base.h"
#include "core/scheme/scheme.h"
#include "core/trace.h"
#include "tests/core/one_segment.h"

/* What a scheme's test makes logs of. */
struct made_up_by {
    const char *const *codes; /* with grade, quantity, clock, as in one_segment.h */
    size_t n_codes;
    enum catalogue catalogue;
    double length_m;
    void (*set_options)(struct assess_options *options); /* NULL: the defaults */
};

struct made_up {
    struct {
        const char *code;
        double from_m, to_m;
    } rows[12];
    size_t n;
};

enum change { AS_IT_IS, BACKWARDS, MIRRORED, WITHOUT_LAST };

static inline uint32_t made_up_next(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Places are tenths of a metre, so that gaps of exactly 1.0 m come up often. */
static inline struct made_up make_up(const struct made_up_by *by, uint32_t seed) {
    struct made_up log = {0};

    log.n = made_up_next(&seed) % ARRAY_LEN(log.rows);
    for (size_t i = 0; i < log.n; i++) {
        double from = made_up_next(&seed) % (uint32_t)(by->length_m * 10) / 10.0;
        log.rows[i].code = by->codes[made_up_next(&seed) % by->n_codes];
        log.rows[i].from_m = from;
        log.rows[i].to_m = made_up_next(&seed) % 4 == 0
                               ? fmin(from + made_up_next(&seed) % 60 / 10.0, by->length_m)
                               : from;
    }
    return log;
}

static inline struct assessment assess_made_up(struct one_segment *one, const struct made_up_by *by,
    const struct made_up *log, enum change change) {
    char text[1000] = "";
    size_t n = 0, n_rows = change == WITHOUT_LAST ? log->n - 1 : log->n;

    for (size_t i = 0; i < n_rows; i++) {
        size_t row = change == BACKWARDS ? n_rows - 1 - i : i;
        double from = log->rows[row].from_m, to = log->rows[row].to_m;
        if (change == MIRRORED) {
            from = by->length_m - from;
            to = by->length_m - to;
        }
        n += (size_t)snprintf(
            text + n, sizeof text - n, "%s@%.17g-%.17g ", log->rows[row].code, from, to);
    }
    one_segment_build(one, by->length_m, 800, 6, 10);
    one->survey.catalogue = by->catalogue;
    if (by->set_options != NULL) {
        by->set_options(&one->options);
    }
    one_segment_log(one, text);
    return one_segment_assess(one);
}

static inline void expect_near(double a, double b, const char *what, uint32_t seed) {
    cr_expect(fabs(a - b) < 1e-6 || (isnan(a) && isnan(b)), "seed %u: %s %.12g and %.12g", seed,
        what, a, b);
}

static inline void expect_same_condition(
    const struct condition *a, const struct condition *b, uint32_t seed) {
    expect_near(a->score, b->score, "score", seed);
    expect_near(a->peak, b->peak, "peak", seed);
    expect_near(a->mean, b->mean, "mean", seed);
    expect_near(a->index, b->index, "index", seed);
    cr_expect_eq(a->grade, b->grade, "seed %u", seed);
    cr_expect_eq(a->index_grade, b->index_grade, "seed %u", seed);
}

static inline void expect_same(
    const struct assessment *a, const struct assessment *b, uint32_t seed) {
    expect_same_condition(&a->structural, &b->structural, seed);
    expect_same_condition(&a->functional, &b->functional, seed);
    cr_expect_eq(a->priority, b->priority, "seed %u", seed);
    cr_expect_eq(a->is_collapse_hazard, b->is_collapse_hazard, "seed %u", seed);
    cr_expect_eq(a->n_ungraded, b->n_ungraded, "seed %u", seed);
    expect_near((double)a->urgency, (double)b->urgency, "urgency", seed);
    for (size_t i = 0; a->more != NULL && i < a->more->n_figures; i++) {
        const struct figure *x = &a->more->figures[i], *y = &b->more->figures[i];
        expect_near(x->value, y->value, x->name, seed);
        cr_expect(text_equal(x->word, y->word), "seed %u: %s", seed, x->name);
    }
}

enum { SEEDS = 3000 };

static inline void expect_order_does_not_matter(const struct made_up_by *by) {
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct made_up log = make_up(by, seed);
        struct one_segment one, other;
        struct assessment a = assess_made_up(&one, by, &log, AS_IT_IS);
        struct assessment b = assess_made_up(&other, by, &log, BACKWARDS);
        expect_same(&a, &b, seed);
        cr_expect(text_equal(a.priority_reason, b.priority_reason), "seed %u: '%.*s' '%.*s'", seed,
            TEXT_ARGS(a.priority_reason), TEXT_ARGS(b.priority_reason));
        cr_expect(text_equal(a.collapse_reason, b.collapse_reason), "seed %u", seed);
        one_segment_release(&one);
        one_segment_release(&other);
    }
}

static inline void expect_direction_does_not_matter(const struct made_up_by *by) {
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct made_up log = make_up(by, seed);
        struct one_segment one, other;
        struct assessment a = assess_made_up(&one, by, &log, AS_IT_IS);
        struct assessment b = assess_made_up(&other, by, &log, MIRRORED);
        expect_same(&a, &b, seed);
        one_segment_release(&one);
        one_segment_release(&other);
    }
}

/* The worst score, the peak, the grade, the priority and what is ranked by; mean and index where
 * they are by the length. */
static inline void expect_more_is_never_better(const struct made_up_by *by, bool mean_too) {
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct made_up log = make_up(by, seed);
        if (log.n == 0) {
            continue;
        }
        struct one_segment one, other;
        struct assessment before = assess_made_up(&one, by, &log, WITHOUT_LAST);
        struct assessment after = assess_made_up(&other, by, &log, AS_IT_IS);
        const struct condition *b[] = {&before.structural, &before.functional};
        const struct condition *a[] = {&after.structural, &after.functional};
        for (size_t i = 0; i < 2; i++) {
            cr_expect_geq(a[i]->peak, b[i]->peak - 1e-9, "seed %u", seed);
            cr_expect_geq(a[i]->score, b[i]->score - 1e-9, "seed %u", seed);
            cr_expect(!mean_too || a[i]->index >= b[i]->index - 1e-9, "seed %u", seed);
            cr_expect(!grade_is_number(a[i]->grade) || a[i]->grade >= b[i]->grade, "seed %u", seed);
            cr_expect(!mean_too || a[i]->mean >= b[i]->mean - 1e-9, "seed %u", seed);
        }
        cr_expect_leq(after.priority, before.priority, "seed %u", seed);
        cr_expect_geq((double)after.urgency, (double)before.urgency - 1e-6, "seed %u", seed);
        cr_expect_leq((double)after.urgency, 1, "seed %u", seed);
        cr_expect_geq(after.is_collapse_hazard, before.is_collapse_hazard, "seed %u", seed);
        one_segment_release(&one);
        one_segment_release(&other);
    }
}

/* --- tables --- */

/* Sorted, unique, with a source and words, and a row for each defect of the catalogue. */
static inline void expect_whole_table(const struct scheme_table *table, enum catalogue catalogue) {
    size_t n = 0;
    const struct catalogue_row *codes = catalogue_rows(catalogue, &n);

    for (size_t i = 0; i < table->n_rules; i++) {
        const struct scheme_rule *row = &table->rules[i];
        cr_expect(i == 0 || strcmp(row[-1].code, row->code) <= 0, "%s", row->code);
        cr_expect(strchr(row->source, '[') != NULL && row->meaning[0] != '\0', "%s", row->code);
        cr_expect_neq(row->grade, GRADE_UNSET, "%s", row->code);
        cr_expect_eq(isnan(row->score), row->grade == GRADE_UNDECIDED, "%s", row->code);
        cr_expect_not_null(
            catalogue_find(catalogue, text_from(row->code), (struct text){0}, (struct text){0}),
            "%s", row->code);
        cr_expect_not_null(table->group_names[row->group], "%s", row->code);
    }
    for (size_t i = 0; i < n; i++) {
        size_t n_rules = 0;
        scheme_rules_of(table, text_from(codes[i].code), &n_rules);
        cr_expect_eq(n_rules > 0, codes[i].kind != CODE_INVENTORY, "%s", codes[i].code);
    }
    for (size_t i = 0; i < table->n_classes; i++) {
        const struct scheme_class *row = &table->classes[i], *before = row - 1;
        if (i == 0 || strcmp(before->figure, row->figure) != 0) {
            cr_expect_lt(row->from, -1e300, "%s leaves no value out", row->figure);
        } else {
            cr_expect_lt(before->from, row->from, "%s", row->figure);
            cr_expect_lt(before->value, row->value, "%s", row->figure);
        }
    }
    for (size_t i = 0; i < table->n_hazards; i++) {
        scheme_rules_of(table, text_from(table->hazards[i].code), &n);
        cr_expect_gt(n, 0, "%s", table->hazards[i].code);
    }
    for (size_t i = 0; i < table->n_openings; i++) {
        scheme_rules_of(table, text_from(table->openings[i].code), &n);
        cr_expect_gt(n, 0, "%s", table->openings[i].code);
    }
}

/* --- in words --- */

static inline bool trace_has(const struct trace *trace, const char *words) {
    for (size_t i = 0; i < trace->n; i++) {
        if (text_contains(trace->at[i], text_from(words))) {
            return true;
        }
    }
    return false;
}
