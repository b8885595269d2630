#pragma once
/* Segments by where their ends lie (rung 7). */
#include "core/match/matcher.h"

struct sorted_places *sorted_places_new(void);
void sorted_places_release(struct sorted_places *places);

/* The segments that have one end within the tolerance of `a` and the other within that of `b`. */
struct few places_find(const struct matcher *matcher, struct xy a, struct xy b);
