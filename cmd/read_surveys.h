#pragma once
/* Surveys: each file by one thread, results in the order of the command line. */
#include <threads.h>

#include "cmd/read.h"
#include "formats/survey_format.h"

/* Reading that is under way. */
struct survey_reading {
    const struct run_options *options;
    const struct survey_format *format; /* forced, or NULL */
    struct progress *progress;
    struct survey *surveys; /* of the result */
    struct error *errors;   /* one a file: kind ERROR_NONE when it was read */
    size_t n;
    bool *is_read;      /* one a file: before any thread was started; owned until the finish */
    atomic_size_t next; /* the file that nobody has taken yet */
    thrd_t threads[64];
    unsigned n_started;
};

struct read_options read_options_from(const struct run_options *options);

/* Reads the files that need a child process, then starts up to n_helpers threads for the others;
 * the caller's own is not among them. */
void survey_reading_start(struct survey_reading *reading, unsigned n_helpers);

/* Helps until all files are read, and waits for the others. */
void survey_reading_finish(struct survey_reading *reading);
