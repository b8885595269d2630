#include <criterion/criterion.h>

#include <math.h>

#include "core/base.h"
#include "core/imply.h"
#include "tests/core/town.h"

static struct town *wells(void) {
    struct town *town = town_new();

    town_node(town, "Y1", 0, 0);
    town_node(town, "Y2", 30, 40);
    town_node(town, "Y3", 60, 40);
    town_node(town, "Y4", NAN, NAN);
    return town;
}

static void imply(struct town *town) {
    struct inspection *list[16];

    for (size_t i = 0; i < town->survey.n_inspections; i++) {
        list[i] = town_inspection(town, i);
    }
    network_imply_segments(&town->network, list, town->survey.n_inspections);
}

/* clang-format off */
static const struct {
    const char *name;
    struct visit visit;
    const char *id; /* NULL: no segment */
    enum flow_source flow;
} cases[] = {
    {"downstream", {.start = "Y1", .finish = "Y2", .direction = DIRECTION_DOWNSTREAM}, "Y1-Y2",
     FLOW_FROM_FIELDS},
    {"upstream", {.start = "Y1", .finish = "Y2", .direction = DIRECTION_UPSTREAM}, "Y2-Y1",
     FLOW_FROM_FIELDS},
    {"no direction", {.start = "Y1", .finish = "Y2"}, "Y1-Y2", FLOW_FROM_DIGITISING},
    {"wells in normal form", {.start = "y01", .finish = "Ｙ２"}, "Y1-Y2", FLOW_FROM_DIGITISING},
    {"wells from the reference", {.ref = "Y2~Y1", .direction = DIRECTION_DOWNSTREAM}, "Y2-Y1",
     FLOW_FROM_DIGITISING},
    {"one well twice", {.start = "Y1", .finish = "Y1"}, NULL, FLOW_FROM_FIELDS},
    {"a well that is not in the table", {.start = "Y1", .finish = "Y9"}, NULL, FLOW_FROM_FIELDS},
    {"a well without coordinates", {.start = "Y1", .finish = "Y4"}, NULL, FLOW_FROM_FIELDS},
    {"a manhole inspection", {.ref = "Y1", .is_node = true}, NULL, FLOW_FROM_FIELDS},
};
/* clang-format on */

Test(imply, one_inspection) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(town_release) struct town *town = wells();
        town_visit(town, cases[i].visit);
        imply(town);

        cr_expect(town->network.is_implied, "%s", cases[i].name);
        cr_assert_eq(town->network.n_segments, cases[i].id != NULL, "%s", cases[i].name);
        if (cases[i].id != NULL) {
            const struct segment *segment = &town->network.segments[0];
            cr_expect(text_equal(segment->id, text_from(cases[i].id)), "%s: '%.*s'", cases[i].name,
                TEXT_ARGS(segment->id));
            cr_expect_float_eq(segment->drawn_m, 50, 1e-9, "%s", cases[i].name);
            cr_expect_eq(segment->flow_source, cases[i].flow, "%s", cases[i].name);
        }
    }
}

Test(imply, a_pair_that_was_inspected_often_is_one_segment) {
    CLEANUP(town_release) struct town *town = wells();

    town_visit(town, (struct visit){.start = "Y1", .finish = "Y2"});
    town_visit(town, (struct visit){.start = "Y1",
                         .finish = "Y2",
                         .direction = DIRECTION_UPSTREAM,
                         .diameter_mm = 500,
                         .expected_m = 51});
    town_visit(
        town, (struct visit){.start = "Y2", .finish = "Y1", .direction = DIRECTION_DOWNSTREAM});
    town_visit(town, (struct visit){.start = "Y2", .finish = "Y3"});
    imply(town);
    cr_assert_eq(town->network.n_segments, 2);
    const struct segment *segment = &town->network.segments[0];
    cr_expect(text_equal(segment->id, TEXT("Y2-Y1")), "the first that knows the flow decides");
    cr_expect_eq(segment->diameter_mm, 500);
    cr_expect_eq(segment->length_m, 51);
    cr_expect_eq(segment->from_node, 1);
    cr_expect_eq(town->network.nodes[1].n_segments, 2, "it is connected");
}

Test(imply, material_and_system_come_from_the_inspection) {
    CLEANUP(town_release) struct town *town = wells();
    struct inspection *inspection = town_visit(town, (struct visit){.start = "Y1", .finish = "Y2"});

    inspection_more(&town->survey, inspection)->material = TEXT("砼 ");
    inspection_more(&town->survey, inspection)->system = TEXT("污水");
    imply(town);
    const struct segment *segment = &town->network.segments[0];
    cr_expect(text_equal(network_word(&town->network, segment->material), TEXT("砼")));
    cr_expect_eq(segment->system, SYSTEM_FOUL);
}

Test(imply, a_missing_well_is_said_once) {
    CLEANUP(town_release) struct town *town = wells();

    for (int i = 0; i < 3; i++) {
        town_visit(town, (struct visit){.start = "Y1", .finish = "Y9"});
    }
    imply(town);
    cr_assert_eq(town->network.findings.n, 1);
    cr_expect_eq(town->network.findings.at[0].kind, FINDING_NODE_MISSING);
}

Test(imply, a_network_with_lines_is_left_alone) {
    CLEANUP(town_release) struct town *town = wells();

    town_segment(town, "P", "Y1", "Y2");
    town_visit(town, (struct visit){.start = "Y2", .finish = "Y3"});
    imply(town);
    cr_expect_eq(town->network.n_segments, 1);
    cr_expect_not(town->network.is_implied);
}

Test(imply, inspections_then_find_their_segments) {
    CLEANUP(town_release) struct town *town = wells();

    town_visit(town,
        (struct visit){
            .start = "Y1", .finish = "Y2", .direction = DIRECTION_UPSTREAM, .inspected_m = 50});
    town_see(town, "PL", 10);
    imply(town);
    town_locate(town);
    struct xy at = town_place(town, 0, 0);
    cr_expect_float_eq(at.x, 6, 1e-9);
    cr_expect_float_eq(at.y, 8, 1e-9);
    cr_expect_eq(town->yield.findings.n, 0);
}
