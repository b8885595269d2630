#pragma once
/* The table `layer_styles`, from which QGIS takes how layers look. */
#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"
#include "core/lang.h"

/* Adds the table with the styles of every layer that is registered; last_change is ISO 8601 UTC. */
bool layer_styles_add(
    sqlite3 *db, enum language language, const char *last_change, struct error *err);
