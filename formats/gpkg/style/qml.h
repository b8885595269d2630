#pragma once
/* The parts of a QML document; each appends its elements.  Written by hand: only what a style is
 * for, so that QGIS fills in the rest and keeps the value lists that it takes from the file. */
#include "formats/gpkg/schema.h"
#include "formats/gpkg/style/style.h"

/* The table whose columns the layer has; NULL when the schema does not know it. */
const struct gpkg_table *style_columns(const struct style *style);

void qml_add_renderer(sqlite3_str *out, const struct style *style);
void qml_add_label(sqlite3_str *out, const struct style *style);
void qml_add_tip(sqlite3_str *out, const struct style *style);
void qml_add_fields(sqlite3_str *out, const struct style *style); /* aliases, widgets, form */

/* An attribute with a template as value: blank, name="...". */
void qml_add_attribute(sqlite3_str *out, const char *name, const char *value);
