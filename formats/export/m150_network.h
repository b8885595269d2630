#pragma once
/* The network in DWA-M 150: a KG for each node, an HG for each segment, with their geometry. */
#include "formats/export/target.h"
#include "formats/export/xml_out.h"

/* request->network, which is there. */
void m150_network_write(struct xml_out *xml, const struct export_request *request);

/* S foul, R storm, M combined; {0} for unknown. */
struct text m150_use_of(enum sewer_system system);
/* DN for circular, others as they are. */
struct text m150_shape_of(struct text shape);
