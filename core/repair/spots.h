#pragma once
/* Neighbouring defects as spots: which belong together, from where to where, in how many pieces. */
#include <stddef.h>

#include "core/repair/choose.h"

/* Items by their place along the segment; owns nothing. */
struct repair_list {
    struct repair_item **at;
    size_t n;
};

struct repair_extent {
    double from_m, to_m;
};

/* How many of the first items are neighbours, each up to join_m behind the ones before it; at least
 * one of a list that is not empty. */
size_t repair_neighbours(struct repair_list list, double join_m);

/* From half a piece before the first defect to half a piece behind the last one, so that a point
 * gets a whole piece; not beyond the segment's ends, but moved where one of them is near. */
struct repair_extent repair_extent_of(struct repair_list list, double piece_m, double segment_m);

/* Pieces that cover the defects and half a piece on either side of each; with pieces of no length
 * one for each defect. */
double repair_pieces(struct repair_list list, double piece_m);
