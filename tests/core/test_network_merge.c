#include <criterion/criterion.h>
#include <math.h>

#include "core/network_merge.h"

static uint32_t add_node(struct network *network, const char *id, double x) {
    struct node *node = network_add_node(network);

    node->id = text_from(id);
    node->at = (struct xy){x, 0};
    return (uint32_t)network->n_nodes - 1;
}

static void add_segment(
    struct network *network, const char *id, uint32_t from, uint32_t to, const char *material) {
    uint32_t word = pool_add(&network->words, text_from(material));
    struct segment *segment = network_add_segment(network);

    segment->id = text_from(id);
    segment->from_node = from;
    segment->to_node = to;
    segment->material = word;
}

Test(network_merge, parts_are_joined_at_their_common_nodes) {
    CLEANUP(network_release) struct network a = {0}, b = {0}, all = {0};

    add_node(&a, "1", 0);
    add_node(&a, "2", NAN);
    add_segment(&a, "A1", 0, 1, "clay");
    uint32_t three = add_node(&b, "3", 20), two = add_node(&b, "2", 10);
    add_segment(&b, "B0", two, three, "steel");
    add_segment(&b, "A1", three, two, "clay");
    b.crs = TEXT("EPSG:25832");
    network_merge(&all, (const struct network *const[]){&a, &b}, 2);

    cr_assert_eq(all.n_nodes, 3);
    cr_assert_eq(all.n_segments, 2);
    cr_expect_eq(all.nodes[1].at.x, 10, "the second file knows where node 2 is");
    cr_expect_eq(all.segments[1].from_node, 1);
    cr_expect_eq(all.segments[1].to_node, 2);
    cr_expect(text_equal(network_word(&all, all.segments[1].material), TEXT("steel")));
    cr_expect(text_equal(all.crs, TEXT("EPSG:25832")));
    cr_expect_eq(all.nodes[1].n_segments, 2, "it is connected");
    cr_assert_eq(all.findings.n, 1, "A1 lies elsewhere in the second file");
    cr_expect_eq(all.findings.at[0].kind, FINDING_DUPLICATE_ID);
}

Test(network_merge, the_same_part_twice_changes_nothing) {
    CLEANUP(network_release) struct network a = {0}, all = {0};

    add_node(&a, "1", 0);
    add_node(&a, "2", 10);
    add_segment(&a, "A1", 0, 1, "clay");
    add_segment(&a, "", 0, NO_NODE, "");
    network_merge(&all, (const struct network *const[]){&a, &a}, 2);
    cr_expect_eq(all.n_nodes, 2);
    cr_expect_eq(all.n_segments, 3, "what has no id cannot be known again");
    cr_expect_eq(all.findings.n, 0);
}
