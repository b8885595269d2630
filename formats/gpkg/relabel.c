/* The list of styles is a table that nobody but QGIS looks at: its description is in the language
 * of the styles, and so it is their record. */
#include "formats/gpkg/relabel.h"

#include <string.h>

#include "core/base.h"
#include "formats/gpkg/schema.h"
#include "formats/gpkg/style/style.h"
#include "formats/gpkg/style/template.h"
#include "formats/gpkg/views.h"
#include "formats/sqlite.h"

static void text_release(char **text) {
    sqlite3_free(*text);
}

static const char *word(const char *name, enum language language) {
    return style_word(name + 1, strlen(name + 1), language); /* behind the $ */
}

static const char list_says[] = "$style_list_says";

bool relabel_find_language(sqlite3 *db, enum language *out, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *find = NULL;

    if (!sqlite_prepare(db,
            "SELECT description FROM gpkg_contents WHERE table_name = 'layer_styles'", &find,
            err)) {
        return false;
    }
    const char *said =
        sqlite3_step(find) == SQLITE_ROW ? (const char *)sqlite3_column_text(find, 0) : NULL;
    for (enum language language = 0; said != NULL && language < LANGUAGES; language++) {
        if (strcmp(said, word(list_says, language)) == 0) {
            *out = language;
        }
    }
    return true;
}

static bool rename_styles(sqlite3 *db, enum language from, enum language to, struct error *err) {
    for (size_t i = 0; i < n_styles; i++) {
        if (!sqlite_execf(db, err,
                "UPDATE layer_styles SET styleName = %Q WHERE f_table_name = %Q AND styleName = %Q",
                word(styles[i]->name, to), styles[i]->table, word(styles[i]->name, from))) {
            return false;
        }
    }
    return sqlite_execf(db, err,
        "UPDATE gpkg_contents SET description = %Q WHERE table_name = 'layer_styles'",
        word(list_says, to));
}

/* --- metadata --- */

/* "<title>Segments</title>"; "<history>Scheme: " with `ends` false. */
static char *element(
    sqlite3 *db, const char *name, const char *text, enum language language, bool ends) {
    sqlite3_str *out = sqlite3_str_new(db);

    sqlite3_str_appendf(out, "<%s>", name);
    xml_append(out, lang_text(language, text));
    sqlite3_str_appendf(out, ends ? "</%s>" : ": ", name);
    return sqlite3_str_finish(out);
}

/* In the metadata of one table, or of all with NULL. */
static bool replace_element(sqlite3 *db, const char *table, const char *name, const char *text,
    const enum language languages[2], struct error *err) {
    bool ends = table != NULL;
    CLEANUP(text_release) char *old = element(db, name, text, languages[0], ends);
    CLEANUP(text_release) char *new = element(db, name, text, languages[1], ends);

    return sqlite_execf(db, err,
        "UPDATE gpkg_metadata SET metadata = replace(metadata, %Q, %Q) "
        "WHERE md_standard_uri = 'http://mrcc.com/qgis.dtd' AND (%Q IS NULL OR id IN "
        "(SELECT md_file_id FROM gpkg_metadata_reference WHERE table_name = %Q))",
        old, new, table, table);
}

static bool retell(sqlite3 *db, const char *table, const char *title, const char *description,
    const enum language languages[2], struct error *err) {
    return replace_element(db, table, "title", title, languages, err) &&
           replace_element(db, table, "abstract", description, languages, err);
}

static bool retell_all(sqlite3 *db, const enum language languages[2], struct error *err) {
    const struct gpkg_table *runs = &gpkg_tables[TABLE_RUNS];

    for (size_t i = 0; i < TABLES; i++) {
        const struct gpkg_table *table = &gpkg_tables[i];
        if (!retell(db, table->name, table->title, table->description, languages, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < VIEWS; i++) {
        const struct gpkg_view *view = &gpkg_views[i];
        if (!retell(db, view->name, view->title, view->description, languages, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < runs->n_columns; i++) {
        if (!replace_element(db, NULL, "history", runs->columns[i].title, languages, err)) {
            return false;
        }
    }
    return true;
}

bool relabel(sqlite3 *db, enum language from, enum language to, struct error *err) {
    const enum language languages[] = {from, to};
    sqlite3_int64 has_metadata = 0;

    return rename_styles(db, from, to, err) &&
           sqlite_query_int(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'gpkg_metadata'",
               &has_metadata, err) &&
           (has_metadata == 0 || retell_all(db, languages, err));
}
