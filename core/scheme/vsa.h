#pragma once
/* The arithmetic of VSA 2023 (Switzerland), apart from its tables.
 *
 * Classes run from 0, the worst, to 4.  structural.score is the condition note (ZN) of stability
 * and structural.grade its class, functional.* those of operation; structural.index is the urgency
 * number (DZ), the smaller the more urgent, and index_grade its class, 0 at once to 4 none.
 * Densities are NAN: there are none.  Tightness is among the listed figures.  A pipe without
 * defects has notes of 4.00 and no urgency number. */
#include "core/scheme/en_common.h"

extern const struct en_terms vsa_terms;

struct vsa_loss {
    int worst;         /* EZ min, 0 to 4 */
    double sum;        /* of (4 - EZ) LF */
    double assessed_m; /* LA; NAN or 0 unknown */
};

/* ZN of one requirement; NAN when it depends on an unknown length. */
double vsa_note(struct vsa_loss loss);

/* For the table. */
void vsa_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
