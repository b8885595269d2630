#pragma once
/* Continuous defects: start, change and end marks of one inspection find each other. */
#include "core/locate/calibrate.h"

/* Room that is used again from inspection to inspection. */
struct mark_table;

struct mark_table *mark_table_new(void);
void mark_table_release(struct mark_table *table);

/* Pairs the marks of an inspection whose observations are located: fills along_to_m of starts and
 * changes, and is_mark_end of ends.  A defect that runs over a node of a chain is cut there; when
 * it ends on the next segment, its end is the defect there, from the node on. */
void continuous_pair(
    const struct calibrate_request *request, struct mark_table *table, struct findings *findings);
