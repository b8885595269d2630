#include <criterion/criterion.h>

#include <math.h>

#include "core/base.h"
#include "tests/core/town.h"

enum { MAX_ROWS = 6 };

struct row {
    const char *code;
    double chainage_m;
    enum mark mark;
    int number;
    /* wanted */
    double along_to_m; /* NAN: a point */
    bool is_mark_end;
};

/* On 50 m from west to east, inspected with the flow. */
/* clang-format off */
static const struct {
    const char *name;
    struct row rows[MAX_ROWS];
    size_t n_unclosed, n_orphans, n_reversed, n_crossing;
} cases[] = {
    {"start and end", {{"PL", 10, MARK_START, 1, 20, false}, {"PL", 20, MARK_END, 1, NAN, true}},
     0, 0, 0, 0},
    {"a point between them is a point", {{"PL", 10, MARK_START, 1, 20, false},
      {"CK", 15, MARK_NONE, 0, NAN, false}, {"PL", 20, MARK_END, 1, NAN, true}}, 0, 0, 0, 0},
    {"two numbers overlap", {{"PL", 10, MARK_START, 1, 20, false},
      {"PL", 15, MARK_START, 2, 30, false}, {"PL", 20, MARK_END, 1, NAN, true},
      {"PL", 30, MARK_END, 2, NAN, true}}, 0, 0, 0, 0},
    {"a number is used again", {{"PL", 10, MARK_START, 1, 20, false},
      {"PL", 20, MARK_END, 1, NAN, true}, {"PL", 30, MARK_START, 1, 40, false},
      {"PL", 40, MARK_END, 1, NAN, true}}, 0, 0, 0, 0},
    {"without numbers the code pairs", {{"PL", 10, MARK_START, 0, 30, false},
      {"FS", 15, MARK_START, 0, 20, false}, {"FS", 20, MARK_END, 0, NAN, true},
      {"PL", 30, MARK_END, 0, NAN, true}}, 0, 0, 0, 0},
    {"the end has another code", {{"PL", 10, MARK_START, 1, 20, false},
      {"FS", 20, MARK_END, 1, NAN, true}}, 0, 0, 0, 0},
    {"unclosed runs to the inspected length", {{"PL", 10, MARK_START, 1, 50, false}}, 1, 0, 0, 0},
    {"an end without start is a point of its own", {{"PL", 10, MARK_END, 1, NAN, false}}, 0, 1, 0,
     0},
    {"the end of another number closes nothing", {{"PL", 10, MARK_START, 1, 50, false},
      {"PL", 20, MARK_END, 2, NAN, false}}, 1, 1, 0, 0},
    {"closed twice", {{"PL", 10, MARK_START, 1, 20, false}, {"PL", 20, MARK_END, 1, NAN, true},
      {"PL", 25, MARK_END, 1, NAN, false}}, 0, 1, 0, 0},
    {"the end lies before the start", {{"PL", 20, MARK_START, 1, 10, false},
      {"PL", 10, MARK_END, 1, NAN, true}}, 0, 0, 1, 0},
    {"the end stands before the start in the file", {{"PL", 20, MARK_END, 1, NAN, true},
      {"PL", 10, MARK_START, 1, 20, false}}, 0, 0, 0, 0},
    {"a change ends one and begins another", {{"PL", 10, MARK_START, 1, 20, false},
      {"PL", 20, MARK_CHANGE, 1, 30, false}, {"PL", 30, MARK_END, 1, NAN, true}}, 0, 0, 0, 0},
    {"a change without start begins one", {{"PL", 20, MARK_CHANGE, 1, 30, false},
      {"PL", 30, MARK_END, 1, NAN, true}}, 0, 1, 0, 0},
    {"one number opened twice", {{"PL", 10, MARK_START, 1, 40, false},
      {"PL", 20, MARK_START, 1, 30, false}, {"PL", 30, MARK_END, 1, NAN, true},
      {"PL", 40, MARK_END, 1, NAN, true}}, 0, 0, 0, 1},
    {"two codes under one number cross", {{"PL", 10, MARK_START, 1, 30, false},
      {"FS", 20, MARK_START, 1, 40, false}, {"PL", 30, MARK_END, 1, NAN, true},
      {"FS", 40, MARK_END, 1, NAN, true}}, 0, 0, 0, 1},
    {"a defect that ends where it starts is a point", {{"PL", 10, MARK_START, 1, NAN, false},
      {"PL", 10, MARK_END, 1, NAN, true}}, 0, 0, 0, 0},
    {"an end a little beyond the end of the pipe", {{"PL", 40, MARK_START, 1, 50, false},
      {"PL", 51, MARK_END, 1, NAN, true}}, 0, 0, 0, 0},
    {"an end without chainage leaves it unclosed", {{"PL", 40, MARK_START, 1, 50, false},
      {"PL", NAN, MARK_END, 1, NAN, true}}, 1, 0, 0, 0},
    {"a start without chainage has no extent", {{"PL", NAN, MARK_START, 1, NAN, false},
      {"PL", 40, MARK_END, 1, NAN, true}}, 0, 0, 0, 0},
    {"unclosed at the very end is a point", {{"PL", 50, MARK_START, 1, NAN, false}}, 1, 0, 0, 0},
};
/* clang-format on */

static struct town *pipe_with(const struct row *rows, struct visit visit) {
    struct town *town = town_new();

    town_node(town, "A", 0, 0);
    town_node(town, "B", 50, 0);
    town_node(town, "C", 100, 0);
    town_segment(town, "P", "A", "B");
    town_segment(town, "Q", "B", "C");
    town_visit(town, visit);
    for (size_t i = 0; i < MAX_ROWS && rows[i].code != NULL; i++) {
        town_mark(town, rows[i].code, rows[i].chainage_m, rows[i].mark, rows[i].number);
    }
    return town;
}

static bool is_near(double a, double b) {
    return isnan(b) ? isnan(a) : fabs(a - b) < 1e-9;
}

static void expect_rows(
    struct town *town, const struct row *rows, bool is_against_flow, const char *name) {
    for (size_t i = 0; i < MAX_ROWS && rows[i].code != NULL; i++) {
        const struct observation *got = town_row(town, 0, i);
        double want_m = is_against_flow ? 50 - rows[i].along_to_m : rows[i].along_to_m;

        cr_expect(is_near(got->along_to_m, want_m), "%s: row %zu to %g", name, i, got->along_to_m);
        cr_expect_eq(got->is_mark_end, rows[i].is_mark_end, "%s: row %zu", name, i);
    }
}

Test(continuous, cases) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        for (int direction = DIRECTION_DOWNSTREAM; direction <= DIRECTION_UPSTREAM; direction++) {
            CLEANUP(town_release)
            struct town *town = pipe_with(cases[i].rows,
                (struct visit){.ref = "P", .direction = direction, .inspected_m = 50});
            town_locate(town);
            expect_rows(town, cases[i].rows, direction == DIRECTION_UPSTREAM, cases[i].name);
            cr_expect_eq(town_findings(town, FINDING_CONTINUOUS_UNCLOSED), cases[i].n_unclosed,
                "%s", cases[i].name);
            cr_expect_eq(town_findings(town, FINDING_CONTINUOUS_ORPHAN), cases[i].n_orphans, "%s",
                cases[i].name);
            cr_expect_eq(town_findings(town, FINDING_CONTINUOUS_REVERSED), cases[i].n_reversed,
                "%s", cases[i].name);
            cr_expect_eq(town_findings(town, FINDING_CONTINUOUS_CROSSING), cases[i].n_crossing,
                "%s", cases[i].name);
        }
    }
}

static const struct row over_a_node[] = {
    {"PL", 40, MARK_START, 1, 50,  false},
    {"PL", 70, MARK_END,   1, 0,   false},
    {"FS", 60, MARK_START, 2, 50,  false},
    {NULL, 0,  MARK_NONE,  0, NAN, false},
};

Test(continuous, a_defect_that_runs_over_a_node_is_on_both_segments) {
    CLEANUP(town_release)
    struct town *town =
        pipe_with(over_a_node, (struct visit){.start = "A", .finish = "C", .inspected_m = 100});

    town_locate(town);
    cr_expect_float_eq(town_row(town, 0, 0)->along_to_m, 50, 1e-9, "up to the node");
    cr_expect_not(town_row(town, 0, 1)->is_mark_end, "a defect of the next segment");
    cr_expect_float_eq(town_row(town, 0, 1)->along_m, 20, 1e-9);
    cr_expect_float_eq(town_row(town, 0, 1)->along_to_m, 0, 1e-9, "from the node on");
    cr_expect_float_eq(town_row(town, 0, 2)->along_to_m, 50, 1e-9, "unclosed");
    cr_expect_eq(town_findings(town, FINDING_CHAIN_SPLIT), 2, "the chain, and the defect");
}

static const struct row ends_as_another[] = {
    {"PL", 40, MARK_START, 1, 50,  false},
    {"FS", 70, MARK_END,   1, NAN, true },
    {NULL, 0,  MARK_NONE,  0, NAN, false},
};

Test(continuous, an_end_that_tells_something_else_is_no_defect_behind_the_node) {
    CLEANUP(town_release)
    struct town *town =
        pipe_with(ends_as_another, (struct visit){.start = "A", .finish = "C", .inspected_m = 100});

    town_locate(town);
    expect_rows(town, ends_as_another, false, "another code");
}

static const struct row ends_at_the_node[] = {
    {"PL", 40, MARK_START, 1, 50,  false},
    {"PL", 50, MARK_END,   1, NAN, true },
    {NULL, 0,  MARK_NONE,  0, NAN, false},
};

Test(continuous, an_end_at_the_node_is_no_defect_behind_it) {
    CLEANUP(town_release)
    struct town *town = pipe_with(
        ends_at_the_node, (struct visit){.start = "A", .finish = "C", .inspected_m = 100});

    town_locate(town);
    expect_rows(town, ends_at_the_node, false, "at the node");
    cr_expect_eq(town_findings(town, FINDING_CHAIN_SPLIT), 1, "the chain alone");
}

static const struct row half_way[] = {
    {"PL", 10, MARK_START, 1, 20,  false},
    {NULL, 0,  MARK_NONE,  0, NAN, false},
};

Test(continuous, unclosed_in_an_abandoned_run_ends_where_it_stopped) {
    CLEANUP(town_release)
    struct town *town = pipe_with(half_way, (struct visit){.ref = "P",
                                                .direction = DIRECTION_DOWNSTREAM,
                                                .inspected_m = 20,
                                                .is_abandoned = true});

    town_locate(town);
    expect_rows(town, half_way, false, "half way");
}

Test(continuous, marks_pair_within_one_inspection_only) {
    CLEANUP(town_release)
    struct town *town = pipe_with(
        half_way, (struct visit){.ref = "P", .direction = DIRECTION_DOWNSTREAM, .inspected_m = 50});

    town_visit(
        town, (struct visit){.ref = "P", .direction = DIRECTION_DOWNSTREAM, .inspected_m = 50});
    town_mark(town, "PL", 20, MARK_END, 1);
    town_locate(town);
    cr_expect_eq(town_findings(town, FINDING_CONTINUOUS_UNCLOSED), 1);
    cr_expect_eq(town_findings(town, FINDING_CONTINUOUS_ORPHAN), 1);
}

Test(continuous, marks_of_a_node_pair_but_have_no_line) {
    CLEANUP(town_release)
    struct town *town = pipe_with(half_way, (struct visit){.ref = "B", .is_node = true});

    town_mark(town, "PL", 2, MARK_END, 1);
    town_locate(town);
    cr_expect(isnan(town_row(town, 0, 0)->along_to_m));
    cr_expect(town_row(town, 0, 1)->is_mark_end);
    cr_expect_eq(town->findings.n, 0);
}

Test(continuous, a_flood_of_marks_under_one_number_is_quick) {
    CLEANUP(town_release)
    struct town *town = pipe_with(
        half_way, (struct visit){.ref = "P", .direction = DIRECTION_DOWNSTREAM, .inspected_m = 50});

    for (int i = 0; i < 200000; i++) {
        town_mark(town, i % 2 == 0 ? "PL" : "FS", 10, MARK_START, 1);
    }
    for (int i = 0; i < 200000; i++) {
        town_mark(town, "CK", 20, MARK_END, 1);
    }
    town_locate(town);
    cr_expect_eq(town_findings(town, FINDING_CONTINUOUS_UNCLOSED), 1);
}
