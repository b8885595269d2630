#pragma once
/* One repair out of the defects that it mends: method, extent, quantity, cost, and why. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/line.h"
#include "core/repair/spots.h"

/* What is the same for all repairs of a segment. */
struct repair_desk {
    const struct repair_request *request;
    struct repair_pipe pipe;
    struct arena *arena;
    struct repair_list all; /* by place */
    struct repair *repairs; /* owned */
    size_t n_repairs, capacity;
    size_t n_without_method; /* because the diameter is not known */
};

struct repair_works {
    enum repair_scope scope; /* whose offers are taken: clean, spot, full, dig */
    struct repair_list list; /* what is mended, by place; not empty */
    uint64_t methods;        /* that mend all of it; 0 when none is left */
    bool is_whole;           /* from node to node */
    bool is_full_impossible; /* a lining was wanted, and none is possible */
    struct text because;     /* opens the reason; {0} nothing */
};

/* Appends the repair and tells its number to the items of the list. */
void repair_works_add(struct repair_desk *desk, const struct repair_works *works);

/* The worst item: a hazard, then the highest severity, then the first by place. */
const struct repair_item *repair_worst(struct repair_list list);
bool repair_is_worse(const struct repair_item *a, const struct repair_item *b);

/* The first method of the row that is among these; 0 none. */
uint8_t repair_first_of(const struct repair_row *row, uint64_t methods);
