#pragma once
/* A line on stderr that says how far the run is, when somebody is there to see it. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/lang.h"

struct progress {
    bool is_shown;
    enum language language; /* of the line */
    size_t n_files;
    double started_s;
    atomic_size_t n_files_done, n_observations;
    atomic_int_fast64_t next_ms; /* when the line is due again, since the start */
    atomic_flag is_printing;
};

/* Shown only when stderr is a terminal and the user did not ask for silence. */
void progress_start(
    struct progress *progress, size_t n_files, bool is_quiet, enum language language);

/* One file's share of the progress: for read_options. */
struct file_progress {
    struct progress *progress;
    size_t n_observations;
};

/* Threads may report at the same time, each for its file. */
void progress_observations(void *file_progress, size_t n_observations);
void progress_file_done(struct file_progress *file, size_t n_observations);

/* The run is past reading: what it does now, in English that the catalogue has. */
void progress_stage(struct progress *progress, const char *what);

/* Wipes the line, before anything else is printed. */
void progress_clear(struct progress *progress);

double seconds_now(void); /* of a clock that never jumps */
