#pragma once
/* A finished result in another language: what is told by its name gets the new one before it is
 * renewed, and metadata say their titles anew.  What somebody reworded stays. */
#include <sqlite3.h>
#include <stdbool.h>

#include "core/error.h"
#include "core/lang.h"

/* The language that titles, styles and the rest have now; *out stays as it is when that cannot be
 * told. */
bool relabel_find_language(sqlite3 *db, enum language *out, struct error *err);

bool relabel(sqlite3 *db, enum language from, enum language to, struct error *err);
