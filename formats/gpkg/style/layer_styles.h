#pragma once
/* The table `layer_styles`, from which QGIS takes how layers look. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/lang.h"
#include "formats/gpkg/style/theme.h"

/* Adds the table with the styles of every layer that is registered; last_change is ISO 8601 UTC. */
bool layer_styles_add(sqlite3 *db, enum language language, const struct theme *theme,
    const char *last_change, struct error *err);

/* Makes the styles of a finished file anew.  Ours are told by layer and name; every other row stays
 * as it is, and so does which style of a layer is shown at first.  Tells how many of both. */
struct styles_tally {
    size_t n_renewed, n_kept;
};
bool layer_styles_renew(sqlite3 *db, enum language language, const struct theme *theme,
    const char *last_change, struct styles_tally *out, struct error *err);
