#pragma once
/* What RIBX tells of a network in passing: in the records of the pipes and manholes that were
 * inspected. */
#include "core/index.h"
#include "formats/export/target.h"
#include "formats/export/xml_out.h"

struct ribx_network {
    const struct export_request *request;
    const struct network *network; /* NULL: none, or one whose CRS nobody knows */
    struct index nodes, segments;  /* by id */
    char srs_name[32];             /* an attribute of points; "": RD New, which goes without */
};

/* Of request->network, which may be NULL; borrowed.  Coordinates without a CRS would be taken for
 * RD New by every reader: such a network is not written. */
void ribx_network_open(const struct export_request *request, struct ribx_network *out);
void ribx_network_release(struct ribx_network *network); /* also as CLEANUP; safe on {0} */

/* Where a node is; `own` when it is set. */
struct xy ribx_network_at(const struct ribx_network *network, struct text node, struct xy own);

/* Fills what an inspection, with a `more` of its own, does not say of its pipe: where its ends are,
 * length, sizes and the like.  The pipe; NULL when the network has none of that id between these
 * nodes. */
const struct segment *ribx_network_fill(
    const struct ribx_network *network, struct inspection *inspection);

/* Levels, year and line of a pipe whose node 1 is called so; the ground and kind of a manhole. */
void ribx_network_put_pipe(struct xml_out *xml, const struct ribx_network *network,
    const struct segment *segment, struct text node1);
void ribx_network_put_manhole(
    struct xml_out *xml, const struct ribx_network *network, struct text id);

/* BXA rows: what was measured in an inspection of a pipe. */
void ribx_put_measurements(struct xml_out *xml, const struct inspection *inspection);
