#pragma once
/* The tables of assessment schemes as one CSV: written for experts to check, read to override.
 *
 *     table,scheme,code,char1,char2,figure,when,...,from,to,...,score,grade,counted,...
 *     rule,cjj181,PL,,,,,,,structural,grade,,4,4,,10,4,yes,...
 *     class,cjj181,,,,RI,,,,,,,4,,no,,,,3,...
 *     priority,cjj181,,,,RI,,,,,,,,,,,3,,,,3,...
 *
 * Columns may stand in any order, those that no row fills may be missing; columns.def says which
 * rows fill which.  `table` is rule, class, choice, hazard, figure, opening or priority.  An empty
 * `from` is -inf, an empty `to` is inf; an empty `counted` is yes.
 *
 * Read rows stand for all rows of the scheme with the same code and group (rules), code (hazards,
 * openings) or figure (the others; a factor stands in `figure`).  A row with `remove` = yes takes
 * these out and puts nothing in their place: rules (all groups, when it names none), hazards and
 * openings of a code, hazards of a figure.  Classes, choices and priorities can be changed only. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/findings.h"
#include "core/scheme/overlay.h"
#include "core/text.h"

enum scheme_column {
#define SCHEME_COLUMN(id, heading, may, must) SCHEME_COLUMN_##id,
#include "formats/scheme_table/columns.def"
#undef SCHEME_COLUMN
    SCHEME_COLUMNS,
};

const char *scheme_column_heading(enum scheme_column column);
const char *scheme_part_word(enum scheme_part part); /* rule, class ... */

/* May rows of this part fill the column?  Must they? */
bool scheme_column_is_of(enum scheme_column column, enum scheme_part part);
bool scheme_column_is_needed(enum scheme_column column, enum scheme_part part);

/* A row as texts by column; static or in the arena, {0} where it has nothing. */
struct scheme_cells {
    struct text at[SCHEME_COLUMNS];
};

/* Row i of a part. */
struct scheme_cells scheme_table_cells(
    const struct scheme_table *table, enum scheme_part part, size_t i, struct arena *arena);

/* All rows of the scheme as CSV, with the headings first (arena). */
struct text scheme_table_csv(const struct scheme_table *table, struct arena *arena);

/* What a file of scheme tables makes of the schemes. */
struct scheme_table_request {
    const struct scheme_set *base;
    const char *encoding; /* by the user, or NULL: found out */
    struct arena *arena;  /* of the new tables, must outlive their use */
};

/* Reads a file and puts its rows over those of the base.  On true `*out` has the new tables, and
 * the base's where the file has no row; findings has warnings only.  On false findings has what is
 * wrong with each bad row (SCHEME_ROW_INVALID).  ERROR_FORMAT when any row is bad, when the file is
 * no scheme table or has more than 10000 rows; ERROR_FILE when it cannot be read; ERROR_USAGE for
 * an encoding that nobody knows. */
bool scheme_table_read(const char *path, const struct scheme_table_request *request,
    struct scheme_set *out, struct findings *findings, struct error *err);

/* The same for a file in memory. */
bool scheme_table_read_bytes(struct text bytes, struct text path,
    const struct scheme_table_request *request, struct scheme_set *out, struct findings *findings,
    struct error *err);
