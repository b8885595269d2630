#pragma once
/* The network: from its file, from a survey file that holds one, or from the surveys. */
#include "cmd/read.h"

/* Must the surveys be read before the network can be? */
bool network_is_in_surveys(const struct run_options *options);

/* Is the network, or its table of nodes, read by a child process?  Then before there are threads.
 */
bool network_needs_child(const struct run_options *options);

/* Fills result->network, reading->crs and has_network.  Without any network the result stays
 * empty, and the CRS is the one of the options. */
bool read_network(const struct run_options *options, struct result *result, struct reading *reading,
    struct error *err);

/* Districts, areas of importance and soils; after the network, whose plane they share. */
bool read_polygons(const struct run_options *options, struct result *result,
    const struct reading *reading, struct error *err);
