#pragma once
/* What an inspection's header says about the pipe, held against a segment. */
#include <stdbool.h>

#include "core/match/matcher.h"

/* The length of the pipe by the log; NAN when it tells none (an abandoned run was not that long).
 */
double logged_length_m(const struct inspection *inspection);

/* Length as drawn, else by the network's table, else 0. */
double drawn_length_m(const struct segment *segment);

bool fits_length(const struct matcher *matcher, const struct inspection *inspection,
    const struct segment *segment);

/* Within 5 %; not when one of them is unknown. */
bool fits_diameter(const struct inspection *inspection, const struct segment *segment);

/* Narrows several segments down by reference suffix, diameter, material, length, each in turn as
 * far as it tells them apart.  Returns a word for what told, NULL when more than one is left. */
const char *tell_apart(
    const struct matcher *matcher, const struct inspection *inspection, struct few *few);
