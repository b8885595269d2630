/* Everything is read from the database, so that a project can be renewed long after the run. */
#include "formats/gpkg/project/project.h"

#include <string.h>

#include "core/base.h"
#include "formats/gpkg/project/qgs.h"
#include "formats/gpkg/project/stored_zip.h"
#include "formats/sqlite.h"

/* As QGIS creates it; no layer, so nobody registers it. */
static const char create[] = "CREATE TABLE IF NOT EXISTS qgis_projects("
                             "name TEXT PRIMARY KEY, metadata BLOB, content BLOB)";

/* QGIS writes its user here when it saves: then the project is no longer ours. */
static const char user[] = "chainage";

static void text_release(char **text) {
    sqlite3_free(*text);
}

static void project_release(struct project *project) {
    arena_release(&project->arena);
}

static const char *project_name(enum language language) {
    static const char name[] = "project_name";
    return style_word(name, sizeof name - 1, language);
}

/* --- what the file has --- */

static const struct style *default_style(const char *table) {
    for (size_t i = 0; i < n_styles; i++) {
        if (strcmp(styles[i]->table, table) == 0 && !styles[i]->is_alternative) {
            return styles[i];
        }
    }
    return NULL;
}

/* The elements inside of the <qgis> that metadata_add wrote. */
static struct text inner_elements(struct text document) {
    static const char from[] = "<qgis version=\"3.22.0\">\n", to[] = "</qgis>\n";
    const char *start = document.n == 0 ? NULL : strstr(document.at, from);

    if (start == NULL) {
        return (struct text){0};
    }
    start += sizeof from - 1;
    const char *end = strstr(start, to);
    return end == NULL ? (struct text){0} : (struct text){start, (size_t)(end - start)};
}

static const char *keep(struct project *project, struct text text) {
    const char *kept = arena_copy(&project->arena, text).at;
    return kept == NULL ? "" : kept;
}

static struct text column(sqlite3_stmt *row, int i) {
    return text_from((const char *)sqlite3_column_text(row, i));
}

static bool add_layer(struct project *project, sqlite3_stmt *find,
    const struct project_layer *wanted, struct error *err) {
    sqlite3_bind_text(find, 1, wanted->table, -1, SQLITE_STATIC);
    if (sqlite3_step(find) == SQLITE_ROW) {
        struct project_layer *layer = &project->layers[project->n_layers++];
        *layer = *wanted;
        layer->title = keep(project, column(find, 0));
        layer->abstract = keep(project, column(find, 1));
        layer->is_spatial = text_equal(column(find, 2), TEXT("features"));
        layer->metadata = keep(project, inner_elements(column(find, 3)));
        layer->style = default_style(layer->table);
    }
    return sqlite3_reset(find) == SQLITE_OK || sqlite_error(sqlite3_db_handle(find), err);
}

static bool find_layers(struct project *project, sqlite3 *db, struct error *err) {
    static const struct project_layer all[] = {
#define LAYER(word, name, drawn, legend) \
    {.table = #name,                     \
        .id = PROJECT_ID(#name),         \
        .group = word,                   \
        .is_drawn = drawn,               \
        .in_legend_for = legend},
#include "formats/gpkg/project/layers.def"
#undef LAYER
    };
    _Static_assert(ARRAY_LEN(all) <= PROJECT_LAYERS, "all layers find room");
    CLEANUP(sqlite_finalizep) sqlite3_stmt *find = NULL;

    if (!sqlite_prepare(db,
            "SELECT identifier, description, data_type, (SELECT metadata FROM gpkg_metadata JOIN "
            "gpkg_metadata_reference ON md_file_id = id WHERE table_name = c.table_name AND "
            "md_standard_uri = 'http://mrcc.com/qgis.dtd' LIMIT 1) "
            "FROM gpkg_contents AS c WHERE table_name = ?1",
            &find, err)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        if (!add_layer(project, find, &all[i], err)) {
            return false;
        }
    }
    return true;
}

/* As GDAL calls what has no place on earth: with a unit, there are scales. */
static const char nowhere[] = "LOCAL_CS[\"Undefined Cartesian SRS\",UNIT[\"Meter\",1],"
                              "AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH]]";

static const char *definition_of(sqlite3_stmt *row) {
    return sqlite3_column_int(row, 4) == -1 ? nowhere : (const char *)sqlite3_column_text(row, 3);
}

/* The unit of a projected CRS stands last in its WKT 1. */
static bool is_metric(const char *wkt) {
    const char *unit = NULL;

    for (const char *at = strstr(wkt, "UNIT[\""); at != NULL; at = strstr(at + 1, "UNIT[\"")) {
        unit = at;
    }
    return (strncmp(wkt, "PROJCS[", 7) == 0 || wkt == nowhere) && unit != NULL &&
           (strncmp(unit, "UNIT[\"met", 9) == 0 || strncmp(unit, "UNIT[\"Met", 9) == 0);
}

/* What QGIS knows by its number it takes from its own database, the rest from the definition. */
static const char *describe_srs(struct project *project, sqlite3_stmt *row) {
    sqlite3_str *out = sqlite3_str_new(NULL);
    const char *organization = (const char *)sqlite3_column_text(row, 1);

    sqlite3_str_appendall(out, "<spatialrefsys nativeFormat=\"Wkt\"><wkt>");
    xml_append(out, definition_of(row));
    sqlite3_str_appendall(out, "</wkt><authid>");
    if (organization != NULL && strcmp(organization, "EPSG") == 0) {
        sqlite3_str_appendf(out, "EPSG:%d", sqlite3_column_int(row, 2));
    }
    sqlite3_str_appendall(out, "</authid><description>");
    xml_append(out, (const char *)sqlite3_column_text(row, 0));
    sqlite3_str_appendall(out, "</description></spatialrefsys>");
    CLEANUP(text_release) char *text = sqlite3_str_finish(out);
    return text == NULL ? NULL : keep(project, text_from(text));
}

/* For a legend of what is shown QGIS looks at every row, again and again: at 1,900 segments a map
 * took 7 s to print, at 100,000 more than 10 minutes, without it 4 s. */
static bool measure(struct project *project, sqlite3 *db, struct error *err) {
    enum { FEW_SEGMENTS = 1000 };
    sqlite3_int64 n = 0;

    if (!sqlite_query_int(db, "SELECT count(*) FROM segments", &n, err)) {
        return false;
    }
    project->is_small = n <= FEW_SEGMENTS;
    return true;
}

static bool find_district(struct project *project, sqlite3 *db, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *find = NULL;

    if (project_layer(project, "districts") == NULL) {
        return true;
    }
    if (!sqlite_prepare(db,
            "SELECT maxx - minx, maxy - miny FROM rtree_districts_geom "
            "ORDER BY max(maxx - minx, maxy - miny) LIMIT 1",
            &find, err)) {
        return false;
    }
    if (sqlite3_step(find) == SQLITE_ROW) {
        project->district =
            (struct xy){sqlite3_column_double(find, 0), sqlite3_column_double(find, 1)};
    }
    return sqlite3_reset(find) == SQLITE_OK || sqlite_error(db, err);
}

/* All layers have the CRS of the segments; their extent is that of the map. */
static bool find_place(struct project *project, sqlite3 *db, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *find = NULL;

    project->extent = box_empty();
    if (!sqlite_prepare(db,
            "SELECT srs_name, organization, organization_coordsys_id, definition, s.srs_id, min_x, "
            "min_y, max_x, max_y FROM gpkg_contents AS c JOIN gpkg_spatial_ref_sys AS s USING "
            "(srs_id) WHERE table_name = 'segments'",
            &find, err)) {
        return false;
    }
    if (sqlite3_step(find) != SQLITE_ROW) {
        return true;
    }
    project->srs = describe_srs(project, find);
    project->is_on_earth = sqlite3_column_int(find, 4) > 0;
    project->is_metric = is_metric(definition_of(find));
    if (sqlite3_column_type(find, 5) != SQLITE_NULL) {
        project->extent =
            (struct box){sqlite3_column_double(find, 5), sqlite3_column_double(find, 6),
                sqlite3_column_double(find, 7), sqlite3_column_double(find, 8)};
    }
    return true;
}

/* --- the document --- */

static void add_extent(struct project *project, const char *before, const char *after) {
    struct box box = project->extent;
    double rim = (box.max_x - box.min_x + box.max_y - box.min_y) * 0.02;

    sqlite3_str_appendf(project->out.text, before, box.min_x - rim, box.min_y - rim,
        box.max_x + rim, box.max_y + rim);
    sqlite3_str_appendall(project->out.text, project->srs == NULL ? "" : project->srs);
    sqlite3_str_appendall(project->out.text, after);
}

/* Where the map opens, and where "zoom to all" goes. */
static void add_view(struct project *project) {
    if (!(project->extent.min_x <= project->extent.max_x)) {
        return;
    }
    add_extent(project,
        "<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><extent><xmin>%.15g</xmin>"
        "<ymin>%.15g</ymin><xmax>%.15g</xmax><ymax>%.15g</ymax></extent><rotation>0</rotation>"
        "<destinationsrs>",
        "</destinationsrs><rendermaptile>0</rendermaptile></mapcanvas>\n");
    add_extent(project,
        "<ProjectViewSettings UseProjectScales=\"0\" rotation=\"0\"><Scales/><DefaultViewExtent "
        "xmin=\"%.15g\" ymin=\"%.15g\" xmax=\"%.15g\" ymax=\"%.15g\">",
        "</DefaultViewExtent></ProjectViewSettings>\n");
}

static void add_head(struct project *project) {
    struct qml *out = &project->out;

    sqlite3_str_appendall(out->text, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                                     "<qgis version=\"3.22.0\" projectname=\"");
    qgs_add_words(out, "$project_title");
    sqlite3_str_appendall(out->text, "\">\n<homePath path=\"\"/>\n<title>");
    qgs_add_words(out, "$project_title");
    sqlite3_str_appendall(out->text, "</title>\n");
    if (project->srs != NULL) {
        sqlite3_str_appendf(out->text, "<projectCrs>%s</projectCrs>\n", project->srs);
    }
}

static void add_properties(struct project *project) {
    sqlite3_str_appendf(project->out.text,
        "<properties><Paths><Absolute type=\"bool\">false</Absolute></Paths>"
        "<SpatialRefSys><ProjectionsEnabled type=\"int\">%d</ProjectionsEnabled></SpatialRefSys>"
        "<Measure><Ellipsoid type=\"QString\">%s</Ellipsoid></Measure>"
        "<Measurement><DistanceUnits type=\"QString\">meters</DistanceUnits>"
        "<AreaUnits type=\"QString\">m2</AreaUnits></Measurement></properties>\n",
        project->srs != NULL, project->is_on_earth ? "EPSG:7030" : "NONE");
}

static char *make_document(struct project *project) {
    add_head(project);
    qgs_add_tree(project);
    add_view(project);
    qgs_add_layers(project);
    add_properties(project);
    qgs_add_relations(project);
    qgs_add_layouts(project);
    sqlite3_str_appendall(project->out.text, "</qgis>\n");
    return sqlite3_str_finish(project->out.text);
}

/* --- into the file --- */

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool insert(
    sqlite3 *db, const struct project_request *request, const char *document, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *put = NULL;
    char file[64], metadata[160];

    sqlite3_snprintf(sizeof file, file, "%s.qgs", project_name(request->language));
    sqlite3_snprintf(sizeof metadata, metadata,
        "{\"last_modified_time\": \"%s\", \"last_modified_user\": \"%s\"}", request->last_change,
        user);
    sqlite3_str *archive = sqlite3_str_new(db);
    stored_zip_append(archive, file, document, strlen(document));
    int n = sqlite3_str_length(archive);
    CLEANUP(text_release) char *bytes = sqlite3_str_finish(archive);
    if (bytes == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    if (!sqlite_exec(db, create, err) ||
        !sqlite_prepare(
            db, "INSERT OR REPLACE INTO qgis_projects VALUES(?1, ?2, lower(hex(?3)))", &put, err)) {
        return false;
    }
    sqlite3_bind_text(put, 1, project_name(request->language), -1, SQLITE_STATIC);
    sqlite3_bind_text(put, 2, metadata, -1, SQLITE_STATIC);
    sqlite3_bind_blob(put, 3, bytes, n, SQLITE_STATIC);
    return sqlite_run(put, err);
}

bool project_add(sqlite3 *db, const struct project_request *request, struct error *err) {
    CLEANUP(project_release)
    struct project project = {
        .out = {.theme = request->theme, .language = request->language, .is_project = true},
        .file = name_of(request->path),
    };

    if (!find_layers(&project, db, err) || !find_place(&project, db, err) ||
        !measure(&project, db, err) || !find_district(&project, db, err)) {
        return false;
    }
    project.out.text = sqlite3_str_new(db);
    CLEANUP(text_release) char *document = make_document(&project);
    if (document == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    return insert(db, request, document, err);
}

bool project_remove(sqlite3 *db, enum language language, struct error *err) {
    return sqlite_execf(
        db, err, "DELETE FROM qgis_projects WHERE name = %Q", project_name(language));
}

bool project_owner(
    sqlite3 *db, enum language language, enum project_owner *out, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *find = NULL;
    sqlite3_int64 has_table = 0;
    char pattern[64];

    if (!sqlite_query_int(db,
            "SELECT count(*) FROM sqlite_schema WHERE name = 'qgis_projects' AND type = 'table'",
            &has_table, err)) {
        return false;
    }
    *out = PROJECT_OF_NOBODY;
    if (has_table == 0) {
        return true;
    }
    sqlite3_snprintf(sizeof pattern, pattern, "\"last_modified_user\": \"%s\"", user);
    if (!sqlite_prepare(db,
            "SELECT instr(CAST(metadata AS TEXT), ?2) > 0 FROM qgis_projects WHERE name = ?1",
            &find, err)) {
        return false;
    }
    sqlite3_bind_text(find, 1, project_name(language), -1, SQLITE_STATIC);
    sqlite3_bind_text(find, 2, pattern, -1, SQLITE_STATIC);
    if (sqlite3_step(find) == SQLITE_ROW) {
        *out = sqlite3_column_int(find, 0) != 0 ? PROJECT_OF_OURS : PROJECT_OF_OTHERS;
    }
    return sqlite3_reset(find) == SQLITE_OK || sqlite_error(db, err);
}
