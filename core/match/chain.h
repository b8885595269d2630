#pragma once
/* A run through several segments (rung 5): the one way between two nodes, and where on the run
 * its nodes lie. */
#include "core/match/ends.h"
#include "core/match/matcher.h"

enum { CHAIN_SEGMENTS = 12 };

struct chain {
    uint32_t segments[CHAIN_SEGMENTS]; /* in the order of travel */
    uint32_t nodes[CHAIN_SEGMENTS + 1];
    size_t n; /* segments */
};

enum chain_outcome {
    CHAIN_NONE,
    CHAIN_FOUND,
    CHAIN_AMBIGUOUS, /* at least the two that are given */
    CHAIN_ENDLESS,   /* too many ways to look through them all */
};

/* The nodes that the observations name on the way: their chainages, ascending. */
struct waypoints {
    double chainage_m[CHAIN_SEGMENTS];
    size_t n; /* may be more than there is room for */
};

struct waypoints waypoints_of(const struct inspection *inspection);

/* The ways from a start to a finish over 2 to CHAIN_SEGMENTS segments, of n_segments when that is
 * not 0. */
enum chain_outcome chain_find(
    const struct matcher *matcher, const struct ends *ends, size_t n_segments, struct chain out[2]);

void chain_reverse(struct chain *chain);

/* Chainages where the run enters each segment: from the waypoints when there are any (as many as
 * nodes on the way), else from the drawn lengths, scaled to the logged length when the run reached
 * the other end. */
void chain_split(const struct matcher *matcher, const struct inspection *inspection,
    const struct chain *chain, const struct waypoints *waypoints, double from_m[CHAIN_SEGMENTS]);
