#pragma once
/* An open result, and where the rows of the selected segments are. */
#include "core/index.h"
#include "formats/gpkg/read/rows.h"
#include "formats/gpkg_read.h"

/* A row that concerns a selected segment. */
struct hit {
    uint32_t segment; /* in reader.segments */
    int64_t row;
};

struct hits {
    struct hit *at; /* an array of its own; by segment, then row, once all are found */
    size_t n, capacity;
};

struct selected_segment {
    struct text id;
    size_t n_rows; /* of `segments` that have it */
    int64_t row;   /* the first of them */
};

/* What a delivered file was. */
struct kept_file {
    enum catalogue catalogue;
    enum scheme scheme;
    uint8_t coding_version;
};

struct gpkg_reader {
    sqlite3 *db;
    struct arena arena;
    struct sqlite_budget budget; /* more than a sound file of this size needs */
    struct gpkg_run run;

    struct index files; /* by path */
    struct kept_file *kept_files;
    size_t n_files, files_capacity;

    size_t *order; /* selected number to place in `segments` */
    size_t n_selected;
    struct selected_segment *segments;
    size_t n_segments;
    struct index by_id;       /* of segments */
    struct index inspections; /* ids of selected inspections, by the segment they begin on */
    struct index nodes;       /* ids of their nodes, by place in node_rows */
    int64_t *node_rows;       /* -1: not found */
    size_t n_nodes, nodes_capacity;
    struct hits hits[TABLES];

    sqlite3_stmt *statements[TABLES]; /* one row by number; prepared when first needed */
};

/* Takes each row of a query; `take` may not fail. */
bool reader_scan(struct gpkg_reader *reader, const char *sql,
    void (*take)(void *context, sqlite3_stmt *row), void *context, struct error *err);

/* A column of the row at hand, {0} when it is no text; borrowed until the next step. */
struct text reader_text(sqlite3_stmt *row, int column);

/* The hits of a segment: *n of them. */
const struct hit *hits_of(const struct hits *hits, uint32_t segment, size_t *n);

/* A row of a table by its number; *out is NULL when there is none. */
bool reader_row(struct gpkg_reader *reader, enum gpkg_table_id table, int64_t number,
    struct arena *arena, const struct value **out, struct error *err);
