#pragma once
/* Value lists: QGIS offers them as drop-down lists and shows words for values. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/lang.h"

struct domain_value {
    const char *list, *value, *words;
};

struct domain_column {
    const char *table, *column, *list;
};

extern const struct domain_value domain_values[];
extern const struct domain_column domain_columns[];
extern const size_t n_domain_values, n_domain_columns;

/* Fills gpkg_data_column_constraints, and names the list of each column of gpkg_data_columns that
 * has one, its words in the language; columns without a title there are added where their table is
 * registered. */
bool domains_add(sqlite3 *db, enum language language, struct error *err);
