/* Aliases, widgets and forms.  Only fields that need a widget of their own are named: a field that
 * is named with an empty widget loses the value list that QGIS takes from the file. */
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/style/qml.h"
#include "formats/gpkg/style/template.h"

static void add_aliases(struct qml *out, const struct gpkg_table *table) {
    sqlite3_str_appendall(out->text, "<aliases>\n");
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->columns[i].title == NULL) {
            continue;
        }
        sqlite3_str_appendf(out->text, "<alias index=\"%llu\" field=\"%s\" name=\"",
            (unsigned long long)i + (table->geometry == NULL), table->columns[i].name);
        xml_append(out->text, lang_text(out->language, table->columns[i].title));
        sqlite3_str_appendall(out->text, "\"/>\n");
    }
    sqlite3_str_appendall(out->text, "</aliases>\n");
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

static bool has_column(const struct gpkg_table *table, const char *name) {
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_widgets(struct qml *out, const struct gpkg_table *table) {
    sqlite3_str_appendall(out->text, "<fieldConfiguration>\n");
    for (size_t i = 0; i < ARRAY_LEN(attachments); i++) {
        if (has_column(table, attachments[i].column)) {
            sqlite3_str_appendf(
                out->text, attachment, attachments[i].column, attachments[i].viewer);
        }
    }
    sqlite3_str_appendall(out->text, "</fieldConfiguration>\n");
}

static void add_tab_field(struct qml *out, const char *column, size_t n) {
    sqlite3_str_appendf(out->text,
        "<attributeEditorField showLabel=\"1\" index=\"-1\" name=\"%.*s\"/>\n", (int)n, column);
}

static void begin_tab(struct qml *out, const char *word) {
    sqlite3_str_appendall(out->text, "<attributeEditorContainer groupBox=\"0\" columnCount=\"2\" "
                                     "showLabel=\"1\" visibilityExpressionEnabled=\"0\" name=\"");
    template_append(out, word, strlen(word), TEMPLATE_TEXT);
    sqlite3_str_appendall(out->text, "\">\n");
}

static void end_tab(struct qml *out) {
    sqlite3_str_appendall(out->text, "</attributeEditorContainer>\n");
}

/* The next column of the tab; moves *at behind it.  NULL behind the last. */
static const char *next_column(const char **at, size_t *n) {
    const char *column = *at;

    if (*column == '\0') {
        return NULL;
    }
    *n = strcspn(column, " ");
    *at += *n + (column[*n] == ' ');
    return column;
}

static bool is_in_tab(const struct style *style, const char *wanted) {
    for (size_t i = 0; i < style->n_tabs; i++) {
        const char *at = style->tabs[i].columns, *column = NULL;
        size_t n = 0;
        while ((column = next_column(&at, &n)) != NULL) {
            if (strlen(wanted) == n && memcmp(wanted, column, n) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* A column that came later and was given no tab is there all the same. */
static void add_more(struct qml *out, const struct style *style, const struct gpkg_table *table) {
    bool has_begun = false;

    for (size_t i = 0; i < table->n_columns; i++) {
        const struct gpkg_column *column = &table->columns[i];
        if (column->title == NULL || is_in_tab(style, column->name)) {
            continue;
        }
        if (!has_begun) {
            begin_tab(out, "$tab_more");
            has_begun = true;
        }
        add_tab_field(out, column->name, strlen(column->name));
    }
    if (has_begun) {
        end_tab(out);
    }
}

/* What belongs to the row, from other layers: a project knows which. */
static void add_relations(struct qml *out, const struct style *style) {
    for (size_t i = 0; out->is_project && i < n_style_relations; i++) {
        const struct style_relation *relation = &style_relations[i];
        if (strcmp(relation->parent, style->table) != 0) {
            continue;
        }
        begin_tab(out, relation->word);
        sqlite3_str_appendf(out->text,
            "<attributeEditorRelation name=\"%s_of_%s\" relation=\"%s_of_%s\" showLabel=\"0\" "
            "label=\"\" nmRelationId=\"\" forceSuppressFormPopup=\"0\" "
            "relationWidgetTypeId=\"relation_editor\"/>\n",
            relation->child, relation->parent, relation->child, relation->parent);
        end_tab(out);
    }
}

static void add_form(struct qml *out, const struct style *style, const struct gpkg_table *table) {
    if (style->n_tabs == 0) {
        return;
    }
    sqlite3_str_appendall(
        out->text, "<editorlayout>tablayout</editorlayout>\n<attributeEditorForm>\n");
    for (size_t i = 0; i < style->n_tabs; i++) {
        const char *at = style->tabs[i].columns, *column = NULL;
        size_t n = 0;
        begin_tab(out, style->tabs[i].word);
        while ((column = next_column(&at, &n)) != NULL) {
            add_tab_field(out, column, n);
        }
        end_tab(out);
    }
    add_more(out, style, table);
    add_relations(out, style);
    sqlite3_str_appendall(out->text, "</attributeEditorForm>\n");
}

void qml_add_fields(struct qml *out, const struct style *style) {
    const struct gpkg_table *table = style_columns(style);

    if (table == NULL) {
        return;
    }
    add_aliases(out, table);
    add_widgets(out, table);
    add_form(out, style, table);
}
