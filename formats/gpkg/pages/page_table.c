#include "formats/gpkg/pages/page_table.h"

#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/gpkg/pages/bytes.h"

enum {
    LEAF = 0x0d,
    INTERIOR = 0x05,
    LEAF_HEADER = 8,
    INTERIOR_HEADER = 12,
    POINTER = 2, /* to a cell, in the page */
    PAGE_NUMBER = 4,
    CELL_LEAST = 4,
};

static void start_leaf(struct page_table *table) {
    memset(table->leaf, 0, table->file->page_bytes);
    table->n_cells = 0;
    table->content = table->file->page_bytes;
}

void page_table_begin(struct page_table *table, struct page_file *file, uint32_t root,
    const enum affinity *affinities, size_t n_columns) {
    size_t capacity = 0;

    *table = (struct page_table){
        .file = file,
        .root = root,
        .affinities = affinities,
        .n_columns = n_columns,
        .leaf = array_reserve(NULL, &capacity, file->page_bytes, 1),
    };
    start_leaf(table);
}

/* Kind, no free blocks, cells, where they begin, no fragments. */
static void write_page_header(unsigned char *page, int kind, size_t n_cells, size_t content) {
    page[0] = (unsigned char)kind;
    write_be16(page + 3, (uint32_t)n_cells);
    write_be16(page + 5, (uint32_t)content); /* 0 stands for 65536 */
}

static void add_child(struct page_table *table, size_t *n, uint32_t page, int64_t last) {
    table->children =
        array_reserve(table->children, &table->children_capacity, *n + 1, sizeof *table->children);
    table->children[(*n)++] = (struct page_child){last, page};
}

static bool finish_leaf(struct page_table *table, struct error *err) {
    unsigned char *page;
    uint32_t number;

    write_page_header(table->leaf, LEAF, table->n_cells, table->content);
    if (!page_file_add(table->file, &page, &number, err)) {
        return false;
    }
    memcpy(page, table->leaf, table->file->page_bytes);
    add_child(table, &table->n_children, number, table->last);
    start_leaf(table);
    return true;
}

/* How much of a record stays in its leaf. */
static size_t local_bytes(size_t page_bytes, size_t record_bytes) {
    size_t most = page_bytes - 35, least = (page_bytes - 12) * 32 / 255 - 23;

    if (record_bytes <= most) {
        return record_bytes;
    }
    size_t fitting = least + (record_bytes - least) % (page_bytes - PAGE_NUMBER);
    return fitting <= most ? fitting : least;
}

/* A chain of pages, each with the number of the next in front. */
static bool write_overflow(
    struct page_table *table, const unsigned char *bytes, size_t n, struct error *err) {
    size_t room = table->file->page_bytes - PAGE_NUMBER;

    while (n > 0) {
        size_t here = n < room ? n : room;
        unsigned char *page;
        uint32_t number;
        if (!page_file_add(table->file, &page, &number, err)) {
            return false;
        }
        write_be32(page, n > here ? page_file_next(table->file) : 0);
        memcpy(page + PAGE_NUMBER, bytes, here);
        bytes += here;
        n -= here;
    }
    return true;
}

/* Writes a record that is longer than its leaf may hold; `at` takes the first bytes of it. */
static bool write_long_record(struct page_table *table, const struct value *values,
    const struct record_shape *shape, size_t local, unsigned char *at, struct error *err) {
    table->record = array_reserve(table->record, &table->record_capacity, shape->bytes, 1);
    record_write(values, shape, table->record);
    memcpy(at, table->record, local);
    write_be32(at + local, page_file_next(table->file));
    return write_overflow(table, table->record + local, shape->bytes - local, err);
}

static size_t room_in_leaf(const struct page_table *table) {
    return table->content - LEAF_HEADER - POINTER * table->n_cells;
}

bool page_table_add(
    struct page_table *table, int64_t rowid, const struct value *values, struct error *err) {
    struct record_shape shape;

    record_measure(values, table->affinities, table->n_columns, &shape);
    size_t local = local_bytes(table->file->page_bytes, shape.bytes);
    size_t n = varint_bytes(shape.bytes) + varint_bytes((uint64_t)rowid) + local +
               (local < shape.bytes ? PAGE_NUMBER : 0);
    n = n < CELL_LEAST ? CELL_LEAST : n;
    if (n + POINTER > room_in_leaf(table) && !finish_leaf(table, err)) {
        return false;
    }
    table->content -= n;
    write_be16(table->leaf + LEAF_HEADER + POINTER * table->n_cells++, (uint32_t)table->content);
    table->last = rowid;
    unsigned char *at = write_varint(table->leaf + table->content, shape.bytes);
    at = write_varint(at, (uint64_t)rowid);
    if (local < shape.bytes) {
        return write_long_record(table, values, &shape, local, at, err);
    }
    record_write(values, &shape, at);
    return true;
}

/* --- the levels above the leaves --- */

/* The children [0, n), n >= 2, as one page; the last child has no cell but its place in the header.
 */
static void write_interior(
    unsigned char *page, size_t page_bytes, const struct page_child *children, size_t n) {
    size_t content = page_bytes;

    for (size_t i = 0; i + 1 < n; i++) {
        content -= PAGE_NUMBER + varint_bytes((uint64_t)children[i].last);
        write_be16(page + INTERIOR_HEADER + POINTER * i, (uint32_t)content);
        write_be32(page + content, children[i].page);
        write_varint(page + content + PAGE_NUMBER, (uint64_t)children[i].last);
    }
    write_page_header(page, INTERIOR, n - 1, content);
    write_be32(page + LEAF_HEADER, children[n - 1].page);
}

static size_t most_children(const struct page_table *table) {
    size_t cell = POINTER + PAGE_NUMBER + varint_bytes((uint64_t)table->last);

    return (table->file->page_bytes - INTERIOR_HEADER) / cell + 1;
}

/* Puts pages above the children, evenly filled, and these in the children's place. */
static bool add_level(struct page_table *table, struct error *err) {
    size_t n = table->n_children, n_pages = (n - 1) / most_children(table) + 1, n_added = 0;

    for (size_t i = 0; i < n_pages; i++) {
        size_t from = n * i / n_pages, to = n * (i + 1) / n_pages;
        unsigned char *page;
        uint32_t number;
        if (!page_file_add(table->file, &page, &number, err)) {
            return false;
        }
        write_interior(page, table->file->page_bytes, table->children + from, to - from);
        add_child(table, &n_added, number, table->children[to - 1].last);
    }
    table->n_children = n_added;
    return true;
}

bool page_table_end(struct page_table *table, struct error *err) {
    size_t page_bytes = table->file->page_bytes;

    if (table->n_children == 0) {
        write_page_header(table->leaf, LEAF, table->n_cells, table->content);
        return page_file_replace(table->file, table->root, table->leaf, err);
    }
    if (table->n_cells > 0 && !finish_leaf(table, err)) {
        return false;
    }
    while (table->n_children > most_children(table)) {
        if (!add_level(table, err)) {
            return false;
        }
    }
    start_leaf(table);
    write_interior(table->leaf, page_bytes, table->children, table->n_children);
    return page_file_replace(table->file, table->root, table->leaf, err);
}

void page_table_release(struct page_table *table) {
    array_release(&table->leaf);
    array_release(&table->record);
    array_release(&table->children);
}
