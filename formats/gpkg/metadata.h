#pragma once
/* Metadata that QGIS shows with a layer: title, abstract, and how the file was made. */
#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"
#include "core/lang.h"

struct metadata_request {
    const char *last_change;       /* ISO 8601 UTC */
    enum language language;        /* of titles of history */
    const char *contact, *licence; /* for people; NULL: nothing is said */
};

/* Adds the standard's tables of metadata with a row for every layer that is registered; what the
 * row of `runs` says becomes the history of each. */
bool metadata_add(sqlite3 *db, const struct metadata_request *request, struct error *err);
