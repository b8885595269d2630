#pragma once
/* Metadata that QGIS shows with a layer: title, abstract, and how the file was made. */
#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"
#include "core/lang.h"

/* Adds the standard's tables of metadata with a row for every layer that is registered; what the
 * row of `runs` says becomes the history of each.  last_change is ISO 8601 UTC. */
bool metadata_add(sqlite3 *db, enum language language, const char *last_change, struct error *err);
