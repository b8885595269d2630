#pragma once
/* A GeoPackage as text, for comparing with what it should be. */
#include <sqlite3.h>
#include <stdio.h>

/* Every row of the table: its number, then each column that is not NULL; geometry as its type and
 * coordinates. */
void dump_table(sqlite3 *db, const char *table, FILE *out);
