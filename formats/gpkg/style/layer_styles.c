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

/* One style into a statement like insert_one. */
static bool add_style(sqlite3_stmt *insert, const struct style *style, enum language language,
    const struct theme *theme, const char *last_change, struct error *err) {
    CLEANUP(qml_release) char *qml = style_qml(style, language, theme);
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
    sqlite3_bind_text(insert, 7, last_change, -1, SQLITE_STATIC);
    return sqlite_run(insert, err);
}

bool layer_styles_add(sqlite3 *db, enum language language, const struct theme *theme,
    const char *last_change, struct error *err) {
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
    for (size_t i = 0; i < n_styles; i++) {
        if (!add_style(insert, styles[i], language, theme, last_change, err)) {
            return false;
        }
    }
    return true;
}

/* --- of a finished file --- */

/* What is shown at first stays, also when a style of ours that the file did not have comes to it.
 */
static const char update_one[] =
    "UPDATE layer_styles SET styleQML = ?4, styleSLD = '', description = ?6, update_time = ?7 "
    "WHERE f_table_name = ?1 AND f_geometry_column = ?2 AND styleName = ?3 AND ?5 IS NOT NULL";
static const char insert_missing[] =
    "INSERT INTO layer_styles(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
    "styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time) "
    "SELECT '', '', ?1, ?2, ?3, ?4, '', ?5 AND NOT EXISTS (SELECT 1 FROM layer_styles "
    "WHERE f_table_name = ?1 AND useAsDefault), ?6, '', ?7 "
    "WHERE EXISTS (SELECT 1 FROM gpkg_contents WHERE table_name = ?1)";

struct renewing {
    sqlite3_stmt *update, *insert;
};

static void renewing_release(struct renewing *renewing) {
    sqlite_finalizep(&renewing->update);
    sqlite_finalizep(&renewing->insert);
}

bool layer_styles_renew(sqlite3 *db, enum language language, const struct theme *theme,
    const char *last_change, struct styles_tally *out, struct error *err) {
    CLEANUP(renewing_release) struct renewing renewing = {0};
    struct styles_tally tally = {0};
    sqlite3_int64 n_rows = 0;

    if (!sqlite_prepare(db, update_one, &renewing.update, err) ||
        !sqlite_prepare(db, insert_missing, &renewing.insert, err)) {
        return false;
    }
    for (size_t i = 0; i < n_styles; i++) {
        if (!add_style(renewing.update, styles[i], language, theme, last_change, err)) {
            return false;
        }
        size_t n_changed = (size_t)sqlite3_changes(db);
        if (n_changed == 0) {
            if (!add_style(renewing.insert, styles[i], language, theme, last_change, err)) {
                return false;
            }
            n_changed = (size_t)sqlite3_changes(db);
        }
        tally.n_renewed += n_changed;
    }
    if (!sqlite_query_int(db, "SELECT count(*) FROM layer_styles", &n_rows, err)) {
        return false;
    }
    tally.n_kept = (size_t)n_rows - tally.n_renewed;
    *out = tally;
    return true;
}
