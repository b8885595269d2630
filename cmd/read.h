#pragma once
/* Reading: all that goes into a run, files side by side where it pays. */
#include "cmd/progress.h"
#include "cmd/run_options.h"
#include "core/result.h"
#include "formats/crs.h"
#include "formats/network_file.h"
#include "formats/survey_format.h"

/* What was read beside the result, and what of it has to live as long. */
struct reading {
    struct crs *crs;
    struct network_report network;
    struct survey network_survey;  /* the survey file that --network named */
    struct network merged;         /* of the networks in survey files */
    size_t n_failed;               /* surveys that could not be read, though others could */
    enum error_kind first_failure; /* ERROR_NONE: all were read */
    bool has_network;
};

/* Fills network, surveys and polygons of the result.  One bad file among several is told on stderr,
 * marked as damaged and gets its finding; a bad one alone, or nothing but bad ones, is an error. */
bool read_everything(const struct run_options *options, struct progress *progress,
    struct result *result, struct reading *reading, struct error *err);

/* The format that --format names; *format stays as it is when `name` is NULL. */
bool read_find_format(const char *name, const struct survey_format **format, struct error *err);

/* There is no survey in any of these. */
bool read_refuse_empty(const struct words *surveys, struct error *err);

void reading_release(struct reading *reading);
