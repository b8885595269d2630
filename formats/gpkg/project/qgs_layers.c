/* Layers, the tree that they stand in, and how their rows belong together. */
#include <string.h>

#include "core/base.h"
#include "core/text.h"
#include "formats/gpkg/project/qgs.h"

const struct project_layer *project_layer(const struct project *project, const char *table) {
    for (size_t i = 0; i < project->n_layers; i++) {
        if (strcmp(project->layers[i].table, table) == 0) {
            return &project->layers[i];
        }
    }
    return NULL;
}

void qgs_add_words(struct qml *out, const char *template) {
    template_append(out, template, strlen(template), TEMPLATE_TEXT);
}

/* --- the tree --- */

static void add_tree_layer(struct qml *out, const struct project_layer *layer, bool is_checked) {
    sqlite3_str_appendf(out->text,
        "<layer-tree-layer id=\"%s\" providerKey=\"ogr\" expanded=\"%d\" "
        "checked=\"Qt::%s\" name=\"",
        layer->id, layer->is_drawn && strcmp(layer->table, "segments") == 0,
        is_checked ? "Checked" : "Unchecked");
    xml_append(out->text, layer->title);
    sqlite3_str_appendall(out->text, "\"><customproperties/></layer-tree-layer>\n");
}

/* A group opens with its first layer and ends with its last. */
void qgs_add_tree(struct project *project) {
    struct qml *out = &project->out;
    const char *group = NULL;

    sqlite3_str_appendall(out->text, "<layer-tree-group><customproperties/>\n");
    for (size_t i = 0; i < project->n_layers; i++) {
        const struct project_layer *layer = &project->layers[i];
        if (group == NULL || strcmp(group, layer->group) != 0) {
            sqlite3_str_appendf(out->text,
                "%s<layer-tree-group checked=\"Qt::Checked\" "
                "expanded=\"%d\" name=\"",
                group == NULL ? "" : "</layer-tree-group>\n", layer->is_spatial);
            group = layer->group;
            qgs_add_words(out, group);
            sqlite3_str_appendall(out->text, "\"><customproperties/>\n");
        }
        add_tree_layer(out, layer, layer->is_drawn || !layer->is_spatial);
    }
    sqlite3_str_appendf(
        out->text, "%s</layer-tree-group>\n", group == NULL ? "" : "</layer-tree-group>\n");
}

static bool is_drawn_at(const struct project *project, const char *table, double scale) {
    const struct project_layer *layer = project_layer(project, table);
    double smallest = 0;

    if (layer == NULL || layer->style == NULL) {
        return false;
    }
    if (layer->style->scale == NULL) {
        return true;
    }
    const char *name = layer->style->scale + 1; /* behind the $ */
    const char *value = project->out.theme->values[theme_find(name, strlen(name))];
    return !text_to_double(text_from(value), &smallest) || scale <= smallest;
}

static bool is_explained(
    const struct project *project, const struct project_layer *layer, double scale) {
    const char *same = layer->in_legend_for;

    return same != NULL && is_drawn_at(project, layer->table, scale) &&
           (same[0] == '\0' || !is_drawn_at(project, same, scale));
}

void qgs_add_legend_tree(struct project *project, double scale) {
    struct qml *out = &project->out;

    sqlite3_str_appendall(out->text, "<layer-tree-group><customproperties/>\n");
    for (size_t i = 0; i < project->n_layers; i++) {
        if (is_explained(project, &project->layers[i], scale)) {
            add_tree_layer(out, &project->layers[i], true);
        }
    }
    sqlite3_str_appendall(out->text, "</layer-tree-group>\n");
}

/* --- layers --- */

static const char *word_of(const struct qml *out, const char *template) {
    const char *word =
        style_word(template + 1, strlen(template + 1), out->language); /* behind the $ */
    return word == NULL ? "" : word;
}

/* All styles of the layer, to choose from; the one in use stands in the layer itself. */
static void add_styles(struct qml *out, const struct project_layer *layer) {
    sqlite3_str_appendall(out->text, "<map-layer-style-manager current=\"");
    xml_append(out->text, word_of(out, layer->style->name));
    sqlite3_str_appendall(out->text, "\">\n");
    for (size_t i = 0; i < n_styles; i++) {
        if (strcmp(styles[i]->table, layer->table) != 0) {
            continue;
        }
        sqlite3_str_appendall(out->text, "<map-layer-style name=\"");
        xml_append(out->text, word_of(out, styles[i]->name));
        sqlite3_str_appendall(out->text, "\">");
        if (styles[i] != layer->style) {
            qml_add_document(out, styles[i]);
        }
        sqlite3_str_appendall(out->text, "</map-layer-style>\n");
    }
    sqlite3_str_appendall(out->text, "</map-layer-style-manager>\n");
}

static void add_about(struct project *project, const struct project_layer *layer) {
    struct qml *out = &project->out;

    sqlite3_str_appendf(out->text, "<id>%s</id>\n<datasource>./", layer->id);
    xml_append(out->text, project->file);
    sqlite3_str_appendf(out->text, "|layername=%s</datasource>\n<layername>", layer->table);
    xml_append(out->text, layer->title);
    sqlite3_str_appendall(out->text, "</layername>\n<title>");
    xml_append(out->text, layer->title);
    sqlite3_str_appendall(out->text, "</title>\n<abstract>");
    xml_append(out->text, layer->abstract);
    sqlite3_str_appendf(out->text,
        "</abstract>\n<resourceMetadata>%s</resourceMetadata>\n"
        "<provider encoding=\"UTF-8\">ogr</provider>\n",
        layer->metadata);
    if (layer->is_spatial && project->srs != NULL) {
        sqlite3_str_appendf(out->text, "<srs>%s</srs>\n", project->srs);
    }
}

/* A table of a printed map reads and sorts all rows of its layer before it takes the first ten,
 * each time that the project is opened, several times over: 7 s at 100,000 segments.  So it has a
 * layer of its own of the ten first of each district, the ten first of all among them; private: the
 * tree does not show it. */
static void add_worst(struct project *project) {
    struct qml *out = &project->out;

    if (project_layer(project, "segments") == NULL) {
        return;
    }
    sqlite3_str_appendall(
        out->text, "<maplayer type=\"vector\">\n<id>" PROJECT_WORST "</id>\n<datasource>./");
    xml_append(out->text, project->file);
    sqlite3_str_appendall(out->text,
        "|layername=segments|subset=fid IN (SELECT fid FROM (SELECT fid, row_number() OVER "
        "(PARTITION BY district ORDER BY rank) AS n FROM segments WHERE rank IS NOT NULL) "
        "WHERE n &lt;= 10)</datasource>\n<layername>");
    qgs_add_words(out, "$layout_worst");
    sqlite3_str_appendall(out->text,
        "</layername>\n<provider encoding=\"UTF-8\">ogr</provider>\n"
        "<flags><Identifiable>0</Identifiable><Removable>1</Removable><Searchable>0</Searchable>"
        "<Private>1</Private></flags>\n");
    if (project->srs != NULL) {
        sqlite3_str_appendf(out->text, "<srs>%s</srs>\n", project->srs);
    }
    sqlite3_str_appendall(out->text, "</maplayer>\n");
}

void qgs_add_layers(struct project *project) {
    struct qml *out = &project->out;

    sqlite3_str_appendall(out->text, "<projectlayers>\n");
    for (size_t i = 0; i < project->n_layers; i++) {
        const struct project_layer *layer = &project->layers[i];
        sqlite3_str_appendall(out->text, "<maplayer type=\"vector\"");
        if (layer->style != NULL) {
            qml_add_head(out, layer->style);
        }
        sqlite3_str_appendall(out->text, ">\n");
        add_about(project, layer);
        if (layer->style != NULL) {
            add_styles(out, layer);
            qml_add_body(out, layer->style);
        }
        sqlite3_str_appendall(out->text, "</maplayer>\n");
    }
    add_worst(project);
    sqlite3_str_appendall(out->text, "</projectlayers>\n<layerorder>\n");
    for (size_t i = 0; i < project->n_layers; i++) {
        sqlite3_str_appendf(out->text, "<layer id=\"%s\"/>\n", project->layers[i].id);
    }
    sqlite3_str_appendall(out->text, "</layerorder>\n");
}

/* --- relations --- */

void qgs_add_relations(struct project *project) {
    struct qml *out = &project->out;

    sqlite3_str_appendall(out->text, "<relations>\n");
    for (size_t i = 0; i < n_style_relations; i++) {
        const struct style_relation *relation = &style_relations[i];
        const struct project_layer *parent = project_layer(project, relation->parent);
        const struct project_layer *child = project_layer(project, relation->child);
        if (parent == NULL || child == NULL) {
            continue;
        }
        sqlite3_str_appendf(out->text,
            "<relation id=\"%s_of_%s\" strength=\"Association\" referencedLayer=\"%s\" "
            "referencingLayer=\"%s\" name=\"",
            relation->child, relation->parent, parent->id, child->id);
        qgs_add_words(out, relation->word);
        sqlite3_str_appendf(out->text,
            "\"><fieldRef referencedField=\"%s\" referencingField=\"%s\"/></relation>\n",
            relation->key, relation->column);
    }
    sqlite3_str_appendall(out->text, "</relations>\n");
}
