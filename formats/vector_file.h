#pragma once
/* Vector data and tables through OGR: the room of GDAL for networks and polygons.
 *
 * Texts come as the file has them: `is_raw` layers (DBF, CSV) give bytes in an encoding that is
 * still to be found out, the others UTF-8.  GDAL prints nothing; what it says goes to `err`. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/geom.h"
#include "core/text.h"

/* Makes GDAL know its drivers, once for the whole program: GDAL itself is not safe against two
 * threads that do it at a time.  Before anything else of GDAL is called. */
void vector_start(void);

enum vector_geometry {
    VECTOR_NONE, /* a table */
    VECTOR_POINT,
    VECTOR_LINE,
    VECTOR_POLYGON,
    VECTOR_MIXED, /* any of them, by feature */
};

enum vector_type {
    VECTOR_TEXT,
    VECTOR_INTEGER,
    VECTOR_REAL,
};

struct vector_field {
    struct text name; /* bytes of the file in raw layers */
    enum vector_type type;
};

struct vector_layer {
    struct text name;
    enum vector_geometry geometry;
    const struct vector_field *fields;
    size_t n_fields;
    uint64_t n_features; /* 0 when nobody knows without reading */
    const char *crs;     /* WKT 2, NULL when the file has none */
    bool is_raw;         /* texts and field names are bytes in some encoding */
    bool is_dbf;         /* names were cut at 10 bytes */
    int ldid;            /* language driver of the DBF, 0 none */
    struct text cpg;     /* what the .cpg says */
};

/* A cell.  Numbers of INTEGER and REAL columns are in `number`, texts (and what a DBF has written
 * for a number) in `text`. */
struct vector_value {
    struct text text;
    double number; /* NAN when the cell is empty or holds text */
    enum vector_type type;
};

/* A part of a geometry: a line, a ring, a point. */
struct vector_part {
    const struct xy *at;
    size_t n;
    bool is_outer; /* of rings */
};

/* Good until the next feature. */
struct vector_feature {
    uint32_t number; /* in its layer, 1 first */
    enum vector_geometry geometry;
    const struct vector_part *parts; /* none for NULL and EMPTY */
    size_t n_parts;
    double z_first, z_last;            /* of the first part's ends; NAN in the plane */
    const struct vector_value *values; /* of the wanted fields, in their order */
};

struct vector_file;

/* ERROR_FILE: no such file; ERROR_FORMAT: nothing that OGR knows.  An xls is read by a child
 * process: no other thread of ours may run then (child.h). */
bool vector_open(const char *path, struct vector_file **out, struct error *err);
void vector_close(struct vector_file *file); /* NULL is fine */

const char *vector_driver(const struct vector_file *file); /* ESRI Shapefile, GPKG ... */
size_t vector_n_layers(const struct vector_file *file);
const struct vector_layer *vector_layer(const struct vector_file *file, size_t layer);

struct vector_read {
    size_t layer;
    const size_t *wanted; /* numbers of the fields that are needed; the others are not read */
    size_t n_wanted;
    bool without_geometry;
    uint64_t limit; /* features at most, spread evenly over the layer; 0: all */
    void (*visit)(void *context, const struct vector_feature *feature);
    void *context;
};

/* Calls `visit` for each feature in the file's order.  False with *err when the file broke off;
 * what came before was visited. */
bool vector_read(struct vector_file *file, const struct vector_read *request, struct error *err);

/* The cell as text; numbers are written to `buffer`. */
struct text vector_value_text(const struct vector_value *value, char buffer[static 32]);

/* The cell as a number: the number, or the text read as one; NAN when it is none. */
double vector_value_number(const struct vector_value *value);
