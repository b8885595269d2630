/* Unit costs. */
#include "formats/repair/costs.h"

#include <math.h>

#include "formats/repair/draft.h"

static const char *unit_name(size_t unit) {
    return repair_unit_name((enum repair_unit)unit);
}

static bool read_unit(struct repair_cells *cells, enum repair_unit *out) {
    struct text cell = repair_cell(cells, COLUMN_UNIT), cut = text_cut(cell, 80);

    for (size_t i = 0; i < REPAIR_UNITS; i++) {
        if (text_equal_nocase(cell, text_from(unit_name(i)))) {
            *out = (enum repair_unit)i;
            return true;
        }
    }
    return repair_cell_bad(cells, COLUMN_UNIT, "'%.*s' is none of m, m2, piece", TEXT_ARGS(cut));
}

static bool read_diameters(struct repair_cells *cells, struct repair_price *price) {
    bool is_right = repair_cell_number(cells, COLUMN_DN_FROM, 0, &price->dn_from_mm);

    is_right &= repair_cell_number(cells, COLUMN_DN_TO, INFINITY, &price->dn_to_mm);
    if (is_right && price->dn_from_mm > price->dn_to_mm) {
        return repair_cell_bad(
            cells, COLUMN_DN_FROM, "'%g' is above dn_to '%g'", price->dn_from_mm, price->dn_to_mm);
    }
    return is_right;
}

/* A row; false when it says nothing, or (told) nothing right. */
static bool read_price(
    struct repair_cells *cells, const struct repair_draft *draft, struct repair_price *price) {
    struct text method = repair_cell(cells, COLUMN_METHOD);

    price->method = repair_draft_method(cells, draft, COLUMN_METHOD, method);
    bool is_right = price->method != 0;
    if (repair_cell(cells, COLUMN_PRICE).n == 0) {
        return false;
    }
    is_right &= read_diameters(cells, price);
    is_right &= read_unit(cells, &price->unit);
    is_right &= repair_cell_number(cells, COLUMN_PRICE, 0, &price->price);
    price->currency = repair_cell_keep(cells, COLUMN_CURRENCY);
    if (price->currency[0] == '\0') {
        return repair_cell_bad(cells, COLUMN_CURRENCY, "there is none");
    }
    return is_right;
}

/* More than one diameter in common. */
static void check_overlap(struct repair_cells *cells, const struct repair_prices *prices,
    const struct repair_price *last) {
    for (size_t i = 0; i < prices->n; i++) {
        const struct repair_price *other = &prices->at[i];
        double from_mm = fmax(last->dn_from_mm, other->dn_from_mm);
        double to_mm = fmin(last->dn_to_mm, other->dn_to_mm);
        bool is_twice = last->dn_from_mm == other->dn_from_mm && from_mm == to_mm;
        if (last->method == other->method && (from_mm < to_mm || is_twice)) {
            repair_cell_bad(cells, COLUMN_DN_FROM,
                "the same diameters have another price in line %u", prices->lines[i]);
            return;
        }
    }
}

void repair_prices_read(
    struct repair_cells *cells, const struct repair_draft *draft, struct repair_prices *prices) {
    while (repair_cells_next(cells)) {
        struct repair_price price = {0};
        if (!read_price(cells, draft, &price)) {
            continue;
        }
        if (prices->n == REPAIR_ROWS_MOST) {
            repair_cell_bad(cells, COLUMN_PRICE, "more than %d prices", REPAIR_ROWS_MOST);
            return;
        }
        check_overlap(cells, prices, &price);
        prices->at =
            array_reserve(prices->at, &prices->capacity, prices->n + 1, sizeof *prices->at);
        prices->lines = array_reserve(
            prices->lines, &prices->lines_capacity, prices->n + 1, sizeof *prices->lines);
        prices->at[prices->n] = price;
        prices->lines[prices->n++] = cells->row.line;
    }
}

void repair_prices_release(struct repair_prices *prices) {
    array_release(&prices->at);
    array_release(&prices->lines);
}
