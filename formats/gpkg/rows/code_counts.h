#pragma once
/* How many defects of which code and grade are in which district: counted while the rows of
 * `defects` are made, because SQLite would read and sort them all again. */
#include "formats/gpkg/block.h"

struct code_count;

struct code_counts {
    struct code_count *at; /* an array of its own */
    size_t n, capacity;
    uint32_t *slots; /* an array of its own: numbers in `at` from 1, 0 is free */
    size_t n_slots, slots_capacity;
    size_t next; /* row to make */
};

/* Counts a row of `defects`, whose texts must outlive the counts, if it is on a segment in a
 * district, current and no duplicate: as `districts` count. */
void code_counts_add(struct code_counts *counts, const struct value *defect);

/* Rows with the columns of gpkg_district_codes, sorted by all of them; as struct feed_source asks
 * for them, with the counts as context. */
bool code_counts_make(void *context, struct block *block);

void code_counts_release(struct code_counts *counts);
