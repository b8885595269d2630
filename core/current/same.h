#pragma once
/* When are two deliveries the same inspection, two observations the same thing? */
#include <stdbool.h>
#include <stdint.h>

#include "core/survey.h"

/* Of object, start, date and lengths alone: equal when the inspections may be the same. */
uint64_t inspection_header_hash(const struct inspection *inspection);

/* Of everything that counts: equal when the inspections are the same. */
uint64_t inspection_hash(const struct inspection *inspection);

/* Same object, start, date, lengths and observations.  Files, lines, media and remarks may differ.
 */
bool inspection_is_same(const struct inspection *a, const struct inspection *b);

/* Is there anything that says what was inspected? */
bool inspection_has_object(const struct inspection *inspection);
