#pragma once
/* The options of `chainage run`: one table, from which parser, help, record and tests are fed. */
#include <stdbool.h>

#include "cmd/options.h"
#include "core/lang/phrases.h"
#include "core/pipeline.h"

enum length_unit {
    UNIT_UNSET,
    UNIT_METRE,
    UNIT_FOOT,
};

struct run_options {
    struct words surveys; /* as given; once the delivery is open, the files to be read */
    struct words shown;   /* what people know those files by */
    /* input */
    struct words media;
    const char *network, *nodes, *districts, *importance;
    const char *soil;             /* as given: a soil, its influence or a file */
    const char *soil_path;        /* when it is a file */
    const char *groundwater;      /* as given: a word or a file */
    const char *groundwater_path; /* when it is a file */
    const char *crs;
    /* reading */
    const char *format, *encoding;
    struct words columns, fields, scheme_tables;
    enum length_unit length_unit;
    /* placing, as given */
    const char *beyond_tolerance, *length_tolerance, *match_tolerance, *stretch_tolerance;
    /* tables of the user's */
    const char *repair_table, *unit_costs, *weights, *misconnection_words;
    bool wants_composite;
    struct pipeline_options pipeline; /* all stages: choices are stored right here */
    /* output */
    const char *output, *output_crs, *time;
    const char *lang; /* NULL without; `auto` as what it came to, so that the record tells */
    enum language language;
    struct phrases phrases; /* of reasons; pipeline.assess points here, unless they are English */
    char timestamp[32];     /* of --time, ISO 8601 UTC; empty without */
    const char *theme, *contact, *licence;
    int n_threads;
    bool copies_media; /* beside the output */
    bool has_project;  /* in the output */
    bool is_json, is_quiet, is_strict, wants_help;
};

extern const struct option_table run_option_table;

/* What holds where nothing is said; owns nothing. */
struct run_options run_options_default(void);

/* Parses and checks the command line of `run`.  `out` must stay where it is, here and below. */
bool run_options_parse(int argc, char **argv, struct run_options *out, struct error *err);

/* The options of an earlier run from its record (`runs.options`); no file that they name need be
 * there still.  Texts are copied into the arena.  ERROR_FORMAT when the record is not ours. */
bool run_options_parse_description(
    struct text description, struct run_options *out, struct arena *arena, struct error *err);

/* Follows `lang`; so that `auto` is recorded as what it came to. */
void run_options_choose_language(struct run_options *options);

void run_options_release(struct run_options *options);

/* Are the values of option --name like ROLE=NAME? */
bool role_words_check(const char *name, const struct words *words, struct error *err);

/* "10%", "2", "2m", "10%,2": a share, metres, or both; what is not named stays as it is.  With
 * share NULL only metres are understood. */
bool tolerance_parse(const char *value, double *share, double *metres);

/* 2024-05-01, 2024-05-01T10:00:00Z: to the form of the GeoPackage, 2024-05-01T10:00:00.000Z. */
bool timestamp_parse(const char *value, char out[32]);
