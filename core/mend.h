#pragma once
/* Lines as files deliver them, made fit for use: joined, cleaned, checked. */
#include <stdbool.h>
#include <stddef.h>

#include "core/geom.h"

/* Drops vertices that are no numbers and vertices that repeat the one before, in place; returns how
 * many are left and, in *n_broken, how many were no numbers. */
size_t line_clean(struct xy *at, size_t n, size_t *n_broken);

/* Joins the parts of one line that meet end to end within the tolerance, in whatever order and
 * direction.  Writes the vertices to `out` (room for all of them) and returns their number; 0 when
 * some part does not meet the others (or there are too many parts to try). */
size_t line_join(const struct polyline *parts, size_t n_parts, double tolerance, struct xy *out);

/* Do two legs that are no neighbours meet?  Lines with more than 200 vertices are not looked at. */
bool line_crosses_itself(struct polyline line);

/* Turns the vertices end for end. */
void line_turn(struct xy *at, size_t n);
