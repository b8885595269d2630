#pragma once
/* Reads a result of ours back, a segment at a time, as what its figures were made of.  The file may
 * be anybody's: nothing in it is trusted, and it is never written to. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/result.h"
#include "formats/gpkg/block.h"

struct gpkg_reader;

/* How the file was made; texts live as long as the reader. */
struct gpkg_run {
    struct text program_version, options;
    uint64_t n_ranked; /* segments that have a rank */
};

/* Opens a result that a program of this version wrote.  ERROR_FILE: not there, not readable;
 * ERROR_FORMAT: no GeoPackage, none of ours, another version's, damaged. */
bool gpkg_reader_open(
    const char *path, const char *program_version, struct gpkg_reader **out, struct error *err);
void gpkg_reader_close(struct gpkg_reader **reader); /* for CLEANUP */

const struct gpkg_run *gpkg_reader_run(const struct gpkg_reader *reader);

/* Tells the id of every segment that has one, in the file's order. */
bool gpkg_reader_each_id(struct gpkg_reader *reader, void (*visit)(void *context, struct text id),
    void *context, struct error *err);

/* Selects the segments to be read, and finds their rows in one pass over each table: by id (the
 * texts are borrowed as long as the reader), or the n first by rank.  Once a reader. */
bool gpkg_reader_select(
    struct gpkg_reader *reader, const struct text *ids, size_t n, struct error *err);
bool gpkg_reader_select_worst(struct gpkg_reader *reader, size_t n, struct error *err);

size_t gpkg_reader_n_selected(const struct gpkg_reader *reader);

/* How many rows of `segments` have the id: 0 when it is unknown, more than 1 when it is repeated.
 */
size_t gpkg_reader_n_rows(const struct gpkg_reader *reader, size_t selected);

/* An observation, and what the file says that only an assessment can know. */
struct kept_observation {
    struct text id, duplicate_of; /* defect_id; {0} for what has no place */
    struct text name;             /* of its code */
    struct text reason;           /* why it has no place, in words */
    uint32_t inspection, number;  /* in its survey's observations */
    bool is_defect;               /* stands in `defects` */
    bool is_hazard;
    double along_m; /* NAN without a place */
    double score;   /* NAN unset */
    int grade;      /* -1 unset */
};

/* One segment.  `result` holds it alone, with its nodes, its inspections (each a survey of its own)
 * and what lies on it; stages up to `current` are done. */
struct kept_segment {
    struct result result;
    uint32_t *stretches;     /* numbers of those on the segment, all of them; in result.arena */
    const struct value *row; /* of `segments`, by enum segments_column; likewise */
    struct kept_observation *observations; /* along the segment, then those without a place */
    size_t n_observations;
    const struct value **repairs; /* rows of `repairs`, by enum repairs_column; likewise */
    size_t n_repairs;
};

/* Needs that gpkg_reader_n_rows is 1. */
bool gpkg_reader_segment(
    struct gpkg_reader *reader, size_t selected, struct kept_segment *out, struct error *err);
void kept_segment_release(struct kept_segment *segment);

/* A figure that the file has otherwise than the result. */
struct kept_difference {
    struct text what;           /* column, or column and defect */
    struct text kept, computed; /* {0} for NULL */
};

/* Compares what the assessment in result.assessments[0] comes to with the stored figures, as they
 * would be written; differences are in result.arena. */
struct kept_difference *kept_segment_compare(struct kept_segment *segment, size_t *n);
