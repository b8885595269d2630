#include <criterion/criterion.h>

#include "core/base.h"
#include "tests/core/street.h"

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

Test(match_nodes, node_inspections) {
    for (size_t i = 0; i < ARRAY_LEN(nodes); i++) {
        CLEANUP(town_release)
        struct town *town = street_visited((struct visit){.ref = nodes[i].ref, .is_node = true});
        town_match(town);
        const struct inspection *got = town_inspection(town, 0);

        cr_expect_eq(got->match_method, nodes[i].method, "%s", nodes[i].name);
        cr_expect_eq(got->unplaced, nodes[i].reason, "%s", nodes[i].name);
        cr_expect_eq(got->node, nodes[i].node, "%s", nodes[i].name);
    }
}

/* As the reader leaves two segments of one id. */
static struct town *visited_twin(struct visit visit) {
    struct town *town = street_visited(visit);

    town_segment(town, "WS-02#2", "W8", "W9")->id_added_n = 2;
    town->network.has_repeated_ids = true;
    return town;
}

Test(match_nodes, an_id_that_the_file_has_twice_is_ambiguous_though_we_name_them_apart) {
    CLEANUP(town_release) struct town *town = visited_twin((struct visit){.ref = "WS-02"});

    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_AMBIGUOUS);
}

Test(match_nodes, an_id_that_the_file_has_twice_is_told_apart_by_its_nodes) {
    CLEANUP(town_release)
    struct town *town = visited_twin((struct visit){.ref = "WS-02", .start = "W9", .finish = "W8"});

    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02#2");
}

Test(match_nodes, a_segment_is_found_by_the_name_that_we_gave_it) {
    CLEANUP(town_release) struct town *town = visited_twin((struct visit){.ref = "WS-02#2"});

    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02#2");
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_SEGMENT_ID);
}

Test(match_nodes, two_nodes_of_one_id_are_ambiguous) {
    CLEANUP(town_release)
    struct town *town = street_visited((struct visit){.ref = "W3", .is_node = true});

    town_node(town, "W3", 1000, 1000);
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_AMBIGUOUS);
}

Test(match_nodes, two_nodes_of_one_id_are_told_apart_by_the_segment_between) {
    CLEANUP(town_release)
    struct town *town = street_visited((struct visit){.start = "W3", .finish = "W2"});

    town_node(town, "W3", 1000, 1000);
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
}

Test(match_nodes, without_a_network_nothing_has_a_place) {
    CLEANUP(town_release) struct town *town = town_new();

    town_visit(town, (struct visit){.ref = "WS-01"});
    town_visit(town, (struct visit){.ref = "W1", .is_node = true});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_NETWORK);
    cr_expect_eq(town_inspection(town, 1)->unplaced, UNPLACED_NO_NETWORK);
}

Test(match_nodes, a_segment_without_geometry_places_nothing) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.ref = "WS-01"});

    town->network.segments[0].line.n = 0;
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_SEGMENT_NO_GEOMETRY);
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_SEGMENT_ID);
}
