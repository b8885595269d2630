#pragma once
/* One segment on its way out of a file. */
#include "formats/gpkg/read/reader.h"

/* A row of `defects`, `inventory` or `unplaced`. */
struct kept_row {
    const struct value *at;
    enum gpkg_table_id table;
    uint32_t inspection; /* in result.inspections */
    long order;          /* in the inspection, as its id tells; 0 without an id */
    int64_t number;
};

/* What is read for one segment. */
struct reading {
    struct gpkg_reader *reader;
    uint32_t number; /* in reader.segments */
    struct kept_segment *out;
    struct index inspections; /* ids, by place in result.inspections */
    struct index lines;       /* defect ids, by place in line_rows */
    const struct value **line_rows;
    struct kept_row *rows;
    size_t n_rows;
};

static inline struct arena *reading_arena(const struct reading *reading) {
    return &reading->out->result.arena;
}

/* Takes the observations of the inspections that are there already: those placed on the segment,
 * and those of its inspections that have no place. */
bool reading_observations(struct reading *reading, struct error *err);
