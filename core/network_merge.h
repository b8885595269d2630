#pragma once
/* Several files bring parts of one network: put together to one. */
#include "core/network.h"

/* Fills `to`, which is empty, with the nodes and segments of all parts in order.  The first bearer
 * of an id stays; later ones bring coordinates and levels that it lacks, and a segment of the same
 * id between other nodes is a finding.  Texts and vertices are copied.  Connects `to`. */
void network_merge(struct network *to, const struct network *const *parts, size_t n_parts);
