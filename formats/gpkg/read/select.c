/* Finding the rows of some segments: one pass over each table, however many segments are asked for,
 * because the tables have no index by segment. */
#include <stdlib.h>

#include "formats/gpkg/read/reader.h"

static void add_hit(struct hits *hits, uint32_t segment, int64_t row) {
    hits->at = array_reserve(hits->at, &hits->capacity, hits->n + 1, sizeof *hits->at);
    hits->at[hits->n++] = (struct hit){segment, row};
}

static int compare_hits(const void *a, const void *b) {
    const struct hit *x = a, *y = b;

    if (x->segment != y->segment) {
        return x->segment < y->segment ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static void sort_hits(struct hits *hits) {
    if (hits->n > 1) {
        qsort(hits->at, hits->n, sizeof *hits->at, compare_hits);
    }
}

const struct hit *hits_of(const struct hits *hits, uint32_t segment, size_t *n) {
    size_t from = 0, to = hits->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (hits->at[middle].segment < segment) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    to = from;
    while (to < hits->n && hits->at[to].segment == segment) {
        to++;
    }
    *n = to - from;
    return *n == 0 ? NULL : hits->at + from;
}

static void add_node(struct gpkg_reader *reader, struct text id) {
    if (id.n == 0 || index_find(&reader->nodes, id) != INDEX_NONE) {
        return;
    }
    reader->node_rows = array_reserve(
        reader->node_rows, &reader->nodes_capacity, reader->n_nodes + 1, sizeof *reader->node_rows);
    reader->node_rows[reader->n_nodes] = -1;
    index_add(&reader->nodes, arena_copy(&reader->arena, id), (uint32_t)reader->n_nodes++);
}

static void take_segment(void *context, sqlite3_stmt *row) {
    struct gpkg_reader *reader = context;
    uint32_t number = index_find(&reader->by_id, reader_text(row, 1));

    if (number != INDEX_NONE && reader->segments[number].n_rows++ == 0) {
        reader->segments[number].row = sqlite3_column_int64(row, 0);
        add_node(reader, reader_text(row, 2));
        add_node(reader, reader_text(row, 3));
    }
}

static void take_node(void *context, sqlite3_stmt *row) {
    struct gpkg_reader *reader = context;
    uint32_t number = index_find(&reader->nodes, reader_text(row, 1));

    if (number != INDEX_NONE && reader->node_rows[number] < 0) {
        reader->node_rows[number] = sqlite3_column_int64(row, 0);
    }
}

struct hit_pass {
    struct gpkg_reader *reader;
    struct hits *hits;
};

static void take_hit(void *context, sqlite3_stmt *row) {
    struct hit_pass *pass = context;
    uint32_t number = index_find(&pass->reader->by_id, reader_text(row, 1));

    if (number != INDEX_NONE) {
        add_hit(pass->hits, number, sqlite3_column_int64(row, 0));
    }
}

/* An inspection lies on its segment, or on those of its chain, each once. */
static void take_inspection(void *context, sqlite3_stmt *row) {
    struct gpkg_reader *reader = context;
    struct hits *hits = &reader->hits[TABLE_INSPECTIONS];
    struct text first = reader_text(row, 1), rest = reader_text(row, 2);
    int64_t number = sqlite3_column_int64(row, 0);
    uint32_t segment = index_find(&reader->by_id, first);
    size_t begin = hits->n;

    if (segment != INDEX_NONE) {
        add_hit(hits, segment, number);
        struct text id = reader_text(row, 3);
        if (id.n > 0) {
            index_add(&reader->inspections, arena_copy(&reader->arena, id), segment);
        }
    }
    while (rest.n > 0) {
        struct text part = rest;
        for (size_t i = 0; i + 1 < rest.n; i++) {
            if (rest.at[i] == ';' && rest.at[i + 1] == ' ') {
                part = text_part(rest, 0, i);
                break;
            }
        }
        rest = text_part(rest, part.n + 2, rest.n);
        segment = index_find(&reader->by_id, part);
        bool is_new = segment != INDEX_NONE;
        for (size_t i = begin; is_new && i < hits->n; i++) {
            is_new = hits->at[i].segment != segment;
        }
        if (is_new) {
            add_hit(hits, segment, number);
        }
    }
}

static void take_unplaced(void *context, sqlite3_stmt *row) {
    struct gpkg_reader *reader = context;
    uint32_t number = index_find(&reader->inspections, reader_text(row, 1));

    if (number != INDEX_NONE) {
        add_hit(&reader->hits[TABLE_UNPLACED], number, sqlite3_column_int64(row, 0));
    }
}

/* A file without proposed works is explained as far as it goes. */
static bool find_repairs(struct gpkg_reader *reader, struct error *err) {
    struct hit_pass pass = {reader, &reader->hits[TABLE_REPAIRS]};
    bool has_repairs = false;

    if (!rows_has_table(reader->db, gpkg_tables[TABLE_REPAIRS].name, &has_repairs, err)) {
        return false;
    }
    return !has_repairs ||
           reader_scan(reader, "SELECT t.rowid, t.\"segment_id\" FROM main.\"repairs\" AS t",
               take_hit, &pass, err);
}

static bool find_rows(struct gpkg_reader *reader, struct error *err) {
    struct hit_pass defects = {reader, &reader->hits[TABLE_DEFECTS]};
    struct hit_pass lines = {reader, &reader->hits[TABLE_DEFECT_LINES]};
    struct hit_pass inventory = {reader, &reader->hits[TABLE_INVENTORY]};

    if (!reader_scan(reader,
            "SELECT t.rowid, t.\"segment_id\", t.\"from_node\", t.\"to_node\" "
            "FROM main.\"segments\" AS t",
            take_segment, reader, err) ||
        !reader_scan(reader, "SELECT t.rowid, t.\"node_id\" FROM main.\"nodes\" AS t", take_node,
            reader, err) ||
        !reader_scan(reader, "SELECT t.rowid, t.\"segment_id\" FROM main.\"defects\" AS t",
            take_hit, &defects, err) ||
        !reader_scan(reader, "SELECT t.rowid, t.\"segment_id\" FROM main.\"defect_lines\" AS t",
            take_hit, &lines, err) ||
        !reader_scan(reader, "SELECT t.rowid, t.\"segment_id\" FROM main.\"inventory\" AS t",
            take_hit, &inventory, err) ||
        !reader_scan(reader,
            "SELECT t.rowid, t.\"segment_id\", t.\"segment_ids\", t.\"inspection_id\" "
            "FROM main.\"inspections\" AS t",
            take_inspection, reader, err) ||
        !reader_scan(reader, "SELECT t.rowid, t.\"inspection_id\" FROM main.\"unplaced\" AS t",
            take_unplaced, reader, err) ||
        !find_repairs(reader, err)) {
        return false;
    }
    for (size_t i = 0; i < TABLES; i++) {
        sort_hits(&reader->hits[i]);
    }
    return true;
}

bool gpkg_reader_select(
    struct gpkg_reader *reader, const struct text *ids, size_t n, struct error *err) {
    reader->order = ARENA_NEW(&reader->arena, size_t, n + 1);
    reader->segments = ARENA_NEW(&reader->arena, struct selected_segment, n + 1);
    reader->n_selected = n;
    for (size_t i = 0; i < n; i++) {
        uint32_t place = index_add(&reader->by_id, ids[i], (uint32_t)reader->n_segments);
        reader->order[i] = place;
        if (place == reader->n_segments) {
            reader->segments[reader->n_segments++].id = ids[i];
        }
    }
    return n == 0 || find_rows(reader, err);
}

struct ids {
    struct arena *arena;
    struct text *at;
    size_t n, capacity;
};

static void take_worst(void *context, sqlite3_stmt *row) {
    struct ids *ids = context;
    struct text id = reader_text(row, 0);

    if (id.n > 0) {
        ids->at = array_reserve(ids->at, &ids->capacity, ids->n + 1, sizeof *ids->at);
        ids->at[ids->n++] = arena_copy(ids->arena, id);
    }
}

static void ids_release(struct ids *ids) {
    array_release(&ids->at);
}

bool gpkg_reader_select_worst(struct gpkg_reader *reader, size_t n, struct error *err) {
    CLEANUP(ids_release) struct ids ids = {.arena = &reader->arena};
    struct text sql = arena_printf(&reader->arena,
        "SELECT t.\"segment_id\" FROM main.\"segments\" AS t "
        "WHERE t.\"rank\" BETWEEN 1 AND %zu ORDER BY t.\"rank\"",
        n);

    return reader_scan(reader, sql.at, take_worst, &ids, err) &&
           gpkg_reader_select(reader, ids.at, ids.n, err);
}

size_t gpkg_reader_n_selected(const struct gpkg_reader *reader) {
    return reader->n_selected;
}

size_t gpkg_reader_n_rows(const struct gpkg_reader *reader, size_t selected) {
    return reader->segments[reader->order[selected]].n_rows;
}
