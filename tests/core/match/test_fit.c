#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "tests/core/street.h"

static void give_coordinates(struct town *town, struct xy start, struct xy finish) {
    struct inspection_more *more = inspection_more(&town->survey, town_inspection(town, 0));

    more->start_at = start;
    more->finish_at = finish;
    more->has_coordinates = true;
}

Test(match_fit, coordinates_within_tolerance) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){101.5, 0.5}, (struct xy){49, -1});
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-02");
    cr_expect_eq(town_inspection(town, 0)->match_method, MATCH_COORDINATES);
}

Test(match_fit, coordinates_out_of_tolerance) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){102.5, 0}, (struct xy){50, 0});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_MATCH);
}

Test(match_fit, coordinates_of_two_segments_are_ambiguous) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){250, 0}, (struct xy){250, 50});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_AMBIGUOUS);
}

Test(match_fit, coordinates_tell_a_repeated_id_apart) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.ref = "DUP"});

    give_coordinates(town, (struct xy){50, 70}, (struct xy){50, 0});
    town_match(town);
    cr_expect_eq(town->yield.n_stretches, 1);
    cr_expect_eq(town->yield.stretches[0].segment, 7);
}

Test(match_fit, absurd_coordinates_fit_nothing) {
    CLEANUP(town_release) struct town *town = street_visited((struct visit){.direction = UP});

    give_coordinates(town, (struct xy){INFINITY, 1e300}, (struct xy){NAN, -1e300});
    town_match(town);
    cr_expect_eq(town_inspection(town, 0)->unplaced, UNPLACED_NO_MATCH);
}

Test(match_fit, material_tells_parallel_segments_apart) {
    CLEANUP(town_release)
    struct town *town = street_visited((struct visit){.start = "W6", .finish = "G1"});

    town->network.segments[16].material = pool_add(&town->network.words, TEXT("PVC"));
    town->network.segments[17].material = pool_add(&town->network.words, TEXT("Concrete"));
    inspection_more(&town->survey, town_inspection(town, 0))->material = TEXT("concrete ");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "GB");
}

Test(match_fit, the_suffix_field_tells_parallel_segments_apart) {
    CLEANUP(town_release)
    struct town *town = street_visited((struct visit){.start = "W4", .finish = "W5"});

    inspection_more(&town->survey, town_inspection(town, 0))->suffix = TEXT("A");
    town_match(town);
    cr_expect_str_eq(town_segment_of(town, 0), "WS-4a");
    cr_expect(text_contains(town_inspection(town, 0)->match_note, TEXT("suffix")));
}
