/* The wording of tables and types is the standard's own: validators compare the text. */
#include "formats/gpkg/standard.h"

#include <string.h>

#include "formats/sqlite.h"

/* application_id is "GPKG". */
static const char tables[] =
    "PRAGMA application_id = 1196444487;"
    "PRAGMA user_version = 10300;"
    "CREATE TABLE gpkg_spatial_ref_sys ("
    "srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, "
    "organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);"
    "CREATE TABLE gpkg_contents ("
    "table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, "
    "description TEXT DEFAULT '', "
    "last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
    "min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, "
    "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns ("
    "table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, "
    "srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, "
    "CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT uk_gc_table_name UNIQUE (table_name), "
    "CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), "
    "CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "CREATE TABLE gpkg_extensions ("
    "table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, "
    "scope TEXT NOT NULL, "
    "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));"
    "CREATE TABLE gpkg_data_columns ("
    "table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, "
    "description TEXT, mime_type TEXT, constraint_name TEXT, "
    "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT gdc_tn UNIQUE (table_name, name));"
    "CREATE TABLE gpkg_data_column_constraints ("
    "constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, "
    "min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, "
    "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));"
    "INSERT INTO gpkg_extensions VALUES"
    "('gpkg_data_columns', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec130/#extension_schema', 'read-write'),"
    "('gpkg_data_column_constraints', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec130/#extension_schema', 'read-write');"
    /* not of the standard: GDAL's exact counts */
    "CREATE TABLE gpkg_ogr_contents ("
    "table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);";

static const char reference_systems[] =
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    "('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', "
    "'undefined Cartesian coordinate reference system'),"
    "('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', "
    "'undefined geographic coordinate reference system'),"
    "('WGS 84 geodetic', 4326, 'EPSG', 4326, "
    "'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"
    "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,"
    "AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,"
    "AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],"
    "AUTHORITY[\"EPSG\",\"4326\"]]', "
    "'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');";

bool standard_begin(sqlite3 *db, const struct crs_definition *srs, struct error *err) {
    if (!sqlite_exec(db, tables, err) || !sqlite_exec(db, reference_systems, err)) {
        return false;
    }
    if (srs->srs_id == -1 || srs->srs_id == 0 || srs->srs_id == 4326) {
        return true;
    }
    return sqlite_execf(db, err,
        "INSERT INTO gpkg_spatial_ref_sys VALUES(%Q, %d, %Q, %d, %Q, NULL)", srs->name, srs->srs_id,
        srs->organization, srs->organization_id, srs->definition);
}

static bool create_rtree(
    sqlite3 *db, const struct gpkg_table *table, size_t *node_bytes, struct error *err) {
    char query[128];
    sqlite3_int64 n = 0;

    if (!sqlite_execf(db, err,
            "CREATE VIRTUAL TABLE \"rtree_%w_geom\" USING rtree(id, minx, maxx, miny, maxy)",
            table->name)) {
        return false;
    }
    sqlite3_snprintf(
        sizeof query, query, "SELECT length(data) FROM \"rtree_%w_geom_node\"", table->name);
    if (!sqlite_query_int(db, query, &n, err)) {
        return false;
    }
    *node_bytes = (size_t)n;
    return sqlite_execf(db, err, "DELETE FROM \"rtree_%w_geom_node\"", table->name);
}

static void sql_release(char **sql) {
    sqlite3_free(*sql);
}

/* No AUTOINCREMENT: it would cost a look at sqlite_sequence for each row, and the standard asks for
 * a rowid alias only. */
static bool create_table(sqlite3 *db, const struct gpkg_table *table, struct error *err) {
    sqlite3_str *text = sqlite3_str_new(db);

    sqlite3_str_appendf(
        text, "CREATE TABLE \"%w\" (\"fid\" INTEGER PRIMARY KEY NOT NULL", table->name);
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct gpkg_column *column = &table->columns[i];
        sqlite3_str_appendf(text, ", \"%w\" %s", column->name, column->type);
    }
    sqlite3_str_append(text, ")", 1);
    CLEANUP(sql_release) char *sql = sqlite3_str_finish(text);
    if (sql == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    return sqlite_exec(db, sql, err);
}

bool standard_create_table(
    sqlite3 *db, const struct gpkg_table *table, size_t *node_bytes, struct error *err) {
    if (!create_table(db, table, err)) {
        return error_wrap(err, "table '%s'", table->name);
    }
    return table->geometry == NULL || create_rtree(db, table, node_bytes, err);
}

static bool register_content(sqlite3 *db, const struct standard_layer *layer, struct error *err) {
    static const char sql[] =
        "INSERT INTO gpkg_contents VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;

    if (!sqlite_prepare(db, sql, &insert, err)) {
        return false;
    }
    const char *type = layer->geometry == NULL ? "attributes" : "features";
    sqlite3_bind_text(insert, 1, layer->name, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, type, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, layer->title, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 4, layer->description, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 5, layer->last_change, -1, SQLITE_STATIC);
    if (layer->extent.min_x <= layer->extent.max_x) {
        sqlite3_bind_double(insert, 6, layer->extent.min_x);
        sqlite3_bind_double(insert, 7, layer->extent.min_y);
        sqlite3_bind_double(insert, 8, layer->extent.max_x);
        sqlite3_bind_double(insert, 9, layer->extent.max_y);
    }
    if (layer->geometry != NULL) {
        sqlite3_bind_int(insert, 10, layer->srs_id);
    }
    return sqlite_run(insert, err);
}

/* GeoPackage 1.3, table 6: values of gpkg_geometry_columns.z. */
enum { Z_PROHIBITED = 0, Z_OPTIONAL = 2 };

bool standard_register(sqlite3 *db, const struct standard_layer *layer, struct error *err) {
    if (!register_content(db, layer, err)) {
        return false;
    }
    return layer->geometry == NULL ||
           sqlite_execf(db, err,
               "INSERT INTO gpkg_geometry_columns VALUES(%Q, 'geom', %Q, %d, %d, 0)", layer->name,
               layer->geometry, layer->srs_id, layer->has_z ? Z_OPTIONAL : Z_PROHIBITED);
}

/* --- what keeps a layer right when somebody edits it; $ is the table --- */

#define RTREE_PUT                                                  \
    "INSERT OR REPLACE INTO \"rtree_$_geom\" VALUES (NEW.\"fid\"," \
    "ST_MinX(NEW.\"geom\"), ST_MaxX(NEW.\"geom\"),ST_MinY(NEW.\"geom\"), ST_MaxY(NEW.\"geom\")); "

/* GeoPackage 1.3, annex F.3: the extension and its triggers. */
static const char rtree_upkeep[] =
    "INSERT INTO gpkg_extensions VALUES('$', 'geom', 'gpkg_rtree_index', "
    "'http://www.geopackage.org/spec130/#extension_rtree', 'write-only');"

    "CREATE TRIGGER \"rtree_$_geom_insert\" AFTER INSERT ON \"$\" "
    "WHEN (NEW.\"geom\" NOT NULL AND NOT ST_IsEmpty(NEW.\"geom\")) "
    "BEGIN " RTREE_PUT "END;"

    "CREATE TRIGGER \"rtree_$_geom_update1\" AFTER UPDATE OF \"geom\" ON \"$\" "
    "WHEN OLD.\"fid\" = NEW.\"fid\" AND (NEW.\"geom\" NOTNULL AND NOT ST_IsEmpty(NEW.\"geom\")) "
    "BEGIN " RTREE_PUT "END;"

    "CREATE TRIGGER \"rtree_$_geom_update2\" AFTER UPDATE OF \"geom\" ON \"$\" "
    "WHEN OLD.\"fid\" = NEW.\"fid\" AND (NEW.\"geom\" ISNULL OR ST_IsEmpty(NEW.\"geom\")) "
    "BEGIN DELETE FROM \"rtree_$_geom\" WHERE id = OLD.\"fid\"; END;"

    "CREATE TRIGGER \"rtree_$_geom_update3\" AFTER UPDATE ON \"$\" "
    "WHEN OLD.\"fid\" != NEW.\"fid\" AND (NEW.\"geom\" NOTNULL AND NOT ST_IsEmpty(NEW.\"geom\")) "
    "BEGIN DELETE FROM \"rtree_$_geom\" WHERE id = OLD.\"fid\"; " RTREE_PUT "END;"

    "CREATE TRIGGER \"rtree_$_geom_update4\" AFTER UPDATE ON \"$\" "
    "WHEN OLD.\"fid\" != NEW.\"fid\" AND (NEW.\"geom\" ISNULL OR ST_IsEmpty(NEW.\"geom\")) "
    "BEGIN DELETE FROM \"rtree_$_geom\" WHERE id IN (OLD.\"fid\", NEW.\"fid\"); END;"

    "CREATE TRIGGER \"rtree_$_geom_delete\" AFTER DELETE ON \"$\" "
    "WHEN OLD.\"geom\" NOT NULL "
    "BEGIN DELETE FROM \"rtree_$_geom\" WHERE id = OLD.\"fid\"; END;";

/* GDAL's. */
static const char count_upkeep[] =
    "CREATE TRIGGER \"trigger_insert_feature_count_$\" AFTER INSERT ON \"$\" BEGIN "
    "UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 "
    "WHERE lower(table_name) = lower('$'); END;"

    "CREATE TRIGGER \"trigger_delete_feature_count_$\" AFTER DELETE ON \"$\" BEGIN "
    "UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1 "
    "WHERE lower(table_name) = lower('$'); END;";

static bool exec_for_table(
    sqlite3 *db, const char *pattern, const struct gpkg_table *table, struct error *err) {
    sqlite3_str *text = sqlite3_str_new(db);

    for (const char *at = pattern; *at != '\0';) {
        size_t n = strcspn(at, "$");
        sqlite3_str_append(text, at, (int)n);
        at += n;
        if (*at == '$') {
            sqlite3_str_appendall(text, table->name);
            at++;
        }
    }
    CLEANUP(sql_release) char *sql = sqlite3_str_finish(text);
    return sql == NULL ? error_set(err, ERROR_LIBRARY, "SQLite: out of memory")
                       : sqlite_exec(db, sql, err);
}

bool standard_add_titles(sqlite3 *db, const char *name, const struct gpkg_table *table,
    enum language language, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;

    if (!sqlite_prepare(db,
            "INSERT INTO gpkg_data_columns VALUES(?1, ?2, NULL, ?3, NULL, NULL, NULL) "
            "ON CONFLICT (table_name, column_name) DO UPDATE SET title = ?3",
            &insert, err)) {
        return false;
    }
    sqlite3_bind_text(insert, 1, name, -1, SQLITE_STATIC);
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->columns[i].title == NULL) {
            continue;
        }
        sqlite3_bind_text(insert, 2, table->columns[i].name, -1, SQLITE_STATIC);
        const char *title = lang_text(language, table->columns[i].title);
        sqlite3_bind_text(insert, 3, title, -1, SQLITE_STATIC);
        if (!sqlite_run(insert, err)) {
            return false;
        }
    }
    return true;
}

bool standard_complete_table(sqlite3 *db, const struct gpkg_table *table, uint64_t n_rows,
    enum language language, struct error *err) {
    if (table->geometry != NULL && !exec_for_table(db, rtree_upkeep, table, err)) {
        return false;
    }
    return exec_for_table(db, count_upkeep, table, err) &&
           standard_add_titles(db, table->name, table, language, err) &&
           sqlite_execf(db, err, "INSERT INTO gpkg_ogr_contents VALUES(%Q, %lld)", table->name,
               (long long)n_rows);
}
