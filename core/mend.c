#include "core/mend.h"

#include <math.h>
#include <string.h>

enum { MAX_PARTS = 64, MAX_CROSSING_VERTICES = 200 };

size_t line_clean(struct xy *at, size_t n, size_t *n_broken) {
    size_t kept = 0;

    *n_broken = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(at[i].x) || !isfinite(at[i].y)) {
            ++*n_broken;
        } else if (kept == 0 || at[i].x != at[kept - 1].x || at[i].y != at[kept - 1].y) {
            at[kept++] = at[i];
        }
    }
    return kept;
}

void line_turn(struct xy *at, size_t n) {
    for (size_t i = 0; i < n / 2; i++) {
        struct xy was = at[i];
        at[i] = at[n - 1 - i];
        at[n - 1 - i] = was;
    }
}

/* Appends a part, or puts it in front, so that it meets the chain; false when it does not. */
static bool attach(struct polyline part, double tolerance, struct xy *chain, size_t *n) {
    struct xy first = part.at[0], last = part.at[part.n - 1];
    struct xy head = chain[0], tail = chain[*n - 1];
    bool at_tail = xy_distance_m(tail, first) <= tolerance;
    bool at_tail_turned = xy_distance_m(tail, last) <= tolerance;
    bool at_head = xy_distance_m(head, last) <= tolerance;
    bool at_head_turned = xy_distance_m(head, first) <= tolerance;

    if (at_tail || at_tail_turned) {
        memcpy(chain + *n, part.at, part.n * sizeof *chain);
        if (!at_tail) {
            line_turn(chain + *n, part.n);
        }
    } else if (at_head || at_head_turned) {
        memmove(chain + part.n, chain, *n * sizeof *chain);
        memcpy(chain, part.at, part.n * sizeof *chain);
        if (!at_head) {
            line_turn(chain, part.n);
        }
    } else {
        return false;
    }
    *n += part.n;
    return true;
}

size_t line_join(const struct polyline *parts, size_t n_parts, double tolerance, struct xy *out) {
    bool is_used[MAX_PARTS] = {false};
    size_t n = 0, n_used = 0;

    if (n_parts == 0 || n_parts > MAX_PARTS || parts[0].n == 0) {
        return 0;
    }
    memcpy(out, parts[0].at, parts[0].n * sizeof *out);
    n = parts[0].n;
    is_used[0] = true;
    n_used = 1;
    for (bool is_growing = true; is_growing;) {
        is_growing = false;
        for (size_t i = 1; i < n_parts; i++) {
            if (!is_used[i] && (parts[i].n == 0 || attach(parts[i], tolerance, out, &n))) {
                is_used[i] = is_growing = true;
                n_used++;
            }
        }
    }
    return n_used == n_parts ? n : 0;
}

static double side(struct xy a, struct xy b, struct xy c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool legs_cross(struct xy a, struct xy b, struct xy c, struct xy d) {
    if (fmax(a.x, b.x) < fmin(c.x, d.x) || fmax(c.x, d.x) < fmin(a.x, b.x) ||
        fmax(a.y, b.y) < fmin(c.y, d.y) || fmax(c.y, d.y) < fmin(a.y, b.y)) {
        return false;
    }
    double c_side = side(a, b, c), d_side = side(a, b, d);
    double a_side = side(c, d, a), b_side = side(c, d, b);
    return ((c_side <= 0 && d_side >= 0) || (c_side >= 0 && d_side <= 0)) &&
           ((a_side <= 0 && b_side >= 0) || (a_side >= 0 && b_side <= 0));
}

bool line_crosses_itself(struct polyline line) {
    if (line.n < 4 || line.n > MAX_CROSSING_VERTICES) {
        return false;
    }
    bool is_ring = xy_distance_m(line.at[0], line.at[line.n - 1]) == 0;
    for (size_t i = 0; i + 1 < line.n; i++) {
        for (size_t k = i + 2; k + 1 < line.n; k++) {
            bool meets_as_ring = is_ring && i == 0 && k + 2 == line.n;
            if (!meets_as_ring &&
                legs_cross(line.at[i], line.at[i + 1], line.at[k], line.at[k + 1])) {
                return true;
            }
        }
    }
    return false;
}
