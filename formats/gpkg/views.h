#pragma once
/* Views that open as layers. */
#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"
#include "core/lang.h"
#include "formats/gpkg/schema.h"

enum gpkg_view_id {
    VIEW_COLLAPSE_HAZARDS,
    VIEW_TRENCHLESS_REPAIRS,
    VIEW_DISTRICT_CODES, /* only with districts */
    VIEWS,
};

struct gpkg_view {
    const char *name, *title, *description;
    const struct gpkg_table *columns_of; /* has the columns of this table */
};

extern const struct gpkg_view gpkg_views[VIEWS];

struct views_request {
    int srs_id;
    const char *last_change;
    enum language language;
    bool has_districts, defects_have_z, repairs_have_z;
};

/* `collapse_hazards` (defects that may make a pipe collapse and count now) and, with districts,
 * `district_codes` (how many defects of which code and grade in which district). */
bool views_add(sqlite3 *db, const struct views_request *request, struct error *err);
