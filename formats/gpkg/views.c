#include "formats/gpkg/views.h"

#include "formats/gpkg/schema.h"
#include "formats/gpkg/standard.h"
#include "formats/sqlite.h"

static void sql_release(char **sql) {
    sqlite3_free(*sql);
}

/* All columns of a table, for rows that fulfil a condition.  The key must be called OGC_FID, or
 * GDAL does not find it. */
static bool create_view(sqlite3 *db, const char *name, const struct gpkg_table *of,
    const char *condition, struct error *err) {
    sqlite3_str *text = sqlite3_str_new(db);

    sqlite3_str_appendf(text, "CREATE VIEW %s AS SELECT fid AS OGC_FID", name);
    for (size_t i = 0; i < of->n_columns; i++) {
        sqlite3_str_appendf(text, ", \"%w\"", of->columns[i].name);
    }
    sqlite3_str_appendf(text, " FROM %s WHERE %s", of->name, condition);
    CLEANUP(sql_release) char *sql = sqlite3_str_finish(text);
    return sql == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                       : sqlite_exec(db, sql, err);
}

static const char district_codes[] =
    "CREATE VIEW district_codes AS SELECT min(fid) AS OGC_FID, district, code, name, kind, grade, "
    "CAST(count(*) AS INTEGER) AS n_defects FROM defects "
    "WHERE is_current = 1 AND duplicate_of IS NULL AND district IS NOT NULL "
    "GROUP BY district, code, name, kind, grade";

bool views_add(sqlite3 *db, const struct views_request *request, struct error *err) {
    struct standard_layer hazards = {
        .name = "collapse_hazards",
        .title = lang_text(request->language, N_("Collapse hazards")),
        .description = lang_text(request->language, N_("Defects that may make a pipe collapse")),
        .geometry = gpkg_tables[TABLE_DEFECTS].geometry,
        .srs_id = request->srs_id,
        .extent = box_empty(),
        .last_change = request->last_change,
        .has_z = request->defects_have_z,
    };
    struct standard_layer trenchless = {
        .name = "trenchless_repairs",
        .title = lang_text(request->language, N_("Trenchless repairs")),
        .description =
            lang_text(request->language, N_("Repairs that do without a trench, spots and linings")),
        .geometry = gpkg_tables[TABLE_REPAIRS].geometry,
        .srs_id = request->srs_id,
        .extent = box_empty(),
        .last_change = request->last_change,
    };
    struct standard_layer codes = {
        .name = gpkg_district_codes.name,
        .title = lang_text(request->language, gpkg_district_codes.title),
        .description = lang_text(request->language, gpkg_district_codes.description),
        .last_change = request->last_change,
        .extent = box_empty(),
    };

    const struct gpkg_table *defects = &gpkg_tables[TABLE_DEFECTS];
    const struct gpkg_table *repairs = &gpkg_tables[TABLE_REPAIRS];
    if (!create_view(db, hazards.name, defects, "collapse_hazard = 1 AND is_current = 1", err) ||
        !standard_register(db, &hazards, err) ||
        !standard_add_titles(db, hazards.name, defects, request->language, err) ||
        !create_view(db, trenchless.name, repairs, "trenchless = 1", err) ||
        !standard_register(db, &trenchless, err) ||
        !standard_add_titles(db, trenchless.name, repairs, request->language, err)) {
        return false;
    }
    return !request->has_districts ||
           (sqlite_exec(db, district_codes, err) && standard_register(db, &codes, err) &&
               standard_add_titles(db, codes.name, &gpkg_district_codes, request->language, err));
}
