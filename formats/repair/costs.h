#pragma once
/* Unit costs while they are read. */
#include "formats/repair/draft.h"

struct repair_prices {
    struct repair_price *at; /* owned, as is `lines` */
    uint32_t *lines;
    size_t n, capacity, lines_capacity;
};

/* All rows from the current one on; what is wrong with them is told. */
void repair_prices_read(
    struct repair_cells *cells, const struct repair_draft *draft, struct repair_prices *prices);

void repair_prices_release(struct repair_prices *prices); /* also as CLEANUP */
