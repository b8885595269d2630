#include <criterion/criterion.h>

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "tests/core/town.h"

/* A street of wells 50 m apart, and beside it one trap for each rung:
 *
 *     W1 -WS-01- W2 -WS-02- W3 -WS-03- W4 =WS-4a,WS-4b= W5 -WS-05- W6
 *     DUP twice, X-1 and x_01 with one normal form, a ring D1-D2-D4-D3, a fork at F1,
 *     two pipes without anything to tell them apart between W6 and G1. */
static struct town *street(void) {
    static const struct {
        const char *id;
        double x, y;
    } nodes[] = {
        {"W1", 0,   0  },
        {"W2", 50,  0  },
        {"W3", 100, 0  },
        {"W4", 150, 0  },
        {"W5", 200, 0  },
        {"W6", 250, 0  },
        {"W7", 0,   80 },
        {"W8", 50,  70 },
        {"W9", 100, 60 },
        {"W0", 100, 120},
        {"D1", 0,   500},
        {"D2", 40,  500},
        {"D3", 0,   540},
        {"D4", 40,  540},
        {"F1", 500, 0  },
        {"F2", 530, 0  },
        {"F3", 500, 60 },
        {"G1", 250, 50 },
    };
    static const struct {
        const char *id, *from, *to;
        float diameter_mm;
    } segments[] = {
        {"WS-01", "W1", "W2", 300},
        {"WS-02", "W2", "W3", 300},
        {"WS-03", "W3", "W4", 300},
        {"WS-4a", "W4", "W5", 300},
        {"WS-4b", "W4", "W5", 400},
        {"WS-05", "W5", "W6", 300},
        {"DUP",   "W1", "W7", 300},
        {"DUP",   "W2", "W8", 500},
        {"X-1",   "W3", "W9", 300},
        {"x_01",  "W9", "W0", 300},
        {"DA",    "D1", "D2", 300},
        {"DB",    "D2", "D4", 300},
        {"DC",    "D1", "D3", 300},
        {"DD",    "D3", "D4", 300},
        {"FA",    "F1", "F2", 300},
        {"FB",    "F1", "F3", 300},
        {"GA",    "W6", "G1", 300},
        {"GB",    "W6", "G1", 300},
    };
    struct town *town = town_new();

    for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
        town_node(town, nodes[i].id, nodes[i].x, nodes[i].y);
    }
    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        struct segment *segment =
            town_segment(town, segments[i].id, segments[i].from, segments[i].to);
        segment->diameter_mm = segments[i].diameter_mm;
    }
    return town;
}

enum { DOWN = DIRECTION_DOWNSTREAM, UP = DIRECTION_UPSTREAM };
enum { WITH, AGAINST };

/* clang-format off */
static const struct {
    const char *name;
    struct visit visit;
    const char *segment;
    enum match_method method;
    int against;
} placed[] = {
    {"an id is taken as it is", {.ref = "WS-01", .direction = DOWN}, "WS-01", MATCH_SEGMENT_ID,
     WITH},
    {"against the flow by direction", {.ref = "WS-01", .direction = UP}, "WS-01",
     MATCH_SEGMENT_ID, AGAINST},
    {"against the flow by start node", {.ref = "WS-01", .start = "W2"}, "WS-01", MATCH_SEGMENT_ID,
     AGAINST},
    {"against the flow by finish node", {.ref = "WS-01", .finish = "W1"}, "WS-01",
     MATCH_SEGMENT_ID, AGAINST},
    {"the start node wins over the direction", {.ref = "WS-01", .start = "W2", .direction = DOWN},
     "WS-01", MATCH_SEGMENT_ID, AGAINST},
    {"with the flow when nothing tells", {.ref = "WS-01"}, "WS-01", MATCH_SEGMENT_ID, WITH},
    {"an exact id wins over one with the same normal form", {.ref = "X-1", .direction = DOWN},
     "X-1", MATCH_SEGMENT_ID, WITH},
    {"an id is normalised", {.ref = " ws_1", .direction = DOWN}, "WS-01",
     MATCH_SEGMENT_ID_NORMALISED, WITH},
    {"an id in full-width letters", {.ref = "ＷＳ－０１", .direction = UP}, "WS-01",
     MATCH_SEGMENT_ID_NORMALISED, AGAINST},
    {"two ids with one normal form are told apart by their nodes",
     {.ref = "X_1", .start = "W0", .finish = "W9"}, "x_01", MATCH_NODE_PAIR, AGAINST},
    {"one id twice is told apart by its nodes", {.ref = "DUP", .start = "W2", .finish = "W8"},
     "DUP", MATCH_NODE_PAIR, WITH},
    {"one id twice is told apart by diameter",
     {.ref = "DUP", .direction = DOWN, .diameter_mm = 500}, "DUP", MATCH_NODE_PAIR_SUFFIX, WITH},
    {"a node pair along the flow", {.start = "W2", .finish = "W3"}, "WS-02", MATCH_NODE_PAIR,
     WITH},
    {"a node pair against the flow", {.start = "W3", .finish = "W2"}, "WS-02", MATCH_NODE_PAIR,
     AGAINST},
    {"a node pair in normal form", {.start = "w03", .finish = "Ｗ２"}, "WS-02", MATCH_NODE_PAIR,
     AGAINST},
    {"a node pair helps when the id is unknown", {.ref = "WS-77", .start = "W2", .finish = "W3"},
     "WS-02", MATCH_NODE_PAIR, WITH},
    {"a reference that is a node pair", {.ref = "W2~W3", .direction = DOWN}, "WS-02",
     MATCH_NODE_PAIR, WITH},
    {"a reference that is a node pair, upstream", {.ref = "W2-W3", .direction = UP}, "WS-02",
     MATCH_NODE_PAIR, AGAINST},
    {"parallel segments by reference suffix", {.ref = "K9b", .start = "W4", .finish = "W5"},
     "WS-4b", MATCH_NODE_PAIR_SUFFIX, WITH},
    {"parallel segments by diameter", {.start = "W5", .finish = "W4", .diameter_mm = 400},
     "WS-4b", MATCH_NODE_PAIR_SUFFIX, AGAINST},
    {"parallel segments by length", {.start = "W4", .finish = "W5", .inspected_m = 64}, "WS-4b",
     MATCH_NODE_PAIR_SUFFIX, WITH},
    {"a contradicted id that shares a node stays",
     {.ref = "WS-01", .start = "W2", .finish = "W3"}, "WS-01", MATCH_SEGMENT_ID, AGAINST},
    {"a contradicted id without a common node gives way",
     {.ref = "WS-01", .start = "W5", .finish = "W6"}, "WS-05", MATCH_NODE_PAIR, WITH},
    {"unknown nodes contradict nothing", {.ref = "WS-01", .start = "Q1", .finish = "Q2"}, "WS-01",
     MATCH_SEGMENT_ID, WITH},
    {"a run through two segments", {.start = "W2", .finish = "W4", .inspected_m = 100}, "WS-02",
     MATCH_CHAIN, WITH},
    {"a run through two segments against the flow",
     {.start = "W4", .finish = "W2", .inspected_m = 100}, "WS-03", MATCH_CHAIN, AGAINST},
    {"one node and the length", {.start = "F1", .finish = "?", .inspected_m = 59}, "FB",
     MATCH_NODE_AND_LENGTH, WITH},
    {"one node and the expected length of an abandoned run",
     {.start = "F1", .inspected_m = 5, .expected_m = 30, .is_abandoned = true}, "FA",
     MATCH_NODE_AND_LENGTH, WITH},
    {"the finish node and the length", {.finish = "F1", .inspected_m = 31}, "FA",
     MATCH_NODE_AND_LENGTH, AGAINST},
};
/* clang-format on */

static struct town *visited(struct visit visit) {
    struct town *town = street();

    town_bend(town, &town->network.segments[4], 175, 20);
    town_visit(town, visit);
    return town;
}

Test(match, rungs) {
    for (size_t i = 0; i < ARRAY_LEN(placed); i++) {
        CLEANUP(town_release) struct town *town = visited(placed[i].visit);
        town_match(town);
        const struct inspection *got = town_inspection(town, 0);

        cr_expect_str_eq(town_segment_of(town, 0), placed[i].segment, "%s", placed[i].name);
        cr_expect_eq(got->match_method, placed[i].method, "%s: %s", placed[i].name,
            match_method_name(got->match_method));
        cr_expect_eq(got->unplaced, UNPLACED_NOT, "%s", placed[i].name);
        if (got->n_stretches > 0) {
            cr_expect_eq(
                town->yield.stretches[0].is_against_flow, placed[i].against, "%s", placed[i].name);
        }
    }
}

/* clang-format off */
static const struct {
    const char *name;
    struct visit visit;
    enum unplaced_reason reason;
    const char *candidates;
} unplaced[] = {
    {"one id twice and nothing more", {.ref = "DUP"}, UNPLACED_AMBIGUOUS,
     "DUP (W1-W7, feature 7); DUP (W2-W8, feature 8)"},
    {"two ids with one normal form", {.ref = "X_1"}, UNPLACED_AMBIGUOUS,
     "X-1 (W3-W9); x_01 (W9-W0)"},
    {"parallel segments that nothing tells apart", {.start = "W6", .finish = "G1"},
     UNPLACED_AMBIGUOUS, "GA (W6-G1); GB (W6-G1)"},
    {"a contradicted id gives way to a pair that is not clear",
     {.ref = "WS-01", .start = "W6", .finish = "G1"}, UNPLACED_AMBIGUOUS,
     "GA (W6-G1); GB (W6-G1)"},
    {"two ways between the nodes", {.start = "D1", .finish = "D4", .inspected_m = 80},
     UNPLACED_AMBIGUOUS, "DA + DB; DC + DD"},
    {"a length that fits no segment at the node", {.start = "F1", .inspected_m = 45},
     UNPLACED_NO_MATCH, "FA (shares node F1); FB (shares node F1)"},
    {"a node alone, without a length", {.start = "F1"}, UNPLACED_NO_MATCH,
     "FA (shares node F1); FB (shares node F1)"},
    {"a length at the node that the direction forbids",
     {.start = "F1", .direction = UP, .inspected_m = 30}, UNPLACED_NO_MATCH,
     "FA (shares node F1); FB (shares node F1)"},
    {"a length at the node with another diameter",
     {.start = "F1", .inspected_m = 30, .diameter_mm = 900}, UNPLACED_NO_MATCH,
     "FA (shares node F1); FB (shares node F1)"},
    {"nodes that no segments join", {.start = "W1", .finish = "D1"}, UNPLACED_NO_MATCH, NULL},
    {"an id that is nearly right", {.ref = "WS-06"}, UNPLACED_NO_MATCH, NULL},
    {"nothing is like it", {.ref = "quite another thing"}, UNPLACED_NO_MATCH, ""},
    {"nothing is named", {.inspected_m = 10}, UNPLACED_NO_REFERENCE, ""},
};
/* clang-format on */

Test(match, nothing_is_placed_by_guessing) {
    for (size_t i = 0; i < ARRAY_LEN(unplaced); i++) {
        CLEANUP(town_release) struct town *town = visited(unplaced[i].visit);
        town_match(town);
        const struct inspection *got = town_inspection(town, 0);
        enum finding_kind kind = unplaced[i].reason == UNPLACED_AMBIGUOUS ? FINDING_AMBIGUOUS_MATCH
                                                                          : FINDING_NOT_MATCHED;

        cr_expect_eq(got->unplaced, unplaced[i].reason, "%s: %s", unplaced[i].name,
            unplaced_reason_name(got->unplaced));
        cr_expect_eq(got->match_method, MATCH_NONE, "%s", unplaced[i].name);
        cr_expect_eq(got->n_stretches, 0, "%s", unplaced[i].name);
        cr_expect_eq(town_findings(town, kind), 1, "%s", unplaced[i].name);
        if (unplaced[i].candidates != NULL) {
            cr_expect(text_equal(got->candidates, text_from(unplaced[i].candidates)), "%s: '%.*s'",
                unplaced[i].name, TEXT_ARGS(got->candidates));
        }
    }
}

Test(match, similar_ids_are_candidates) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.ref = "WS-06"});

    town_match(town);
    cr_expect(text_contains(town_inspection(town, 0)->candidates, TEXT("WS-05 (similar id)")));
}

/* clang-format off */
static const struct {
    const char *name;
    struct visit visit;
    const char *row_start; /* named by the start observation */
    enum finding_kind kind;
} said[] = {
    {"direction against start node", {.ref = "WS-01", .start = "W2", .direction = DOWN}, NULL,
     FINDING_DIRECTION_CONTRADICTS},
    {"nothing tells the flow", {.ref = "WS-01"}, NULL, FINDING_NO_FLOW},
    {"header and observation name different ends", {.ref = "WS-01", .start = "W1"}, "W2",
     FINDING_START_NODE_CONTRADICTS},
    {"the observation names a node elsewhere", {.ref = "WS-01", .start = "W1"}, "W5",
     FINDING_START_NODE_CONTRADICTS},
    {"id and nodes, id believed", {.ref = "WS-01", .start = "W2", .finish = "W3"}, NULL,
     FINDING_ID_CONTRADICTS_NODES},
    {"id and nodes, nodes believed", {.ref = "WS-01", .start = "W5", .finish = "W6"}, NULL,
     FINDING_ID_CONTRADICTS_NODES},
    {"id and nodes that are not clear", {.ref = "WS-01", .start = "W6", .finish = "G1"}, NULL,
     FINDING_ID_CONTRADICTS_NODES},
    {"id and nodes that nothing joins", {.ref = "WS-01", .start = "W5", .finish = "D1"}, NULL,
     FINDING_ID_CONTRADICTS_NODES},
    {"a chain against its direction", {.start = "W2", .finish = "W4", .direction = UP}, NULL,
     FINDING_DIRECTION_CONTRADICTS},
    {"a chain was split", {.start = "W2", .finish = "W4", .direction = DOWN}, NULL,
     FINDING_CHAIN_SPLIT},
};
/* clang-format on */

Test(match, what_disagrees_is_said_once) {
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        CLEANUP(town_release) struct town *town = visited(said[i].visit);
        struct observation *row = town_see(town, "BCD", 0);
        observation_more(&town->survey, row)->quant1_text = text_from(said[i].row_start);
        town_match(town);

        cr_expect_eq(town_findings(town, said[i].kind), 1, "%s", said[i].name);
    }
}

Test(match, the_usual_inspection_brings_no_findings) {
    CLEANUP(town_release)
    struct town *town =
        visited((struct visit){.ref = "WS-01", .start = "W1", .finish = "W2", .direction = DOWN});
    struct observation *row = town_see(town, "BCD", 0);

    observation_more(&town->survey, row)->quant1_text = TEXT("W1");
    town_match(town);
    cr_expect_eq(town->yield.findings.n, 0);
}

Test(match, a_start_that_was_only_assumed_gives_way_to_the_observation) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.ref = "WS-01", .start = "W1", .finish = "W2"});
    struct observation *row = town_see(town, "BCD", 0);

    town_inspection(town, 0)->start_is_assumed = true;
    observation_more(&town->survey, row)->quant1_text = TEXT("W2");
    town_match(town);
    cr_expect(town->yield.stretches[0].is_against_flow);
}

/* --- nodes by other fields --- */

Test(match, upstream_and_downstream_nodes_make_a_pair) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.direction = UP, .inspected_m = 50});
    struct inspection_more *more = inspection_more(&town->survey, town_inspection(town, 0));

    more->upstream_node = TEXT("W2");
    more->downstream_node = TEXT("W3");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect(town->yield.stretches[0].is_against_flow);
}

Test(match, the_finish_is_the_other_of_upstream_and_downstream) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.start = "W3"});
    struct inspection_more *more = inspection_more(&town->survey, town_inspection(town, 0));

    more->upstream_node = TEXT("W2");
    more->downstream_node = TEXT("W3");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_NODE_PAIR);
}

Test(match, nodes_named_by_the_observations_make_a_pair) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.inspected_m = 50});
    struct observation *start = town_see(town, "BCD", 0);

    observation_more(&town->survey, start)->quant1_text = TEXT("W3");
    struct observation *finish = town_see(town, "BCE", 50);
    observation_more(&town->survey, finish)->quant1_text = TEXT("W2");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect(town->yield.stretches[0].is_against_flow);
}

static void give_coordinates(struct town *town, struct xy start, struct xy finish) {
    struct inspection_more *more = inspection_more(&town->survey, town_inspection(town, 0));

    more->start_at = start;
    more->finish_at = finish;
    more->has_coordinates = true;
}

Test(match, coordinates_within_tolerance) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){101.5, 0.5}, (struct xy){49, -1});
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_COORDINATES);
}

Test(match, coordinates_out_of_tolerance) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){102.5, 0}, (struct xy){50, 0});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_MATCH);
}

Test(match, coordinates_of_two_segments_are_ambiguous) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){250, 0}, (struct xy){250, 50});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_AMBIGUOUS);
}

Test(match, coordinates_tell_a_repeated_id_apart) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.ref = "DUP"});

    give_coordinates(town, (struct xy){50, 70}, (struct xy){50, 0});
    town_match(town);
    cr_expect_eq(town->yield.n_stretches, 1);
    cr_expect_eq(town->yield.stretches[0].segment, 7);
}

Test(match, absurd_coordinates_fit_nothing) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){INFINITY, 1e300}, (struct xy){NAN, -1e300});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_MATCH);
}

Test(match, material_tells_parallel_segments_apart) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.start = "W6", .finish = "G1"});

    town->network.segments[16].material = pool_add(&town->network.words, TEXT("PVC"));
    town->network.segments[17].material = pool_add(&town->network.words, TEXT("Concrete"));
    inspection_more(&town->survey, town_inspection(town, 0))->material = TEXT("concrete ");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "GB");
}

Test(match, the_suffix_field_tells_parallel_segments_apart) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.start = "W4", .finish = "W5"});

    inspection_more(&town->survey, town_inspection(town, 0))->suffix = TEXT("A");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-4a");
    cr_expect(text_contains(town_inspection(town, 0)->match_note, TEXT("suffix")));
}

/* --- chains --- */

Test(match, a_chain_is_split_by_length) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.start = "W1", .finish = "W4", .inspected_m = 147});

    town_match(town);
    cr_assert_eq(town_inspection(town, 0)->n_stretches, 3);
    cr_expect_float_eq(town->yield.stretches[0].from_chainage_m, 0, 1e-9);
    cr_expect_float_eq(town->yield.stretches[0].to_chainage_m, 49, 1e-9);
    cr_expect_float_eq(town->yield.stretches[1].from_chainage_m, 49, 1e-9);
    cr_expect_float_eq(town->yield.stretches[2].from_chainage_m, 98, 1e-9);
    cr_expect(isnan(town->yield.stretches[2].to_chainage_m));
}

Test(match, a_chain_is_split_at_the_nodes_that_were_logged) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.start = "W1", .finish = "W4", .inspected_m = 147});

    town_see(town, "YJ", 97.5);
    town_see(town, "YJ", 48);
    town_match(town);
    cr_assert_eq(town_inspection(town, 0)->n_stretches, 3);
    cr_expect_float_eq(town->yield.stretches[1].from_chainage_m, 48, 1e-9);
    cr_expect_float_eq(town->yield.stretches[2].from_chainage_m, 97.5, 1e-9);
}

Test(match, logged_nodes_must_agree_in_number) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.start = "W1", .finish = "W4", .inspected_m = 147});

    town_see(town, "YJ", 48);
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_MATCH);
    cr_expect(text_contains(town_inspection(town, 0)->match_note, TEXT("2 segments")));
}

Test(match, an_abandoned_chain_ends_where_the_camera_stopped) {
    CLEANUP(town_release)
    struct town *town = visited(
        (struct visit){.start = "W1", .finish = "W4", .inspected_m = 60, .is_abandoned = true});

    town_see(town, "YJ", 49);
    town_match(town);
    cr_assert_eq(town_inspection(town, 0)->n_stretches, 2);
    cr_expect_float_eq(town->yield.stretches[1].from_chainage_m, 49, 1e-9);
}

Test(match, a_chain_of_a_reference_turns_to_its_direction) {
    CLEANUP(town_release)
    struct town *town =
        visited((struct visit){.ref = "W2-W4", .direction = UP, .inspected_m = 100});

    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-03");
    cr_expect(town->yield.stretches[0].is_against_flow);
}

Test(match, a_chain_has_at_most_twelve_segments) {
    static const char names[][4] = {
        "C0", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12", "C13"};

    for (size_t n = 12; n <= 13; n++) {
        CLEANUP(town_release) struct town *town = town_new();
        town_node(town, names[0], 0, 0);
        for (size_t i = 1; i <= n; i++) {
            town_node(town, names[i], 10.0 * (double)i, 0);
            town_segment(town, "S", names[i - 1], names[i]);
        }
        town_visit(town, (struct visit){.start = names[0], .finish = names[n]});
        town_match(town);
        cr_expect_eq(town_inspection(town, 0)->n_stretches, n == 12 ? 12 : 0, "%zu", n);
    }
}

/* A grid of streets has more ways than anybody can look through. */
Test(match, a_maze_is_given_up) {
    CLEANUP(town_release) struct town *town = town_new();

    for (size_t y = 0; y < 12; y++) {
        for (size_t x = 0; x < 12; x++) {
            struct text id =
                arena_printf(&town->survey.arena, "%c%c", (char)('a' + x), (char)('a' + y));
            town_node(town, id.at, 10.0 * (double)x, 10.0 * (double)y);
        }
    }
    for (uint32_t i = 0; i < 144; i++) {
        const struct node *nodes = town->network.nodes;
        if (i % 12 < 11) {
            town_segment(town, "S", nodes[i].id.at, nodes[i + 1].id.at);
        }
        if (i < 132) {
            town_segment(town, "S", nodes[i].id.at, nodes[i + 12].id.at);
        }
    }
    town_visit(town, (struct visit){.start = "aa", .finish = "ll"});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_MATCH);
    cr_expect(text_contains(town_inspection(town, 0)->match_note, TEXT("too many ways")));
}

/* --- nodes, and no network --- */

/* clang-format off */
static const struct {
    const char *name;
    const char *ref;
    enum match_method method;
    enum unplaced_reason reason;
    uint32_t node;
} nodes[] = {
    {"a node by id", "W3", MATCH_NODE_ID, UNPLACED_NOT, 2},
    {"a node by normal form", " w-003", MATCH_NONE, UNPLACED_NO_MATCH, NO_NODE},
    {"a node in full-width", "ｗ３", MATCH_NODE_ID_NORMALISED, UNPLACED_NOT, 2},
    {"a node that is not there", "W99", MATCH_NONE, UNPLACED_NO_MATCH, NO_NODE},
    {"a node that is not named", NULL, MATCH_NONE, UNPLACED_NO_REFERENCE, NO_NODE},
};
/* clang-format on */

Test(match, node_inspections) {
    for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
        CLEANUP(town_release)
        struct town *town = visited((struct visit){.ref = nodes[i].ref, .is_node = true});
        town_match(town);
        const struct inspection *got = town_inspection(town, 0);

        cr_expect_eq(got->match_method, nodes[i].method, "%s", nodes[i].name);
        cr_expect_eq(got->unplaced, nodes[i].reason, "%s", nodes[i].name);
        cr_expect_eq(got->node, nodes[i].node, "%s", nodes[i].name);
    }
}

/* As the reader leaves two segments of one id. */
static struct town *visited_twin(struct visit visit) {
    struct town *town = visited(visit);

    town_segment(town, "WS-02#2", "W8", "W9")->id_added_n = 2;
    town->network.has_repeated_ids = true;
    return town;
}

Test(match, an_id_that_the_file_has_twice_is_ambiguous_though_we_name_them_apart) {
    CLEANUP(town_release) struct town *town = visited_twin((struct visit){.ref = "WS-02"});

    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_AMBIGUOUS);
}

Test(match, an_id_that_the_file_has_twice_is_told_apart_by_its_nodes) {
    CLEANUP(town_release)
    struct town *town = visited_twin((struct visit){.ref = "WS-02", .start = "W9", .finish = "W8"});

    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02#2");
}

Test(match, a_segment_is_found_by_the_name_that_we_gave_it) {
    CLEANUP(town_release) struct town *town = visited_twin((struct visit){.ref = "WS-02#2"});

    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02#2");
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_SEGMENT_ID);
}

Test(match, two_nodes_of_one_id_are_ambiguous) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.ref = "W3", .is_node = true});

    town_node(town, "W3", 1000, 1000);
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_AMBIGUOUS);
}

Test(match, two_nodes_of_one_id_are_told_apart_by_the_segment_between) {
    CLEANUP(town_release)
    struct town *town = visited((struct visit){.start = "W3", .finish = "W2"});

    town_node(town, "W3", 1000, 1000);
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
}

Test(match, without_a_network_nothing_has_a_place) {
    CLEANUP(town_release) struct town *town = town_new();

    town_visit(town, (struct visit){.ref = "WS-01"});
    town_visit(town, (struct visit){.ref = "W1", .is_node = true});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_NETWORK);
    cr_expect_eq(town_inspection(town, 1)->unplaced, UNPLACED_NO_NETWORK);
}

Test(match, a_segment_without_geometry_places_nothing) {
    CLEANUP(town_release) struct town *town = visited((struct visit){.ref = "WS-01"});

    town->network.segments[0].line.n = 0;
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_SEGMENT_NO_GEOMETRY);
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_SEGMENT_ID);
}

/* --- the cut and the order do not matter --- */

static void visit_all(struct town *town, bool is_backwards) {
    size_t n = ARRAY_LEN(placed), m = ARRAY_LEN(unplaced);

    for (size_t k = 0; k < n + m; k++) {
        size_t i = is_backwards ? n + m - 1 - k : k;
        town_visit(town, i < n ? placed[i].visit : unplaced[i - n].visit);
    }
}

static bool is_same_match(const struct inspection *a, const struct inspection *b) {
    return a->match_method == b->match_method && a->unplaced == b->unplaced &&
           a->n_stretches == b->n_stretches && text_equal(a->match_note, b->match_note) &&
           text_equal(a->candidates, b->candidates);
}

Test(match, the_order_of_inspections_does_not_matter) {
    CLEANUP(town_release) struct town *forth = street();
    CLEANUP(town_release) struct town *back = street();

    visit_all(forth, false);
    visit_all(back, true);
    town_match(forth);
    town_match(back);
    for (size_t i = 0; i < forth->n; i++) {
        cr_expect(is_same_match(town_inspection(forth, i), town_inspection(back, forth->n - 1 - i)),
            "%zu", i);
        cr_expect_str_eq(town_segment_of(forth, i), town_segment_of(back, forth->n - 1 - i));
    }
}

Test(match, the_cut_of_the_ranges_does_not_matter) {
    CLEANUP(town_release) struct town *whole = street();
    CLEANUP(town_release) struct town *cut = street();

    visit_all(whole, false);
    visit_all(cut, false);
    town_match(whole);
    town_match(cut);
    struct matcher *matcher = matcher_new(&cut->network, &match_defaults);
    for (size_t size = 1; size < cut->n; size += 3) {
        for (size_t i = 0; i < cut->n; i += size) {
            CLEANUP(match_yield_release) struct match_yield yield = {0};
            size_t n = size < cut->n - i ? size : cut->n - i;
            for (size_t k = i; k < i + n; k++) {
                struct inspection *inspection = cut->list[k];
                inspection->match_method = MATCH_NONE;
                inspection->unplaced = UNPLACED_NOT;
                inspection->match_note = (struct text){0};
                inspection->candidates = (struct text){0};
            }
            match_inspections(matcher, cut->list + i, n, &yield);
            for (size_t k = i; k < i + n; k++) {
                cr_expect(is_same_match(whole->list[k], cut->list[k]), "%zu of cut %zu", k, size);
            }
        }
    }
    matcher_release(matcher);
}
