#pragma once
/* The arithmetic of DWA-M 149-3, apart from its tables.
 *
 * Classes run from 0, the worst, to 4.  structural.grade is the class of stability,
 * functional.grade that of operation; structural.index is the Sanierungsbedarfszahl (SBZ), how much
 * the whole pipe needs repair, and index_grade its class, 0 at once to 4 none.  Scores and
 * densities are NAN: the standard has none.  The class of tightness and that of the object, the
 * worst of the three, are among the listed figures.  A requirement without defects is of class 4.
 */
#include "core/scheme/en_common.h"

/* What the three facts' rows stand for. */
extern const struct en_terms dwa_terms;

/* For the table. */
void dwa_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
