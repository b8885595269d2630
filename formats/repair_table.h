#pragma once
/* Repair tables and unit costs of the user's, as CSV in any encoding and with any usual separator.
 *
 * A repair table has one heading and four kinds of rows, told by the column `table`; what a kind
 * does not use stays empty:
 *
 *     method     name, name_zh, aliases (| between), scope (clean, spot, full, dig; | between),
 *                dn_min, dn_max (mm, both belong to it), unit (m, piece), piece_m, whole_segment,
 *                trenchless (yes, no), soil_first (a method that comes first where soil is seen)
 *     matrix     defect (a family, or a code in capitals), grade_from, grade_to (0-4), dn_from,
 *                dn_below, material, shape, hazard (yes: collapse hazards only), scope, methods
 *                (| between, in order of preference; `a + b`: a comes before b)
 *     exclusion  name (of a method), and defect to shape as in the matrix
 *     limit      name, value
 *
 * `source` and `remark` are for people.  Methods and limits of the file replace those of the same
 * name; its matrix rows all rows of the same defect, its exclusions all of the same method; the
 * rest stays as it was.  Scope `none` tells that nothing is to be done.
 *
 * The layout of a decision matrix with the columns dn (300<=DN<800), defect, grades (2-4),
 * local_methods, full_length_methods is understood too; `none` there is no method.
 *
 * Unit costs have the columns method, dn_from, dn_to (mm, both belong to it; empty: any), unit (m,
 * m2 of wall, piece), price, currency; rows without a price say nothing.  Of two rows that touch,
 * the upper one counts. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/findings.h"
#include "core/repair/tables.h"

/* Reads the file over *tables.  Every bad value becomes a finding with its line; when there is any,
 * *tables stays as it was and the answer is false, ERROR_FORMAT, with the first one in the text.
 * Diameters that are left out between others are a warning.  Findings are added on true and on
 * false.  What *tables points to lives in the arena, or is what it was.  `encoding` is the user's
 * word or NULL; `path` must live as long as the findings. */
bool repair_table_read(const char *path, const char *encoding, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err);

/* The same for unit costs, whose methods are those of *tables: read the table first.  Prices that
 * were there are replaced. */
bool repair_costs_read(const char *path, const char *encoding, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err);

/* The same for bytes in memory, which must live as long as the call; `path` is for messages. */
bool repair_table_read_bytes(struct text bytes, const char *path, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err);
bool repair_costs_read_bytes(struct text bytes, const char *path, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err);

/* Hands out the lines of a CSV, without line ends, heading first: read again they give the same
 * tables.  A line is good during the call. */
typedef void repair_line_taker(void *context, struct text line);
void repair_table_print(const struct repair_tables *tables, repair_line_taker *take, void *context);

/* Unit costs, and a row without a price for each method that has none: to be filled in. */
void repair_costs_print(const struct repair_tables *tables, repair_line_taker *take, void *context);
