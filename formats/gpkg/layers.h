#pragma once
/* The tables that hold the rows of a result, on their way into the file: a helper thread makes rows
 * (texts, geometry), this one lays them out as pages and packs the R-trees. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "formats/crs.h"
#include "formats/gpkg/feed.h"
#include "formats/gpkg/rows/rows.h"
#include "formats/gpkg/rtree.h"
#include "formats/gpkg/schema.h"

enum { TREE_TABLES = 3 }; /* in which SQLite keeps an R-tree */

struct layers;

struct layer {
    struct layers *layers;
    enum gpkg_table_id id;
    bool is_present; /* some tables are there only when they have rows */
    struct rtree rtree;
    size_t node_bytes; /* of its R-tree */
    uint32_t root;     /* page; and those of the R-tree's tables */
    uint32_t tree_roots[TREE_TABLES];
    struct box extent; /* in the output CRS; and what follows: known when its rows are written */
    bool has_z;        /* of some rows at least */
    uint64_t n_made;
};

struct layers {
    struct maker *maker;
    struct crs_output *crs_output; /* NULL without a CRS */
    int srs_id;
    struct layer at[TABLES];
    struct feed_source sources[TABLES + 1]; /* and the counts of codes */
    size_t n_sources;
    uint32_t code_counts_root;
};

/* Borrows maker and CRS; must stay where it is. */
void layers_begin(
    struct layers *layers, struct maker *maker, struct crs_output *crs_output, int srs_id);

/* Makes the tables, empty, in the transaction at hand. */
bool layers_create(struct layers *layers, sqlite3 *db, struct error *err);

/* Writes all rows into the file, on which nobody has a handle. */
bool layers_write(struct layers *layers, const char *path, unsigned n_threads, struct error *err);

void layers_release(struct layers *layers);
