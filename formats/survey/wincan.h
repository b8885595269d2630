#pragma once
/* What the parts of the WinCan readers share.  Nobody else includes this.
 *
 * Rows come from somewhere (wincan_db.c: a database) as texts by column, in the order jobs, points,
 * nodes, sections, inspections, observations, media; what they mean is in the other files, which
 * know nothing of where the rows came from. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/geom.h"
#include "core/network.h"
#include "core/row_keys.h"
#include "core/survey.h"
#include "formats/encoding.h"
#include "formats/survey_format.h"

/* --- Columns --- */

enum wincan_set {
    WINCAN_VERSION,
    WINCAN_PROJECT,
    WINCAN_JOB,
    WINCAN_POINT,
    WINCAN_NODE,
    WINCAN_SECTION,
    WINCAN_INSPECTION,
    WINCAN_OBSERVATION,
    WINCAN_MEDIA,
    WINCAN_SETS,
};

/* WC_NODE_OBJ_Key ...: sets one behind the other. */
enum wincan_column {
#define COLUMN(set, name, flags) WC_##set##_##name,
#include "formats/survey/wincan_columns.def"
#undef COLUMN
    WINCAN_COLUMNS,
};

enum {
    WINCAN_REQUIRED = 1,
    WINCAN_EXPECTED = 2,
    WINCAN_KEY = 4,
    WINCAN_SECTIONS = 8, /* of the tables about sections only */
    WINCAN_NODES = 16,
};

struct wincan_column_about {
    const char *name;
    enum wincan_set set;
    unsigned flags;
};
extern const struct wincan_column_about wincan_columns[WINCAN_COLUMNS];

/* --- Rows --- */

/* One row: "OBS_Distance=0.7; OBS_OpCode=DEG; ..." and where in there the values stand, the keys
 * behind the record as delivered. */
struct wincan_row {
    const char *const *names; /* of the columns where they came from; NULL: those of VX */
    char *raw;                /* an array of its own */
    size_t n, capacity, n_visible;
    const char *kept; /* the visible part where it lives as long as the survey; NULL until kept */
    struct {
        uint32_t at, n;
    } value[WINCAN_COLUMNS]; /* those of its set */
    uint32_t line;
};

void wincan_row_clear(struct wincan_row *row, uint32_t line);
/* Appends a value that is UTF-8.  False when the row has grown too large: it was left out. */
bool wincan_row_add(struct wincan_row *row, enum wincan_column column, struct text value);
/* The trimmed value, {0} when there is none; good until the next row, that of a kept row as long as
 * the survey unless its column is a KEY. */
struct text wincan_value(const struct wincan_row *row, enum wincan_column column);
void wincan_row_keep(struct wincan_row *row, struct arena *arena);

/* --- What values mean --- */

enum catalogue wincan_catalogue(struct text standard);
const char *wincan_method(struct text method); /* NULL when the list has no such value */
const char *wincan_shape(enum catalogue catalogue, struct text shape);
enum sewer_system wincan_system(enum catalogue catalogue, struct text usage);
bool wincan_is_false(struct text value); /* 0, 0.00e+00, false */
/* Two sizes in one unit, or in inches when none is named and the project is imperial: the first is
 * the height or the diameter. */
struct wincan_sizes {
    struct text unit;
    bool is_imperial;
    float width_mm, height_mm; /* the height NAN when it is round; NAN unset */
};
void wincan_sizes(struct wincan_sizes *sizes, double size1, double size2);
/* A GUID without its braces, in small letters: a copy in the arena. */
struct text wincan_guid(struct arena *arena, struct text guid);
/* The place or places of a WKT point or linestring, x and y only: an array of its own.  0 for what
 * is empty or lies at 0 0, SIZE_MAX for what is no such WKT. */
size_t wincan_wkt(struct text wkt, struct xy **out, size_t *capacity);

/* --- The reader --- */

struct wincan_job {
    struct text standard;
};

struct wincan_point {
    struct xy at;
    double z;
};

struct wincan_node {
    struct text name, kind;
    struct xy at; /* NAN unset */
    double invert_m;
    uint32_t line;
    bool is_deleted;
};

struct wincan_section {
    struct text name, type, length, real_length, shape, size1, size2, unit, material, usage, flow,
        street, from_invert, to_invert, built;
    const char *raw;
    uint32_t raw_n, from, to; /* numbers of nodes, NO_NODE */
    struct xy from_at, to_at;
    struct polyline line;
    uint32_t row;
    bool is_deleted;
};

/* Where a section lies. */
struct wincan_drawing {
    struct xy from_at, to_at;
    struct polyline line;
};

enum { WINCAN_SECTION_TEXTS = 15 };

/* A section as it is kept until all were read: its texts as places in its record. */
struct wincan_kept_section {
    const char *raw;
    const struct wincan_drawing *drawing; /* NULL when nothing says where */
    struct {
        uint32_t at, n;
    } texts[WINCAN_SECTION_TEXTS];
    uint32_t raw_n, from, to, row;
    bool is_deleted;
};

/* What is known of an inspection beside the record of the survey. */
struct wincan_run {
    enum catalogue catalogue;
    double length_unit_m;
    struct text start_name, finish_name; /* of its section's nodes, for names in quantities */
    bool saw_finish, saw_abandoned;
};

/* Where an observation belongs. */
struct wincan_place {
    double order;
    uint32_t inspection, observation;
};

struct wincan_medium {
    double order;
    const char *path; /* in the survey's arena */
    uint32_t observation, line;
};

struct wincan_media {
    struct wincan_medium *at; /* an array of its own, in the order that they came in */
    size_t n, capacity;
};

enum { WINCAN_KEY_MAX = 64 };

/* The key that was found last, and the number under it: rows of one inspection, and media of one
 * observation, stand together. */
struct wincan_memo {
    char key[WINCAN_KEY_MAX]; /* as it is looked up; n 0: none */
    size_t n;
    uint32_t number;
};

struct wincan {
    struct survey *survey;
    const struct read_options *options;
    struct finding_place place; /* the file */
    struct arena keys;          /* for this reading only */
    struct text version, crs;

    struct wincan_job *jobs; /* arrays of their own, with the keys of their rows */
    struct wincan_point *points;
    struct wincan_node *nodes;
    struct wincan_kept_section *sections;
    struct wincan_run *runs; /* parallel to survey->inspections */
    struct wincan_media photos, videos;
    size_t n_jobs, n_points, n_nodes, n_sections;
    size_t jobs_capacity, points_capacity, nodes_capacity, sections_capacity, runs_capacity;
    struct row_keys job_keys, point_keys, node_keys, section_keys, inspection_keys,
        observation_keys, observed; /* keys of node inspections that have an observation */
    struct wincan_memo inspection_memo, observation_memo;

    /* Parallel to survey->observations: their places in their inspections, as long as these ascend
     * and those are whole numbers; else `places`. */
    int32_t *orders;
    struct wincan_place *places;
    size_t orders_capacity, places_capacity;
    uint32_t last_inspection; /* of the observation that came last */

    bool of_nodes;      /* the tables in hand are about nodes */
    bool has_own_media; /* observations come with theirs, nothing names them by their key */
    bool is_imperial, is_metric;
    size_t n_stubs;   /* node inspections without any observation: left out */
    size_t n_orphans; /* live observations and media of rows that are deleted or missing */
};

typedef void wincan_taker(struct wincan *wincan, struct wincan_row *row);

wincan_taker wincan_take_version, wincan_take_project, wincan_take_job, wincan_take_point,
    wincan_take_node, wincan_take_section, wincan_take_inspection, wincan_take_observation,
    wincan_take_observed, wincan_take_medium;
/* A medium that came with the row of the observation that was taken last. */
wincan_taker wincan_take_own_medium;

/* When all rows were taken. */
void wincan_finish(struct wincan *wincan);
void wincan_release(struct wincan *wincan); /* also for CLEANUP; leaves the survey alone */

/* The parts of it, in this order. */
void wincan_observations_place(struct wincan *wincan);  /* tells inspections where theirs begin */
void wincan_media_finish(struct wincan *wincan);        /* before observations are in order */
void wincan_observations_finish(struct wincan *wincan); /* puts them in order */
void wincan_media_carry(struct wincan *wincan);         /* after that */
void wincan_inspections_finish(struct wincan *wincan);
void wincan_network_finish(struct wincan *wincan);

/* No section or inspection comes any more: lets go of what only they look up. */
void wincan_objects_finish(struct wincan *wincan);
bool wincan_has_geometry(const struct wincan *wincan);
struct wincan_section wincan_section_of(const struct wincan *wincan, size_t number);
/* The observation that was added last belongs to this inspection, where OBS_SortOrder says. */
void wincan_add_order(struct wincan *wincan, uint32_t inspection, double order);
/* The inspection of an observation, before they are in order; of ascending ones `near` leads from
 * one to the next, 0 at first. */
uint32_t wincan_inspection_of(const struct wincan *wincan, uint32_t observation, uint32_t *near);

/* A finding about a value of a row: the column's name and the value. */
void wincan_find(const struct wincan *wincan, enum finding_kind kind, const struct wincan_row *row,
    enum wincan_column column);
/* The value as a number; NAN when it is missing, and with a finding when it is none or no size
 * that anything on earth has. */
double wincan_number(
    const struct wincan *wincan, const struct wincan_row *row, enum wincan_column column);
/* An observation without a code, a description or a remark is none. */
bool wincan_says_something(const struct wincan_row *row);
bool wincan_is_deleted(const struct wincan_row *row, enum wincan_column column);
/* Keys as they are looked up: a GUID is one without its braces and without regard to case. */
struct text wincan_key(struct text value, char buffer[WINCAN_KEY_MAX]);
/* What `keys` have under the key in that column, INDEX_NONE for none. */
uint32_t wincan_follow(
    struct row_keys *keys, const struct wincan_row *row, enum wincan_column column);

void wincan_memo_set(struct wincan_memo *memo, struct text key, uint32_t number);

/* wincan_follow, looking at the memo first. */
uint32_t wincan_follow_memo(struct row_keys *keys, const struct wincan_row *row,
    enum wincan_column column, struct wincan_memo *memo);
