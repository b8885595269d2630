#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/survey/named_ends.h"

static const struct xy west = {0, 0}, east = {40, 0};

static void add_node(struct network *network, const char *id, struct xy at) {
    struct node *node = network_add_node(network);

    node->id = text_from(id);
    node->at = at;
    node->line = 1;
}

static void add_segment(struct network *network, const char *id, const struct xy *at, size_t n) {
    struct segment *segment = network_add_segment(network);

    segment->id = text_from(id);
    segment->line = (struct polyline){at, n};
}

static size_t count(const struct findings *findings, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < findings->n; i++) {
        n += findings->at[i].kind == kind;
    }
    return n;
}

/* name, line drawn from, to, are the nodes known, said to be backward, flipped, first x */
static const struct {
    const char *name;
    struct xy line[2];
    bool has_nodes, is_backward, is_flipped;
} lines[] = {
    {"with the flow",                       {{0, 0}, {40, 0}}, true,  false, false},
    {"against the flow",                    {{40, 0}, {0, 0}}, true,  false, true },
    {"places count more than words",        {{0, 0}, {40, 0}}, true,  true,  false},
    {"without places the line is believed", {{40, 0}, {0, 0}}, false, false, false},
    {"unless the file says it is backward", {{40, 0}, {0, 0}}, false, true,  true },
};

Test(named_ends, lines_run_with_the_flow) {
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        CLEANUP(network_release) struct network network = {0};
        CLEANUP(findings_release) struct findings findings = {0};
        const struct named_ends ends = {
            TEXT("W"), TEXT("E"), 3, .is_backward = lines[i].is_backward};
        if (lines[i].has_nodes) {
            add_node(&network, "W", west);
            add_node(&network, "E", east);
        }
        add_segment(&network, "H", lines[i].line, 2);
        named_ends_join(&network, &ends, &findings);

        const struct segment *segment = &network.segments[0];
        bool turned = segment->line.at[0].x != lines[i].line[0].x;
        cr_expect_eq(segment->is_flipped, lines[i].is_flipped, "%s", lines[i].name);
        cr_expect_eq(turned, lines[i].is_flipped, "%s", lines[i].name);
        cr_expect_eq(
            network.nodes[segment->from_node].at.x, segment->line.at[0].x, "%s", lines[i].name);
        cr_expect_eq(count(&findings, FINDING_NODE_MISSING), lines[i].has_nodes ? 0 : 2, "%s",
            lines[i].name);
    }
}

Test(named_ends, no_line_and_no_name) {
    CLEANUP(network_release) struct network network = {0};
    CLEANUP(findings_release) struct findings findings = {0};
    const struct named_ends ends[] = {
        {TEXT("W"), TEXT("E"), 3, false},
        {TEXT("W"), {0},       4, false}
    };

    add_node(&network, "W", west);
    add_node(&network, "E", east);
    add_node(&network, "E", west);
    add_segment(&network, "H", NULL, 0);
    add_segment(&network, "H", NULL, 0);
    named_ends_join(&network, ends, &findings);

    cr_expect_eq(network.segments[0].line.n, 2, "straight from node to node");
    cr_expect_eq(network.segments[0].to_node, 1, "of two nodes with one id the first");
    cr_expect_eq(network.segments[1].to_node, NO_NODE);
    cr_expect_eq(network.segments[1].line.n, 0);
    cr_expect_eq(count(&findings, FINDING_DUPLICATE_ID), 2, "a node and a segment");
}
