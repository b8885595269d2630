#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "tests/core/street.h"

Test(match_chain, a_chain_is_split_by_length) {
    CLEANUP(town_release)
    struct town *town =
        street_visited((struct visit){.start = "W1", .finish = "W4", .inspected_m = 147});

    town_match(town);
    cr_assert_eq(town_inspection(town, 0)->n_stretches, 3);
    cr_expect_float_eq(town->yield.stretches[0].from_chainage_m, 0, 1e-9);
    cr_expect_float_eq(town->yield.stretches[0].to_chainage_m, 49, 1e-9);
    cr_expect_float_eq(town->yield.stretches[1].from_chainage_m, 49, 1e-9);
    cr_expect_float_eq(town->yield.stretches[2].from_chainage_m, 98, 1e-9);
    cr_expect(isnan(town->yield.stretches[2].to_chainage_m));
}

Test(match_chain, a_chain_is_split_at_the_nodes_that_were_logged) {
    CLEANUP(town_release)
    struct town *town =
        street_visited((struct visit){.start = "W1", .finish = "W4", .inspected_m = 147});

    town_see(town, "YJ", 97.5);
    town_see(town, "YJ", 48);
    town_match(town);
    cr_assert_eq(town_inspection(town, 0)->n_stretches, 3);
    cr_expect_float_eq(town->yield.stretches[1].from_chainage_m, 48, 1e-9);
    cr_expect_float_eq(town->yield.stretches[2].from_chainage_m, 97.5, 1e-9);
}

Test(match_chain, logged_nodes_must_agree_in_number) {
    CLEANUP(town_release)
    struct town *town =
        street_visited((struct visit){.start = "W1", .finish = "W4", .inspected_m = 147});

    town_see(town, "YJ", 48);
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_MATCH);
    cr_expect(text_contains(town_inspection(town, 0)->match_note, TEXT("2 segments")));
}

Test(match_chain, an_abandoned_chain_ends_where_the_camera_stopped) {
    CLEANUP(town_release)
    struct town *town = street_visited(
        (struct visit){.start = "W1", .finish = "W4", .inspected_m = 60, .is_abandoned = true});

    town_see(town, "YJ", 49);
    town_match(town);
    cr_assert_eq(town_inspection(town, 0)->n_stretches, 2);
    cr_expect_float_eq(town->yield.stretches[1].from_chainage_m, 49, 1e-9);
}

Test(match_chain, a_chain_of_a_reference_turns_to_its_direction) {
    CLEANUP(town_release)
    struct town *town =
        street_visited((struct visit){.ref = "W2-W4", .direction = UP, .inspected_m = 100});

    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-03");
    cr_expect(town->yield.stretches[0].is_against_flow);
}

Test(match_chain, a_chain_has_at_most_twelve_segments) {
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
Test(match_chain, a_maze_is_given_up) {
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
