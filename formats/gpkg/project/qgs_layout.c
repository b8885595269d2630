/* Maps to print on A3, landscape: all of the network, and one page for each district.
 *
 *   title and figures                                |
 *   map, with scale bar and north arrow              | legend
 *   table of the ten segments to see to first        | what, when, from which file */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/project/qgs.h"
#include "formats/gpkg/style/common.h"

/* LayoutItemType of QGIS, as it writes them. */
enum {
    ITEM_PAGE = 65638,
    ITEM_MAP = 65639,
    ITEM_PICTURE = 65640,
    ITEM_LABEL = 65641,
    ITEM_LEGEND = 65642,
    ITEM_SCALE_BAR = 65646,
    ITEM_FRAME = 65647,
    ITEM_TABLE = 65649,
};

/* On the page, in millimetres from its upper left corner. */
struct area {
    double x, y, width, height;
};

static const struct area page_area = {0, 0, 420, 297};
static const struct area title_area = {12, 9, 396, 11};
static const struct area figures_area = {12, 20, 396, 7};
static const struct area map_area = {12, 29, 326, 177};
static const struct area worst_area = {12, 208, 326, 6};
static const struct area table_area = {12, 215, 326, 74};
static const struct area legend_area = {343, 29, 68, 236};
static const struct area bar_area = {15, 193, 100, 11};
static const struct area arrow_area = {324, 32, 11, 17.6};
static const struct area foot_area = {343, 269, 68, 19};

/* One page, as often as the atlas asks for it. */
struct layout {
    struct project *project;
    struct qml *out;
    const char *title; /* a word */
    bool is_of_district;
    unsigned number;  /* of the layout: identifiers are unique in a project */
    unsigned n_items; /* so far; later ones lie above */
};

/* A needle, half of it dark, with an N:
 * <path d="M20 14L36 60L20 48L4 60Z"/> <path d="M20 14L4 60L20 48Z"/> <path d="M15 10V1L25 10V1"/>
 */
static const char arrow_svg[] =
    "base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0MCIgaGVpZ2h0PSI2NCIgdmlld0JveD0iMCAwIDQwIDY0Ij48cGF0aCBkPSJNMjAgMTRMMzYgNjBMMjAgNDhMNCA2MFoiIGZpbGw9Im5vbmUiIHN0cm9rZT0iIzI4MjgyOCIgc3Ryb2tlLXdpZHRoPSIyIiBzdHJva2UtbGluZWpvaW49InJvdW5kIi8+PHBhdGggZD0iTTIwIDE0TDQgNjBMMjAgNDhaIiBmaWxsPSIjMjgyODI4Ii8+PHBhdGggZD0iTTE1IDEwVjFMMjUgMTBWMSIgZmlsbD0ibm9uZSIgc3Ryb2tlPSIjMjgyODI4IiBzdHJva2Utd2lkdGg9IjIuNCIvPjwvc3ZnPg==";

/* --- items --- */

static void add_id(struct layout *layout, const char *name, unsigned item) {
    sqlite3_str_appendf(layout->out->text, " %s=\"{63686169-6e61-4765-8000-%06u%06u}\"", name,
        layout->number, item);
}

static void add_place(struct layout *layout, struct area area) {
    sqlite3_str_appendf(layout->out->text,
        " position=\"%g,%g,mm\" positionOnPage=\"%g,%g,mm\" size=\"%g,%g,mm\"", area.x, area.y,
        area.x, area.y, area.width, area.height);
}

/* <LayoutItem ...>, open for further attributes.  Returns the item's number. */
static unsigned begin_item(struct layout *layout, int type, const char *id, struct area area) {
    unsigned item = ++layout->n_items;

    sqlite3_str_appendf(layout->out->text,
        "<LayoutItem type=\"%d\" id=\"%s\" zValue=\"%u\" visibility=\"1\" opacity=\"1\" "
        "blendMode=\"0\" referencePoint=\"0\" itemRotation=\"0\" positionLock=\"false\" "
        "excludeFromExports=\"0\" groupUuid=\"\" outlineWidthM=\"0.2,mm\" frameJoinStyle=\"miter\"",
        type, id, item);
    add_id(layout, "uuid", item);
    add_id(layout, "templateUuid", item);
    add_place(layout, area);
    return item;
}

static void add_colours(struct layout *layout) {
    sqlite3_str_appendall(layout->out->text,
        "<FrameColor red=\"120\" green=\"120\" blue=\"120\" alpha=\"255\"/>"
        "<BackgroundColor red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>");
}

static void end_item(struct layout *layout) {
    sqlite3_str_appendall(layout->out->text, "</LayoutItem>\n");
}

static void add_page(struct layout *layout) {
    sqlite3_str_appendall(layout->out->text, "<PageCollection>\n");
    begin_item(layout, ITEM_PAGE, "", page_area);
    sqlite3_str_appendall(layout->out->text, " frame=\"false\" background=\"true\">");
    add_colours(layout);
    end_item(layout);
    sqlite3_str_appendall(layout->out->text, "<GuideCollection visible=\"1\"/></PageCollection>\n");
}

/* As QFont tells itself: family, points, pixels, hint, weight ... */
static void add_font(struct layout *layout, const char *element, double points, bool is_bold) {
    sqlite3_str_appendf(layout->out->text, "<%s style=\"\" description=\"", element);
    qgs_add_words(layout->out, "$font");
    sqlite3_str_appendf(layout->out->text, ",%g,-1,5,%d,0,0,0,0,0\"/>", points, is_bold ? 75 : 50);
}

struct words {
    const char *template; /* [% %] for what QGIS fills in */
    double points;
    bool is_bold, is_above; /* at the lower end of its area, else the upper */
};

static void add_label(struct layout *layout, const char *id, struct area area, struct words words) {
    enum { ALIGN_LEFT = 1, ALIGN_TOP = 32, ALIGN_BOTTOM = 64 };

    begin_item(layout, ITEM_LABEL, id, area);
    sqlite3_str_appendf(layout->out->text,
        " frame=\"false\" background=\"false\" htmlState=\"0\" halign=\"%d\" valign=\"%d\" "
        "marginX=\"0\" marginY=\"0\" labelText=\"",
        ALIGN_LEFT, words.is_above ? ALIGN_BOTTOM : ALIGN_TOP);
    template_append(layout->out, words.template, strlen(words.template), TEMPLATE_EXPRESSION);
    sqlite3_str_appendall(layout->out->text, "\">");
    add_colours(layout);
    add_font(layout, "LabelFont", words.points, words.is_bold);
    sqlite3_str_appendall(
        layout->out->text, "<FontColor red=\"40\" green=\"40\" blue=\"40\" alpha=\"255\"/>");
    end_item(layout);
}

/* --- the map --- */

/* The denominator that people expect: 1, 2, 2.5 or 5 times a power of ten. */
static double round_scale(double scale) {
    static const double steps[] = {1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10};
    double power = pow(10, floor(log10(scale)));

    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        if (scale <= steps[i] * power) {
            return steps[i] * power;
        }
    }
    return 10 * power;
}

/* A hair larger than the scale that it is called by, below what a ruler can tell: what is shown
 * from 1:4,000 on is shown, and stands in the legend, which QGIS reckons in whole pixels. */
static const double hair = 0.9985;

/* The whole network with a rim, in the shape of the map; in metres at a round scale. */
static struct box map_extent(const struct project *project) {
    struct box box = project->extent;
    double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
    double per_mm = fmax(width / map_area.width, height / map_area.height) * 1.04;
    struct xy middle = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};

    if (!(per_mm > 0)) {
        per_mm = project->is_metric ? 1 : 1e-5;
    }
    if (project->is_metric) {
        per_mm = round_scale(per_mm * 1000) / 1000 * hair;
    }
    double half_x = map_area.width / 2 * per_mm, half_y = map_area.height / 2 * per_mm;
    return (struct box){middle.x - half_x, middle.y - half_y, middle.x + half_x, middle.y + half_y};
}

static unsigned add_map(struct layout *layout) {
    struct box extent = map_extent(layout->project);
    unsigned item = begin_item(layout, ITEM_MAP, "map", map_area);

    sqlite3_str_appendall(layout->out->text,
        " frame=\"true\" background=\"true\" followPreset=\"false\" followPresetName=\"\" "
        "mapFlags=\"0\" mapRotation=\"0\" keepLayerSet=\"false\" drawCanvasItems=\"false\" "
        "labelMargin=\"0,mm\" isTemporal=\"0\">");
    add_colours(layout);
    sqlite3_str_appendf(layout->out->text,
        "<Extent xmin=\"%.15g\" ymin=\"%.15g\" xmax=\"%.15g\" ymax=\"%.15g\"/><LayerSet/>"
        "<AtlasMap atlasDriven=\"%d\" scalingMode=\"2\" margin=\"0.08\"/>",
        extent.min_x, extent.min_y, extent.max_x, extent.max_y, layout->is_of_district);
    end_item(layout);
    return item;
}

static void add_north(struct layout *layout, unsigned map) {
    begin_item(layout, ITEM_PICTURE, "north", arrow_area);
    sqlite3_str_appendf(layout->out->text,
        " frame=\"false\" background=\"false\" mode=\"0\" file=\"%s\" resizeMode=\"0\" "
        "anchorPoint=\"4\" northMode=\"0\" northOffset=\"0\" pictureRotation=\"0\"",
        arrow_svg);
    add_id(layout, "mapUuid", map);
    sqlite3_str_appendall(layout->out->text, ">");
    add_colours(layout);
    end_item(layout);
}

static void begin_text(struct layout *layout, double points, bool is_bold) {
    sqlite3_str_appendf(layout->out->text,
        "<text-style fontSize=\"%g\" fontSizeUnit=\"Point\" fontWeight=\"%d\" namedStyle=\"%s\" "
        "textColor=\"40,40,40,255\" textOpacity=\"1\" fontItalic=\"0\" multilineHeight=\"1\" "
        "allowHtml=\"0\" fontFamily=\"",
        points, is_bold ? 75 : 50, is_bold ? "Bold" : "Regular");
    qgs_add_words(layout->out, "$font");
    sqlite3_str_appendall(layout->out->text, "\">");
    qml_add_font_families(layout->out);
}

static void add_text_style(struct layout *layout, double points, bool is_bold) {
    begin_text(layout, points, is_bold);
    sqlite3_str_appendall(layout->out->text, "</text-style>");
}

static void add_scale_bar(struct layout *layout, unsigned map) {
    begin_item(layout, ITEM_SCALE_BAR, "scale", bar_area);
    sqlite3_str_appendall(layout->out->text,
        " frame=\"false\" background=\"true\" style=\"Single Box\" numSegments=\"2\" "
        "numSegmentsLeft=\"0\" numSubdivisions=\"1\" subdivisionsHeight=\"1.5\" height=\"2\" "
        "segmentSizeMode=\"1\" minBarWidth=\"40\" maxBarWidth=\"90\" segmentMillimeters=\"30\" "
        "numUnitsPerSegment=\"100\" numMapUnitsPerScaleBarUnit=\"1\" unitType=\"meters\" "
        "unitLabel=\"m\" labelBarSpace=\"1\" boxContentSpace=\"1\" alignment=\"0\" "
        "labelVerticalPlacement=\"0\" labelHorizontalPlacement=\"0\" outlineWidth=\"0.2\" "
        "lineJoinStyle=\"miter\" lineCapStyle=\"square\"");
    add_id(layout, "mapUuid", map);
    sqlite3_str_appendall(layout->out->text, ">");
    add_colours(layout);
    add_text_style(layout, 9, false);
    sqlite3_str_appendall(layout->out->text,
        "<strokeColor red=\"40\" green=\"40\" blue=\"40\" alpha=\"255\"/>"
        "<fillColor red=\"40\" green=\"40\" blue=\"40\" alpha=\"255\"/>"
        "<fillColor2 red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>");
    end_item(layout);
}

/* --- the legend --- */

static void add_legend_style(
    struct layout *layout, const char *name, const char *margins, double points, bool is_bold) {
    sqlite3_str_appendf(
        layout->out->text, "<style name=\"%s\" indent=\"0\" alignment=\"1\"%s>", name, margins);
    add_font(layout, "styleFont", points, is_bold);
    sqlite3_str_appendall(layout->out->text, "</style>");
}

/* Of the map of all; of districts that of the smallest one, which shows most. */
static double scale_of(const struct layout *layout) {
    const struct project *project = layout->project;
    struct box extent = map_extent(project);

    if (!project->is_metric) {
        return 0;
    }
    return layout->is_of_district ? 1000 * fmax(project->district.x / map_area.width,
                                               project->district.y / map_area.height)
                                  : 1000 * (extent.max_x - extent.min_x) / map_area.width;
}

/* Only layers that are drawn at the map's scale; of these only what the map shows, where that does
 * not take too long to find out. */
static void add_legend(struct layout *layout, unsigned map) {
    begin_item(layout, ITEM_LEGEND, "legend", legend_area);
    sqlite3_str_appendf(layout->out->text,
        " frame=\"false\" background=\"true\" legendFilterByMap=\"%d\" legendFilterByAtlas=\"0\" "
        "columnCount=\"1\" splitLayer=\"0\" equalColumnWidth=\"0\" resizeToContents=\"0\" "
        "boxSpace=\"0\" columnSpace=\"2\" symbolWidth=\"7\" symbolHeight=\"3.4\" lineSpacing=\"0.6\" "
        "symbolAlignment=\"1\" titleAlignment=\"1\" fontColor=\"#282828\" title=\"",
        layout->project->is_small);
    qgs_add_words(layout->out, "$layout_legend");
    sqlite3_str_appendall(layout->out->text, "\"");
    add_id(layout, "map_uuid", map);
    sqlite3_str_appendall(layout->out->text, ">");
    add_colours(layout);
    sqlite3_str_appendall(layout->out->text, "<styles>");
    add_legend_style(layout, "title", " marginBottom=\"1\"", 12, true);
    add_legend_style(layout, "group", " marginTop=\"2\"", 10, true);
    add_legend_style(layout, "subgroup", " marginTop=\"2.2\"", 9, true);
    add_legend_style(layout, "symbol", " marginTop=\"0.6\"", 8.5, false);
    add_legend_style(layout, "symbolLabel", " marginTop=\"0.6\" marginLeft=\"2\"", 8.5, false);
    sqlite3_str_appendall(layout->out->text, "</styles>\n");
    qgs_add_legend_tree(layout->project, scale_of(layout));
    end_item(layout);
}

/* --- the table --- */

static const struct {
    const char *heading, *value; /* a word, an expression */
    double width_mm;
} columns[] = {
    {"$layout_rank",     "\"rank\"",                                               10 },
    {"$layout_segment",  "\"segment_id\"",                                         30 },
    {"$layout_street",   "\"street\"",                                             32 },
    {"$layout_pipe",     "concat(\"material\", ' DN ' || round(\"diameter_mm\"))", 42 },
    {"$layout_priority", PRIORITY_WORDS("\"priority\""),                           24 },
    {"$layout_why",      "\"priority_reason\"",                                    112},
    {"$layout_repair",   "\"repair_method\"",                                      60 },
};

static void add_columns(struct layout *layout) {
    sqlite3_str_appendall(layout->out->text, "<displayColumns>");
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        sqlite3_str_appendf(layout->out->text,
            "<column hAlignment=\"1\" vAlignment=\"128\" sortOrder=\"0\" sortByRank=\"0\" "
            "width=\"%g\" heading=\"",
            columns[i].width_mm);
        qgs_add_words(layout->out, columns[i].heading);
        sqlite3_str_appendall(layout->out->text, "\"");
        qml_add_attribute(layout->out, "attribute", columns[i].value);
        sqlite3_str_appendall(layout->out->text,
            "><backgroundColor red=\"0\" green=\"0\" blue=\"0\" alpha=\"0\"/></column>");
    }
    sqlite3_str_appendall(layout->out->text,
        "</displayColumns><sortColumns><column hAlignment=\"1\" vAlignment=\"128\" "
        "sortOrder=\"0\" sortByRank=\"0\" width=\"0\" heading=\"\" attribute=\"rank\">"
        "<backgroundColor red=\"0\" green=\"0\" blue=\"0\" alpha=\"0\"/></column></sortColumns>");
}

static void add_table(struct layout *layout) {
    static const char of_all[] = "\"rank\" IS NOT NULL";
    static const char of_district[] =
        "\"rank\" IS NOT NULL AND \"district\" = attribute(@atlas_feature, 'name')";
    unsigned frame = begin_item(layout, ITEM_FRAME, "worst", table_area);
    unsigned table = ++layout->n_items;

    sqlite3_str_appendf(layout->out->text,
        " frame=\"false\" background=\"false\" sectionX=\"0\" sectionY=\"0\" sectionWidth=\"%g\" "
        "sectionHeight=\"%g\" hidePageIfEmpty=\"0\" hideBackgroundIfEmpty=\"0\"",
        table_area.width, table_area.height);
    add_id(layout, "multiFrame", table);
    add_id(layout, "multiFrameTemplateUuid", table);
    sqlite3_str_appendall(layout->out->text, ">");
    add_colours(layout);
    end_item(layout);

    sqlite3_str_appendf(layout->out->text,
        "<LayoutMultiFrame type=\"%d\" source=\"0\" vectorLayer=\"%s\" maxFeatures=\"10\" "
        "filterFeatures=\"true\" showOnlyVisibleFeatures=\"0\" showUniqueRowsOnly=\"0\" "
        "filterToAtlasIntersection=\"0\" resizeMode=\"0\" relationId=\"\" showEmptyRows=\"0\" "
        "useConditionalStyling=\"0\" emptyTableMode=\"2\" wrapBehavior=\"1\" "
        "wrapString=\"\" headerMode=\"0\" headerHAlignment=\"0\" cellMargin=\"1.1\" "
        "showGrid=\"1\" horizontalGrid=\"1\" verticalGrid=\"0\" gridStrokeWidth=\"0.15\" "
        "gridColor=\"170,170,170,255\" backgroundColor=\"255,255,255,255\" emptyTableMessage=\"",
        ITEM_TABLE, PROJECT_WORST);
    qgs_add_words(layout->out, "$layout_none");
    sqlite3_str_appendall(layout->out->text, "\"");
    qml_add_attribute(layout->out, "featureFilter", layout->is_of_district ? of_district : of_all);
    add_id(layout, "uuid", table);
    add_id(layout, "templateUuid", table);
    sqlite3_str_appendall(layout->out->text, "><childFrame");
    add_id(layout, "uuid", frame);
    add_id(layout, "templateUuid", frame);
    sqlite3_str_appendall(layout->out->text, "/><headerTextFormat>");
    add_text_style(layout, 8, true);
    sqlite3_str_appendall(layout->out->text, "</headerTextFormat><contentTextFormat>");
    add_text_style(layout, 8, false);
    sqlite3_str_appendall(layout->out->text, "</contentTextFormat>");
    add_columns(layout);
    sqlite3_str_appendall(layout->out->text, "</LayoutMultiFrame>\n");
}

/* --- the page --- */

#define SEGMENTS "'" PROJECT_ID("segments") "'"
/* Of all segments that a condition is true of. */
#define COUNT(where) "aggregate(" SEGMENTS ", 'count', \"segment_id\", " where ")"
#define KM(column, where)                                                          \
    "format_number(coalesce(aggregate(" SEGMENTS ", 'sum', \"" column "\", " where \
    "), 0) / 1000, 1)"
#define FIGURES(where)                                            \
    "[% " COUNT(where) " %] $layout_segments, [% " KM("length_m", \
        where) " %] km · "                                       \
               "$layout_inspected [% " KM("inspected_m",          \
                   where) " %] km · "                            \
                          "$layout_hazards [% " COUNT("\"collapse_hazard\" AND " where) " %]"

static const char title_of_all[] = "$project_title";
static const char title_of_district[] = "[% @atlas_pagename %] · $project_title";
static const char figures_of_all[] = FIGURES("true");
static const char figures_of_district[] =
    FIGURES("\"district\" = attribute(@atlas_feature, 'name')");

/* What the map is of, so that a print can be told from an older one. */
static const char foot[] =
    "$layout_scale 1:[% with_variable('scale', map_get(item_variables('map'), 'map_scale'), "
    "with_variable('round', round(@scale, 1 - floor(log10(@scale))), format_number(CASE WHEN "
    "abs(@scale / @round - 1) < 0.002 THEN @round ELSE @scale END, 0))) %] · "
    "[% map_get(item_variables('map'), 'map_crs') %]\n"
    "$layout_newest [% coalesce(format_date(aggregate(" SEGMENTS
    ", 'max', \"inspected_on\"), 'yyyy-MM-dd'), '-') %]\n"
    "[% file_name(layer_property(" SEGMENTS ", 'path')) %]";

static void add_labels(struct layout *layout) {
    bool is_one = layout->is_of_district;

    add_label(layout, "title", title_area,
        (struct words){
            .template = is_one ? title_of_district : title_of_all, .points = 22, .is_bold = true});
    add_label(layout, "figures", figures_area,
        (struct words){.template = is_one ? figures_of_district : figures_of_all,
            .points = 11,
            .is_bold = false});
    add_label(layout, "worst-title", worst_area,
        (struct words){
            is_one ? "$layout_worst_of_district" : "$layout_worst", .points = 11, .is_bold = true});
    add_label(
        layout, "foot", foot_area, (struct words){.template = foot, .points = 8, .is_above = true});
}

static void add_atlas(struct layout *layout) {
    const struct project_layer *districts = project_layer(layout->project, "districts");

    if (!layout->is_of_district || districts == NULL) {
        sqlite3_str_appendall(layout->out->text, "<Atlas enabled=\"0\"/>\n");
        return;
    }
    sqlite3_str_appendf(layout->out->text,
        "<Atlas enabled=\"1\" coverageLayer=\"%s\" coverageLayerProvider=\"ogr\" hideCoverage=\"0\" "
        "filterFeatures=\"0\" sortFeatures=\"1\" sortKey=\"name\" sortAscending=\"1\" "
        "pageNameExpression=\"&quot;name&quot;\" "
        "filenamePattern=\"@atlas_featurenumber || ' ' || left(regexp_replace(@atlas_pagename, "
        "'[\\x00-\\x1f/\\\\\\\\:*?&quot;&lt;&gt;|]', '_'), 60)\"/>\n",
        districts->id);
}

static void add_layout(struct layout *layout) {
    const struct project_layer *segments = project_layer(layout->project, "segments");

    sqlite3_str_appendall(layout->out->text,
        "<Layout units=\"mm\" printResolution=\"300\" worldFileMap=\"\" name=\"");
    qgs_add_words(layout->out, layout->title);
    sqlite3_str_appendall(layout->out->text,
        "\">\n<Snapper snapToGuides=\"1\" tolerance=\"5\" snapToGrid=\"0\" snapToItems=\"1\"/>"
        "<Grid resUnits=\"mm\" resolution=\"10\" offsetX=\"0\" offsetY=\"0\" "
        "offsetUnits=\"mm\"/>\n");
    add_page(layout);
    unsigned map = add_map(layout);
    add_labels(layout);
    add_legend(layout, map);
    add_scale_bar(layout, map);
    add_north(layout, map);
    if (segments != NULL) {
        add_table(layout);
    }
    add_atlas(layout);
    sqlite3_str_appendall(layout->out->text, "</Layout>\n");
}

void qgs_add_layouts(struct project *project) {
    struct layout all = {.project = project, .out = &project->out, .title = "$layout_overview"};
    struct layout districts = {
        .project = project,
        .out = &project->out,
        .title = "$layout_district",
        .is_of_district = true,
        .number = 1,
    };

    sqlite3_str_appendall(project->out.text, "<Layouts>\n");
    add_layout(&all);
    if (project_layer(project, "districts") != NULL) {
        add_layout(&districts);
    }
    sqlite3_str_appendall(project->out.text, "</Layouts>\n");
}
