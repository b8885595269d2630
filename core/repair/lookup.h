#pragma once
/* What is asked for every pipe and defect of a city, found out once: what the network's words come
 * to, and which rows of the tables are about a family. */
#include "core/network.h"
#include "core/repair/tables.h"

struct repair_lookup {
    uint8_t *material, *shape; /* enum repair_material and repair_shape, by number of the word */
    /* Rows of the matrix about a family, or about some code, in the tables' order: those of family
     * f are rows[rows_from[f]] up to rows[rows_from[f + 1]].  Exclusions likewise. */
    uint32_t rows_from[FAMILIES + 1], exclusions_from[FAMILIES + 1];
    uint16_t *rows, *exclusions;
};

struct repair_lookup repair_lookup_of(
    const struct network *network, const struct repair_tables *tables);
void repair_lookup_release(struct repair_lookup *lookup);
