#pragma once
/* Did you mean ...?  Finds the name that is nearest to what was typed. */
#include <stddef.h>

#include "core/lang.h"

struct suggestion {
    const char *given;
    const char *best; /* NULL: nothing is near enough */
    size_t distance;  /* of best */
};

/* Names are offered one by one. */
void suggestion_offer(struct suggestion *suggestion, const char *name);

/* "; did you mean 'X'?" with the prefix before X, or nothing, into `out`. */
void suggestion_say(const struct suggestion *suggestion, const char *prefix, enum language language,
    char *out, size_t size);
