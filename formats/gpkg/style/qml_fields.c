/* Aliases, widgets and forms.  Only fields that need a widget of their own are named: a field that
 * is named with an empty widget loses the value list that QGIS takes from the file. */
#include <string.h>

#include "formats/gpkg/style/qml.h"
#include "formats/gpkg/style/template.h"

static void add_aliases(sqlite3_str *out, const struct gpkg_table *table) {
    sqlite3_str_appendall(out, "<aliases>\n");
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->columns[i].title == NULL) {
            continue;
        }
        sqlite3_str_appendf(out, "<alias index=\"%llu\" field=\"%s\" name=\"",
            (unsigned long long)i + (table->geometry == NULL), table->columns[i].name);
        xml_append(out, table->columns[i].title);
        sqlite3_str_appendall(out, "\"/>\n");
    }
    sqlite3_str_appendall(out, "</aliases>\n");
}

/* Columns that hold paths relative to the GeoPackage. */
static const struct {
    const char *column;
    const char *viewer; /* QgsExternalResourceWidget: 0 none, 1 image */
} attachments[] = {
    {"photo", "1"},
    {"video", "0"},
    {"path",  "0"},
};

static const char attachment[] =
    "<field name=\"%s\"><editWidget type=\"ExternalResource\"><config><Option type=\"Map\">"
    "<Option name=\"DocumentViewer\" type=\"int\" value=\"%s\"/>"
    "<Option name=\"DocumentViewerHeight\" type=\"int\" value=\"0\"/>"
    "<Option name=\"DocumentViewerWidth\" type=\"int\" value=\"0\"/>"
    "<Option name=\"FileWidget\" type=\"bool\" value=\"true\"/>"
    "<Option name=\"FileWidgetButton\" type=\"bool\" value=\"true\"/>"
    "<Option name=\"FullUrl\" type=\"bool\" value=\"true\"/>"
    "<Option name=\"RelativeStorage\" type=\"int\" value=\"2\"/>"
    "<Option name=\"StorageMode\" type=\"int\" value=\"0\"/>"
    "<Option name=\"UseLink\" type=\"bool\" value=\"true\"/>"
    "<Option name=\"PropertyCollection\" type=\"Map\"><Option name=\"name\" type=\"QString\" "
    "value=\"\"/><Option name=\"properties\" type=\"Map\"><Option name=\"propertyRootPath\" "
    "type=\"Map\"><Option name=\"active\" type=\"bool\" value=\"true\"/>"
    "<Option name=\"expression\" type=\"QString\" "
    "value=\"file_path(layer_property(@layer_id, 'path'))\"/>"
    "<Option name=\"type\" type=\"int\" value=\"3\"/></Option></Option>"
    "<Option name=\"type\" type=\"QString\" value=\"collection\"/></Option>"
    "</Option></config></editWidget></field>\n";

static int has_column(const struct gpkg_table *table, const char *name) {
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return 1;
        }
    }
    return 0;
}

static void add_widgets(sqlite3_str *out, const struct gpkg_table *table) {
    sqlite3_str_appendall(out, "<fieldConfiguration>\n");
    for (size_t i = 0; i < sizeof attachments / sizeof attachments[0]; i++) {
        if (has_column(table, attachments[i].column)) {
            sqlite3_str_appendf(out, attachment, attachments[i].column, attachments[i].viewer);
        }
    }
    sqlite3_str_appendall(out, "</fieldConfiguration>\n");
}

static void add_tab(sqlite3_str *out, const struct tab *tab) {
    sqlite3_str_appendall(out, "<attributeEditorContainer groupBox=\"0\" columnCount=\"2\" "
                               "showLabel=\"1\" visibilityExpressionEnabled=\"0\" name=\"");
    template_append(out, tab->word, strlen(tab->word), TEMPLATE_TEXT);
    sqlite3_str_appendall(out, "\">\n");
    for (const char *at = tab->columns; *at != '\0';) {
        size_t n = strcspn(at, " ");
        sqlite3_str_appendf(out,
            "<attributeEditorField showLabel=\"1\" index=\"-1\" name=\"%.*s\"/>\n", (int)n, at);
        at += n + (at[n] == ' ');
    }
    sqlite3_str_appendall(out, "</attributeEditorContainer>\n");
}

static void add_form(sqlite3_str *out, const struct style *style) {
    if (style->n_tabs == 0) {
        return;
    }
    sqlite3_str_appendall(out, "<editorlayout>tablayout</editorlayout>\n<attributeEditorForm>\n");
    for (size_t i = 0; i < style->n_tabs; i++) {
        add_tab(out, &style->tabs[i]);
    }
    sqlite3_str_appendall(out, "</attributeEditorForm>\n");
}

void qml_add_fields(sqlite3_str *out, const struct style *style) {
    const struct gpkg_table *table = style_columns(style);

    if (table == NULL) {
        return;
    }
    add_aliases(out, table);
    add_widgets(out, table);
    add_form(out, style);
}
