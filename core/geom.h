#pragma once
/* Plane geometry on projected coordinates.  Every length is in metres. */
#include <stdbool.h>
#include <stddef.h>

struct xy {
    double x, y; /* metres, east and north, in the working plane of the network */
};

/* A borrowed run of vertices; owns nothing. */
struct polyline {
    const struct xy *at;
    size_t n;
};

struct box {
    double min_x, min_y, max_x, max_y; /* empty when min_x > max_x */
};

double xy_distance_m(struct xy a, struct xy b);
bool xy_is_set(struct xy at); /* neither coordinate is NAN */

double polyline_length_m(struct polyline line);

/* The point `along_m` metres from the first vertex.
 * Requires n >= 1; along_m outside of the line is taken as its nearer end. */
struct xy polyline_point_at(struct polyline line, double along_m);

/* The true part of the line between two distances from its first vertex, from_m <= to_m, clamped.
 * Writes at most line.n + 2 vertices to `out`, at least 2, and returns their number. */
size_t polyline_substring(struct polyline line, double from_m, double to_m, struct xy *out);

/* To the millimetre, as tables show it.  Figures are made of what is shown, so that whoever has the
 * tables can make them again. */
double metres_shown(double m);

struct box box_empty(void);
void box_add(struct box *box, struct xy at);
void box_add_box(struct box *box, struct box other);
bool box_contains(struct box box, struct xy at);
