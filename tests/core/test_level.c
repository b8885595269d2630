#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "core/level.h"

/* 40 m of pipe, 400 mm wide, that falls from 10 m to 9 m. */
static const struct {
    const char *name;
    double along_m;
    uint8_t clock_from, clock_to;
    double want_m;
} clocks[] = {
    {"the upstream end is at the upstream invert",         0,   0,  0,  10.0                                  },
    {"the downstream end is at the downstream invert",     40,  0,  0,  9.0                                   },
    {"a quarter of the way is a quarter of the fall",      10,  0,  0,  9.75                                  },
    {"six o'clock is the invert",                          10,  6,  0,  9.75                                  },
    {"twelve o'clock is the crown",                        10,  12, 0,  10.15                                 },
    {"three o'clock is half way up",                       10,  3,  0,  9.95                                  },
    {"nine o'clock is half way up",                        10,  9,  0,  9.95                                  },
    {"four o'clock is a quarter of the way up",            10,  4,  0,  9.85                                  },
    {"ten o'clock is three quarters of the way up",        10,  10, 0,  10.05                                 },
    {"a range over the crown has its middle there",        10,  11, 1,  10.15                                 },
    {"from nine to three is the upper half",               10,  9,  3,  10.15                                 },
    {"from three to nine is the lower half",               10,  3,  9,  9.75                                  },
    {"ranges run clockwise: ten to two is not two to ten", 10,  2,  10, 9.75                                  },
    {"from twelve to four is about two",                   10,  12, 4,  10.05                                 },
    {"from one to four is about half past two",            10,  1,  4,  9.75 + 0.2 * (1 + 0.25881904510252076)},
    {"a full circle is at the invert",                     10,  12, 12, 9.75                                  },
    {"a range that has only its end is a point",           10,  0,  12, 10.15                                 },
    {"nowhere has no level",                               NAN, 12, 0,  NAN                                   },
};

static struct segment pipe_of(double from_invert_m, double to_invert_m, float diameter_mm) {
    return (struct segment){
        .drawn_m = 40,
        .from_invert_m = from_invert_m,
        .to_invert_m = to_invert_m,
        .diameter_mm = diameter_mm,
        .height_mm = NAN,
    };
}

static struct inverts inverts_of(const struct segment *pipe) {
    return (struct inverts){pipe->from_invert_m, pipe->to_invert_m};
}

static void check(const char *name, double got_m, double want_m) {
    if (isnan(want_m)) {
        cr_expect(isnan(got_m), "%s: %g", name, got_m);
    } else {
        cr_expect_float_eq(got_m, want_m, 1e-9, "%s: %g, not %g", name, got_m, want_m);
    }
}

Test(level, on_the_wall) {
    struct segment pipe = pipe_of(10, 9, 400);

    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        struct observation observation = {
            .along_m = clocks[i].along_m,
            .clock_from = clocks[i].clock_from,
            .clock_to = clocks[i].clock_to,
        };
        check(clocks[i].name, level_on_segment_m(&pipe, inverts_of(&pipe), &observation),
            clocks[i].want_m);
    }
}

/* Twelve o'clock, half way along 40 m. */
static const struct {
    const char *name;
    double drawn_m, from_invert_m, to_invert_m;
    float diameter_mm, height_mm;
    double want_m;
} pipes[] = {
    {"round",                               40, 10,  9,   400, NAN, 9.9  },
    {"as high as wide",                     40, 10,  9,   400, 400, 9.9  },
    {"an egg has no round wall",            40, 10,  9,   400, 600, 9.5  },
    {"a pipe of unknown width",             40, 10,  9,   NAN, NAN, 9.5  },
    {"a pipe without width",                40, 10,  9,   0,   NAN, 9.5  },
    {"a pipe that rises",                   40, 9,   10,  400, NAN, 9.9  },
    {"below the sea",                       40, -10, -11, 400, NAN, -10.1},
    {"without the upstream invert: none",   40, NAN, 9,   400, NAN, NAN  },
    {"without the downstream invert: none", 40, 10,  NAN, 400, NAN, NAN  },
    {"without a length: none",              0,  10,  9,   400, NAN, NAN  },
};

Test(level, of_pipes) {
    for (size_t i = 0; i < ARRAY_LEN(pipes); i++) {
        struct segment pipe =
            pipe_of(pipes[i].from_invert_m, pipes[i].to_invert_m, pipes[i].diameter_mm);
        pipe.drawn_m = pipes[i].drawn_m;
        pipe.height_mm = pipes[i].height_mm;
        struct observation observation = {.along_m = 20, .clock_from = 12};
        check(pipes[i].name, level_on_segment_m(&pipe, inverts_of(&pipe), &observation),
            pipes[i].want_m);
    }
}

static const struct {
    const char *name;
    double from_invert_m, to_invert_m, upper_node_m, lower_node_m;
    double want_from_m, want_to_m;
} ends[] = {
    {"a segment's own inverts come first",      10,  9,   8,   7,   10,  9  },
    {"a node's stands in at the upper end",     NAN, 9,   8,   7,   8,   9  },
    {"a node's stands in at the lower end",     10,  NAN, 8,   7,   10,  7  },
    {"what nobody knows, nobody knows",         NAN, NAN, NAN, NAN, NAN, NAN},
    {"one that is known does not make another", 10,  NAN, 8,   NAN, 10,  NAN},
};

Test(level, of_the_ends) {
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct node nodes[] = {
            {.invert_m = ends[i].upper_node_m}, {.invert_m = ends[i].lower_node_m}};
        struct network network = {.nodes = nodes, .n_nodes = 2};
        struct segment pipe = pipe_of(ends[i].from_invert_m, ends[i].to_invert_m, 400);
        pipe.from_node = 0;
        pipe.to_node = 1;
        struct inverts got = segment_inverts(&network, &pipe);
        check(ends[i].name, got.from_m, ends[i].want_from_m);
        check(ends[i].name, got.to_m, ends[i].want_to_m);
    }
}

Test(level, without_nodes_only_the_segment_knows) {
    struct network network = {0};
    struct segment pipe = pipe_of(10, NAN, 400);
    pipe.from_node = NO_NODE;
    pipe.to_node = NO_NODE;
    struct inverts got = segment_inverts(&network, &pipe);
    check("its own", got.from_m, 10);
    check("none", got.to_m, NAN);
}

/* 40 m with a bend after 30, that fall by 1 m: the fall goes with the length, not the vertices. */
Test(level, along_a_line) {
    struct segment pipe = pipe_of(10, 9, 400);
    static const struct xy whole[] =
        {
            {0,  0 },
            {30, 0 },
            {30, 10}
    },
                           part[] = {{20, 0}, {30, 0}, {30, 4}};
    double got[3];

    level_along_segment_m(&pipe, inverts_of(&pipe), 0, (struct polyline){whole, 3}, got);
    check("the upstream end", got[0], 10);
    check("the bend", got[1], 9.25);
    check("the downstream end", got[2], 9);
    level_along_segment_m(&pipe, inverts_of(&pipe), 20, (struct polyline){part, 3}, got);
    check("where the part starts", got[0], 9.5);
    check("the bend of the part", got[1], 9.25);
    check("where the part ends", got[2], 9.15);
    level_along_segment_m(&pipe, (struct inverts){10, NAN}, 0, (struct polyline){whole, 3}, got);
    check("one invert alone makes no level", got[0], NAN);
    check("... anywhere", got[2], NAN);
}

static const struct {
    const char *name;
    double ground_m, invert_m, chainage_m;
    bool counts_up;
    double want_m;
} manholes[] = {
    {"depths count from the cover",               12,  10,  1.5, false, 10.5},
    {"heights count from the invert",             12,  10,  1.5, true,  11.5},
    {"depths need no invert",                     12,  NAN, 1.5, false, 10.5},
    {"heights need no cover",                     NAN, 10,  1.5, true,  11.5},
    {"a depth below an unknown cover has none",   NAN, 10,  1.5, false, NAN },
    {"a height above an unknown invert has none", 12,  NAN, 1.5, true,  NAN },
    {"without a depth there is none",             12,  10,  NAN, false, NAN },
};

Test(level, in_manholes) {
    for (size_t i = 0; i < ARRAY_LEN(manholes); i++) {
        struct node node = {.ground_m = manholes[i].ground_m, .invert_m = manholes[i].invert_m};
        struct inspection inspection = {.counts_up = manholes[i].counts_up};
        struct observation observation = {.chainage_m = manholes[i].chainage_m};
        check(manholes[i].name, level_in_node_m(&node, &inspection, &observation),
            manholes[i].want_m);
    }
}
