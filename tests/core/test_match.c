#include <criterion/criterion.h>

#include "core/base.h"
#include "tests/core/street.h"

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

Test(match, rungs) {
    for (size_t i = 0; i < ARRAY_LEN(placed); i++) {
        CLEANUP(town_release) struct town *town = street_visited(placed[i].visit);
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
        CLEANUP(town_release) struct town *town = street_visited(unplaced[i].visit);
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
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.ref = "WS-06"});

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
        CLEANUP(town_release) struct town *town = street_visited(said[i].visit);
        struct observation *row = town_see(town, "BCD", 0);
        observation_more(&town->survey, row)->quant1_text = text_from(said[i].row_start);
        town_match(town);

        cr_expect_eq(town_findings(town, said[i].kind), 1, "%s", said[i].name);
    }
}

Test(match, the_usual_inspection_brings_no_findings) {
    CLEANUP(town_release)
    struct town *town = street_visited(
        (struct visit){.ref = "WS-01", .start = "W1", .finish = "W2", .direction = DOWN});
    struct observation *row = town_see(town, "BCD", 0);

    observation_more(&town->survey, row)->quant1_text = TEXT("W1");
    town_match(town);
    cr_expect_eq(town->yield.findings.n, 0);
}

Test(match, a_start_that_was_only_assumed_gives_way_to_the_observation) {
    CLEANUP(town_release)
    struct town *town =
        street_visited((struct visit){.ref = "WS-01", .start = "W1", .finish = "W2"});
    struct observation *row = town_see(town, "BCD", 0);

    town_inspection(town, 0)->start_is_assumed = true;
    observation_more(&town->survey, row)->quant1_text = TEXT("W2");
    town_match(town);
    cr_expect(town->yield.stretches[0].is_against_flow);
}

/* --- nodes by other fields --- */

Test(match, upstream_and_downstream_nodes_make_a_pair) {
    CLEANUP(town_release)
    struct town *town = street_visited((struct visit){.direction = UP, .inspected_m = 50});
    struct inspection_more *more = inspection_more(&town->survey, town_inspection(town, 0));

    more->upstream_node = TEXT("W2");
    more->downstream_node = TEXT("W3");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect(town->yield.stretches[0].is_against_flow);
}

Test(match, the_finish_is_the_other_of_upstream_and_downstream) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.start = "W3"});
    struct inspection_more *more = inspection_more(&town->survey, town_inspection(town, 0));

    more->upstream_node = TEXT("W2");
    more->downstream_node = TEXT("W3");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_NODE_PAIR);
}

Test(match, nodes_named_by_the_observations_make_a_pair) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.inspected_m = 50});
    struct observation *start = town_see(town, "BCD", 0);

    observation_more(&town->survey, start)->quant1_text = TEXT("W3");
    struct observation *finish = town_see(town, "BCE", 50);
    observation_more(&town->survey, finish)->quant1_text = TEXT("W2");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect(town->yield.stretches[0].is_against_flow);
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
    CLEANUP(town_release) struct town *forth = street_new();
    CLEANUP(town_release) struct town *back = street_new();

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
    CLEANUP(town_release) struct town *whole = street_new();
    CLEANUP(town_release) struct town *cut = street_new();

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
