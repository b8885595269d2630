/* The upstream ends of all segments, sorted by the square cell that they lie in; a search looks at
 * the cell of the point and its eight neighbours. */
#include "core/match/places.h"

#include <math.h>
#include <stdlib.h>

#include "core/match/lazy.h"

struct cell {
    int64_t column, row;
};

struct place {
    struct cell cell;
    uint32_t segment;
};

struct sorted_places {
    struct lazy lazy;
    struct place *at;
    size_t n;
};

struct sorted_places *sorted_places_new(void) {
    size_t capacity = 0;
    struct sorted_places *places = array_reserve(NULL, &capacity, 1, sizeof *places);

    *places = (struct sorted_places){0};
    lazy_init(&places->lazy);
    return places;
}

void sorted_places_release(struct sorted_places *places) {
    lazy_release(&places->lazy);
    array_release(&places->at);
    array_release(&places);
}

static double cell_m(const struct matcher *matcher) {
    return fmax(matcher->options.coordinate_tolerance_m, 0.01);
}

static bool cell_of(const struct matcher *matcher, struct xy at, struct cell *out) {
    double column = floor(at.x / cell_m(matcher)), row = floor(at.y / cell_m(matcher));

    if (!(fabs(column) < 1e15 && fabs(row) < 1e15)) { /* NAN too */
        return false;
    }
    *out = (struct cell){(int64_t)column, (int64_t)row};
    return true;
}

static int compare_cells(struct cell a, struct cell b) {
    if (a.column != b.column) {
        return a.column < b.column ? -1 : 1;
    }
    return (a.row > b.row) - (a.row < b.row);
}

static int compare_places(const void *left, const void *right) {
    const struct place *a = left, *b = right;
    int order = compare_cells(a->cell, b->cell);

    return order != 0 ? order : (a->segment > b->segment) - (a->segment < b->segment);
}

static void make_places(void *context) {
    const struct matcher *matcher = context;
    const struct network *network = matcher->network;
    struct sorted_places *places = matcher->sorted_places;
    size_t capacity = 0;

    places->at = array_reserve(NULL, &capacity, network->n_segments + 1, sizeof *places->at);
    for (size_t i = 0; i < network->n_segments; i++) {
        struct polyline line = network->segments[i].line;
        struct place place = {.segment = (uint32_t)i};
        if (line.n > 0 && cell_of(matcher, line.at[0], &place.cell)) {
            places->at[places->n++] = place;
        }
    }
    qsort(places->at, places->n, sizeof *places->at, compare_places);
}

static size_t first_in_cell(const struct sorted_places *places, struct cell cell) {
    size_t from = 0, to = places->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_cells(places->at[middle].cell, cell) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/* Segments whose upstream end is near `from` and whose downstream end is near `to`. */
static void add_near(const struct matcher *matcher, struct xy from, struct xy to, struct few *few) {
    const struct sorted_places *places = matcher->sorted_places;
    double tolerance_m = matcher->options.coordinate_tolerance_m;
    struct cell cell;

    if (!cell_of(matcher, from, &cell)) {
        return;
    }
    for (int i = 0; i < 9; i++) {
        struct cell near = {cell.column + i / 3 - 1, cell.row + i % 3 - 1};
        size_t k = first_in_cell(places, near);
        size_t end = k + LINKS_LOOKED_THROUGH;
        for (; k < places->n && k < end && compare_cells(places->at[k].cell, near) == 0; k++) {
            struct polyline line = matcher->network->segments[places->at[k].segment].line;
            if (xy_distance_m(line.at[0], from) <= tolerance_m &&
                xy_distance_m(line.at[line.n - 1], to) <= tolerance_m) {
                few_add(few, places->at[k].segment);
            }
        }
    }
}

struct few places_find(const struct matcher *matcher, struct xy a, struct xy b) {
    struct few few = {0};

    lazy_make(&matcher->sorted_places->lazy, make_places, (void *)matcher);
    add_near(matcher, a, b, &few);
    add_near(matcher, b, a, &few);
    return few;
}
