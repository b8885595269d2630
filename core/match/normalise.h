#pragma once
/* Ids as people mean them: see id_normalise in core/match.h. */
#include <stddef.h>

#include "core/match.h"

enum { FOLDED_IDS = 256 }; /* bytes; nobody mistypes an id that is longer */

/* Room for the normal form of an id of FOLDED_IDS bytes. */
struct folded {
    char bytes[FOLDED_IDS * 2];
};

/* Writes the normal form to `out`, which has room for twice the id; returns its bytes. */
size_t id_fold(struct text id, char *out);

/* The normal form, in `folded`; a longer id is its own normal form. */
struct text id_fold_short(struct text id, struct folded *folded);

/* Bytes of the separator (a dash of any kind, an arrow) that stands at `at`; 0 for none. */
size_t id_separator_at(struct text text, size_t at);
