#pragma once
/* What the parts of the PACP reader share.  Nobody else includes this.
 *
 * Rows come from an SQLite database, CSV files or an Access database (formats/rows.h), table by
 * table: inspections, ratings, videos, conditions, photos; of pipes (PACP), of laterals (LACP), of
 * manholes (MACP). */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/row_keys.h"
#include "core/survey.h"
#include "formats/rows.h"

enum pacp_family {
    PACP_PIPES,
    PACP_LATERALS,
    PACP_MANHOLES,
    PACP_FAMILIES,
};

enum pacp_table {
    PACP_INSPECTIONS,
    PACP_RATINGS,
    PACP_VIDEOS,
    PACP_CONDITIONS,
    PACP_PHOTOS,
    PACP_TABLES,
};

/* As in PACP_Media_Inspections. */
extern const char *const pacp_prefixes[PACP_FAMILIES];
extern const char *const pacp_table_names[PACP_TABLES];

/* PACP_INSPECTION_ID ... */
enum pacp_column {
#define COLUMN(set, name, a, b, c, d) PACP_##set##_##name,
#include "formats/survey/pacp_columns.def"
#undef COLUMN
    PACP_COLUMNS,
};

/* What is known of an inspection beside the record of the survey; lengths in `unit_m` metres, 0 as
 * long as nothing tells. */
struct pacp_run {
    double unit_m;
    double total, surveyed;
    double height, width;
    struct text reverse; /* the inspection from the other end; {0}: none */
    enum pacp_family family;
    bool saw_abandoned;
};

/* Where an observation belongs; parallel to survey->observations until they are put in order. */
struct pacp_place {
    uint32_t inspection, observation;
};

struct pacp {
    struct survey *survey;
    const struct read_options *options;
    enum pacp_family family; /* of the table in hand */
    const struct rows *rows; /* the table in hand, and where its columns stand in it */
    size_t at[PACP_COLUMNS];

    struct pacp_run *runs;
    struct pacp_place *places;
    size_t runs_capacity, places_capacity;
    struct arena arena; /* for this reading only */
    struct row_keys inspections[PACP_FAMILIES], conditions[PACP_FAMILIES];
    const struct catalogue_row **known; /* what the catalogue has for survey->codes; owned */
    size_t n_known, known_capacity;
    bool has_inspections;              /* a table of them was there */
    bool saw_new_names, saw_old_names; /* of columns: 7 and later, 6 and before */
    size_t n_orphans;
};

/* Looks up the columns of the table in hand. */
void pacp_learn(struct pacp *pacp, const struct rows *rows);
bool pacp_has(const struct pacp *pacp, enum pacp_column column);
struct text pacp_value(const struct pacp *pacp, enum pacp_column column);
/* NAN when it is missing, and with a finding when it is none or of no size that sewers have. */
double pacp_number(const struct pacp *pacp, enum pacp_column column);
/* A finding about a value of the row in hand. */
void pacp_find(const struct pacp *pacp, enum finding_kind kind, enum pacp_column column);
/* The text when it lives as long as the survey. */
struct text pacp_keep(const struct pacp *pacp, struct text text);
/* -1, 1, True, Y, Yes; 0, False, N, No; unknown. */
enum answer pacp_answer(struct text text);

/* --- CSV files --- */

struct pacp_csv {
    enum pacp_family family;
    enum pacp_table table;
    int bits; /* of evidence */
};

/* By the headings in the first bytes, and for what they leave open the name of the file. */
bool pacp_csv_is(struct text bytes, struct text name, struct pacp_csv *out);
/* The file beside the offered one, which holds `own`, that is called after another table. */
bool pacp_csv_beside(struct arena *arena, const struct source *source, enum pacp_table own,
    enum pacp_table wanted, struct text *out);

/* --- Rows --- */

/* One row of a table. */
typedef void pacp_taker(struct pacp *pacp);
pacp_taker pacp_take_inspection, pacp_take_rating, pacp_take_video, pacp_take_condition,
    pacp_take_photo;

/* An inspection of which nothing but its key is known; its number. */
uint32_t pacp_add_inspection(struct pacp *pacp, struct text id);

void pacp_units_finish(struct pacp *pacp); /* when all inspections of all families were taken */
void pacp_finish(struct pacp *pacp);       /* when all rows were */
/* The edition by the number that the file gives, {0} for none, and by the names of its columns. */
void pacp_fill_version(struct pacp *pacp, struct text version);
void pacp_release(struct pacp *pacp); /* also for CLEANUP; leaves the survey alone */
