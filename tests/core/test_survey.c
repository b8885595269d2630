#include "core/survey.h"

#include <criterion/criterion.h>

#include "core/base.h"

enum { ROWS_MAX = 6 };

/* Lines of the observations are 10, 11, 12 ... before. */
static const struct {
    const char *name;
    size_t n;
    uint32_t from[ROWS_MAX], want[ROWS_MAX];
} cases[] = {
    {"none is in no order",         0, {0},                {0}                     },
    {"one stays",                   1, {0},                {10}                    },
    {"all in order stay",           3, {0, 1, 2},          {10, 11, 12}            },
    {"two change places",           2, {1, 0},             {11, 10}                },
    {"a circle of three",           3, {2, 0, 1},          {12, 10, 11}            },
    {"two circles, one in between", 6, {3, 4, 2, 5, 1, 0}, {13, 14, 12, 15, 11, 10}},
};

Test(survey, observations_are_arranged) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct observation rows[ROWS_MAX];
        uint32_t from[ROWS_MAX];

        for (uint32_t k = 0; k < ROWS_MAX; k++) {
            rows[k] = (struct observation){.line = 10 + k};
            from[k] = cases[i].from[k];
        }
        observations_arrange(rows, from, cases[i].n);
        for (size_t k = 0; k < cases[i].n; k++) {
            cr_expect_eq(rows[k].line, cases[i].want[k], "%s: place %zu", cases[i].name, k);
        }
        for (size_t k = cases[i].n; k < ROWS_MAX; k++) {
            cr_expect_eq(rows[k].line, 10 + k, "%s: behind them", cases[i].name);
        }
    }
}
