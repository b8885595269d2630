#pragma once
/* One character of a text for the terminal; see cmd/print.h. */
#include "core/text.h"

struct character {
    uint32_t code; /* '?' for what is not shown */
    size_t n;      /* bytes; 1 for one that is no character */
};

/* Of a text that is not empty. */
struct character first_character(struct text text);

/* Columns of the terminal: 2 for wide ones (Chinese), 0 for combining marks. */
size_t character_width(uint32_t code);
