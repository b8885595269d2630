#include "core/repair/price.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

double repair_quantity(const struct repair_method *method, enum repair_unit unit,
    struct repair_list list, double length_m, double diameter_mm) {
    switch (unit) {
    case REPAIR_UNIT_M:
        return length_m;
    case REPAIR_UNIT_M2:
        return pi * diameter_mm / 1000 * length_m;
    case REPAIR_UNIT_PIECE:
        return repair_pieces(list, method->piece_m);
    case REPAIR_UNITS:
        break;
    }
    return NAN;
}

/* Of rows that touch, the one that starts there.  Without a diameter only prices for any. */
static const struct repair_price *price_of(const struct repair_pipe *pipe, uint8_t method) {
    const struct repair_tables *tables = pipe->tables;
    const struct repair_price *best = NULL;

    for (size_t i = 0; i < tables->n_prices; i++) {
        const struct repair_price *price = &tables->prices[i];
        bool is_any = price->dn_from_mm <= 0 && !(price->dn_to_mm < INFINITY);
        bool fits = isnan(pipe->diameter_mm) ? is_any
                                             : pipe->diameter_mm >= price->dn_from_mm &&
                                                   pipe->diameter_mm <= price->dn_to_mm;
        if (price->method == method && fits &&
            (best == NULL || price->dn_from_mm > best->dn_from_mm)) {
            best = price;
        }
    }
    return best;
}

void repair_bill_add(struct repair_bill *bill, const struct repair_pipe *pipe, uint8_t method,
    struct repair_list list, double length_m) {
    const struct repair_price *price = price_of(pipe, method);
    struct text currency = price == NULL ? (struct text){0} : text_from(price->currency);

    if (price == NULL || (bill->currency.n > 0 && !text_equal(bill->currency, currency))) {
        bill->cost = NAN;
        return;
    }
    bill->currency = currency;
    bill->cost += price->price * repair_quantity(&pipe->tables->methods[method], price->unit, list,
                                     length_m, pipe->diameter_mm);
}
