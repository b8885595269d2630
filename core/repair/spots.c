#include "core/repair/spots.h"

#include <math.h>

/* Sums of decimals are off by less than this. */
static const double tiny_m = 1e-9;

size_t repair_neighbours(struct repair_list list, double join_m) {
    size_t n = list.n == 0 ? 0 : 1;
    double to_m = n == 0 ? 0 : list.at[0]->defect->to_m;

    for (; n < list.n && list.at[n]->defect->from_m - to_m <= join_m + tiny_m; n++) {
        to_m = fmax(to_m, list.at[n]->defect->to_m);
    }
    return n;
}

struct repair_extent repair_extent_of(struct repair_list list, double piece_m, double segment_m) {
    struct repair_extent extent = {INFINITY, -INFINITY};

    for (size_t i = 0; i < list.n; i++) {
        extent.from_m = fmin(extent.from_m, list.at[i]->defect->from_m - piece_m / 2);
        extent.to_m = fmax(extent.to_m, list.at[i]->defect->to_m + piece_m / 2);
    }
    if (extent.from_m < 0) {
        extent.to_m = fmax(extent.to_m, piece_m);
        extent.from_m = 0;
    }
    if (extent.to_m > segment_m) {
        extent.from_m = fmax(0, fmin(extent.from_m, segment_m - piece_m));
        extent.to_m = fmax(segment_m, extent.from_m);
    }
    return extent;
}

double repair_pieces(struct repair_list list, double piece_m) {
    double covered_m = -INFINITY, n = 0;

    if (!(piece_m > 0)) {
        return (double)list.n;
    }
    for (size_t i = 0; i < list.n; i++) {
        double from_m = fmax(covered_m, list.at[i]->defect->from_m - piece_m / 2);
        double left_m = list.at[i]->defect->to_m + piece_m / 2 - from_m;
        double more = left_m <= tiny_m ? 0 : ceil((left_m - tiny_m) / piece_m);
        n += more;
        covered_m = more > 0 ? from_m + more * piece_m : covered_m;
    }
    return n;
}
