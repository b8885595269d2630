/* Labels: dark letters with a light rim, so that they can be read on any background. */
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/style/qml.h"
#include "formats/gpkg/style/template.h"

/* QgsPalLayerSettings::Placement */
static const char *placement_of(const struct label *label) {
    switch (label->placement) {
    case LABEL_BESIDE_POINT:
        return "placement=\"6\" predefinedPositionOrder=\"TR,BR,R,TL,BL,L\" dist=\"0.4\" "
               "offsetType=\"1\"";
    case LABEL_ALONG_LINE: /* above it, in its direction but never upside down */
        return "placement=\"2\" placementFlags=\"10\" dist=\"0.9\"";
    case LABEL_IN_POLYGON:
        return "placement=\"1\" centroidInside=\"1\" centroidWhole=\"0\" dist=\"0\"";
    }
    return "";
}

void qml_add_font_families(struct qml *out) {
    static const char *const families[] = {
        "Open Sans", "Noto Sans", "DejaVu Sans", "Arial", "Sans Serif"};

    sqlite3_str_appendall(out->text, "<families>");
    for (size_t i = 0; i < ARRAY_LEN(families); i++) {
        sqlite3_str_appendf(out->text, "<family name=\"%s\"/>", families[i]);
    }
    sqlite3_str_appendall(out->text, "</families>");
}

static void add_text(struct qml *out, const struct label *label) {
    sqlite3_str_appendall(out->text, "<text-style isExpression=\"1\" fontSizeUnit=\"Point\"");
    qml_add_attribute(out, "fieldName", label->expression);
    qml_add_attribute(out, "fontFamily", "$font");
    qml_add_attribute(out, "fontSize", label->size);
    qml_add_attribute(out, "textColor", label->colour);
    sqlite3_str_appendf(out->text,
        " textOpacity=\"1\" namedStyle=\"%s\" fontWeight=\"%d\" fontItalic=\"0\" "
        "multilineHeight=\"1\" allowHtml=\"0\">",
        label->is_bold ? "Bold" : "Regular", label->is_bold ? 75 : 50);
    qml_add_font_families(out);
    sqlite3_str_appendall(out->text,
        "<text-buffer bufferDraw=\"1\" bufferSize=\"1.1\" bufferSizeUnits=\"MM\" "
        "bufferOpacity=\"0.95\" bufferJoinStyle=\"128\" bufferNoFill=\"1\"");
    qml_add_attribute(out, "bufferColor", "$paper");
    sqlite3_str_appendall(out->text, "/></text-style>\n");
}

void qml_add_label(struct qml *out, const struct style *style) {
    const struct label *label = style->label;

    if (label == NULL) {
        return;
    }
    sqlite3_str_appendall(
        out->text, "<labeling type=\"simple\"><settings calloutType=\"simple\">\n");
    add_text(out, label);
    sqlite3_str_appendf(out->text,
        "<text-format multilineAlign=\"3\" wrapChar=\"\" formatNumbers=\"0\"/>\n"
        "<placement %s distUnits=\"MM\" priority=\"%d\" overrunDistance=\"0\"/>\n"
        "<rendering drawLabels=\"1\" obstacle=\"%d\" obstacleFactor=\"1\" displayAll=\"0\" "
        "upsidedownLabels=\"0\" mergeLines=\"0\" fontLimitPixelSize=\"0\" minFeatureSize=\"0\"",
        placement_of(label), label->priority, label->is_obstacle);
    if (label->scale != NULL) {
        sqlite3_str_appendall(out->text, " scaleVisibility=\"1\" scaleMin=\"0\"");
        qml_add_attribute(out, "scaleMax", label->scale);
    }
    sqlite3_str_appendall(out->text, "/>\n</settings></labeling>\n");
}
