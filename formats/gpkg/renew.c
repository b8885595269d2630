#include "formats/gpkg/renew.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base.h"
#include "formats/gpkg/domains.h"
#include "formats/gpkg/project/project.h"
#include "formats/gpkg/relabel.h"
#include "formats/gpkg/schema.h"
#include "formats/gpkg/standard.h"
#include "formats/gpkg/views.h"
#include "formats/sqlite.h"

/* --- is it ours? --- */

static bool has(sqlite3 *db, bool *out, struct error *err, const char *format, const char *name) {
    char sql[256];
    sqlite3_int64 n = 0;

    sqlite3_snprintf(sizeof sql, sql, format, name);
    if (!sqlite_query_int(db, sql, &n, err)) {
        return false;
    }
    *out = n > 0;
    return true;
}

static bool check_kind(sqlite3 *db, struct error *err) {
    static const char *const needed[] = {"gpkg_contents", "gpkg_data_columns",
        "gpkg_data_column_constraints", "gpkg_spatial_ref_sys", "layer_styles", "runs", "segments"};
    sqlite3_int64 id = 0;

    if (!sqlite_query_int(db, "PRAGMA application_id", &id, err)) {
        return false;
    }
    if (id != 0x47504B47) { /* "GPKG" */
        return error_set(err, ERROR_FORMAT, "it is no GeoPackage");
    }
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        bool is_there = false;
        if (!has(db, &is_there, err,
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = %Q",
                needed[i])) {
            return false;
        }
        if (!is_there) {
            return error_set(err, ERROR_FORMAT,
                "it is a GeoPackage, but no result of this program: it has no table '%s'",
                needed[i]);
        }
    }
    return true;
}

/* A style that names a column which is not there would draw nothing. */
static bool check_columns(sqlite3 *db, const struct gpkg_table *table, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *find = NULL;

    if (!sqlite_prepare(
            db, "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2", &find, err)) {
        return false;
    }
    sqlite3_bind_text(find, 1, table->name, -1, SQLITE_STATIC);
    for (size_t i = 0; i < table->n_columns; i++) {
        sqlite3_bind_text(find, 2, table->columns[i].name, -1, SQLITE_STATIC);
        if (sqlite3_step(find) != SQLITE_ROW) {
            return sqlite_error(db, err);
        }
        if (sqlite3_column_int(find, 0) == 0) {
            return error_set(err, ERROR_FORMAT,
                "it was written by another version of this program: '%s' has no column '%s'; run it "
                "again",
                table->name, table->columns[i].name);
        }
        sqlite3_reset(find);
    }
    return true;
}

static bool is_registered(sqlite3 *db, const char *table, bool *out, struct error *err) {
    return has(db, out, err, "SELECT count(*) FROM gpkg_contents WHERE table_name = %Q", table);
}

static bool check(sqlite3 *db, struct error *err) {
    if (!check_kind(db, err)) {
        return false;
    }
    for (size_t i = 0; i < TABLES; i++) {
        bool is_there = false;
        if (!is_registered(db, gpkg_tables[i].name, &is_there, err) ||
            (is_there && !check_columns(db, &gpkg_tables[i], err))) {
            return false;
        }
    }
    return true;
}

/* --- renewing --- */

/* A title that somebody else's layer has already stays with it. */
static bool renew_title(sqlite3 *db, const char *name, const char *title, const char *description,
    const struct gpkg_table *columns, enum language language, struct error *err) {
    bool is_there = false;

    if (!is_registered(db, name, &is_there, err)) {
        return false;
    }
    return !is_there || (sqlite_execf(db, err,
                             "UPDATE OR IGNORE gpkg_contents SET identifier = %Q, description = %Q "
                             "WHERE table_name = %Q",
                             lang_text(language, title), lang_text(language, description), name) &&
                            standard_add_titles(db, name, columns, language, err));
}

static bool renew_titles(sqlite3 *db, enum language language, struct error *err) {
    for (size_t i = 0; i < TABLES; i++) {
        const struct gpkg_table *table = &gpkg_tables[i];
        if (!renew_title(db, table->name, table->title, table->description, table, language, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < VIEWS; i++) {
        const struct gpkg_view *view = &gpkg_views[i];
        if (!renew_title(
                db, view->name, view->title, view->description, view->columns_of, language, err)) {
            return false;
        }
    }
    return true;
}

/* Told by the name that it has. */
static bool renew_project(sqlite3 *db, const struct renew_request *request, enum language was,
    const char *last_change, struct renew_report *report, struct error *err) {
    const struct project_request project = {
        .path = request->path,
        .last_change = last_change,
        .theme = request->theme,
        .language = request->language == NULL ? was : *request->language,
    };
    enum project_owner owner = PROJECT_OF_NOBODY;

    if (!project_owner(db, was, &owner, err)) {
        return false;
    }
    if (owner == PROJECT_OF_OTHERS) {
        report->project = PROJECT_KEPT;
        return true;
    }
    if (owner == PROJECT_OF_NOBODY && !request->wants_project) {
        report->project = PROJECT_NONE;
        return true;
    }
    report->project = PROJECT_RENEWED;
    return (owner == PROJECT_OF_NOBODY || project_remove(db, was, err)) &&
           project_add(db, &project, err);
}

/* The styles keep the time of the run: the same theme gives the same file. */
static bool read_last_change(sqlite3 *db, char out[64], struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *find = NULL;

    if (!sqlite_prepare(db, "SELECT last_change FROM gpkg_contents WHERE table_name = 'segments'",
            &find, err)) {
        return false;
    }
    if (sqlite3_step(find) != SQLITE_ROW) {
        return error_set(err, ERROR_FORMAT, "it has no layer 'segments'");
    }
    sqlite3_snprintf(64, out, "%s", (const char *)sqlite3_column_text(find, 0));
    return true;
}

/* The language that the run was told; English where its record names none that is here.  Styles may
 * have got another one since. */
static bool read_language(sqlite3 *db, enum language *out, struct error *err) {
    *out = LANGUAGE_EN;
    for (enum language language = LANGUAGE_EN + 1; language < LANGUAGES; language++) {
        bool is_it = false;
        if (!has(db, &is_it, err,
                "SELECT count(*) FROM runs WHERE '; ' || options || ';' LIKE '%%; lang=%q;%%'",
                lang_name(language))) {
            return false;
        }
        if (is_it) {
            *out = language;
        }
    }
    return relabel_find_language(db, out, err);
}

static bool renew(sqlite3 *db, const struct renew_request *request, struct renew_report *report,
    struct error *err) {
    char last_change[64];
    enum language was = LANGUAGE_EN;

    if (!sqlite_exec(db, "BEGIN IMMEDIATE", err) || !check(db, err) ||
        !read_last_change(db, last_change, err) || !read_language(db, &was, err)) {
        return false;
    }
    enum language language = request->language == NULL ? was : *request->language;
    return (language == was || relabel(db, was, language, err)) &&
           renew_titles(db, language, err) && domains_add(db, language, err) &&
           layer_styles_renew(db, language, request->theme, last_change, &report->styles, err) &&
           renew_project(db, request, was, last_change, report, err) &&
           sqlite_exec(db, "COMMIT", err);
}

static bool check_file(const char *path, struct error *err) {
    struct stat about;

    if (stat(path, &about) != 0) {
        return error_set(err, ERROR_FILE, "'%s' cannot be opened: %s", path, strerror(errno));
    }
    return S_ISREG(about.st_mode) || error_set(err, ERROR_FILE, "'%s' is no file", path);
}

bool gpkg_renew(const struct renew_request *request, struct renew_report *out, struct error *err) {
    CLEANUP(sqlite_closep) sqlite3 *db = NULL;
    struct renew_report report = {0};

    if (!check_file(request->path, err)) {
        return false;
    }
    if (!sqlite_open_existing(request->path, &db, err) || !renew(db, request, &report, err)) {
        return error_wrap(err, N_("'%s'"), request->path);
    }
    *out = report;
    return true;
}
