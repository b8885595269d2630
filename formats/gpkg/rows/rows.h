#pragma once
/* The rows of every table, made from a result. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/index.h"
#include "core/result.h"
#include "formats/gpkg/block.h"
#include "formats/gpkg/geometry.h"
#include "formats/gpkg/gpkg.h"
#include "formats/gpkg/rows/code_counts.h"
#include "formats/gpkg/schema.h"

struct file_paths;

struct maker {
    const struct result *result;
    const struct gpkg_request *request;
    const struct file_paths *paths;
    struct file_tally *written;     /* what was made of each survey's rows; an array of its own */
    struct shapes shapes;           /* of the rows of the block at hand */
    struct code_counts code_counts; /* of the defects made so far */
    size_t n_failed_geometries;     /* rows whose place could not be told in the output CRS */
    struct index segment_ids;       /* while the segments are made */
    bool has_repeated_segment_ids;

    /* Sentences in the language of the file, looked up once. */
    const char *meanings[FINDING_KINDS], *reasons[UNPLACED_REASONS];

    /* Where the table at hand has come to. */
    size_t next;        /* item: segment, inspection ... */
    uint32_t next_part; /* of the item: observation of an inspection */
};

/* Adds rows of the table to the block, and their shapes to maker->shapes, until the block is full
 * or there are no more; true while there may be more. */
extern bool (*const row_makers[TABLES])(struct maker *maker, struct block *block);

bool make_segments(struct maker *maker, struct block *block);
bool make_defects(struct maker *maker, struct block *block);
bool make_defect_lines(struct maker *maker, struct block *block);
bool make_inventory(struct maker *maker, struct block *block);
bool make_inspections(struct maker *maker, struct block *block);
bool make_node_inspections(struct maker *maker, struct block *block);
bool make_repairs(struct maker *maker, struct block *block);
bool make_nodes(struct maker *maker, struct block *block);
bool make_districts(struct maker *maker, struct block *block);
bool make_unplaced(struct maker *maker, struct block *block);
bool make_findings(struct maker *maker, struct block *block);
bool make_source_files(struct maker *maker, struct block *block);
bool make_media(struct maker *maker, struct block *block);
bool make_measurements(struct maker *maker, struct block *block);
bool make_inspection_logs(struct maker *maker, struct block *block);
bool make_runs(struct maker *maker, struct block *block);

/* --- shared between tables --- */

/* Fills in the sentences. */
void maker_find_words(struct maker *maker);

/* An observation on its way to a table. */
struct shown {
    const struct inspection *inspection;
    const struct observation *observation;
    const struct code *code;
    uint32_t order; /* in the inspection, 1 first */
};

enum destination {
    TO_DEFECTS,
    TO_INVENTORY,
    TO_UNPLACED,
    TO_NOWHERE, /* neither a place nor a reason: our own mistake, found by the count */
};

enum destination observation_destination(
    const struct inspection *inspection, const struct observation *observation);

/* The next observation for the table, in order of inspections and observations; false when there
 * are no more. */
bool maker_next_observation(struct maker *maker, enum destination to, struct shown *out);

/* Counts towards the survey's file. */
struct file_tally *maker_tally(const struct maker *maker, const struct inspection *inspection);
size_t maker_survey(const struct maker *maker, const struct inspection *inspection);
struct text maker_source_file(const struct maker *maker, const struct inspection *inspection);

/* INSPECTION#ORDER */
void put_observation_id(
    struct block *block, struct value *at, const struct inspection *inspection, uint32_t order);
/* A01, C01, B01 */
void put_mark(struct block *block, struct value *at, const struct observation *observation);

/* The part of the segment between two distances from its upstream end, in metres, with the flow and
 * with the inverts as Z where they are known.  Writes at most segment->line.n + 2 vertices, which
 * must be the newest shape's, and returns their number; 0 where there is no line or no length. */
size_t trace_segment(const struct maker *maker, const struct segment *segment, double from_m,
    double to_m, struct vertices out);
/* The same as the shape of the newest row. */
void add_part_of_segment(struct maker *maker, const struct block *block,
    const struct segment *segment, double from_m, double to_m);
/* The inverts at the vertices of a part of the segment that starts from_m from its upstream end. */
void trace_levels(const struct maker *maker, const struct segment *segment, double from_m,
    struct polyline part, double *out);
double to_millimetre(double m);

const struct segment *shown_segment(const struct maker *maker, const struct shown *shown);
/* {0} outside of all districts; the network's own word when no districts were given. */
struct text segment_district(const struct maker *maker, size_t segment);
