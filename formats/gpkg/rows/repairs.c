/* Rows of `repairs`. */
#include <math.h>
#include <string.h>

#include "formats/gpkg/rows/rows.h"

/* SEGMENT R1, SEGMENT R2 ... */
static void put_repair_id(
    struct block *block, struct value *at, struct text segment_id, uint32_t number) {
    char digits[DECIMAL_SIZE];
    size_t n_digits = decimal_write(number, digits), n = segment_id.n;
    char *text = block_bytes(block, n + 2 + n_digits);

    if (n > 0) {
        memcpy(text, segment_id.at, n);
    }
    memcpy(text + n, " R", 2);
    memcpy(text + n + 2, digits, n_digits);
    put_text(at, (struct text){text, n + 2 + n_digits});
}

static void put_repair(struct value *row, const struct repair *repair) {
    put_string(&row[REPAIRS_SCOPE], repair_scope_name(repair->scope));
    put_text(&row[REPAIRS_METHOD], repair->method);
    put_metres(&row[REPAIRS_FROM_M], repair->from_m);
    put_metres(&row[REPAIRS_TO_M], repair->to_m);
    put_metres(&row[REPAIRS_LENGTH_M], repair->length_m);
    put_metres(&row[REPAIRS_DIAMETER_MM], repair->diameter_mm);
    put_count(&row[REPAIRS_N_DEFECTS], repair->n_defects);
    if (repair->method.n > 0 && repair->scope != REPAIR_CLEAN) { /* cleaning needs no trench ever */
        put_bool(&row[REPAIRS_TRENCHLESS], repair->is_trenchless);
    }
    put_text(&row[REPAIRS_REASON], repair->reason);
    put_number(&row[REPAIRS_PRIORITY], repair->priority);
    put_figure(&row[REPAIRS_COST], repair->cost);
    put_text(&row[REPAIRS_CURRENCY], repair->currency);
    put_text(&row[REPAIRS_ALTERNATIVES], repair->alternatives);
    put_text(&row[REPAIRS_EXCLUSIONS], repair->exclusions);
    put_figure(&row[REPAIRS_QUANTITY], repair->quantity);
    put_text(&row[REPAIRS_UNIT], repair->unit);
}

/* What is done at one point is drawn this long, so that it can be seen. */
static const double least_drawn_m = 0.5;

static void add_stretch(struct maker *maker, const struct block *block,
    const struct segment *segment, const struct repair *repair) {
    double from_m = fmax(repair->from_m, 0), to_m = fmin(repair->to_m, segment->drawn_m);
    double lacking_m = least_drawn_m - (to_m - from_m);

    if (lacking_m > 0) {
        from_m = fmax(from_m - lacking_m / 2, 0);
        to_m = fmin(to_m + lacking_m / 2, segment->drawn_m);
    }
    add_part_of_segment(maker, block, segment, from_m, to_m);
}

bool make_repairs(struct maker *maker, struct block *block) {
    const struct result *result = maker->result;

    for (; maker->next < result->n_repairs && block_has_room(block); maker->next++) {
        const struct segment_repair *item = &result->repairs[maker->next];
        const struct segment *segment = &result->network.segments[item->segment];
        struct value *row = block_add_row(block);
        put_repair_id(block, &row[REPAIRS_REPAIR_ID], segment->id, item->number);
        put_text(&row[REPAIRS_SEGMENT_ID], segment->id);
        put_text(&row[REPAIRS_DISTRICT], segment_district(maker, item->segment));
        put_text(&row[REPAIRS_STREET], network_word(&result->network, segment->street));
        put_repair(row, item->repair);
        add_stretch(maker, block, segment, item->repair);
    }
    return maker->next < result->n_repairs;
}
