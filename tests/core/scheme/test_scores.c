#include "core/scheme/scores.h"

#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"

static struct scores scores_of(struct scored_place *at, size_t n) {
    struct scores scores = {.at = at, .n = n};

    for (size_t i = 0; i < n; i++) {
        at[i].place = (uint32_t)i;
    }
    return scores;
}

static const struct {
    const char *name;
    struct scored_place at[4];
    size_t n;
    double sum, from_m, to_m;
    size_t n_members;
} metres[] = {
    {"nothing",                        {{0, 0, 0, 0}},                                     0, 0,   0,    0,    0},
    {"one",                            {{3, 3, 5, 0}},                                     1, 5,   3,    3,    1},
    {"two in one place",               {{3, 3, 5, 0}, {3, 3, 2, 0}},                       2, 7,   3,    3,    2},
    {"exactly 1 m apart",              {{3.3, 3.3, 5, 0}, {4.3, 4.3, 2, 0}},               2, 7,   3.3,  4.3,  2},
    {"just over 1 m apart",            {{3.3, 3.3, 5, 0}, {4.301, 4.301, 2, 0}},           2, 5,   3.3,  3.3,  1},
    {"the better of two pairs",        {{1, 1, 5, 0}, {1.9, 1.9, 2, 0}, {2.8, 2.8, 6, 0}}, 3, 8,   1.9,  2.8,
     2                                                                                                          },
    {"of equals the first",            {{1, 1, 5, 0}, {9, 9, 5, 0}},                       2, 5,   1,    1,    1},
    {"a long one counts each metre",   {{2, 12, 4, 0}, {30, 30, 3, 0}},                    2, 4,   2,    12,   1},
    {"a long one and a point in it",   {{2, 12, 4, 0}, {7, 7, 3, 0}},                      2, 7,   6,    7,    2},
    {"half a metre off its end",       {{2, 12, 4, 0}, {12.5, 12.5, 3, 0}},                2, 5,   11.5, 12.5, 2},
    {"two long ones overlap by 0.4 m", {{2, 12, 4, 0}, {11.6, 20, 3, 0}},                  2, 5.2, 11,   12,   2},
    {"up to 1 m it is a point",        {{2, 3, 4, 0}, {3.5, 3.5, 3, 0}},                   2, 7,   2.5,  3.5,  2},
};

Test(scores, worst_metre) {
    for (size_t i = 0; i < ARRAY_LEN(metres); i++) {
        struct scored_place at[4];
        memcpy(at, metres[i].at, sizeof at);
        struct scores scores = scores_of(at, metres[i].n);
        struct scheme_item got = scores_worst_metre(&scores);
        const char *name = metres[i].name;
        cr_expect_float_eq(got.score, metres[i].sum, 1e-9, "%s: %g", name, got.score);
        cr_expect_float_eq(got.from_m, metres[i].from_m, 1e-9, "%s: from %g", name, got.from_m);
        cr_expect_float_eq(got.to_m, metres[i].to_m, 1e-9, "%s: to %g", name, got.to_m);
        cr_expect_eq(got.n, metres[i].n_members, "%s: %zu", name, got.n);
    }
}

/* The sum in each metre that begins or ends where something does, added up one by one. */
static double slowly(const struct scored_place *at, size_t n) {
    double best = 0;

    for (size_t i = 0; i < 6 * n; i++) {
        const struct scored_place *by = &at[i / 6];
        const double starts[] = {by->from_m, by->to_m, by->from_m - 1, by->to_m - 1,
            (by->from_m + by->to_m) / 2, (by->from_m + by->to_m) / 2 - 1};
        double from = starts[i % 6], sum = 0;
        for (size_t k = 0; k < n; k++) {
            double middle = (at[k].from_m + at[k].to_m) / 2;
            if (at[k].to_m - at[k].from_m > 1.000001) {
                sum += at[k].score * fmax(0, fmin(at[k].to_m, from + 1) - fmax(at[k].from_m, from));
            } else if (middle >= from - 1e-6 && middle <= from + 1 + 1e-6) {
                sum += at[k].score;
            }
        }
        best = fmax(best, sum);
    }
    return best;
}

Test(scores, the_worst_metre_is_what_adding_up_one_by_one_gives) {
    uint32_t state = 1;

    for (size_t round = 0; round < 2000; round++) {
        struct scored_place at[60];
        size_t n = round % ARRAY_LEN(at);
        for (size_t i = 0; i < n; i++) {
            uint32_t made[3];
            for (size_t k = 0; k < 3; k++) {
                state = state * 1664525u + 1013904223u;
                made[k] = state >> 16;
            }
            double from = made[0] % 200 / 10.0;
            double length = made[1] % 3 == 0 ? made[1] % 50 / 10.0 : 0;
            at[i] = (struct scored_place){from, from + length, 1 + made[2] % 10, 0};
        }
        struct scores scores = scores_of(at, n);
        struct scheme_item got = scores_worst_metre(&scores);
        cr_expect_float_eq(got.score, slowly(at, n), 1e-6, "round %zu: %g, not %g", round,
            got.score, slowly(at, n));
    }
}

Test(scores, a_hundred_thousand_defects_are_no_trouble) {
    enum { MANY = 100000 };
    static struct scored_place at[MANY];

    for (size_t i = 0; i < MANY; i++) {
        at[i] = (struct scored_place){(double)i * 2, (double)i * 2 + (double)(i % 2) * 1.5, 3, 0};
    }
    at[777].score = 9;
    struct scores scores = scores_of(at, MANY);
    cr_expect_float_eq(scores_worst_metre(&scores).score, 9, 1e-3);
    cr_expect_float_eq(scores_sum(&scores, 1000).mean, (MANY / 2 * 3 * 2.5 + 6 * 1.5) / 1000, 1e-6);
}

static const struct {
    double value, want;
} ranks[] = {
    {0,    0  },
    {5,    0.5},
    {10,   1  },
    {25,   1.5},
    {60,   2.5},
    {80,   3  },
    {165,  4  },
    {330,  4.5},
    {1650, 4.9},
    {NAN,  0  },
};

Test(scores, where_a_value_stands_among_the_classes) {
    for (size_t i = 0; i < ARRAY_LEN(ranks); i++) {
        double got = scores_rank_of(&scheme_wrc, "structural peak", ranks[i].value);
        cr_expect_float_eq(got, ranks[i].want, 1e-9, "%g: %g", ranks[i].value, got);
    }
    cr_expect_float_eq(
        scores_rank_of(&scheme_wrc, "HK service total", 20), 4.5, 1e-9, "the last of all rows");
    cr_expect_eq(scores_rank_of(&scheme_wrc, "no figure", 20), 0);
}

Test(scores, sums_without_a_length_have_no_mean) {
    struct scored_place at[] = {
        {1, 1, 5,  0},
        {4, 8, 10, 0}
    };
    struct scores scores = scores_of(at, 2);

    cr_expect_float_eq(scores_sum(&scores, 20).total, 45, 1e-9);
    cr_expect_float_eq(scores_sum(&scores, 20).mean, 2.25, 1e-9);
    cr_expect_float_eq(scores_sum(&scores, 20).average, 22.5, 1e-9);
    cr_expect(isnan(scores_sum(&scores, 0).mean));
    cr_expect(isnan(scores_sum(&scores, NAN).mean));
    scores.n = 0;
    cr_expect_eq(scores_sum(&scores, NAN).mean, 0);
}
