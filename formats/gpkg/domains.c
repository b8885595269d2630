#include "formats/gpkg/domains.h"

#include "core/base.h"
#include "formats/sqlite.h"

const struct domain_value domain_values[] = {
#define VALUE(list, value, words) {#list, value, words},
#include "formats/gpkg/domains/values.def"
#undef VALUE
#define FINDING(id, severity, name, sentence) {"finding", name, sentence},
#include "core/findings.def"
#undef FINDING
};
const size_t n_domain_values = ARRAY_LEN(domain_values);

const struct domain_column domain_columns[] = {
#define DOMAIN(table, column, list) {#table, #column, #list},
#include "formats/gpkg/domains/columns.def"
#undef DOMAIN
};
const size_t n_domain_columns = ARRAY_LEN(domain_columns);

static bool add_values(sqlite3 *db, enum language language, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;

    if (!sqlite_prepare(db,
            "INSERT INTO gpkg_data_column_constraints VALUES(?1, 'enum', ?2, NULL, NULL, NULL, "
            "NULL, ?3) "
            "ON CONFLICT (constraint_name, constraint_type, value) DO UPDATE SET description = ?3",
            &insert, err)) {
        return false;
    }
    for (size_t i = 0; i < n_domain_values; i++) {
        sqlite3_bind_text(insert, 1, domain_values[i].list, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, domain_values[i].value, -1, SQLITE_STATIC);
        const char *words = lang_text(language, domain_values[i].words);
        sqlite3_bind_text(insert, 3, words, -1, SQLITE_STATIC);
        if (!sqlite_run(insert, err)) {
            return false;
        }
    }
    return true;
}

/* The name of a data column stays NULL: it would have to be unique in its table. */
bool domains_add(sqlite3 *db, enum language language, struct error *err) {
    CLEANUP(sqlite_finalizep) sqlite3_stmt *insert = NULL;

    if (!add_values(db, language, err) ||
        !sqlite_prepare(db,
            "INSERT INTO gpkg_data_columns(table_name, column_name, constraint_name) "
            "SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM gpkg_contents WHERE table_name = ?1) "
            "ON CONFLICT (table_name, column_name) DO UPDATE SET constraint_name = ?3",
            &insert, err)) {
        return false;
    }
    for (size_t i = 0; i < n_domain_columns; i++) {
        sqlite3_bind_text(insert, 1, domain_columns[i].table, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, domain_columns[i].column, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, domain_columns[i].list, -1, SQLITE_STATIC);
        if (!sqlite_run(insert, err)) {
            return false;
        }
    }
    return true;
}
