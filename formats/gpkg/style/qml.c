#include "formats/gpkg/style/qml.h"

#include <string.h>

#include "formats/gpkg/style/template.h"

const struct gpkg_table *style_columns(const struct style *style) {
    const char *name = style->columns_of == NULL ? style->table : style->columns_of;

    for (size_t i = 0; i < TABLES; i++) {
        if (strcmp(gpkg_tables[i].name, name) == 0) {
            return &gpkg_tables[i];
        }
    }
    return strcmp(gpkg_district_codes.name, name) == 0 ? &gpkg_district_codes : NULL;
}

void qml_add_attribute(sqlite3_str *out, const char *name, const char *value) {
    sqlite3_str_appendf(out, " %s=\"", name);
    template_append(out, value, strlen(value), TEMPLATE_EXPRESSION);
    sqlite3_str_appendall(out, "\"");
}

/* QGIS calls the smallest scale minScale: the largest denominator. */
static void add_scale(sqlite3_str *out, const char *scale) {
    if (scale != NULL) {
        qml_add_attribute(out, "minScale", scale);
        sqlite3_str_appendall(out, " maxScale=\"0\" hasScaleBasedVisibilityFlag=\"1\"");
    }
}

char *style_qml(const struct style *style) {
    static const char *const shapes[] = {
        [SHAPE_POINT] = "0", [SHAPE_LINE] = "1", [SHAPE_POLYGON] = "2", [SHAPE_NONE] = "4"};
    sqlite3_str *out = sqlite3_str_new(NULL);

    sqlite3_str_appendall(out,
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" "
        "styleCategories=\"Symbology|Labeling|Fields|Forms|MapTips|Rendering\"");
    add_scale(out, style->scale);
    sqlite3_str_appendf(out,
        " simplifyDrawingHints=\"1\" simplifyDrawingTol=\"1\" simplifyLocal=\"1\" "
        "simplifyMaxScale=\"1\" simplifyAlgorithm=\"0\" labelsEnabled=\"%d\">\n",
        style->label != NULL);
    qml_add_renderer(out, style);
    qml_add_label(out, style);
    qml_add_fields(out, style);
    qml_add_tip(out, style);
    sqlite3_str_appendf(
        out, "<layerGeometryType>%s</layerGeometryType>\n</qgis>\n", shapes[style->shape]);
    return sqlite3_str_finish(out);
}
