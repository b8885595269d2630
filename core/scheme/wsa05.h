#pragma once
/* The arithmetic of WSA 05, apart from its tables. */
#include "core/scheme/scheme.h"

/* For the table. */
void wsa05_assess(const struct scheme_request *request, struct assessment *assessment,
    struct scheme_outcome *outcome);
