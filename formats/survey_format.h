#pragma once
/* Survey formats: one struct each, listed in one table. */
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/survey.h"
#include "formats/source.h"

/* What the user says about the columns of sheets and the like. */
struct read_options {
    const char *const *columns; /* ROLE=HEADING, as given by --column */
    size_t n_columns;
    const char *encoding; /* NULL: found out */
    /* Whose codes they are, for sheets and what says nothing of it; CATALOGUE_UNKNOWN: found out.
     * A format whose files speak one catalogue or name it keeps that one. */
    enum catalogue catalogue;
    double
        length_unit_m; /* 0: metres unless the file says otherwise; 0.3048 for --length-unit ft */
    const char *shown; /* the file's name for people and for the result; NULL: its path */
    /* Called now and then with the number of observations read so far; may be NULL. */
    void (*progress)(void *context, size_t n_observations);
    void *progress_context;
};

struct survey_format {
    const char *name;        /* for --format */
    const char *description; /* for people */
    const char *extensions;  /* usual ones, for help: ".csv .xls" */
    bool may_hold_network;   /* its files can bring nodes and segments with them */
    /* Bits of evidence that the source is of this format, 0 for "not mine".  Looks, never reads
     * on, never allocates for good; content outbids the name. */
    int (*bid)(const struct source *source);
    /* Is it read together with a file beside it, which leads?  Then it is not read by itself when
     * both lie in a folder.  NULL: never. */
    bool (*is_companion)(const struct source *source);
    bool is_named_only; /* what lies in a folder is left there: it is read when it is named */
    /* Fills the survey (file.path and size are filled already), and its others when the file holds
     * more than one delivery.  False with *err when nothing of the file could be used; a damaged
     * file gives what came before, a finding and true. */
    bool (*read)(const struct source *source, const struct read_options *options,
        struct survey *survey, struct error *err);
};

extern const struct survey_format *const survey_formats[];
extern const size_t n_survey_formats;

const struct survey_format *survey_format_by_name(const char *name);

/* The highest bidder, NULL when nobody bids. */
const struct survey_format *survey_format_detect(const struct source *source);

/* Opens, detects (or takes `forced`), reads, resolves the catalogue, fills survey->file.
 * ERROR_FORMAT when no reader knows the file; the message names what was seen. */
bool survey_read(const char *path, const struct survey_format *forced,
    const struct read_options *options, struct survey *survey, struct error *err);

/* Is the file read by a child process (child.h)?  Then survey_read must be called while no other
 * thread of ours runs: a child that is made while another thread holds a lock waits for it for
 * ever.  False when there is no such file. */
bool survey_needs_child(const char *path);
