#pragma once
/* A composite hazard for programmes over many years: ageing, capacity, leakage, misconnection,
 * structural and functional condition, each 0 to 10, weighed.  A proposal, not a clause of any
 * standard; it changes no grade, and ranks only when asked for. */
#include "core/assess.h"
#include "core/scheme/scheme.h"

enum composite_part {
    PART_AGEING,
    PART_CAPACITY,
    PART_LEAKAGE,
    PART_MISCONNECTION,
    PART_STRUCTURAL,
    PART_FUNCTIONAL,
    COMPOSITE_PARTS,
};

struct composite_weights {
    double of[COMPOSITE_PARTS]; /* each 0 or more; their sum is above 0 */
};

struct composite {
    double score;                  /* 0-10; NAN when no part is known */
    double parts[COMPOSITE_PARTS]; /* 0-10; NAN unknown: it is left out, the others weigh more */
};

extern const struct composite_weights composite_defaults;

const char *composite_part_name(enum composite_part part);      /* ageing ... functional */
enum composite_part composite_part_from_name(struct text name); /* COMPOSITE_PARTS when unknown */

struct composite composite_of(const struct scheme_request *request,
    const struct assessment *assessment, const struct composite_weights *weights);
