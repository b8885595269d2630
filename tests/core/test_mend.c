#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/mend.h"

/* name, vertices, n, kept, broken */
static const struct {
    const char *name;
    struct xy at[5];
    size_t n, kept, n_broken;
} cleanings[] = {
    {"a clean line stays",              {{0, 0}, {1, 0}, {1, 1}},                  3, 3, 0},
    {"a repeated vertex goes",          {{0, 0}, {1, 0}, {1, 0}, {2, 0}},          4, 3, 0},
    {"one place is one vertex",         {{4, 4}, {4, 4}, {4, 4}},                  3, 1, 0},
    {"vertices that are no numbers go", {{0, 0}, {NAN, 1}, {1, INFINITY}, {2, 0}}, 4, 2, 2},
    {"nothing stays nothing",           {{0, 0}},                                  0, 0, 0},
};

Test(mend, clean) {
    for (size_t i = 0; i < ARRAY_LEN(cleanings); i++) {
        struct xy at[5];
        size_t n_broken = 9;
        memcpy(at, cleanings[i].at, sizeof at);
        cr_expect_eq(
            line_clean(at, cleanings[i].n, &n_broken), cleanings[i].kept, "%s", cleanings[i].name);
        cr_expect_eq(n_broken, cleanings[i].n_broken, "%s", cleanings[i].name);
    }
}

/* name, three parts of two vertices, length of the joined line; 0 when they do not meet */
static const struct {
    const char *name;
    struct xy parts[3][2];
    double length_m;
} joins[] = {
    {"in order",             {{{0, 0}, {10, 0}}, {{10, 0}, {20, 0}}, {{20, 0}, {20, 5}}},     25},
    {"out of order",         {{{10, 0}, {20, 0}}, {{20, 0}, {20, 5}}, {{0, 0}, {10, 0}}},     25},
    {"one turned",           {{{0, 0}, {10, 0}}, {{20, 0}, {10, 0}}, {{20, 0}, {20, 5}}},     25},
    {"turned in front",      {{{10, 0}, {20, 0}}, {{10, 0}, {0, 0}}, {{20, 5}, {20, 0}}},     25},
    {"within the tolerance", {{{0, 0}, {10, 0}}, {{10.005, 0}, {20, 0}}, {{20, 0}, {20, 5}}}, 25},
    {"one stands apart",     {{{0, 0}, {10, 0}}, {{10, 0}, {20, 0}}, {{30, 0}, {40, 0}}},     0 },
};

Test(mend, join) {
    for (size_t i = 0; i < ARRAY_LEN(joins); i++) {
        struct polyline parts[3];
        struct xy out[6];
        for (size_t k = 0; k < 3; k++) {
            parts[k] = (struct polyline){joins[i].parts[k], 2};
        }
        size_t n = line_join(parts, 3, 0.01, out);
        double length_m = polyline_length_m((struct polyline){out, n});
        cr_expect_eq(n, joins[i].length_m > 0 ? 6 : 0, "%s: %zu", joins[i].name, n);
        cr_expect_float_eq(length_m, joins[i].length_m, 1e-9, "%s: %g", joins[i].name, length_m);
    }
}

/* name, vertices, n, crosses */
static const struct {
    const char *name;
    struct xy at[6];
    size_t n;
    bool crosses;
} crossings[] = {
    {"a bend does not",               {{0, 0}, {10, 0}, {10, 10}},                         3, false},
    {"a zigzag does not",             {{0, 0}, {5, 5}, {10, 0}, {15, 5}},                  4, false},
    {"a loop does",                   {{0, 0}, {10, 0}, {10, 10}, {5, 10}, {5, -5}},       5, true },
    {"a ring closes, that is all",    {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}},        5, false},
    {"an end on another leg touches", {{0, 0}, {10, 0}, {10, 10}, {5, 10}, {5, 0}},        5, true },
    {"going back over itself does",   {{0, 0}, {10, 0}, {10, 1}, {10, 0}, {0, 0}, {0, 5}}, 6, true },
};

Test(mend, crossing) {
    for (size_t i = 0; i < ARRAY_LEN(crossings); i++) {
        struct polyline line = {crossings[i].at, crossings[i].n};
        cr_expect_eq(line_crosses_itself(line), crossings[i].crosses, "%s", crossings[i].name);
    }
}

Test(mend, turn) {
    struct xy at[] = {
        {1, 0},
        {2, 0},
        {3, 0}
    };
    line_turn(at, 3);
    cr_expect_eq(at[0].x, 3);
    cr_expect_eq(at[1].x, 2);
    cr_expect_eq(at[2].x, 1);
}
