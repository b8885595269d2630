#pragma once
/* A scheme's tables with rows of their user in place of some of their own. */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/scheme/scheme.h"

/* The tables that a scheme is made of. */
enum scheme_part {
    PART_RULES,
    PART_CLASSES,
    PART_CHOICES,
    PART_HAZARDS,
    PART_FIGURE_HAZARDS,
    PART_OPENINGS,
    PART_PRIORITIES,
    SCHEME_PARTS,
};

/* The rows of one part: struct scheme_rule, scheme_class ... by the part. */
struct scheme_rows {
    const void *at;
    size_t n;
};

struct scheme_rows scheme_part_rows(const struct scheme_table *table, enum scheme_part part);

/* Row i.  Each kind of row begins with its name: the code, the figure or the factor. */
const void *scheme_row_at(enum scheme_part part, struct scheme_rows rows, size_t i);
const char *scheme_row_name(const void *row);

/* Rows that are going to take the place of others, in the order in which they were added. */
struct scheme_overlay {
    void *rows[SCHEME_PARTS];      /* arrays of their own */
    uint32_t *lines[SCHEME_PARTS]; /* where each was written, for messages; arrays of their own */
    size_t n[SCHEME_PARTS], capacity[SCHEME_PARTS], lines_capacity[SCHEME_PARTS];
    struct scheme_removal *removals; /* an array of its own */
    size_t n_removals, removals_capacity;
};

/* Copies the row; its texts are borrowed and must live as long as the table that is made of it.
 * Codes must be upper case. */
void scheme_overlay_add(
    struct scheme_overlay *overlay, enum scheme_part part, const void *row, uint32_t line);

/* What has this name goes; of rules those of one group only, DEFECT_GROUPS for all groups. */
void scheme_overlay_remove(
    struct scheme_overlay *overlay, enum scheme_part part, const char *name, uint8_t group);

struct scheme_rows scheme_overlay_rows(const struct scheme_overlay *overlay, enum scheme_part part);

/* The table (arena) in which rows of the overlay stand for all rows of `base` with the same name:
 * rules by code and group, hazards and openings by code, the rest by figure or factor.  Rules are
 * sorted by code, rows of a figure stand together; otherwise the order is that of `base`, then of
 * the overlay.  What is replaced by nothing stays as it was. */
const struct scheme_table *scheme_overlaid(
    const struct scheme_table *base, const struct scheme_overlay *overlay, struct arena *arena);

void scheme_overlay_release(struct scheme_overlay *overlay); /* also as CLEANUP */
