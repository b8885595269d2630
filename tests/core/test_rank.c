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
        assessments[i].urgency =
            (float)(segments[i].ri > segments[i].mi ? segments[i].ri : segments[i].mi);
        assessments[i].structural.score = segments[i].f;
        assessments[i].rank = 99;
    }
    rank_segments(&network, assessments, RANK_BY_PRIORITY);
    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        cr_expect_eq(
            assessments[i].rank, segments[i].want, "%s: %u", segments[i].name, assessments[i].rank);
    }
    network_release(&network);
}

/* Alike in priority, urgency and score: what differs is said by the name. */
Test(rank, consequence_decides_between_equals) {
    struct network network = {0};
    struct assessment assessments[8] = {0};

    for (size_t i = 0; i < 8; i++) {
        struct segment *segment = network_add_segment(&network);
        assessments[i].priority = 3;
        segment->diameter_mm = 500;
        segment->from_invert_m = 5;
    }
    network_add_node(&network)->ground_m = 12;
    network.segments[7].area_importance = 10;
    network.segments[6].diameter_mm = 600;
    network.segments[5].soil_influence = 8;
    network.segments[4].from_node = 0; /* the only one whose depth is known */
    network.segments[3].year_built = 1960;
    network.segments[2].year_built = 1990;
    rank_segments(&network, assessments, RANK_BY_PRIORITY);
    for (uint32_t i = 2; i < 8; i++) {
        cr_expect_eq(assessments[i].rank, 8 - i, "%u: %u", i, assessments[i].rank);
    }
    cr_expect_eq(assessments[0].rank, 7, "the first in the file");
    cr_expect_eq(assessments[1].rank, 8);
    network_release(&network);
}

Test(rank, the_composite_hazard_ranks_only_when_asked) {
    struct network network = {0};
    struct assessment_more more[3] = {{.composite = 2}, {.composite = 9}, {.composite = 5}};
    struct assessment assessments[3] = {
        {.priority = 1, .more = &more[0]},
        {.priority = 4, .more = &more[1]},
        {.priority = 3, .more = &more[2]}
    };

    for (size_t i = 0; i < 3; i++) {
        network_add_segment(&network);
    }
    rank_segments(&network, assessments, RANK_BY_PRIORITY);
    cr_expect(assessments[1].rank == 3 && assessments[2].rank == 2);
    rank_segments(&network, assessments, RANK_BY_COMPOSITE);
    cr_expect_eq(assessments[0].rank, 1, "an emergency stays first");
    cr_expect(assessments[1].rank == 2 && assessments[2].rank == 3);
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
        assessments[i].urgency = (float)((state >> 16) % 7);
        n += assessments[i].priority != 0;
    }
    rank_segments(&network, assessments, RANK_BY_PRIORITY);
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

    rank_segments(&network, NULL, RANK_BY_PRIORITY);
}
