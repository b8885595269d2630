#include "formats/gpkg/metadata.h"

#include "core/base.h"
#include "formats/gpkg/schema.h"
#include "formats/gpkg/style/template.h"
#include "formats/sqlite.h"

/* GeoPackage 1.3, annex F.8. */
static const char tables[] =
    "CREATE TABLE gpkg_metadata ("
    "id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, "
    "md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, "
    "mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');"
    "CREATE TABLE gpkg_metadata_reference ("
    "reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER, "
    "timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
    "md_file_id INTEGER NOT NULL, md_parent_id INTEGER, "
    "CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), "
    "CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));"
    "INSERT INTO gpkg_extensions VALUES"
    "('gpkg_metadata', NULL, 'gpkg_metadata', "
    "'http://www.geopackage.org/spec130/#extension_metadata', 'read-write'),"
    "('gpkg_metadata_reference', NULL, 'gpkg_metadata', "
    "'http://www.geopackage.org/spec130/#extension_metadata', 'read-write');";

static void text_release(char **text) {
    sqlite3_free(*text);
}

static void add_element(sqlite3_str *out, const char *name, const char *text) {
    sqlite3_str_appendf(out, "<%s>", name);
    xml_append(out, text == NULL ? "" : text);
    sqlite3_str_appendf(out, "</%s>\n", name);
}

/* One line for each thing that the record of the run tells, under the title of its column; but not
 * the command line, which may name a thousand files and would be there once for each layer. */
static bool describe_run(sqlite3 *db, enum language language, char **out, struct error *err) {
    const struct gpkg_table *runs = &gpkg_tables[TABLE_RUNS];
    CLEANUP(sqlite_finalizep) sqlite3_stmt *rows = NULL;

    if (!sqlite_prepare(db, "SELECT * FROM runs", &rows, err)) {
        return false;
    }
    sqlite3_str *history = sqlite3_str_new(db);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (size_t i = 0; i < runs->n_columns; i++) {
            const char *value = (const char *)sqlite3_column_text(rows, (int)i + 1);
            if (value == NULL || i == RUNS_COMMAND_LINE) {
                continue;
            }
            sqlite3_str_appendf(
                history, "<history>%s: ", lang_text(language, runs->columns[i].title));
            xml_append(history, value);
            sqlite3_str_appendall(history, "</history>\n");
        }
    }
    *out = sqlite3_str_finish(history);
    return true;
}

/* What is the same for every layer. */
struct common {
    const struct metadata_request *request;
    const char *history; /* XML */
};

static void add_rights(sqlite3_str *out, const struct metadata_request *request) {
    if (request->contact != NULL) {
        sqlite3_str_appendall(out, "<contact>");
        add_element(out, "name", request->contact);
        add_element(out, "role", "point of contact");
        sqlite3_str_appendall(out, "</contact>\n");
    }
    if (request->licence != NULL) {
        add_element(out, "license", request->licence);
    }
}

static char *describe_layer(sqlite3 *db, sqlite3_stmt *layer, const struct common *common) {
    sqlite3_str *out = sqlite3_str_new(db);

    sqlite3_str_appendall(out,
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\">\n");
    add_element(out, "identifier", (const char *)sqlite3_column_text(layer, 0));
    add_element(out, "type", "dataset");
    add_element(out, "title", (const char *)sqlite3_column_text(layer, 1));
    add_element(out, "abstract", (const char *)sqlite3_column_text(layer, 2));
    add_rights(out, common->request);
    sqlite3_str_appendall(out, common->history == NULL ? "" : common->history);
    sqlite3_str_appendall(out, "</qgis>\n");
    return sqlite3_str_finish(out);
}

struct inserts {
    sqlite3_stmt *metadata, *reference;
};

static void inserts_release(struct inserts *inserts) {
    sqlite_finalizep(&inserts->metadata);
    sqlite_finalizep(&inserts->reference);
}

static bool add_layer(sqlite3 *db, struct inserts *inserts, sqlite3_stmt *layer,
    const struct common *common, struct error *err) {
    CLEANUP(text_release) char *metadata = describe_layer(db, layer, common);

    if (metadata == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    sqlite3_bind_text(inserts->metadata, 1, metadata, -1, SQLITE_STATIC);
    if (!sqlite_run(inserts->metadata, err)) {
        return false;
    }
    sqlite3_bind_value(inserts->reference, 1, sqlite3_column_value(layer, 0));
    sqlite3_bind_int64(inserts->reference, 3, sqlite3_last_insert_rowid(db));
    return sqlite_run(inserts->reference, err);
}

bool metadata_add(sqlite3 *db, const struct metadata_request *request, struct error *err) {
    CLEANUP(text_release) char *history = NULL;
    CLEANUP(inserts_release) struct inserts inserts = {0};
    CLEANUP(sqlite_finalizep) sqlite3_stmt *layers = NULL;

    if (!sqlite_exec(db, tables, err) || !describe_run(db, request->language, &history, err) ||
        !sqlite_prepare(db,
            "INSERT INTO gpkg_metadata(md_scope, md_standard_uri, mime_type, metadata) "
            "VALUES('dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?1)",
            &inserts.metadata, err) ||
        !sqlite_prepare(db,
            "INSERT INTO gpkg_metadata_reference(reference_scope, table_name, timestamp, "
            "md_file_id) VALUES('table', ?1, ?2, ?3)",
            &inserts.reference, err) ||
        !sqlite_prepare(db,
            "SELECT table_name, identifier, description FROM gpkg_contents "
            "WHERE table_name <> 'layer_styles' ORDER BY rowid",
            &layers, err)) {
        return false;
    }
    sqlite3_bind_text(inserts.reference, 2, request->last_change, -1, SQLITE_STATIC);
    const struct common common = {request, history};
    while (sqlite3_step(layers) == SQLITE_ROW) {
        if (!add_layer(db, &inserts, layers, &common, err)) {
            return false;
        }
    }
    return true;
}
