/* Renderers: each entry is a row of the legend with its symbol. */
#include <string.h>

#include "formats/gpkg/style/qml.h"
#include "formats/gpkg/style/template.h"

/* The next piece up to the separator; moves *at behind it.  NULL behind the last. */
static const char *next_piece(const char **at, char separator, size_t *n) {
    const char *piece = *at;

    if (piece == NULL || *piece == '\0') {
        return NULL;
    }
    const char *end = strchr(piece, separator);
    *n = end == NULL ? strlen(piece) : (size_t)(end - piece);
    *at = end == NULL ? piece + *n : end + 1;
    return piece;
}

/* key=value as an option; values are templates. */
static void add_options(struct qml *out, const char *options) {
    const char *piece = NULL;
    size_t n = 0;

    sqlite3_str_appendall(out->text, "<Option type=\"Map\">");
    while ((piece = next_piece(&options, '|', &n)) != NULL) {
        size_t key_n = strcspn(piece, "=");
        sqlite3_str_appendf(
            out->text, "<Option name=\"%.*s\" type=\"QString\" value=\"", (int)key_n, piece);
        template_append(out, piece + key_n + 1, n - key_n - 1, TEMPLATE_TEXT);
        sqlite3_str_appendall(out->text, "\"/>");
    }
    sqlite3_str_appendall(out->text, "</Option>");
}

static void add_defined(struct qml *out, const char *defined) {
    const char *piece = NULL;
    size_t n = 0;

    if (defined == NULL) {
        return;
    }
    sqlite3_str_appendall(out->text,
        "<data_defined_properties><Option type=\"Map\"><Option name=\"name\" type=\"QString\" "
        "value=\"\"/><Option name=\"properties\" type=\"Map\">");
    while ((piece = next_piece(&defined, '\n', &n)) != NULL) {
        size_t key_n = strcspn(piece, "=");
        sqlite3_str_appendf(out->text,
            "<Option name=\"%.*s\" type=\"Map\"><Option name=\"active\" type=\"bool\" "
            "value=\"true\"/><Option name=\"expression\" type=\"QString\" value=\"",
            (int)key_n, piece);
        template_append(out, piece + key_n + 1, n - key_n - 1, TEMPLATE_EXPRESSION);
        sqlite3_str_appendall(
            out->text, "\"/><Option name=\"type\" type=\"int\" value=\"3\"/></Option>");
    }
    sqlite3_str_appendall(out->text,
        "</Option><Option name=\"type\" type=\"QString\" value=\"collection\"/></Option>"
        "</data_defined_properties>");
}

/* Beside the line only where there is a row: in a legend it would stand beside its words.  There no
 * row is at hand, or in an atlas the page's, which is no line. */
static void add_defined_beside(struct qml *out, const char *defined, const char *beside) {
    char *all = sqlite3_mprintf(
        "%s%soffset=CASE WHEN geometry_type($$geometry) = 'Line' THEN %s ELSE 0 END",
        defined == NULL ? "" : defined, defined == NULL ? "" : "\n", beside);

    add_defined(out, all);
    sqlite3_free(all);
}

static void add_all_defined(struct qml *out, const char *defined, const char *beside) {
    if (beside == NULL) {
        add_defined(out, defined);
    } else {
        add_defined_beside(out, defined, beside);
    }
}

/* What stands in a line of its own has its place from there. */
static void add_part(struct qml *out, const struct part *part) {
    sqlite3_str_appendf(
        out->text, "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\">", part->class);
    add_options(out, part->options);
    add_all_defined(out, part->defined, part->along == NULL ? part->beside : NULL);
    sqlite3_str_appendall(out->text, "</layer>");
}

/* A marker on a line stands in a symbol of its own. */
static void add_part_along(struct qml *out, const struct part *part) {
    sqlite3_str_appendall(
        out->text, "<layer class=\"MarkerLine\" enabled=\"1\" locked=\"0\" pass=\"0\">");
    add_options(out, part->along);
    char *shown = part->shown == NULL ? NULL : sqlite3_mprintf("enabled=%s", part->shown);
    add_all_defined(out, shown, part->beside);
    sqlite3_free(shown);
    sqlite3_str_appendall(out->text, "<symbol type=\"marker\" name=\"@0@1\" alpha=\"1\">");
    add_part(out, part);
    sqlite3_str_appendall(out->text, "</symbol></layer>");
}

static void add_symbol(struct qml *out, const struct style *style, size_t entry) {
    static const char *const types[] = {
        [SHAPE_POINT] = "marker", [SHAPE_LINE] = "line", [SHAPE_POLYGON] = "fill"};

    sqlite3_str_appendf(out->text,
        "<symbol type=\"%s\" name=\"%llu\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">",
        types[style->shape], (unsigned long long)entry);
    for (size_t i = 0; i < PARTS && style->entries[entry].parts[i].class != NULL; i++) {
        const struct part *part = &style->entries[entry].parts[i];
        if (part->along != NULL) {
            add_part_along(out, part);
        } else {
            add_part(out, part);
        }
    }
    sqlite3_str_appendall(out->text, "</symbol>\n");
}

static void add_symbols(struct qml *out, const struct style *style) {
    sqlite3_str_appendall(out->text, "<symbols>\n");
    for (size_t i = 0; i < style->n_entries; i++) {
        if (style->entries[i].parts[0].class != NULL) {
            add_symbol(out, style, i);
        }
    }
    sqlite3_str_appendall(out->text, "</symbols>\n");
}

static void add_label_of(struct qml *out, const struct entry *entry) {
    if (entry->label != NULL) {
        sqlite3_str_appendall(out->text, " label=\"");
        template_append(out, entry->label, strlen(entry->label), TEMPLATE_TEXT);
        sqlite3_str_appendall(out->text, "\"");
    }
}

static void add_rules(struct qml *out, const struct style *style) {
    sqlite3_str_appendall(out->text, "<rules key=\"root\">\n");
    for (size_t i = 0; i < style->n_entries; i++) {
        const struct entry *entry = &style->entries[i];
        int next_level = i + 1 < style->n_entries ? entry[1].level : 0;
        sqlite3_str_appendf(out->text, "<rule key=\"r%llu\"", (unsigned long long)i);
        if (entry->parts[0].class != NULL) {
            sqlite3_str_appendf(out->text, " symbol=\"%llu\"", (unsigned long long)i);
        }
        if (entry->value != NULL) {
            qml_add_attribute(out, "filter", entry->value);
        }
        if (entry->scale != NULL) {
            qml_add_attribute(out, "scalemaxdenom", entry->scale);
            sqlite3_str_appendall(out->text, " scalemindenom=\"1\"");
        }
        add_label_of(out, entry);
        sqlite3_str_appendall(out->text, next_level > entry->level ? ">\n" : "/>\n");
        if (next_level < entry->level) {
            sqlite3_str_appendall(out->text, "</rule>\n");
        }
    }
    sqlite3_str_appendall(out->text, "</rules>\n");
}

static void add_categories(struct qml *out, const struct style *style) {
    sqlite3_str_appendall(out->text, "<categories>\n");
    for (size_t i = 0; i < style->n_entries; i++) {
        const struct entry *entry = &style->entries[i];
        sqlite3_str_appendf(out->text, "<category render=\"true\" symbol=\"%llu\" type=\"%s\"",
            (unsigned long long)i, entry->value == NULL ? "NULL" : "string");
        qml_add_attribute(out, "value", entry->value == NULL ? "" : entry->value);
        add_label_of(out, entry);
        sqlite3_str_appendall(out->text, "/>\n");
    }
    sqlite3_str_appendall(out->text, "</categories>\n");
}

static void add_ranges(struct qml *out, const struct style *style) {
    sqlite3_str_appendall(out->text, "<ranges>\n");
    for (size_t i = 0; i < style->n_entries; i++) {
        const struct entry *entry = &style->entries[i];
        size_t n = strcspn(entry->value, ";");
        sqlite3_str_appendf(out->text,
            "<range render=\"true\" symbol=\"%llu\" lower=\"%.*s\" upper=\"%s\"",
            (unsigned long long)i, (int)n, entry->value, entry->value + n + 1);
        add_label_of(out, entry);
        sqlite3_str_appendall(out->text, "/>\n");
    }
    sqlite3_str_appendall(out->text, "</ranges>\n");
}

void qml_add_renderer(struct qml *out, const struct style *style) {
    static const char *const types[] = {
        [RENDER_RULES] = "RuleRenderer",
        [RENDER_CATEGORIES] = "categorizedSymbol",
        [RENDER_RANGES] = "graduatedSymbol",
    };

    if (style->renderer == RENDER_NOTHING) {
        return;
    }
    sqlite3_str_appendf(out->text,
        "<renderer-v2 type=\"%s\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"%d\"",
        types[style->renderer], style->order != NULL);
    if (style->by != NULL) {
        qml_add_attribute(out, "attr", style->by);
    }
    sqlite3_str_appendall(out->text,
        style->renderer == RENDER_RANGES ? " graduatedMethod=\"GraduatedColor\">\n" : ">\n");
    if (style->renderer == RENDER_RULES) {
        add_rules(out, style);
    } else if (style->renderer == RENDER_CATEGORIES) {
        add_categories(out, style);
    } else {
        add_ranges(out, style);
    }
    add_symbols(out, style);
    if (style->order != NULL) {
        sqlite3_str_appendall(out->text, "<orderby><orderByClause asc=\"1\" nullsFirst=\"1\">");
        template_append(out, style->order, strlen(style->order), TEMPLATE_EXPRESSION);
        sqlite3_str_appendall(out->text, "</orderByClause></orderby>\n");
    }
    sqlite3_str_appendall(out->text, "</renderer-v2>\n");
}
