#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "core/network.h"

/* Nodes 0-1-2 in a row, a loop at 1, a segment that knows only its upper node, one without any. */
static void build(struct network *network) {
    static const struct {
        uint32_t from, to;
    } segments[] = {
        {0,       1      },
        {1,       2      },
        {1,       1      },
        {2,       NO_NODE},
        {NO_NODE, NO_NODE},
    };

    for (size_t i = 0; i < 4; i++) {
        network_add_node(network);
    }
    for (size_t i = 0; i < ARRAY_LEN(segments); i++) {
        struct segment *segment = network_add_segment(network);
        segment->from_node = segments[i].from;
        segment->to_node = segments[i].to;
    }
    network_connect(network);
}

/* node, its segments in order */
static const struct {
    const char *name;
    uint32_t node;
    size_t n;
    uint32_t segments[3];
} links[] = {
    {"the upper end",                      0, 1, {0}      },
    {"the middle, its loop counted once",  1, 3, {0, 1, 2}},
    {"the lower end, known from one side", 2, 2, {1, 3}   },
    {"a node that no segment names",       3, 0, {0}      },
};

Test(network, links) {
    CLEANUP(network_release) struct network network = {0};

    build(&network);
    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        const struct node *node = &network.nodes[links[i].node];
        cr_assert_eq(node->n_segments, links[i].n, "%s", links[i].name);
        for (size_t k = 0; k < links[i].n; k++) {
            cr_expect_eq(network_links(&network, links[i].node)[k], links[i].segments[k], "%s",
                links[i].name);
        }
    }
}

Test(network, connecting_again_changes_nothing) {
    CLEANUP(network_release) struct network network = {0};

    build(&network);
    network_connect(&network);
    cr_expect_eq(network.nodes[1].n_segments, 3);
    cr_expect_eq(network_links(&network, 2)[1], 3);
}

Test(network, fields_are_unset_at_first) {
    CLEANUP(network_release) struct network network = {0};
    const struct node *node = network_add_node(&network);
    const struct segment *segment = network_add_segment(&network);

    cr_expect(isnan(node->at.x) && isnan(node->ground_m) && isnan(node->invert_m));
    cr_expect_eq(segment->from_node, NO_NODE);
    cr_expect_eq(segment->area_importance, -1);
    cr_expect_eq(segment->soil_influence, -1);
    cr_expect(isnan(segment->length_m) && isnan(segment->diameter_mm));
}

Test(network, connecting_measures_lines) {
    CLEANUP(network_release) struct network network = {0};
    static const struct xy at[] = {
        {0, 0},
        {3, 0},
        {3, 4}
    };

    network_add_segment(&network)->line = (struct polyline){at, 3};
    network_connect(&network);
    cr_expect_float_eq(network.segments[0].drawn_m, 7, 1e-12);
}

Test(network, systems_have_names) {
    cr_expect_str_eq(sewer_system_name(SYSTEM_UNKNOWN), "unknown");
    cr_expect_str_eq(sewer_system_name(SYSTEM_STORM), "storm");
    cr_expect_str_eq(sewer_system_name(SYSTEM_FOUL), "foul");
    cr_expect_str_eq(sewer_system_name(SYSTEM_COMBINED), "combined");
}
