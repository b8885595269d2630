#pragma once
/* The figures of a segment under the names that its scheme gives them, as JSON. */
#include "core/assess.h"
#include "formats/gpkg/block.h"

void put_scheme_detail(struct block *block, struct value *at, const struct assessment *assessment);

/* The composite hazard's parts, as JSON; nothing when it was not asked for. */
void put_composite_parts(struct block *block, struct value *at, const struct assessment_more *more);
