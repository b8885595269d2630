#pragma once
/* The tables, triggers and rows that the GeoPackage standard (1.3) and GDAL ask for. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/geom.h"
#include "core/lang.h"
#include "formats/crs.h"
#include "formats/gpkg/schema.h"

/* The standard's own tables, with the reference systems that are always there and `srs`. */
bool standard_begin(sqlite3 *db, const struct crs_definition *srs, struct error *err);

/* A table of ours, empty; with a geometry also its R-tree, whose node size goes to *node_bytes and
 * whose root is taken out, ready to be filled. */
bool standard_create_table(
    sqlite3 *db, const struct gpkg_table *table, size_t *node_bytes, struct error *err);

/* A table with its rows, or a view. */
struct standard_layer {
    const char *name, *title, *description;
    const char *geometry; /* NULL for attributes */
    int srs_id;
    struct box extent; /* empty when nothing has a place, or nobody knows */
    const char *last_change;
    bool has_z; /* some of its geometries, at least */
};

/* Makes the layer known: gpkg_contents, gpkg_geometry_columns. */
bool standard_register(sqlite3 *db, const struct standard_layer *layer, struct error *err);

/* What keeps R-tree, count and titles of a filled table right: extension, triggers. */
bool standard_complete_table(sqlite3 *db, const struct gpkg_table *table, uint64_t n_rows,
    enum language language, struct error *err);

/* Titles of columns, for people: of a table, or of a view that has the columns of a table. */
bool standard_add_titles(sqlite3 *db, const char *name, const struct gpkg_table *table,
    enum language language, struct error *err);
