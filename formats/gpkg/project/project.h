#pragma once
/* A project of QGIS inside the GeoPackage: all layers in groups with their styles, and maps ready
 * to print.  It goes where the file goes, but not under another name. */
#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"
#include "core/lang.h"
#include "formats/gpkg/style/theme.h"

struct project_request {
    const char *path;        /* the file's final name; the project knows it without its folder */
    const char *last_change; /* ISO 8601 UTC */
    const struct theme *theme;
    enum language language; /* of titles and words */
};

/* Adds the project, of all layers that are registered, in place of one of this name. */
bool project_add(sqlite3 *db, const struct project_request *request, struct error *err);

/* Removes the project of that name. */
bool project_remove(sqlite3 *db, enum language language, struct error *err);

/* Whose is the project of our name: it may be renewed unless somebody saved it since. */
enum project_owner {
    PROJECT_OF_NOBODY, /* there is none */
    PROJECT_OF_OURS,
    PROJECT_OF_OTHERS,
};
bool project_owner(sqlite3 *db, enum language language, enum project_owner *out, struct error *err);
