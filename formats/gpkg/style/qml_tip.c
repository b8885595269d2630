/* Map tips: HTML whose [% %] QGIS fills in.  What comes from the data is escaped there. */
#include <string.h>

#include "formats/gpkg/style/qml.h"
#include "formats/gpkg/style/template.h"

/* The folder of the GeoPackage: it moves with the file, and needs no project. */
#define FOLDER "file_path(layer_property(@layer_id, 'path'))"
#define PHOTO_PATH FOLDER " || '/' || \"photo\""

static void add(struct qml *out, const char *template) {
    template_append(out, template, strlen(template), TEMPLATE_EXPRESSION);
}

/* A text of the data as HTML. */
static void add_escaped(struct qml *out, const char *expression) {
    add(out, "replace(replace(replace(replace(to_string(");
    add(out, expression);
    add(out, "), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '\"', '&quot;')");
}

static void add_row(struct qml *out, const struct tip_row *row) {
    add(out, "[% coalesce('<tr>");
    if (row->word != NULL) {
        add(out, "<th align=\"left\" valign=\"top\">");
        add(out, row->word);
        add(out, "</th><td>' || ");
    } else {
        add(out, "<td colspan=\"2\"><b>' || ");
    }
    add_escaped(out, row->expression);
    add(out, row->word == NULL ? " || '</b></td></tr>', '') %]\n" : " || '</td></tr>', '') %]\n");
}

/* In the address of a file '%', '#' and '?' mean something else. */
static void add_photo(struct qml *out) {
    add(out, "[% CASE WHEN \"photo\" IS NULL THEN '' WHEN file_exists(" PHOTO_PATH ") THEN "
             "'<p><img width=\"320\" src=\"file://' || regexp_replace(");
    add_escaped(out, "replace(replace(replace(" PHOTO_PATH ", '%', '%25'), '#', '%23'), "
                     "'?', '%3F')");
    add(out, ", '^([A-Za-z]:)', '/\\\\1') || '\"/></p>' ELSE '<p><i>$tip_no_photo ' || ");
    add_escaped(out, "\"photo\"");
    add(out, " || '</i></p>' END %]\n");
}

void qml_add_tip(struct qml *out, const struct style *style) {
    const struct tip *tip = style->tip;

    if (tip == NULL) {
        return;
    }
    sqlite3_str_appendall(
        out->text, "<previewExpression>"); /* how lists and forms call a feature */
    add(out, tip->title);
    sqlite3_str_appendall(out->text, "</previewExpression>\n<mapTip>");
    add(out, "<div style=\"font-family:sans-serif;min-width:240px\"><b>[% ");
    add_escaped(out, tip->title);
    add(out, " %]</b>\n<table cellspacing=\"2\">\n");
    for (size_t i = 0; i < tip->n_rows; i++) {
        add_row(out, &tip->rows[i]);
    }
    add(out, "</table>\n");
    if (tip->has_photo) {
        add_photo(out);
    }
    add(out, "</div>");
    sqlite3_str_appendall(out->text, "</mapTip>\n");
}
