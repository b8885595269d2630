#include "formats/gpkg/views.h"

#include "formats/gpkg/schema.h"
#include "formats/gpkg/standard.h"
#include "formats/sqlite.h"

static void sql_release(char **sql) {
    sqlite3_free(*sql);
}

/* The key must be called OGC_FID, or GDAL does not find it. */
static bool create_collapse_hazards(sqlite3 *db, struct error *err) {
    const struct gpkg_table *defects = &gpkg_tables[TABLE_DEFECTS];
    sqlite3_str *text = sqlite3_str_new(db);

    sqlite3_str_appendall(text, "CREATE VIEW collapse_hazards AS SELECT fid AS OGC_FID");
    for (size_t i = 0; i < defects->n_columns; i++) {
        sqlite3_str_appendf(text, ", \"%w\"", defects->columns[i].name);
    }
    sqlite3_str_appendall(text, " FROM defects WHERE collapse_hazard = 1 AND is_current = 1");
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
        .title = "Collapse hazards",
        .description = "Defects that may make a pipe collapse",
        .geometry = gpkg_tables[TABLE_DEFECTS].geometry,
        .srs_id = request->srs_id,
        .extent = box_empty(),
        .last_change = request->last_change,
        .has_z = request->defects_have_z,
    };
    struct standard_layer codes = {
        .name = gpkg_district_codes.name,
        .title = gpkg_district_codes.title,
        .description = gpkg_district_codes.description,
        .last_change = request->last_change,
        .extent = box_empty(),
    };

    if (!create_collapse_hazards(db, err) || !standard_register(db, &hazards, err) ||
        !standard_add_titles(db, hazards.name, &gpkg_tables[TABLE_DEFECTS], err)) {
        return false;
    }
    return !request->has_districts ||
           (sqlite_exec(db, district_codes, err) && standard_register(db, &codes, err) &&
               standard_add_titles(db, codes.name, &gpkg_district_codes, err));
}
