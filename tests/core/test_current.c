#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "tests/core/town.h"

enum { DOWN = DIRECTION_DOWNSTREAM, UP = DIRECTION_UPSTREAM, MAX_VISITS = 4 };

/* P: 50 m from A to B; Q: 50 m from B to C. */
static struct town *pipes(void) {
    struct town *town = town_new();

    town_node(town, "A", 0, 0);
    town_node(town, "B", 50, 0);
    town_node(town, "C", 100, 0);
    town_segment(town, "P", "A", "B");
    town_segment(town, "Q", "B", "C");
    return town;
}

/* clang-format off */
static const struct {
    const char *name;
    struct visit visits[MAX_VISITS];
    const char *current; /* 1 or 0 for each */
    double covered_m;
} cases[] = {
    {"one complete run", {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20200101}},
     "1", 50},
    {"one abandoned run",
     {{.ref = "P", .direction = UP, .inspected_m = 20, .on = 20200101, .is_abandoned = true}},
     "1", 20},
    {"the newer of two", {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20200101},
      {.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20100101}}, "10", 50},
    {"of one day the later delivered",
     {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20200101},
      {.ref = "P", .direction = UP, .inspected_m = 50, .on = 20200101}}, "01", 50},
    {"no date is older than any date",
     {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 19700101},
      {.ref = "P", .direction = DOWN, .inspected_m = 50}}, "10", 50},
    {"an old complete run before a new abandoned one",
     {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20100101},
      {.ref = "P", .direction = DOWN, .inspected_m = 20, .on = 20200101, .is_abandoned = true}},
     "10", 50},
    {"two from both ends that cover",
     {{.ref = "P", .direction = DOWN, .inspected_m = 30, .on = 20200101, .is_abandoned = true},
      {.ref = "P", .direction = UP, .inspected_m = 20.5, .on = 20200101, .is_abandoned = true}},
     "11", 50},
    {"two that cover before an older complete one",
     {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20100101},
      {.ref = "P", .direction = DOWN, .inspected_m = 30, .on = 20200101, .is_abandoned = true},
      {.ref = "P", .direction = UP, .inspected_m = 21, .on = 20200102, .is_abandoned = true}},
     "011", 50},
    {"a complete one before two of which one is older",
     {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20150101},
      {.ref = "P", .direction = DOWN, .inspected_m = 30, .on = 20100101, .is_abandoned = true},
      {.ref = "P", .direction = UP, .inspected_m = 21, .on = 20200102, .is_abandoned = true}},
     "100", 50},
    {"two with a gap count together when nothing is better",
     {{.ref = "P", .direction = DOWN, .inspected_m = 10, .on = 20200101, .is_abandoned = true},
      {.ref = "P", .direction = UP, .inspected_m = 10, .on = 20100101, .is_abandoned = true}},
     "11", 20},
    {"two with a gap give way to one that is complete",
     {{.ref = "P", .direction = DOWN, .inspected_m = 10, .on = 20200101, .is_abandoned = true},
      {.ref = "P", .direction = UP, .inspected_m = 10, .on = 20200101, .is_abandoned = true},
      {.ref = "P", .direction = UP, .inspected_m = 50, .on = 20000101}}, "001", 50},
    {"two from one end are no pair: the newest",
     {{.ref = "P", .direction = DOWN, .inspected_m = 30, .on = 20200101, .is_abandoned = true},
      {.ref = "P", .direction = DOWN, .inspected_m = 10, .on = 20200102, .is_abandoned = true}},
     "01", 30},
    {"an older partner that covers before a newer that does not",
     {{.ref = "P", .direction = DOWN, .inspected_m = 40, .on = 20100101, .is_abandoned = true},
      {.ref = "P", .direction = DOWN, .inspected_m = 5, .on = 20200101, .is_abandoned = true},
      {.ref = "P", .direction = UP, .inspected_m = 12, .on = 20200102, .is_abandoned = true}},
     "101", 50},
    {"the same inspection twice counts once",
     {{.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20200101},
      {.ref = "P", .direction = DOWN, .inspected_m = 50, .on = 20200101}}, "10", 50},
};
/* clang-format on */

Test(current, which_inspection_counts) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(town_release) struct town *town = pipes();
        size_t n = strlen(cases[i].current);
        for (size_t k = 0; k < n; k++) {
            town_visit(town, cases[i].visits[k]);
            town_see(town, "PL", 5);
        }
        town_decide(town);
        for (size_t k = 0; k < n; k++) {
            bool want = cases[i].current[k] == '1';
            cr_expect_eq(town->yield.stretches[k].is_current, want, "%s: %zu", cases[i].name, k);
            cr_expect_eq(town_row(town, k, 0)->is_current, want, "%s: %zu", cases[i].name, k);
        }
        struct coverage coverage = town_coverage(town, "P");
        cr_expect_float_eq(coverage.inspected_m, cases[i].covered_m, 1e-9, "%s: %g", cases[i].name,
            coverage.inspected_m);
        cr_expect_float_eq(coverage.share, cases[i].covered_m / 50, 1e-9, "%s", cases[i].name);
    }
}

Test(current, a_segment_that_nobody_saw_is_not_covered) {
    CLEANUP(town_release) struct town *town = pipes();

    town_decide(town);
    cr_expect_eq(town_coverage(town, "P").inspected_m, 0);
    cr_expect_eq(town_coverage(town, "P").share, 0);
}

/* --- runs from both ends --- */

static struct town *both_ends(double from_a_m, double from_b_m) {
    struct town *town = pipes();

    town_visit(town, (struct visit){.ref = "P",
                         .start = "A",
                         .inspected_m = from_a_m,
                         .on = 20200101,
                         .is_abandoned = true});
    town_see(town, "PL", 28);
    town_see(town, "CK", 10);
    town_visit(town, (struct visit){.ref = "P",
                         .start = "B",
                         .inspected_m = from_b_m,
                         .on = 20200102,
                         .is_abandoned = true});
    town_see(town, "PL", 22.4);
    town_see(town, "PL", 21);
    return town;
}

Test(current, what_both_runs_saw_counts_once) {
    CLEANUP(town_release) struct town *town = both_ends(30, 23);

    town_decide(town);
    cr_expect_eq(town_row(town, 0, 0)->duplicate_of, 2, "the older points to the newer");
    cr_expect_eq(town_row(town, 0, 1)->duplicate_of, NO_OBSERVATION);
    cr_expect_eq(town_row(town, 1, 0)->duplicate_of, NO_OBSERVATION);
    cr_expect_eq(town_row(town, 1, 1)->duplicate_of, NO_OBSERVATION, "half a metre is too far");
    cr_expect_eq(town_findings(town, FINDING_DUPLICATE_OBSERVATION), 1);
    cr_expect_eq(town_findings(town, FINDING_INSPECTIONS_OVERLAP), 1);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(town_row(town, 0, i)->is_current, 1, "both stay");
        cr_expect_eq(town_row(town, 1, i)->is_current, 1, "both stay");
    }
}

Test(current, runs_that_only_meet_do_not_overlap) {
    CLEANUP(town_release) struct town *town = both_ends(30, 20);

    town_decide(town);
    cr_expect_eq(town_findings(town, FINDING_INSPECTIONS_OVERLAP), 0);
}

Test(current, another_code_at_the_same_place_is_another_thing) {
    CLEANUP(town_release) struct town *town = both_ends(30, 23);

    town_see(town, "CK", 22);
    town_row(town, 0, 0)->chainage_m = 15;
    town_decide(town);
    cr_expect_eq(town_findings(town, FINDING_DUPLICATE_OBSERVATION), 0);
}

Test(current, one_thing_answers_for_one_only) {
    CLEANUP(town_release) struct town *town = both_ends(30, 23);

    town_row(town, 0, 1)->code = town_row(town, 0, 0)->code;
    town_row(town, 0, 1)->chainage_m = 27.9;
    town_row(town, 1, 1)->chainage_m = 3;
    town_decide(town);
    cr_expect_eq(town_findings(town, FINDING_DUPLICATE_OBSERVATION), 1);
}

Test(current, a_continuous_defect_from_both_ends_counts_once) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town, (struct visit){.ref = "P", .start = "A", .inspected_m = 40, .on = 20200101});
    town_mark(town, "FS", 20, MARK_START, 1);
    town_mark(town, "FS", 30, MARK_END, 1);
    town_visit(town, (struct visit){.ref = "P", .start = "B", .inspected_m = 40, .on = 20200102});
    town_mark(town, "FS", 19.8, MARK_START, 1);
    town_mark(town, "FS", 30.3, MARK_END, 1);
    town_decide(town);
    cr_expect_eq(town_row(town, 0, 0)->duplicate_of, 2);
    cr_expect_eq(town_row(town, 0, 1)->duplicate_of, NO_OBSERVATION);
}

/* --- delivered twice --- */

static void deliver(struct town *town, const char *start, int on, double chainage_m) {
    town_visit(town,
        (struct visit){.ref = "P", .start = start, .direction = DOWN, .inspected_m = 50, .on = on});
    town_see(town, "PL", chainage_m);
    town_see(town, "CK", NAN);
}

/* clang-format off */
static const struct {
    const char *name;
    const char *start;
    int on;
    double chainage_m;
    bool is_duplicate;
} deliveries[] = {
    {"everything is the same", "A", 20200101, 5, true},
    {"feet to six decimals of a metre", "A", 20200101, 5.0000004, true},
    {"another start", "B", 20200101, 5, false},
    {"another date", "A", 20200102, 5, false},
    {"an observation elsewhere", "A", 20200101, 6, false},
};
/* clang-format on */

Test(current, delivered_twice) {
    for (size_t i = 0; i < ARRAY_LEN(deliveries); i++) {
        CLEANUP(town_release) struct town *town = pipes();
        deliver(town, "A", 20200101, 5);
        deliver(town, deliveries[i].start, deliveries[i].on, deliveries[i].chainage_m);
        town_decide(town);

        cr_expect_not(town_inspection(town, 0)->is_duplicate, "%s", deliveries[i].name);
        cr_expect_eq(town_inspection(town, 1)->is_duplicate, deliveries[i].is_duplicate, "%s",
            deliveries[i].name);
        cr_expect_eq(town_findings(town, FINDING_DUPLICATE_INSPECTION), deliveries[i].is_duplicate,
            "%s", deliveries[i].name);
        if (deliveries[i].is_duplicate) {
            cr_expect_eq(town_row(town, 1, 0)->duplicate_of, 0, "%s", deliveries[i].name);
            cr_expect_eq(town_row(town, 1, 1)->duplicate_of, NO_OBSERVATION, "it has no place");
            cr_expect_eq(town_row(town, 1, 0)->is_current, 0, "%s", deliveries[i].name);
        }
    }
}

Test(current, inspections_of_nothing_are_not_the_same) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town, (struct visit){.on = 20200101});
    town_visit(town, (struct visit){.on = 20200101});
    town_decide(town);
    cr_expect_eq(town_findings(town, FINDING_DUPLICATE_INSPECTION), 0);
}

Test(current, three_times_the_same_all_repeat_the_first) {
    CLEANUP(town_release) struct town *town = pipes();

    for (int i = 0; i < 3; i++) {
        deliver(town, "A", 20200101, 5);
    }
    town_decide(town);
    cr_expect_eq(town_inspection(town, 1)->duplicate_of, 0);
    cr_expect_eq(town_inspection(town, 2)->duplicate_of, 0);
    cr_expect_eq(town_findings(town, FINDING_DUPLICATE_INSPECTION), 2);
}

/* --- chains and nodes --- */

Test(current, each_stretch_of_a_chain_counts_by_itself) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(
        town, (struct visit){.start = "A", .finish = "C", .inspected_m = 100, .on = 20200101});
    town_see(town, "PL", 20);
    town_see(town, "PL", 70);
    town_visit(town, (struct visit){.ref = "Q", .start = "B", .inspected_m = 50, .on = 20210101});
    town_see(town, "PL", 20);
    town_decide(town);
    cr_expect_eq(town_row(town, 0, 0)->is_current, 1);
    cr_expect_eq(town_row(town, 0, 1)->is_current, 0, "Q was inspected again");
    cr_expect_eq(town_row(town, 1, 0)->is_current, 1);
}

Test(current, the_newest_complete_inspection_of_a_node) {
    static const uint32_t numbers[] = {0, 1, 2, 3};
    CLEANUP(town_release) struct town *town = pipes();

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        town_visit(town, (struct visit){.ref = "B",
                             .on = i == 3   ? 20220101
                                   : i == 0 ? 20100101
                                            : 20200101,
                             .is_abandoned = i == 3,
                             .is_node = true});
        town_see(town, "DAB", 1);
    }
    town_decide(town);
    current_decide_node(numbers, ARRAY_LEN(numbers), town->list);
    cr_expect_eq(town_row(town, 0, 0)->is_current, 0, "an older one");
    cr_expect_eq(town_row(town, 1, 0)->is_current, 1);
    cr_expect(town_inspection(town, 1)->is_current);
    cr_expect(town_inspection(town, 2)->is_duplicate);
    cr_expect_eq(town_row(town, 2, 0)->duplicate_of, 1);
    cr_expect_eq(town_row(town, 3, 0)->is_current, 0, "abandoned");
}

Test(current, many_inspections_with_one_header_are_quick) {
    CLEANUP(town_release) struct town *town = town_new();

    for (int i = 0; i < 100000; i++) {
        town_visit(town, (struct visit){.ref = "P", .inspected_m = 1.5 + i});
        town_see(town, "PL", 0.5);
    }
    for (int i = 0; i < 100000; i++) { /* one header, always another observation */
        town_visit(town, (struct visit){.ref = "P", .inspected_m = 20});
        town_see(town, "PL", i * 1e-4);
    }
    struct inspection **list = ARENA_NEW(&town->survey.arena, struct inspection *, 200000);
    for (size_t i = 0; i < 200000; i++) {
        list[i] = &town->survey.inspections[i];
    }
    current_find_duplicates(list, 200000, &town->findings);
    cr_expect_eq(town->findings.n, 0);
}
