#include "cmd/read_surveys.h"

#include "core/arena.h"
#include "core/scheme/scheme.h"

/* Whose codes they are, when a scheme was asked for whose codes others share: what says nothing of
 * it is then read by that scheme's.  CJJ 181 and DB31 share letters, but not what grades mean; so
 * do PACP, MSCC and WSA 05. */
static enum catalogue catalogue_of(enum scheme scheme) {
    switch (scheme) {
    case SCHEME_DB31:
    case SCHEME_PACP:
    case SCHEME_WRC:
    case SCHEME_WSA05:
        return scheme_built_in.at[scheme]->catalogues[0];
    case SCHEME_NONE:
    case SCHEME_CJJ181:
    case SCHEME_DWA:
    case SCHEME_ISYBAU:
    case SCHEME_VSA:
    case SCHEMES:
        break;
    }
    return CATALOGUE_UNKNOWN;
}

struct read_options read_options_from(const struct run_options *options) {
    return (struct read_options){
        .columns = options->columns.at,
        .n_columns = options->columns.n,
        .encoding = options->encoding,
        .catalogue = catalogue_of(options->pipeline.assess.scheme),
        .length_unit_m = options->length_unit == UNIT_FOOT    ? 0.3048
                         : options->length_unit == UNIT_METRE ? 1
                                                              : 0,
    };
}

static void read_one(struct survey_reading *reading, size_t i) {
    struct file_progress progress = {.progress = reading->progress};
    struct read_options options = read_options_from(reading->options);

    if (i < reading->options->shown.n) {
        options.shown = reading->options->shown.at[i];
    }
    options.progress = progress_observations;
    options.progress_context = &progress;
    if (!survey_read(reading->options->surveys.at[i], reading->format, &options,
            &reading->surveys[i], &reading->errors[i])) {
        survey_release(&reading->surveys[i]);
    }
    progress_file_done(&progress, reading->surveys[i].n_observations);
}

static int read_until_done(void *argument) {
    struct survey_reading *reading = argument;

    for (;;) {
        size_t i = atomic_fetch_add(&reading->next, 1);
        if (i >= reading->n) {
            return 0;
        }
        if (!reading->is_read[i]) {
            read_one(reading, i);
        }
    }
}

/* A child process is made only while there is no thread but this one. */
static void read_by_children(struct survey_reading *reading, unsigned n_helpers) {
    size_t capacity = 0;

    reading->is_read = array_reserve(NULL, &capacity, reading->n + 1, sizeof *reading->is_read);
    for (size_t i = 0; i < reading->n; i++) {
        reading->is_read[i] = false;
    }
    for (size_t i = 0; n_helpers > 0 && i < reading->n; i++) {
        if (survey_needs_child(reading->options->surveys.at[i])) {
            read_one(reading, i);
            reading->is_read[i] = true;
        }
    }
}

void survey_reading_start(struct survey_reading *reading, unsigned n_helpers) {
    atomic_init(&reading->next, 0);
    read_by_children(reading, n_helpers);
    for (unsigned i = 0; i < n_helpers && i < reading->n && i < ARRAY_LEN(reading->threads); i++) {
        thrd_t *thread = &reading->threads[reading->n_started];
        reading->n_started += thrd_create(thread, read_until_done, reading) == thrd_success;
    }
}

void survey_reading_finish(struct survey_reading *reading) {
    read_until_done(reading);
    for (unsigned i = 0; i < reading->n_started; i++) {
        thrd_join(reading->threads[i], NULL);
    }
    reading->n_started = 0;
    array_release(&reading->is_read);
}
