#pragma once
/* Ids of inspections that a sheet can keep apart. */
#include "core/arena.h"
#include "formats/export/target.h"

/* One id for each inspection of the request, in the arena: its own where nobody before has it,
 * else with ` (2)` behind it; without one made of segment or nodes and the date. */
const struct text *unique_ids(const struct export_request *request, struct arena *arena);
