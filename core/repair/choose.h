#pragma once
/* What the tables offer for a defect on its pipe, and what they exclude. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/repair.h"

/* A pipe as the tables see it. */
struct repair_pipe {
    const struct repair_tables *tables;
    const struct repair_lookup *lookup; /* NULL: there is none */
    double diameter_mm;                 /* NAN unknown */
    enum repair_material material;
    enum repair_shape shape;
    uint64_t possible; /* methods that nothing about the pipe excludes */
    uint64_t dig;      /* methods that dig */
};

/* What may be done about a defect in one scope. */
struct repair_offer {
    const struct repair_row *row; /* gives the order; NULL when no row takes the defect */
    uint64_t methods;             /* of the row, without those that are excluded */
    bool is_uncertain;            /* the diameter is not known and the row asks for one */
};

/* A defect while its segment is worked on. */
struct repair_item {
    const struct repair_defect *defect;
    uint32_t number; /* in the request */
    uint32_t repair; /* that mends it, NO_REPAIR */
    bool is_taken;   /* by some row, if only by one that leaves it */
    bool is_left;    /* there is nothing to be done about it */
    bool is_kept;    /* scratch: goes with the worst of its neighbours */
    struct repair_offer offers[REPAIR_SCOPES];
};

struct repair_pipe repair_pipe_of(const struct repair_request *request);

/* Fills is_taken, is_left and offers of an item that has its defect. */
void repair_item_look_up(
    struct repair_item *item, const struct repair_pipe *pipe, const struct repair_site *site);

/* Of these methods, those that the defect excludes. */
uint64_t repair_excluded_by(
    const struct repair_pipe *pipe, const struct repair_defect *defect, uint64_t methods);

/* The exclusion that keeps a method off the pipe whatever the defects; NULL when only the
 * diameter's limits can. */
const struct repair_exclusion *repair_exclusion_of_pipe(
    const struct repair_pipe *pipe, uint8_t method);

/* What must come before a method, by the row; 0 nothing. */
uint8_t repair_before(const struct repair_row *row, uint8_t method);

static inline uint64_t repair_bit(uint8_t method) {
    return (uint64_t)1 << method;
}
