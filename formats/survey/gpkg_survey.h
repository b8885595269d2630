#pragma once
/* A result of ours on its way back into the deliveries that it was made of. */
#include "core/index.h"
#include "core/survey.h"
#include "formats/gpkg/read/scan.h"
#include "formats/survey_format.h"

/* One inspection, as it is found in the tables that know of it. */
struct earlier_head {
    struct text id;
    struct value *row;       /* by enum inspections_column: what is shown of it; one array each */
    const struct value *log; /* by enum inspection_logs_column; NULL where there is none */
    struct text raw;         /* as delivered, of one without place and observations */
    uint64_t place;          /* among those of its file */
    uint32_t file;           /* number of the delivery */
    uint32_t number;         /* in its survey, once it is there */
    bool is_shown;           /* it has a row in `inspections` or `node_inspections` */
    bool is_unplaced;        /* or in `unplaced` */
    bool is_of_node;
};

/* One observation, before they are in order. */
struct earlier_row {
    struct observation observation;
    uint32_t head;
    uint32_t order; /* in its inspection, 1 first; 0 unknown */
};

/* The photos or the videos of one owner (observation or inspection). */
struct earlier_media {
    struct text delivered; /* joined by ';' */
    struct text paths;     /* where they were found; likewise */
};

struct earlier {
    struct survey *survey; /* the first delivery; what the file itself shows goes to its findings */
    const struct read_options *options;
    sqlite3 *db;
    struct finding_place place; /* the GeoPackage */
    struct text folder;         /* that it lies in: empty, or with '/' at its end */
    struct text version;        /* of the program that wrote it */
    bool has_network;           /* it holds segments */
    bool is_damaged;            /* rows of any delivery may be missing */
    struct arena arena;         /* what only the reader needs */

    size_t n_files; /* deliveries; more than the first are survey->others */
    size_t others_capacity;
    int64_t *file_numbers; /* rows of `source_files`, by delivery; an array of its own */
    size_t file_numbers_capacity;
    struct index file_paths; /* as the table shows them */

    struct earlier_head *heads; /* arrays of their own */
    size_t n_heads, heads_capacity;
    struct index heads_by_id;
    bool has_logs;
    struct earlier_row *rows;
    size_t n_rows, rows_capacity;
    struct index photos, videos; /* by owner: INSPECTION or INSPECTION#ORDER */
    struct earlier_media *media;
    size_t n_media, media_capacity;

    uint8_t columns[MAX_COLUMNS]; /* of the table of heads at hand, by enum inspections_column */

    size_t n_orphans; /* rows whose inspection is not there any more */
    size_t n_deleted; /* inspections that a log tells of and nothing else */
    size_t n_mended, n_invalid;
    struct text lacking; /* tables and columns of another version */
};

struct survey *earlier_survey(struct earlier *earlier, size_t file);

/* Hands the rows of a table over; a table that breaks off or is missing is told, and no error. */
bool earlier_scan(struct earlier *earlier, enum gpkg_table_id table,
    void (*take)(void *context, int64_t number, const struct value *row), struct error *err);

/* `source_files`, then the heads out of the tables that have some; then rows can be taken. */
bool earlier_read_files(struct earlier *earlier, struct error *err);
bool earlier_read_heads(struct earlier *earlier, struct error *err);
bool earlier_read_media(struct earlier *earlier, struct error *err);
bool earlier_read_observations(struct earlier *earlier, struct error *err);
bool earlier_read_measurements(struct earlier *earlier, struct error *err);

/* The head with this id, NULL when nothing tells of it or it was deleted. */
struct earlier_head *earlier_find_head(struct earlier *earlier, struct text id);

/* The head of a row of `unplaced`, made when no other table tells of it; NULL when the inspection
 * was deleted, or the row names none. */
struct earlier_head *earlier_unplaced_head(struct earlier *earlier, const struct value *row);

/* Gives the observation what is set of `more`; texts are copied. */
void earlier_keep_more(
    struct survey *survey, struct observation *observation, const struct observation_more *more);

/* Puts heads and rows in order, and into the surveys. */
void earlier_build(struct earlier *earlier);

/* A whole number from `least` to `most`, 0 for NULL; another value is counted as invalid. */
int64_t earlier_integer(
    struct earlier *earlier, const struct value *at, int64_t least, int64_t most);
