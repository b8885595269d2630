#pragma once
/* The parts of a QML document; each appends its elements.  Written by hand: only what a style is
 * for, so that QGIS fills in the rest and keeps the value lists that it takes from the file. */
#include "formats/gpkg/schema.h"
#include "formats/gpkg/style/style.h"
#include "formats/gpkg/style/template.h"

/* The table whose columns the layer has; NULL when the schema does not know it. */
const struct gpkg_table *style_columns(const struct style *style);

/* Of the element that a layer's style is written into: its scales, and whether it has labels. */
void qml_add_head(struct qml *out, const struct style *style);
/* All that stands in it. */
void qml_add_body(struct qml *out, const struct style *style);
/* A document of its own, without a declaration in front: <qgis ...>. */
void qml_add_document(struct qml *out, const struct style *style);

void qml_add_renderer(struct qml *out, const struct style *style);
void qml_add_label(struct qml *out, const struct style *style);
void qml_add_tip(struct qml *out, const struct style *style);
void qml_add_fields(struct qml *out, const struct style *style); /* aliases, widgets, form */

/* What to write with where the theme's font is not installed. */
void qml_add_font_families(struct qml *out);

/* An attribute with a template as value: blank, name="...". */
void qml_add_attribute(struct qml *out, const char *name, const char *value);
