#pragma once
/* The rows of one table, in the order of their rowids, as pages of a B-tree.
 *
 * Source: "Database File Format", 1.6.  Leaves are filled to the brim, as SQLite does with rows
 * that are appended; the levels above them come at the end, the topmost one into the page that
 * SQLite has made as the table's root. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/gpkg/pages/page_file.h"
#include "formats/gpkg/pages/page_record.h"

struct page_child {
    int64_t last; /* rowid in it, or below it */
    uint32_t page;
};

struct page_table {
    struct page_file *file;
    uint32_t root;
    const enum affinity *affinities; /* of the columns behind the rowid */
    size_t n_columns;

    unsigned char *leaf;     /* at hand; an array of its own */
    size_t n_cells, content; /* its cells begin at `content` */
    int64_t last;            /* rowid */
    unsigned char *record;   /* one that goes on in other pages; an array of its own */
    size_t record_capacity;
    struct page_child *children; /* full leaves; an array of its own */
    size_t n_children, children_capacity;
};

/* Begins a table that has no rows yet.  Borrows the file and the affinities. */
void page_table_begin(struct page_table *table, struct page_file *file, uint32_t root,
    const enum affinity *affinities, size_t n_columns);

/* Adds a row; rowids ascend.  `values`: one for each column behind the rowid. */
bool page_table_add(
    struct page_table *table, int64_t rowid, const struct value *values, struct error *err);

bool page_table_end(struct page_table *table, struct error *err);

void page_table_release(struct page_table *table);
