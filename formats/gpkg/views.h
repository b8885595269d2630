#pragma once
/* Views that open as layers. */
#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"
#include "core/lang.h"

struct views_request {
    int srs_id;
    const char *last_change;
    enum language language;
    bool has_districts, defects_have_z;
};

/* `collapse_hazards` (defects that may make a pipe collapse and count now) and, with districts,
 * `district_codes` (how many defects of which code and grade in which district). */
bool views_add(sqlite3 *db, const struct views_request *request, struct error *err);
