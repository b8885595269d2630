#pragma once
/* A network implied: nodes are known (a coordinate table) but no lines; each node pair that was
 * inspected is taken for a segment. */
#include "core/network.h"
#include "core/survey.h"

/* When the network has nodes with coordinates and no segments: adds one straight segment per
 * distinct pair of nodes that the inspections name, upstream to downstream by their direction, with
 * id "UPSTREAM-DOWNSTREAM", diameter, material and system from the inspection; sets is_implied and
 * connects it.  Nodes that an inspection names and the table lacks are findings.  Otherwise
 * nothing. */
void network_imply_segments(
    struct network *network, struct inspection **inspections, size_t n_inspections);
