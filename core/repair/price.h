#pragma once
/* What a repair costs: quantity by unit cost, or nothing when a price is missing. */
#include "core/repair/spots.h"

struct repair_bill {
    double cost; /* NAN */
    struct text currency;
};

/* How much of a unit a repair is; NAN unknown. */
double repair_quantity(const struct repair_method *method, enum repair_unit unit,
    struct repair_list list, double length_m, double diameter_mm);

/* Adds a method's price to the bill, which starts as {0, {0}}; a price that is not known, or of
 * another currency than the ones before, makes it NAN for good. */
void repair_bill_add(struct repair_bill *bill, const struct repair_pipe *pipe, uint8_t method,
    struct repair_list list, double length_m);
