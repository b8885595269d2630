#pragma once
/* Rows of a result as they stand in its file, whatever types somebody put into the columns. */
#include <math.h>

#include "core/arena.h"
#include "core/error.h"
#include "formats/gpkg/block.h"
#include "formats/gpkg/schema.h"
#include "formats/sqlite.h"

/* A statement that gives all columns but the geometry of the row with the number ?1.  ERROR_FORMAT
 * when the table has not all of them. */
bool rows_prepare(
    sqlite3 *db, const struct gpkg_table *table, sqlite3_stmt **out, struct error *err);

/* The row, one value a column, in the arena; NULL into *out when there is none. */
bool rows_read(sqlite3_stmt *statement, int64_t number, struct arena *arena,
    const struct value **out, struct error *err);

/* A column of the statement's row, as it is; texts are copied into the arena. */
struct value rows_value(sqlite3_stmt *statement, int column, struct arena *arena);

/* What SQLite says of a file: ERROR_FORMAT for one that is no database, or a broken one.  Returns
 * false. */
bool rows_refuse(sqlite3 *db, struct error *err);

/* Is there a real table of this name, neither view nor virtual? */
bool rows_has_table(sqlite3 *db, const char *name, bool *out, struct error *err);

/* --- values; what is of another type is unset --- */

static inline struct text value_text(const struct value *at) {
    return at->kind == VALUE_TEXT ? (struct text){at->bytes, at->n} : (struct text){0};
}

static inline double value_real(const struct value *at) {
    return at->kind == VALUE_REAL      ? at->real
           : at->kind == VALUE_INTEGER ? (double)at->integer
                                       : (double)NAN;
}

/* `otherwise` for what is no integer from `least` to `most`. */
int value_integer(const struct value *at, int least, int most, int otherwise);

static inline bool value_is_true(const struct value *at) {
    return at->kind == VALUE_INTEGER && at->integer != 0;
}
