#pragma once
/* The parts of a project's document; each appends its elements.  Written by hand: only what QGIS
 * needs to be told. */
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/geom.h"
#include "formats/gpkg/style/qml.h"

struct project_layer {
    const char *table;
    const char *id;               /* in the project */
    const char *title, *abstract; /* as registered */
    const char *metadata;         /* elements that describe it, as XML; "" without */
    const char *group;            /* a word */
    const struct style *style;    /* its default; NULL: as QGIS likes */
    const char *in_legend_for;    /* see layers.def */
    bool is_spatial, is_drawn;
};

/* Of the layer with a table; long, as QGIS likes them. */
#define PROJECT_ID_END "_63686169_6e61_4765_8000_000000000000"
#define PROJECT_ID(table) table PROJECT_ID_END
/* Of the layer that printed tables are made from: see qgs_add_layers. */
#define PROJECT_WORST PROJECT_ID("worst_segments")

enum { PROJECT_LAYERS = 32 };

struct project {
    struct qml out;
    struct arena arena;
    const char *file;                            /* name of the GeoPackage, without folder */
    struct project_layer layers[PROJECT_LAYERS]; /* from the top */
    size_t n_layers;
    const char *srs;    /* <spatialrefsys>, as XML; NULL: there are no segments */
    bool is_on_earth;   /* what is measured may be reckoned on the ellipsoid */
    bool is_small;      /* so few segments that legends can be reckoned from what a map shows */
    bool is_metric;     /* its unit is the metre */
    struct box extent;  /* of the segments; empty when nothing has a place */
    struct xy district; /* width and height of the smallest district; 0 without districts */
};

/* NULL when the file has no such layer. */
const struct project_layer *project_layer(const struct project *project, const char *table);

/* Appends a template as the value of an attribute or a text: no word in it is quoted. */
void qgs_add_words(struct qml *out, const char *template);

void qgs_add_tree(struct project *project);
/* What a map explains at a scale, the denominator; 0 when nobody knows the scale. */
void qgs_add_legend_tree(struct project *project, double scale);
void qgs_add_layers(struct project *project);
void qgs_add_relations(struct project *project);
void qgs_add_layouts(struct project *project);
