#include "formats/gpkg/views.h"

#include "formats/gpkg/standard.h"
#include "formats/sqlite.h"

static void sql_release(char **sql) {
    sqlite3_free(*sql);
}

/* All columns of a table, for rows that fulfil a condition: " WHERE ...", "" for all.  The key must
 * be called OGC_FID, or GDAL does not find it. */
static bool create_view(
    sqlite3 *db, const struct gpkg_view *view, const char *condition, struct error *err) {
    const struct gpkg_table *of = view->columns_of;
    sqlite3_str *text = sqlite3_str_new(db);

    sqlite3_str_appendf(text, "CREATE VIEW %s AS SELECT fid AS OGC_FID", view->name);
    for (size_t i = 0; i < of->n_columns; i++) {
        sqlite3_str_appendf(text, ", \"%w\"", of->columns[i].name);
    }
    sqlite3_str_appendf(text, " FROM %s%s", of->name, condition);
    CLEANUP(sql_release) char *sql = sqlite3_str_finish(text);
    return sql == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                       : sqlite_exec(db, sql, err);
}

const struct gpkg_view gpkg_views[VIEWS] = {
    [VIEW_COLLAPSE_HAZARDS] = {"collapse_hazards",   N_("Collapse hazards"),
                               N_("Defects that may make a pipe collapse"),                      &gpkg_tables[TABLE_DEFECTS]},
    [VIEW_TRENCHLESS_REPAIRS] = {"trenchless_repairs", N_("Trenchless repairs"),
                               N_("Repairs that do without a trench, spots and linings"),        &gpkg_tables[TABLE_REPAIRS]},
    [VIEW_DISTRICT_CODES] = {"district_codes",     N_("Codes by district"),
                               N_("How many defects of which code and grade in which district"), &gpkg_district_codes       },
};

static bool register_view(sqlite3 *db, const struct views_request *request, enum gpkg_view_id id,
    bool has_z, struct error *err) {
    const struct gpkg_view *view = &gpkg_views[id];
    const struct standard_layer layer = {
        .name = view->name,
        .title = lang_text(request->language, view->title),
        .description = lang_text(request->language, view->description),
        .geometry = view->columns_of->geometry,
        .srs_id = request->srs_id,
        .extent = box_empty(),
        .last_change = request->last_change,
        .has_z = has_z,
    };

    return standard_register(db, &layer, err) &&
           standard_add_titles(db, view->name, view->columns_of, request->language, err);
}

bool views_add(sqlite3 *db, const struct views_request *request, struct error *err) {
    return create_view(db, &gpkg_views[VIEW_COLLAPSE_HAZARDS],
               " WHERE collapse_hazard = 1 AND is_current = 1", err) &&
           register_view(db, request, VIEW_COLLAPSE_HAZARDS, request->defects_have_z, err) &&
           create_view(db, &gpkg_views[VIEW_TRENCHLESS_REPAIRS], " WHERE trenchless = 1", err) &&
           register_view(db, request, VIEW_TRENCHLESS_REPAIRS, request->repairs_have_z, err) &&
           (!request->has_districts ||
               (create_view(db, &gpkg_views[VIEW_DISTRICT_CODES], "", err) &&
                   register_view(db, request, VIEW_DISTRICT_CODES, false, err)));
}
