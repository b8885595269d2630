#include "core/geom.h"

#include <math.h>

double xy_distance_m(struct xy a, struct xy b) {
    double dx = b.x - a.x, dy = b.y - a.y;

    return sqrt(dx * dx + dy * dy);
}

bool xy_is_set(struct xy at) {
    return !isnan(at.x) && !isnan(at.y);
}

double polyline_length_m(struct polyline line) {
    double length_m = 0;

    for (size_t i = 1; i < line.n; i++) {
        length_m += xy_distance_m(line.at[i - 1], line.at[i]);
    }
    return length_m;
}

/* Where a distance falls: on the leg that ends at vertex `leg`, this share of it. */
struct place {
    size_t leg;
    double share;
};

static struct place place_of(struct polyline line, double along_m) {
    double from_m = 0;

    for (size_t i = 1; i < line.n; i++) {
        double leg_m = xy_distance_m(line.at[i - 1], line.at[i]);
        if (along_m <= from_m + leg_m) {
            double share = leg_m > 0 ? (along_m - from_m) / leg_m : 0;
            return (struct place){i, share > 0 ? share : 0};
        }
        from_m += leg_m;
    }
    return (struct place){line.n - 1, 1};
}

static struct xy point_of(struct polyline line, struct place place) {
    if (line.n == 1) {
        return line.at[0];
    }
    struct xy a = line.at[place.leg - 1], b = line.at[place.leg];
    if (place.share >= 1) {
        return b;
    }
    return (struct xy){a.x + place.share * (b.x - a.x), a.y + place.share * (b.y - a.y)};
}

struct xy polyline_point_at(struct polyline line, double along_m) {
    return point_of(line, place_of(line, along_m));
}

static bool is_same(struct xy a, struct xy b) {
    return a.x == b.x && a.y == b.y;
}

size_t polyline_substring(struct polyline line, double from_m, double to_m, struct xy *out) {
    struct place from = place_of(line, from_m), to = place_of(line, to_m);
    struct xy last = point_of(line, to);
    size_t n = 0;

    out[n++] = point_of(line, from);
    for (size_t i = from.leg; i < to.leg; i++) {
        if (!is_same(line.at[i], out[n - 1])) {
            out[n++] = line.at[i];
        }
    }
    if (n == 1 || !is_same(out[n - 1], last)) {
        out[n++] = last;
    }
    return n;
}

double metres_shown(double m) {
    return nearbyint(m * 1e3) / 1e3;
}

struct box box_empty(void) {
    return (struct box){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

void box_add(struct box *box, struct xy at) {
    box->min_x = at.x < box->min_x ? at.x : box->min_x;
    box->min_y = at.y < box->min_y ? at.y : box->min_y;
    box->max_x = at.x > box->max_x ? at.x : box->max_x;
    box->max_y = at.y > box->max_y ? at.y : box->max_y;
}

void box_add_box(struct box *box, struct box other) {
    if (other.min_x <= other.max_x) {
        box_add(box, (struct xy){other.min_x, other.min_y});
        box_add(box, (struct xy){other.max_x, other.max_y});
    }
}

bool box_contains(struct box box, struct xy at) {
    return at.x >= box.min_x && at.x <= box.max_x && at.y >= box.min_y && at.y <= box.max_y;
}
