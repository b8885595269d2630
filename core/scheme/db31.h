#pragma once
/* The arithmetic of DB31/T 444-2022, apart from its tables. */
#include "core/scheme/scheme.h"

/* For the table. */
void db31_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
