/* The main job: read, match, locate, assess, rank, write. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cmd/command.h"
#include "cmd/paths.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "cmd/progress.h"
#include "cmd/read.h"
#include "cmd/read_schemes.h"
#include "cmd/read_tables.h"
#include "cmd/summary.h"
#include "core/tally.h"
#include "formats/delivery.h"
#include "formats/gpkg/gpkg.h"
#include "formats/media.h"

/* All of one run. */
struct job {
    struct run_options options;
    struct run_schemes schemes;
    struct delivery delivery;
    struct user_tables tables;
    struct progress progress;
    struct reading reading;
    struct result result;
    struct media *media;
    int argc; /* as given, for the record */
    char **argv;
};

/* Surveys and schemes own what the result points to: the result goes first, then what it was made
 * from. */
static void job_release(struct job *job) {
    media_release(&job->media);
    result_release(&job->result);
    reading_release(&job->reading);
    run_schemes_release(&job->schemes);
    delivery_release(&job->delivery);
    user_tables_release(&job->tables);
    run_options_release(&job->options);
}

/* Our own mistake when it does not hold: nothing may be lost in silence, so nothing is written. */
static bool check_identity(const struct result *result, struct error *err) {
    struct identity identity = tally_check(result);

    if (identity.holds) {
        return true;
    }
    return error_set(err, ERROR_LIBRARY,
        "internal error: '%.*s' has %llu observations, but %llu defects + %llu inventory + %llu "
        "unplaced; nothing was written",
        TEXT_ARGS(result->surveys[identity.survey].file.path),
        (unsigned long long)identity.tally.n_observations,
        (unsigned long long)identity.tally.n_defects,
        (unsigned long long)identity.tally.n_inventory,
        (unsigned long long)identity.tally.n_unplaced);
}

static bool has_word(const struct words *words, const char *word) {
    for (size_t i = 0; i < words->n; i++) {
        if (strcmp(words->at[i], word) == 0) {
            return true;
        }
    }
    return false;
}

/* Where photos may be: the folders that were given for them, then those that were delivered whole.
 * What was unpacked goes away again, so that it is of use for copies alone. */
static void list_media_folders(const struct job *job, struct words *out) {
    for (size_t i = 0; i < job->options.media.n; i++) {
        words_add(out, job->options.media.at[i]);
    }
    for (size_t i = 0; i < job->delivery.n; i++) {
        const char *root = job->delivery.at[i].root;
        if (root != NULL && !has_word(out, root) &&
            (job->options.copies_media || !delivery_is_unpacked(&job->delivery, root))) {
            words_add(out, root);
        }
    }
}

static bool find_media(struct job *job, struct error *err) {
    CLEANUP(words_release) struct words folders = {0};
    list_media_folders(job, &folders);
    const struct media_request request = {
        .result = &job->result,
        .folders = folders.at,
        .n_folders = folders.n,
        .output = job->options.output,
        .copies = job->options.copies_media,
    };

    return media_new(&request, &job->result.findings, &job->media, err);
}

static bool write_result(struct job *job, struct error *err) {
    struct arena *arena = &job->result.arena;
    const struct gpkg_request request = {
        .path = job->options.output,
        .crs = job->reading.crs,
        .media = job->media,
        .program_version = CHAINAGE_VERSION,
        .command_line = options_command_line(&run_option_table, job->argc, job->argv, arena).at,
        .options = options_describe(&run_option_table, &job->options, arena).at,
        .timestamp = job->options.timestamp[0] == '\0' ? NULL : job->options.timestamp,
        .language = job->options.language,
        .theme = &job->tables.theme,
        .contact = job->options.contact,
        .licence = job->options.licence,
        .has_project = job->options.has_project,
        .n_threads = job->options.pipeline.n_threads,
    };

    return gpkg_write(&job->result, &request, err);
}

/* Tables are looked at before anything is read: a slip in one is told at once, with all others. */
static bool open_tables(struct job *job, struct error *err) {
    if (!read_tables(&job->options, &job->tables, err)) {
        print_flaws(&job->tables.findings);
        return false;
    }
    findings_move(&job->result.findings, &job->tables.findings);
    return true;
}

/* Behind the tables, whose methods are found by their English names too. */
static void choose_words(struct job *job) {
    struct run_options *options = &job->options;

    job->tables.repair =
        repair_tables_in(options->pipeline.repair, options->language, &job->tables.arena);
    options->pipeline.repair = &job->tables.repair;
}

/* The operands become the files that they stand for. */
static bool open_delivery(struct job *job, struct error *err) {
    struct run_options *options = &job->options;
    struct delivery *delivery = &job->delivery;

    if (!delivery_open(options->surveys.at, options->surveys.n, delivery, err)) {
        return false;
    }
    if (delivery->n == 0) {
        return read_refuse_empty(&options->surveys, err);
    }
    words_release(&options->surveys);
    for (size_t i = 0; i < delivery->n; i++) {
        words_add(&options->surveys, delivery->at[i].path);
        words_add(&options->shown, delivery->at[i].shown);
    }
    findings_move(&job->result.findings, &delivery->findings);
    return true;
}

static bool do_job(struct job *job, struct error *err) {
    const struct survey_format *format = NULL;

    if (!read_find_format(job->options.format, &format, err) || !output_check(&job->options, err) ||
        !open_tables(job, err) ||
        !run_schemes_read(&job->options, &job->schemes, &job->result.findings, err) ||
        !open_delivery(job, err) ||
        !output_check(&job->options, err)) { /* nor may it be one of the files in a folder */
        return false;
    }
    choose_words(job);
    job->progress.n_files = job->options.surveys.n;
    gpkg_clean_up(job->options.output);
    if (!read_everything(&job->options, &job->progress, &job->result, &job->reading, err)) {
        return false;
    }
    progress_stage(&job->progress, N_("matching, locating, assessing"));
    pipeline_run(&job->result, &job->options.pipeline);
    if (!check_identity(&job->result, err) || !find_media(job, err)) {
        return false;
    }
    progress_stage(&job->progress, N_("writing"));
    return write_result(job, err);
}

static uint64_t peak_bytes(void) {
    struct rusage usage = {0};

    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)usage.ru_maxrss * 1024;
}

static int say_goodbye(const struct job *job, double started_s) {
    const struct summary figures = summary_of(&job->result);
    const struct summary_page page = {
        .options = &job->options,
        .result = &job->result,
        .reading = &job->reading,
        .figures = &figures,
        .seconds = seconds_now() - started_s,
        .peak_bytes = peak_bytes(),
    };
    size_t n_errors = figures.n_by_severity[SEVERITY_ERROR];

    if (job->options.is_json) {
        summary_print_json(stdout, &page);
    } else if (!job->options.is_quiet) {
        summary_print(stdout, &page);
    }
    fflush(stdout);
    if (job->options.is_strict && n_errors > 0) {
        pen_print((struct pen){stderr, job->options.language},
            n_errors == 1 ? N_("chainage: %zu finding of severity error\n")
                          : N_("chainage: %zu findings of severity error\n"),
            n_errors);
    }
    if (job->reading.first_failure != ERROR_NONE) {
        return (int)job->reading.first_failure;
    }
    return job->options.is_strict && n_errors > 0 ? 1 : 0;
}

static int run_main(int argc, char **argv, enum language language) {
    CLEANUP(job_release) struct job job = {.argc = argc, .argv = argv};
    double started_s = seconds_now();
    struct error err = {.language = language};

    if (!run_options_parse(argc, argv, &job.options, &err)) {
        return command_fail(&err);
    }
    if (job.options.wants_help) {
        help_print_command(&command_run, language);
        return 0;
    }
    progress_start(&job.progress, job.options.surveys.n, job.options.is_quiet, language);
    bool is_done = do_job(&job, &err);
    progress_clear(&job.progress);
    return is_done ? say_goodbye(&job, started_s) : command_fail(&err);
}

const struct command command_run = {
    .name = "run",
    .summary = "turn surveys and a network into a GeoPackage of graded defects",
    .operands = "SURVEY...",
    .about =
        "Reads the surveys and the network, finds for each inspection its segment and for each "
        "observation its place, grades segments by the scheme in force, ranks them, and writes "
        "one GeoPackage.  What has no place is in its table `unplaced`, and every flaw of the "
        "data in `findings`, with file and line.",
    .options = &run_option_table,
    .run = run_main,
};
