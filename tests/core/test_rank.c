#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "core/rank.h"

static const struct {
    const char *name;
    uint8_t priority;
    double ri, mi, f;
    double diameter_mm;
    uint32_t want;
} segments[] = {
    {"not assessed",                    0, 0,   0,   0, 800, 0},
    {"no defects",                      5, 0,   0,   0, 300, 8},
    {"the larger index counts",         3, 1.4, 5.7, 2, 600, 3},
    {"emergency before a larger index", 1, 3.5, 0,   5, 800, 1},
    {"same index, worse score",         3, 5.7, 0,   6, 300, 2},
    {"same figures, larger pipe",       3, 5.6, 0,   5, 900, 4},
    {"same figures, smaller pipe",      3, 5.6, 0,   5, 600, 5},
    {"same in all, later in file",      3, 5.6, 0,   5, 600, 6},
    {"no diameter is the smallest",     3, 5.6, 0,   5, NAN, 7},
    {"no defects either, later",        5, 0,   0,   0, 300, 9},
};

Test(rank, order) {
    struct network network = {0};
    struct assessment assessments[ARRAY_LEN(segments)] = {0};

    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        network_add_segment(&network)->diameter_mm = (float)segments[i].diameter_mm;
        assessments[i].priority = segments[i].priority;
        assessments[i].structural.index = segments[i].ri;
        assessments[i].functional.index = segments[i].mi;
        assessments[i].structural.score = segments[i].f;
        assessments[i].rank = 99;
    }
    rank_segments(&network, assessments);
    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        cr_expect_eq(
            assessments[i].rank, segments[i].want, "%s: %u", segments[i].name, assessments[i].rank);
    }
    network_release(&network);
}

Test(rank, every_assessed_segment_has_one_rank_of_its_own) {
    enum { MANY = 20000 };
    static struct assessment assessments[MANY];
    static bool seen[MANY + 1];
    struct network network = {0};
    uint32_t state = 7, n = 0;

    for (size_t i = 0; i < MANY; i++) {
        state = state * 1664525u + 1013904223u;
        network_add_segment(&network)->diameter_mm = (float)(state >> 28) * 100;
        assessments[i].priority = (uint8_t)((state >> 20) % 6);
        assessments[i].structural.index = (state >> 16) % 7;
        n += assessments[i].priority != 0;
    }
    rank_segments(&network, assessments);
    for (size_t i = 0; i < MANY; i++) {
        uint32_t rank = assessments[i].rank;
        cr_assert_leq(rank, n);
        cr_assert_eq(rank == 0, assessments[i].priority == 0);
        cr_assert(rank == 0 || !seen[rank], "rank %u twice", rank);
        seen[rank] = true;
    }
    network_release(&network);
}

Test(rank, an_empty_network) {
    struct network network = {0};

    rank_segments(&network, NULL);
}
