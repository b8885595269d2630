#pragma once
/* Match: from an inspection to its segment(s).  The ladder of design/placing.md, rung by rung. */
#include <stddef.h>

#include "core/arena.h"
#include "core/findings.h"
#include "core/network.h"
#include "core/survey.h"

struct matcher; /* indexes over one network; read-only after it is made */

struct match_options {
    double coordinate_tolerance_m; /* rung 7; default 2 */
    double length_tolerance;       /* rung 6, share; default 0.05 */
    double length_tolerance_m;     /* rung 6, or this much; default 2 */
};

extern const struct match_options match_defaults;

/* Borrows the network, which must outlive it.  network_connect must have been called. */
struct matcher *matcher_new(const struct network *network, const struct match_options *options);
void matcher_release(struct matcher *matcher);

/* What matching one range of inspections brings forth. */
struct match_yield {
    struct stretch *stretches; /* an array of its own */
    size_t n_stretches, capacity;
    struct arena arena; /* notes and candidates */
    struct findings findings;
};

/* Matches each inspection: fills its match fields (first_stretch counts from 0 in this yield) and
 * appends its stretches.  Reentrant: several threads may share a matcher, each with its yield.
 * Works through them in order, so that the result does not depend on the cut. */
void match_inspections(const struct matcher *matcher, struct inspection **inspections, size_t n,
    struct match_yield *yield);

void match_yield_release(struct match_yield *yield);

/* The normalised form of an id (rung 2): full-width folded, lower case, outer and inner blanks
 * off, every dash variant (- – — ~ _ / .) to '-', leading zeros of digit runs dropped. */
struct text id_normalise(struct arena *arena, struct text id);
