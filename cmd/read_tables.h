#pragma once
/* Tables of the user's that shape the result: repairs, unit costs, weights, words, theme. */
#include "cmd/run_options.h"
#include "core/assess/composite.h"
#include "core/repair/tables.h"
#include "formats/gpkg/style/theme.h"

/* What was read, for as long as the run. */
struct user_tables {
    struct arena arena;
    struct repair_tables repair;
    struct composite_weights weights;
    struct theme theme;
    struct findings findings; /* also of rows that made a table unusable */
};

/* Reads what the options name and points options->pipeline at it.  On false every bad row of the
 * file stands in tables->findings, the first in *err. */
bool read_tables(struct run_options *options, struct user_tables *tables, struct error *err);

void user_tables_release(struct user_tables *tables);
