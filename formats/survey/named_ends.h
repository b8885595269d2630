#pragma once
/* Segments whose ends are named, in formats that tell nodes and segments in any order: when the
 * whole file was read, names become nodes, nodes that are missing are made, lines are turned to run
 * with the flow, and ends without a line of their own run straight from node to node. */
#include <stdbool.h>
#include <stdint.h>

#include "core/network.h"

struct named_ends {
    struct text from, to; /* upstream, downstream node */
    uint32_t line;        /* in the file, for findings */
    bool is_backward;     /* the file says that the line is drawn against the flow, which counts
                             where the places of the nodes do not tell */
};

/* `ends` has a row for each segment of the network.  Nodes of the file have a `line`, nodes without
 * one may be placed at the end of a segment.  Of several nodes with one id the first is meant, and
 * that is found; segments with one id are found too. */
void named_ends_join(
    struct network *network, const struct named_ends *ends, struct findings *findings);

/* Both for a segment whose nodes are known already.  Turns its line to run from the upstream node
 * to the downstream one; is_backward counts where the places of the nodes do not tell. */
void named_ends_turn(struct network *network, struct segment *segment, bool is_backward);

/* Draws a segment without a line straight from node to node, where both have a place. */
void named_ends_draw(struct network *network, struct segment *segment);
