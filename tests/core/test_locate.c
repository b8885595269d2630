#include <criterion/criterion.h>

#include <math.h>

#include "core/base.h"
#include "tests/core/town.h"

enum { DOWN = DIRECTION_DOWNSTREAM, UP = DIRECTION_UPSTREAM };

/* P, 50 m straight east from A to B; Q, 30 m east then 20 m north from B to C; R, 100 m from C to
 * D. Z has its nodes at one place, N has no nodes. */
static struct town *pipes(void) {
    struct town *town = town_new();

    town_node(town, "A", 0, 0);
    town_node(town, "B", 50, 0);
    town_node(town, "C", 80, 20);
    town_node(town, "D", 180, 20);
    town_node(town, "E", 180, 20);
    town_segment(town, "P", "A", "B");
    town_bend(town, town_segment(town, "Q", "B", "C"), 80, 0);
    town_segment(town, "R", "C", "D");
    town_segment(town, "Z", "D", "E");
    return town;
}

/* clang-format off */
static const struct {
    const char *name;
    struct visit visit;
    enum calibration calibration;
    double chainage_m;
    double along_m, x, y; /* NAN: not placed */
    enum position_method method;
    double error_m;
} cases[] = {
    {"with the flow", {.ref = "P", .direction = DOWN, .inspected_m = 50}, CALIBRATION_AUTO, 12,
     12, 12, 0, POSITION_AS_LOGGED, 0.5},
    {"against the flow", {.ref = "P", .direction = UP, .inspected_m = 50}, CALIBRATION_AUTO, 12,
     38, 38, 0, POSITION_AS_LOGGED, 0.5},
    {"against the flow by start node", {.ref = "P", .start = "B", .inspected_m = 50},
     CALIBRATION_AUTO, 12, 38, 38, 0, POSITION_AS_LOGGED, 0.5},
    {"round the bend", {.ref = "Q", .direction = DOWN, .inspected_m = 50}, CALIBRATION_AUTO, 35,
     35, 80, 5, POSITION_AS_LOGGED, 0.5},
    {"round the bend against the flow", {.ref = "Q", .direction = UP, .inspected_m = 50},
     CALIBRATION_AUTO, 35, 15, 65, 0, POSITION_AS_LOGGED, 0.5},
    {"stretched", {.ref = "P", .direction = DOWN, .inspected_m = 48}, CALIBRATION_AUTO, 24, 25,
     25, 0, POSITION_STRETCHED, 1.0},
    {"shrunk", {.ref = "P", .direction = DOWN, .inspected_m = 54}, CALIBRATION_AUTO, 54, 50, 50,
     0, POSITION_STRETCHED, 2.5},
    {"stretched against the flow", {.ref = "P", .direction = UP, .inspected_m = 48},
     CALIBRATION_AUTO, 12, 37.5, 37.5, 0, POSITION_STRETCHED, 0.75},
    {"as it is when asked so", {.ref = "P", .direction = DOWN, .inspected_m = 48},
     CALIBRATION_NONE, 24, 24, 24, 0, POSITION_AS_LOGGED, 1.0},
    {"as it is when lengths differ much", {.ref = "P", .direction = DOWN, .inspected_m = 58},
     CALIBRATION_AUTO, 29, 29, 29, 0, POSITION_AS_LOGGED, 2.5},
    {"stretched when asked so, however much", {.ref = "P", .direction = DOWN, .inspected_m = 40},
     CALIBRATION_STRETCH, 20, 25, 25, 0, POSITION_STRETCHED, 0.5},
    {"ten per cent are near", {.ref = "R", .direction = DOWN, .inspected_m = 110},
     CALIBRATION_AUTO, 55, 50, 130, 20, POSITION_STRETCHED, 3.0},
    {"abandoned is never stretched",
     {.ref = "P", .direction = DOWN, .inspected_m = 48, .is_abandoned = true},
     CALIBRATION_STRETCH, 24, 24, 24, 0, POSITION_AS_LOGGED, 0.5},
    {"abandoned, with the expected length in doubt",
     {.ref = "P", .direction = UP, .inspected_m = 20, .expected_m = 40, .is_abandoned = true},
     CALIBRATION_AUTO, 20, 30, 30, 0, POSITION_AS_LOGGED, 3.0},
    {"a little beyond the end", {.ref = "P", .direction = DOWN, .inspected_m = 50},
     CALIBRATION_AUTO, 51.5, 50, 50, 0, POSITION_BEYOND_END, 2.0},
    {"a little beyond the end, against the flow",
     {.ref = "P", .direction = UP, .inspected_m = 50}, CALIBRATION_AUTO, 51.5, 0, 0, 0,
     POSITION_BEYOND_END, 2.0},
    {"beyond the tolerance", {.ref = "P", .direction = DOWN, .inspected_m = 50}, CALIBRATION_AUTO,
     52.1, NAN, NAN, NAN, POSITION_NONE, NAN},
    {"negative", {.ref = "P", .direction = DOWN, .inspected_m = 50}, CALIBRATION_AUTO, -0.1, NAN,
     NAN, NAN, POSITION_NONE, NAN},
    {"missing", {.ref = "P", .direction = DOWN, .inspected_m = 50}, CALIBRATION_AUTO, NAN, NAN,
     NAN, NAN, POSITION_NONE, NAN},
    {"endless", {.ref = "P", .direction = DOWN, .inspected_m = 50}, CALIBRATION_AUTO, INFINITY,
     NAN, NAN, NAN, POSITION_NONE, NAN},
    {"the very start", {.ref = "P", .direction = UP, .inspected_m = 50}, CALIBRATION_AUTO, 0, 50,
     50, 0, POSITION_AS_LOGGED, 0.5},
    {"no length given: as it is", {.ref = "P", .direction = DOWN}, CALIBRATION_STRETCH, 48, 48,
     48, 0, POSITION_AS_LOGGED, 0.5},
    {"a segment without length is one point", {.ref = "Z", .direction = DOWN, .inspected_m = 9},
     CALIBRATION_AUTO, 7, 0, 180, 20, POSITION_AS_LOGGED, 4.0},
};
/* clang-format on */

static void expect_near(double got, double want, const char *name, const char *what) {
    cr_expect(isnan(want) ? isnan(got) : fabs(got - want) < 1e-6, "%s: %s is %g, not %g", name,
        what, got, want);
}

Test(locate, cases) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(town_release) struct town *town = pipes();
        town->locate.calibration = cases[i].calibration;
        town_visit(town, cases[i].visit);
        town_see(town, "PL", cases[i].chainage_m);
        town_locate(town);
        const struct observation *got = town_row(town, 0, 0);
        struct xy at = town_place(town, 0, 0);

        expect_near(got->along_m, cases[i].along_m, cases[i].name, "along");
        expect_near(at.x, cases[i].x, cases[i].name, "x");
        expect_near(at.y, cases[i].y, cases[i].name, "y");
        expect_near((double)got->position_error_m, cases[i].error_m, cases[i].name, "error");
        cr_expect_eq(got->position_method, cases[i].method, "%s: %s", cases[i].name,
            position_method_name(got->position_method));
        cr_expect_eq(got->unplaced == UNPLACED_NOT, !isnan(cases[i].along_m), "%s", cases[i].name);
    }
}

/* clang-format off */
static const struct {
    const char *name;
    struct visit visit;
    double chainage_m;
    enum finding_kind kind;
    enum unplaced_reason reason;
} said[] = {
    {"put at the end", {.ref = "P", .direction = DOWN, .inspected_m = 50}, 51, FINDING_BEYOND_END,
     UNPLACED_NOT},
    {"beyond the tolerance", {.ref = "P", .direction = DOWN, .inspected_m = 50}, 60,
     FINDING_BEYOND_END, UNPLACED_CHAINAGE_BEYOND},
    {"negative", {.ref = "P", .direction = DOWN, .inspected_m = 50}, -1, FINDING_CHAINAGE_INVALID,
     UNPLACED_CHAINAGE_NEGATIVE},
    {"missing", {.ref = "P", .direction = DOWN, .inspected_m = 50}, NAN, FINDING_CHAINAGE_MISSING,
     UNPLACED_CHAINAGE_MISSING},
    {"lengths differ", {.ref = "P", .direction = DOWN, .inspected_m = 40}, 10,
     FINDING_LENGTH_DIFFERS, UNPLACED_NOT},
    {"no length", {.ref = "P", .direction = DOWN}, 10, FINDING_LENGTH_MISSING, UNPLACED_NOT},
};
/* clang-format on */

Test(locate, what_is_wrong_is_said_once) {
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        CLEANUP(town_release) struct town *town = pipes();
        town_visit(town, said[i].visit);
        town_see(town, "PL", said[i].chainage_m);
        town_locate(town);

        cr_expect_eq(town_findings(town, said[i].kind), 1, "%s", said[i].name);
        cr_expect_eq(town_row(town, 0, 0)->unplaced, said[i].reason, "%s", said[i].name);
    }
}

Test(locate, an_abandoned_run_may_be_short_without_a_word) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town,
        (struct visit){.ref = "P", .direction = DOWN, .inspected_m = 20, .is_abandoned = true});
    town_locate(town);
    cr_expect_eq(town->findings.n, 0);
}

/* --- what was seen, and was it all --- */

/* clang-format off */
static const struct {
    const char *name;
    struct visit visit;
    const char *code; /* of an observation at the end */
    double at_m;
    bool is_complete;
    double from_m, to_m;
} seen[] = {
    {"the whole of it", {.ref = "P", .direction = DOWN, .inspected_m = 50}, "PL", 50, true, 0, 50},
    {"nearly the whole, stretched", {.ref = "P", .direction = DOWN, .inspected_m = 47}, "PL", 40,
     true, 0, 50},
    {"abandoned", {.ref = "P", .direction = DOWN, .inspected_m = 20, .is_abandoned = true}, "PL",
     20, false, 0, 20},
    {"abandoned against the flow",
     {.ref = "P", .direction = UP, .inspected_m = 20, .is_abandoned = true}, "PL", 20, false, 30,
     50},
    {"abandoned near the end is not complete",
     {.ref = "P", .direction = DOWN, .inspected_m = 49, .is_abandoned = true}, "PL", 20, false, 0,
     49},
    {"short, though nobody says so", {.ref = "P", .direction = DOWN, .inspected_m = 20}, "PL", 20,
     false, 0, 20},
    {"short, but the finish was seen", {.ref = "P", .direction = DOWN, .inspected_m = 20}, "BCE",
     20, true, 0, 50},
    {"longer than the segment", {.ref = "P", .direction = DOWN, .inspected_m = 70}, "PL", 20,
     true, 0, 50},
    {"no length: as far as the last observation", {.ref = "P", .direction = DOWN}, "PL", 20,
     false, 0, 20},
    {"no length and nothing to see: the expected length",
     {.ref = "P", .direction = DOWN, .expected_m = 50}, "PL", 0, true, 0, 50},
    {"no length at all", {.ref = "P", .direction = DOWN}, "PL", NAN, false, 0, 0},
};
/* clang-format on */

Test(locate, the_part_that_was_seen) {
    for (size_t i = 0; i < ARRAY_LEN(seen); i++) {
        CLEANUP(town_release) struct town *town = pipes();
        town_visit(town, seen[i].visit);
        town_see(town, seen[i].code, seen[i].at_m);
        town_locate(town);
        const struct stretch *stretch = &town->yield.stretches[0];

        cr_expect_eq(
            town_inspection(town, 0)->is_complete, seen[i].is_complete, "%s", seen[i].name);
        cr_expect_eq(stretch->is_complete, seen[i].is_complete, "%s", seen[i].name);
        expect_near(stretch->from_along_m, seen[i].from_m, seen[i].name, "from");
        expect_near(stretch->to_along_m, seen[i].to_m, seen[i].name, "to");
    }
}

Test(locate, a_catalogue_with_a_finish_code_must_show_it_before_a_run_is_stretched) {
    for (int with_finish = 0; with_finish <= 1; with_finish++) {
        CLEANUP(town_release) struct town *town = pipes();
        town_visit(town, (struct visit){.ref = "P", .direction = DOWN, .inspected_m = 48});
        town_see(town, "BCD", 0);
        town_see(town, "BAB", 24);
        if (with_finish == 1) {
            town_see(town, "BCE", 48);
        }
        town_locate(town);
        expect_near(town_row(town, 0, 1)->along_m, with_finish == 1 ? 25 : 24, "along", "BAB");
    }
}

/* --- zero of chainages --- */

/* clang-format off */
static const struct {
    const char *name;
    enum zero_point zero;
    double inspected_m, finish_m; /* NAN: no finish seen */
    double chainage_m, along_m;
} zeros[] = {
    {"node centre", ZERO_NODE_CENTRE, 50, 49, 10, 10},
    {"not known", ZERO_UNKNOWN, 50, 49, 10, 10},
    {"inner wall: half of what the stations lack", ZERO_INNER_WALL, 50, 49, 10, 10.5},
    {"inner wall, at the start", ZERO_INNER_WALL, 50, 49, 0, 0.5},
    {"inner wall, at the finish", ZERO_INNER_WALL, 50, 49, 49, 49.5},
    {"pipe end", ZERO_PIPE_END, 50, 48, 10, 11},
    {"inner wall and stretched", ZERO_INNER_WALL, 48, 47, 23.5, 25},
    {"inner wall, lengths of the stations: the segment tells", ZERO_INNER_WALL, 48.8, 48.8, 10,
     10.6},
    {"inner wall, too much is lacking", ZERO_INNER_WALL, 50, 46, 10, 10},
    {"inner wall, abandoned: the usual half metre", ZERO_INNER_WALL, 30, NAN, 10, 10.5},
    {"inner wall, abandoned: what the station lacks", ZERO_INNER_WALL, 30.7, NAN, 10, 10.7},
};
/* clang-format on */

Test(locate, zero_of_chainages) {
    for (size_t i = 0; i < ARRAY_LEN(zeros); i++) {
        CLEANUP(town_release) struct town *town = pipes();
        struct visit visit = {.ref = "P", .direction = DOWN, .inspected_m = zeros[i].inspected_m};
        town_visit(town, visit)->zero = (uint8_t)zeros[i].zero;
        town_see(town, "BAB", zeros[i].chainage_m);
        if (isnan(zeros[i].finish_m)) {
            town_see(town, "BDC", 30);
            town_inspection(town, 0)->is_abandoned = true;
        } else {
            town_see(town, "BCE", zeros[i].finish_m);
        }
        town_locate(town);
        expect_near(town_row(town, 0, 0)->along_m, zeros[i].along_m, zeros[i].name, "along");
    }
}

Test(locate, a_length_from_the_centre_of_the_node_ends_where_the_camera_stopped) {
    CLEANUP(town_release) struct town *town = pipes();
    struct visit visit = {.ref = "P", .direction = UP, .inspected_m = 29.7, .is_abandoned = true};

    town_visit(town, visit)->zero = ZERO_INNER_WALL;
    town_see(town, "BDC", 29.1);
    town_locate(town);
    expect_near(town->yield.stretches[0].from_along_m, 50 - 29.7, "seen", "from");
    expect_near(town_row(town, 0, 0)->along_m, 50 - 29.7, "BDC", "along");
}

Test(locate, a_start_node_without_chainage_is_at_the_start) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town, (struct visit){.ref = "P", .direction = UP, .inspected_m = 50});
    town_see(town, "BCD", NAN);
    town_see(town, "BCE", NAN);
    town_locate(town);
    expect_near(town_row(town, 0, 0)->along_m, 50, "start", "along");
    cr_expect(isnan(town_row(town, 0, 0)->chainage_m), "what was delivered stays as it is");
    cr_expect_eq(town_row(town, 0, 1)->unplaced, UNPLACED_CHAINAGE_MISSING);
}

/* --- chains --- */

/* clang-format off */
static const struct {
    const char *name;
    double chainage_m;
    const char *segment;
    double along_m;
} links[] = {
    {"on the first segment", 24.5, "P", 25},
    {"at the node", 49, "Q", 0},
    {"on the second segment", 73.5, "Q", 25},
    {"on the third segment", 147, "R", 50},
    {"at the end", 196, "R", 100},
};
/* clang-format on */

static const char *segment_of_row(struct town *town, size_t row) {
    uint32_t stretch = town_row(town, 0, row)->stretch;

    return stretch == NO_STRETCH
               ? ""
               : town->network.segments[town->yield.stretches[stretch].segment].id.at;
}

Test(locate, observations_of_a_chain_lie_on_their_segments) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town, (struct visit){.start = "A", .finish = "D", .inspected_m = 196});
    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        town_see(town, "PL", links[i].chainage_m);
    }
    town_locate(town);
    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        const struct observation *row = town_row(town, 0, i);
        cr_expect_str_eq(segment_of_row(town, i), links[i].segment, "%s", links[i].name);
        expect_near(row->along_m, links[i].along_m, links[i].name, "along");
        cr_expect_eq(row->position_method, POSITION_CHAIN, "%s", links[i].name);
    }
    cr_expect(town->yield.stretches[2].is_complete);
}

Test(locate, a_chain_against_the_flow_by_its_logged_nodes) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town, (struct visit){.start = "D", .finish = "B", .inspected_m = 150});
    town_see(town, "YJ", 99);
    town_see(town, "PL", 49.5);
    town_see(town, "PL", 110);
    town_locate(town);
    cr_expect_str_eq(segment_of_row(town, 0), "Q", "a node belongs to the segment behind it");
    expect_near(town_row(town, 0, 0)->along_m, 50, "YJ", "along");
    cr_expect_str_eq(segment_of_row(town, 1), "R");
    expect_near(town_row(town, 0, 1)->along_m, 50, "first PL", "along");
    cr_expect_str_eq(segment_of_row(town, 2), "Q");
    expect_near(town_row(town, 0, 2)->along_m, 50 - 11 * 50.0 / 51, "second PL", "along");
}

Test(locate, an_abandoned_chain_is_seen_as_far_as_it_went) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(
        town, (struct visit){.start = "A", .finish = "D", .inspected_m = 70, .is_abandoned = true});
    town_see(town, "PL", 60);
    town_locate(town);
    cr_assert_eq(town_inspection(town, 0)->n_stretches, 2);
    cr_expect(town->yield.stretches[0].is_complete);
    cr_expect_not(town->yield.stretches[1].is_complete);
    expect_near(town->yield.stretches[0].to_along_m, 50, "first", "to");
    expect_near(town->yield.stretches[1].to_along_m, 20, "second", "to");
    expect_near(town_row(town, 0, 0)->along_m, 10, "PL", "along");
}

/* --- nodes, and what has no place --- */

Test(locate, observations_of_a_node_lie_at_the_node) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town, (struct visit){.ref = "B", .is_node = true});
    town_see(town, "DAB", 1.5);
    town_see(town, "DAC", NAN);
    town_locate(town);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(town_row(town, 0, i)->unplaced, UNPLACED_NOT);
        cr_expect_eq(town_row(town, 0, i)->position_method, POSITION_AS_LOGGED);
        cr_expect(isnan(town_row(town, 0, i)->along_m));
        cr_expect_eq(town_row(town, 0, i)->stretch, NO_STRETCH);
    }
    cr_expect(town_inspection(town, 0)->is_complete);
}

Test(locate, observations_of_an_unmatched_inspection_know_why) {
    CLEANUP(town_release) struct town *town = pipes();

    town_visit(town, (struct visit){.ref = "nowhere", .inspected_m = 10});
    town_see(town, "PL", 5);
    town_locate(town);
    cr_expect_eq(town_row(town, 0, 0)->unplaced, UNPLACED_NO_MATCH);
    cr_expect_eq(town_row(town, 0, 0)->position_method, POSITION_NONE);
}

Test(locate, a_chain_over_a_segment_without_geometry_places_the_rest) {
    CLEANUP(town_release) struct town *town = pipes();

    town->network.segments[1].line.n = 0;
    town->network.segments[1].length_m = 50;
    town_visit(town, (struct visit){.start = "A", .finish = "D", .inspected_m = 200});
    town_see(town, "PL", 25);
    town_see(town, "PL", 75);
    town_see(town, "PL", 150);
    town_locate(town);
    expect_near(town_row(town, 0, 0)->along_m, 25, "first", "along");
    cr_expect_eq(town_row(town, 0, 1)->unplaced, UNPLACED_SEGMENT_NO_GEOMETRY);
    expect_near(town_row(town, 0, 2)->along_m, 50, "third", "along");
}

/* --- properties --- */

/* A network that drew Q the other way round, and says so by its nodes. */
static struct town *pipes_turned(void) {
    struct town *town = town_new();

    town_node(town, "B", 50, 0);
    town_node(town, "C", 80, 20);
    town_bend(town, town_segment(town, "Q", "C", "B"), 80, 0);
    return town;
}

Test(locate, the_way_a_segment_was_digitised_does_not_move_a_point) {
    static const double lengths_m[] = {50, 48, 53, 70};
    static const char *const starts[] = {"B", "C"};

    for (size_t i = 0; i < ARRAY_LEN(lengths_m) * ARRAY_LEN(starts); i++) {
        CLEANUP(town_release) struct town *one = pipes();
        CLEANUP(town_release) struct town *other = pipes_turned();
        struct visit visit = {.ref = "Q", .start = starts[i % 2], .inspected_m = lengths_m[i / 2]};
        town_visit(one, visit);
        town_visit(other, visit);
        for (int k = 0; k <= 10; k++) {
            town_see(one, "PL", 5.0 * k);
            town_see(other, "PL", 5.0 * k);
        }
        town_locate(one);
        town_locate(other);
        for (size_t k = 0; k <= 10; k++) {
            struct xy a = town_place(one, 0, k), b = town_place(other, 0, k);
            bool is_nowhere = !xy_is_set(a) && !xy_is_set(b);
            cr_expect(is_nowhere || xy_distance_m(a, b) < 1e-9, "start %s, %g m, row %zu",
                starts[i % 2], lengths_m[i / 2], k);
        }
    }
}

Test(locate, two_ends_of_one_run_meet) {
    for (int at = 0; at <= 50; at += 5) { /* the same thing seen from both ends */
        CLEANUP(town_release) struct town *town = pipes();
        town_visit(town, (struct visit){.ref = "Q", .start = "B", .inspected_m = 50});
        town_see(town, "PL", at);
        town_visit(town, (struct visit){.ref = "Q", .start = "C", .inspected_m = 50});
        town_see(town, "PL", 50 - at);
        town_locate(town);
        cr_expect(xy_distance_m(town_place(town, 0, 0), town_place(town, 1, 0)) < 1e-9, "%d", at);
    }
}

Test(locate, the_cut_of_the_ranges_does_not_matter) {
    CLEANUP(town_release) struct town *whole = pipes();
    CLEANUP(town_release) struct town *cut = pipes();

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        town_visit(whole, cases[i].visit);
        town_mark(whole, "PL", cases[i].chainage_m, i % 2 == 0 ? MARK_START : MARK_END, 1);
        town_visit(cut, cases[i].visit);
        town_mark(cut, "PL", cases[i].chainage_m, i % 2 == 0 ? MARK_START : MARK_END, 1);
    }
    town_locate(whole);
    town_match(cut);
    for (size_t i = 0; i < cut->n; i++) {
        locate_inspections(
            &cut->network, cut->list + i, 1, cut->yield.stretches, &cut->locate, &cut->findings);
    }
    for (size_t i = 0; i < cut->n; i++) {
        const struct observation *a = town_row(whole, i, 0), *b = town_row(cut, i, 0);
        expect_near(a->along_m, b->along_m, cases[i].name, "along");
        expect_near(a->along_to_m, b->along_to_m, cases[i].name, "along_to");
        cr_expect_eq(a->unplaced, b->unplaced, "%s", cases[i].name);
    }
    cr_expect_eq(whole->findings.n, cut->findings.n);
}
