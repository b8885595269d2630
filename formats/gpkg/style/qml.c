#include "formats/gpkg/style/qml.h"

#include <string.h>

#include "formats/gpkg/style/template.h"
#include "formats/gpkg/views.h"

const struct gpkg_table *style_columns(const struct style *style) {
    const char *name = style->columns_of == NULL ? style->table : style->columns_of;

    for (size_t i = 0; i < TABLES; i++) {
        if (strcmp(gpkg_tables[i].name, name) == 0) {
            return &gpkg_tables[i];
        }
    }
    return strcmp(gpkg_views[VIEW_DISTRICT_CODES].name, name) == 0 ? &gpkg_district_codes : NULL;
}

void qml_add_attribute(struct qml *out, const char *name, const char *value) {
    sqlite3_str_appendf(out->text, " %s=\"", name);
    template_append(out, value, strlen(value), TEMPLATE_EXPRESSION);
    sqlite3_str_appendall(out->text, "\"");
}

/* QGIS calls the smallest scale minScale: the largest denominator. */
static void add_scale(struct qml *out, const char *scale) {
    if (scale != NULL) {
        qml_add_attribute(out, "minScale", scale);
        sqlite3_str_appendall(out->text, " maxScale=\"0\" hasScaleBasedVisibilityFlag=\"1\"");
    }
}

void qml_add_head(struct qml *out, const struct style *style) {
    add_scale(out, style->scale);
    sqlite3_str_appendf(out->text,
        " simplifyDrawingHints=\"1\" simplifyDrawingTol=\"1\" simplifyLocal=\"1\" "
        "simplifyMaxScale=\"1\" simplifyAlgorithm=\"0\" labelsEnabled=\"%d\"",
        style->label != NULL);
}

void qml_add_body(struct qml *out, const struct style *style) {
    qml_add_renderer(out, style);
    qml_add_label(out, style);
    qml_add_fields(out, style);
    qml_add_tip(out, style);
}

void qml_add_document(struct qml *out, const struct style *style) {
    static const char *const shapes[] = {
        [SHAPE_POINT] = "0", [SHAPE_LINE] = "1", [SHAPE_POLYGON] = "2", [SHAPE_NONE] = "4"};

    sqlite3_str_appendall(out->text,
        "<qgis version=\"3.22.0\" "
        "styleCategories=\"Symbology|Labeling|Fields|Forms|MapTips|Rendering\"");
    qml_add_head(out, style);
    sqlite3_str_appendall(out->text, ">\n");
    qml_add_body(out, style);
    sqlite3_str_appendf(
        out->text, "<layerGeometryType>%s</layerGeometryType>\n</qgis>\n", shapes[style->shape]);
}

char *style_qml(const struct style *style, enum language language, const struct theme *theme) {
    struct qml out = {.text = sqlite3_str_new(NULL), .theme = theme, .language = language};

    sqlite3_str_appendall(out.text, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n");
    qml_add_document(&out, style);
    return sqlite3_str_finish(out.text);
}
