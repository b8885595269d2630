#pragma once
/* The figures of a segment under the names that its scheme gives them, as JSON. */
#include "core/assess.h"
#include "formats/gpkg/block.h"

void put_scheme_detail(struct block *block, struct value *at, const struct assessment *assessment);
