#include "formats/gpkg/style/layer_styles.h"

#include <string.h>

#include "core/base.h"
#include "formats/gpkg/standard.h"
#include "formats/gpkg/style/style.h"
#include "formats/sqlite.h"

/* As QGIS creates it.  Its schema must be '', not NULL, and its name registered, or QGIS does not
 * look at it; the names of table and geometry must match to the letter. */
static const char create[] =
    "CREATE TABLE layer_styles ("
    "\"id\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \"f_table_catalog\" TEXT(256), "
    "\"f_table_schema\" TEXT(256), \"f_table_name\" TEXT(256), \"f_geometry_column\" TEXT(256), "
    "\"styleName\" TEXT(30), \"styleQML\" TEXT, \"styleSLD\" TEXT, \"useAsDefault\" BOOLEAN, "
    "\"description\" TEXT, \"owner\" TEXT(30), \"ui\" TEXT(30), "
    "\"update_time\" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))";

/* Only for layers that this file has. */
static const char insert_one[] =
    "INSERT INTO layer_styles(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
    "styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time) "
    "SELECT '', '', ?1, ?2, ?3, ?4, '', ?5, ?6, '', ?7 "
    "WHERE EXISTS (SELECT 1 FROM gpkg_contents WHERE table_name = ?1)";

static void qml_release(char **qml) {
    sqlite3_free(*qml);
}

static const char *word(const char *name, enum language language) {
    return style_word(name + 1, strlen(name + 1), language); /* behind the $ */
}

static bool add_style(
    sqlite3_stmt *insert, const struct style *style, enum language language, struct error *err) {
    CLEANUP(qml_release) char *qml = style_qml(style, language);
    const char *geometry = style->shape == SHAPE_NONE ? "" : "geom";

    if (qml == NULL) {
        return error_set(err, ERROR_LIBRARY, "SQLite: out of memory");
    }
    sqlite3_bind_text(insert, 1, style->table, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, geometry, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, word(style->name, language), -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 4, qml, -1, SQLITE_STATIC);
    sqlite3_bind_int(insert, 5, !style->is_alternative);
    sqlite3_bind_text(insert, 6, word(style->description, language), -1, SQLITE_STATIC);
    return sqlite_run(insert, err);
}

bool layer_styles_add(
    sqlite3 *db, enum language language, const char *last_change, struct error *err) {
    const struct standard_layer known = {
        .name = "layer_styles",
        .title = "layer_styles",
        .description = word("$style_list_says", language),
        .extent = box_empty(),
        .last_change = last_change,
    };
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;

    if (!sqlite_exec(db, create, err) || !standard_register(db, &known, err) ||
        !sqlite_prepare(db, insert_one, &insert, err)) {
        return false;
    }
    sqlite3_bind_text(insert, 7, last_change, -1, SQLITE_STATIC);
    for (size_t i = 0; i < n_styles; i++) {
        if (!add_style(insert, styles[i], language, err)) {
            return false;
        }
    }
    return true;
}
