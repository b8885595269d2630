/* What must hold for any log, tried on logs made up by a fixed rule. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "tests/core/one_segment.h"

struct made_up {
    struct {
        const char *code;
        int grade;
        double from_m, to_m;
    } rows[12];
    size_t n;
};

static uint32_t next(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Places are tenths of a metre, so that gaps of exactly 1.0 and 1.5 m come up often. */
static struct made_up make_up(uint32_t seed, double length_m) {
    static const char *const codes[] = {"PL", "CK", "TJ", "SL", "CJ", "SG", "FZ", "FS", "YJ"};
    struct made_up log = {0};

    log.n = next(&seed) % ARRAY_LEN(log.rows);
    for (size_t i = 0; i < log.n; i++) {
        double from = next(&seed) % (uint32_t)(length_m * 10) / 10.0;
        log.rows[i].code = codes[next(&seed) % ARRAY_LEN(codes)];
        log.rows[i].grade = (int)(next(&seed) % 6);
        log.rows[i].from_m = from;
        log.rows[i].to_m =
            next(&seed) % 4 == 0 ? fmin(from + next(&seed) % 60 / 10.0, length_m) : from;
    }
    return log;
}

enum change { AS_IT_IS, BACKWARDS, MIRRORED, WITHOUT_LAST };

static struct assessment assess_made_up(
    struct one_segment *one, const struct made_up *log, double length_m, enum change change) {
    char text[1000] = "";
    size_t n = 0, n_rows = change == WITHOUT_LAST ? log->n - 1 : log->n;

    for (size_t i = 0; i < n_rows; i++) {
        size_t row = change == BACKWARDS ? n_rows - 1 - i : i;
        double from = log->rows[row].from_m, to = log->rows[row].to_m;
        if (change == MIRRORED) {
            from = length_m - from;
            to = length_m - to;
        }
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%d@%.17g-%.17g ", log->rows[row].code,
            log->rows[row].grade, from, to);
    }
    one_segment_build(one, length_m, 800, 6, 8);
    one_segment_log(one, text);
    return one_segment_assess(one);
}

static void expect_same(const struct condition *a, const struct condition *b, uint32_t seed) {
    cr_expect_float_eq(a->score, b->score, 1e-9, "seed %u", seed);
    cr_expect_float_eq(a->peak, b->peak, 1e-9, "seed %u", seed);
    cr_expect_float_eq(a->mean, b->mean, 1e-9, "seed %u", seed);
    cr_expect_float_eq(a->density, b->density, 1e-9, "seed %u", seed);
    cr_expect_float_eq(a->index, b->index, 1e-9, "seed %u", seed);
    cr_expect_eq(a->grade, b->grade, "seed %u", seed);
    cr_expect_eq(a->index_grade, b->index_grade, "seed %u", seed);
    cr_expect_eq(a->density_type, b->density_type, "seed %u", seed);
    cr_expect_eq(a->n_plain, b->n_plain, "seed %u", seed);
    cr_expect_eq(a->n_close, b->n_close, "seed %u", seed);
}

enum { SEEDS = 3000 };

Test(assess_properties, the_order_of_observations_does_not_matter) {
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct made_up log = make_up(seed, 15);
        struct one_segment one, other;
        struct assessment a = assess_made_up(&one, &log, 15, AS_IT_IS);
        struct assessment b = assess_made_up(&other, &log, 15, BACKWARDS);
        expect_same(&a.structural, &b.structural, seed);
        expect_same(&a.functional, &b.functional, seed);
        cr_expect_eq(a.priority, b.priority, "seed %u", seed);
        cr_expect(text_equal(a.priority_reason, b.priority_reason), "seed %u: '%.*s' '%.*s'", seed,
            TEXT_ARGS(a.priority_reason), TEXT_ARGS(b.priority_reason));
        cr_expect(text_equal(a.collapse_reason, b.collapse_reason), "seed %u", seed);
        one_segment_release(&one);
        one_segment_release(&other);
    }
}

Test(assess_properties, a_segment_digitised_the_other_way_round_gets_the_same_figures) {
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct made_up log = make_up(seed, 14.7);
        struct one_segment one, other;
        struct assessment a = assess_made_up(&one, &log, 14.7, AS_IT_IS);
        struct assessment b = assess_made_up(&other, &log, 14.7, MIRRORED);
        expect_same(&a.structural, &b.structural, seed);
        expect_same(&a.functional, &b.functional, seed);
        cr_expect_eq(a.priority, b.priority, "seed %u", seed);
        cr_expect_eq(a.is_collapse_hazard, b.is_collapse_hazard, "seed %u", seed);
        one_segment_release(&one);
        one_segment_release(&other);
    }
}

/* S is a mean with weights: where alpha had carried it above the worst item (S > Smax, so F = S),
 * one more slight defect can bring S, and with it F, the index and the priority, down again; never
 * below what the worst item alone gives. */
static bool mean_ruled(const struct condition *condition) {
    return condition->mean > condition->peak + 1e-9;
}

Test(assess_properties, one_more_defect_never_makes_a_segment_look_better) {
    size_t n_named_cases = 0;

    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct made_up log = make_up(seed, 15);
        if (log.n == 0) {
            continue;
        }
        struct one_segment one, other;
        struct assessment before = assess_made_up(&one, &log, 15, WITHOUT_LAST);
        struct assessment after = assess_made_up(&other, &log, 15, AS_IT_IS);
        const struct condition *b[] = {&before.structural, &before.functional};
        const struct condition *a[] = {&after.structural, &after.functional};
        for (size_t i = 0; i < 2; i++) {
            cr_expect_geq(a[i]->peak, b[i]->peak, "seed %u", seed);
            cr_expect_geq(a[i]->score, b[i]->peak, "seed %u", seed);
            cr_expect(a[i]->score >= b[i]->score - 1e-9 || mean_ruled(b[i]), "seed %u", seed);
        }
        bool is_named_case = mean_ruled(b[0]) || mean_ruled(b[1]);
        cr_expect(after.priority <= before.priority || is_named_case, "seed %u", seed);
        cr_expect_geq(after.is_collapse_hazard, before.is_collapse_hazard, "seed %u", seed);
        n_named_cases += a[0]->score < b[0]->score - 1e-9;
        one_segment_release(&one);
        one_segment_release(&other);
    }
    cr_expect_gt(n_named_cases, 0, "the named case does come up");
}

Test(assess_properties, the_named_case_where_a_further_defect_lowers_the_score) {
    static const struct {
        const char *defects;
        double score;
    } cases[] = {
        {"PL2@10 CK2@11.2",        2.2},
        {"PL2@10 CK2@11.2 PL1@30", 2.0},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct one_segment one;
        one_segment_build(&one, 40, 800, 0, 0);
        one_segment_log(&one, cases[i].defects);
        cr_expect_float_eq(one_segment_assess(&one).structural.score, cases[i].score, 1e-9);
        one_segment_release(&one);
    }
}
