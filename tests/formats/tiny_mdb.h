#pragma once
/* Access databases made byte by byte (Jet 4): no tool of Debian writes them.
 *
 *     page 0 header, 1 usage maps, 2 and 3 the list of tables, then each table's
 *     definition and its pages of rows
 *
 * Enough for libmdb, not for Access: no indexes, no system tables but the list, texts up to some
 * hundred letters. */
#include <stddef.h>

#include "core/arena.h"
#include "core/text.h"

/* "Name:type": l long, d double, b yes/no, t date (a day count since 1899-12-30), m memo, nothing:
 * text.  A cell that is NULL is null. */
struct tiny_table {
    const char *name;
    const char *const *columns;
    size_t n_columns;
    const char *const *cells; /* n_rows * n_columns */
    size_t n_rows;
};

/* The bytes, in the arena. */
struct text tiny_mdb(struct arena *arena, const struct tiny_table *tables, size_t n);
