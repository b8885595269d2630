#pragma once
/* The arithmetic of the WRc Sewerage Rehabilitation Manual, apart from its tables. */
#include "core/scheme/scheme.h"

/* For the table. */
void wrc_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
