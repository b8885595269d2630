/* The gate: is a delivery fit to be taken over?  Reads and works as `run` does, writes no
 * GeoPackage, and tells every breach of the rules. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd/check/names.h"
#include "cmd/check/options.h"
#include "cmd/check/page.h"
#include "cmd/command.h"
#include "cmd/paths.h"
#include "cmd/print.h"
#include "cmd/progress.h"
#include "cmd/read.h"
#include "formats/delivery.h"
#include "formats/media_files.h"
#include "formats/output_file.h"
#include "formats/rules_file.h"

/* What was named by itself has its photos near; what was found in a folder, anywhere in that. */
enum { DEPTH_NEAR = 2, DEPTH_IN_FOLDER = 32 };

/* The files in one folder. */
struct listed_folder {
    const char *path;
    unsigned depth;
    struct file_names media;
};

struct check_job {
    struct check_options options;
    struct check_rules rules;
    struct delivery delivery;
    struct progress progress;
    struct reading reading;
    struct result result;
    struct check_report report;
    struct listed_folder *folders;
    const struct file_names **media; /* by survey; both are arrays of their own */
    size_t n_folders, capacity;
    struct arena arena;
};

static void job_release(struct check_job *job) {
    check_report_release(&job->report);
    result_release(&job->result);
    reading_release(&job->reading);
    delivery_release(&job->delivery);
    check_options_release(&job->options);
    for (size_t i = 0; i < job->n_folders; i++) {
        file_names_release(&job->folders[i].media);
    }
    array_release(&job->folders);
    array_release(&job->media);
    arena_release(&job->arena);
}

/* --- the delivery --- */

/* The operands become the files that they stand for, by their names within the delivery. */
static bool open_delivery(struct check_job *job, struct error *err) {
    struct words *surveys = &job->options.run.surveys;
    struct delivery *delivery = &job->delivery;

    if (!delivery_open(surveys->at, surveys->n, delivery, err)) {
        return false;
    }
    if (delivery->n == 0) {
        return read_refuse_empty(surveys, err);
    }
    /* one folder and one archive of the same files shall give the same report */
    bool is_whole = surveys->n == 1 && delivery->at[0].root != NULL;
    const char *folder =
        is_whole ? surveys->at[0] : names_common_folder(surveys->at, surveys->n, &job->arena);
    words_release(surveys);
    for (size_t i = 0; i < delivery->n; i++) {
        words_add(surveys, delivery->at[i].path);
        words_add(
            &job->options.run.shown, names_within(folder, delivery->at[i].shown, &job->arena));
    }
    for (size_t i = 0; i < delivery->findings.n; i++) {
        struct text *file = &delivery->findings.at[i].place.file;
        *file = text_from(names_within(folder, arena_copy(&job->arena, *file).at, &job->arena));
    }
    findings_move(&job->result.findings, &delivery->findings);
    return true;
}

/* --- photos and videos --- */

static bool names_media(const struct survey *survey) {
    for (size_t i = 0; i < survey->n_inspections; i++) {
        const struct inspection_more *more = survey->inspections[i].more;
        if (more != NULL && more->video.n > 0) {
            return true;
        }
    }
    for (size_t i = 0; i < survey->n_observations; i++) {
        const struct observation_more *more = survey->observations[i].more;
        if (more != NULL && (more->photo.n > 0 || more->video.n > 0)) {
            return true;
        }
    }
    return false;
}

/* The number of the folder, which is listed when it is new. */
static size_t list_folder(struct check_job *job, const char *path, unsigned depth) {
    for (size_t i = 0; i < job->n_folders; i++) {
        if (job->folders[i].depth == depth && strcmp(job->folders[i].path, path) == 0) {
            return i;
        }
    }
    job->folders =
        array_reserve(job->folders, &job->capacity, job->n_folders + 1, sizeof *job->folders);
    struct listed_folder *folder = &job->folders[job->n_folders];
    *folder = (struct listed_folder){.path = path, .depth = depth};
    media_files_list(path, depth, &folder->media);
    return job->n_folders++;
}

/* Both out of one earlier result, which is one file of the delivery. */
static bool is_of_one_file(const struct survey *before, const struct survey *survey) {
    return survey->file.earlier_result.n > 0 &&
           text_equal(before->file.earlier_result, survey->file.earlier_result);
}

/* Only where a survey names some. */
static void list_media(struct check_job *job) {
    size_t n = job->result.n_surveys, capacity = 0, numbers_capacity = 0;
    CLEANUP(array_release)
    size_t *numbers = array_reserve(NULL, &numbers_capacity, n + 1, sizeof *numbers);

    for (size_t i = 0, at = 0; i < n; i++) {
        at += i > 0 && !is_of_one_file(&job->result.surveys[i - 1], &job->result.surveys[i]);
        const struct delivered_file *file = &job->delivery.at[at];
        numbers[i] = SIZE_MAX;
        if (names_media(&job->result.surveys[i])) {
            numbers[i] =
                file->root != NULL
                    ? list_folder(job, file->root, DEPTH_IN_FOLDER)
                    : list_folder(job, media_files_folder(file->path, &job->arena), DEPTH_NEAR);
        }
    }
    job->media = array_reserve(NULL, &capacity, n + 1, sizeof *job->media);
    for (size_t i = 0; i < n; i++) { /* the folders do not move any more */
        job->media[i] = numbers[i] == SIZE_MAX ? NULL : &job->folders[numbers[i]].media;
    }
}

/* --- rules --- */

static bool read_rules(struct check_job *job, struct error *err) {
    struct findings flaws = {0};

    job->rules = check_rules_default();
    if (job->options.rules == NULL) {
        return true;
    }
    bool is_read = rules_file_read(job->options.rules, &job->rules, &flaws, err);
    for (size_t i = 0; i < flaws.n; i++) {
        fprintf(stderr, "%s:%u: ", job->options.rules, (unsigned)flaws.at[i].place.line);
        print_text(stderr, flaws.at[i].detail);
        fputc('\n', stderr);
    }
    findings_release(&flaws);
    return is_read;
}

/* --- the report --- */

static struct check_page page_of(const struct check_job *job) {
    return (struct check_page){
        .report = &job->report,
        .result = &job->result,
        .rules = &job->rules,
        .network = text_base_name(text_from(job->options.run.network)),
        .rules_file = text_base_name(text_from(job->options.rules)),
        .n_others = job->delivery.n_others,
        .has_network = job->reading.has_network,
        .shows_all = job->options.shows_all,
        .language = job->options.run.language,
    };
}

/* An earlier report, or an empty file: nobody's data. */
static bool is_replaceable(const char *path) {
    static const char start[] = "<!DOCTYPE html>";
    char bytes[sizeof start] = "";
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return errno == ENOENT;
    }
    size_t n = fread(bytes, 1, sizeof start - 1, file);
    fclose(file);
    return n == 0 || strcmp(bytes, start) == 0;
}

static bool check_html(const struct check_job *job, struct error *err) {
    const char *html = job->options.html;
    const char *const inputs[] = {
        job->options.run.network, job->options.run.nodes, job->options.rules};
    bool is_input = false;

    if (html == NULL) {
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        is_input |= inputs[i] != NULL && path_is_same(html, inputs[i]);
    }
    for (size_t i = 0; i < job->options.run.surveys.n; i++) {
        is_input |= path_is_same(html, job->options.run.surveys.at[i]);
    }
    if (is_input) {
        return error_set(
            err, ERROR_USAGE, "the output '%s' is one of the inputs; it was left alone", html);
    }
    return is_replaceable(html) ||
           error_set(err, ERROR_USAGE,
               "the output '%s' is there already and is no HTML page; it was left alone", html);
}

static void close_file(FILE **file) {
    if (*file != NULL) {
        fclose(*file);
    }
}

static bool write_html(const struct check_page *page, const char *path, struct error *err) {
    CLEANUP(output_file_release) struct output_file output = {0};
    CLEANUP(close_file) FILE *file = NULL;

    output_file_clean_up(path);
    if (!output_file_begin(path, &output, err)) {
        return false;
    }
    file = fopen(output.temporary, "wb");
    if (file == NULL) {
        return error_set(err, ERROR_FILE, "cannot write '%s': %s", path, strerror(errno));
    }
    check_print_html(file, page);
    bool is_written = fflush(file) == 0 && !ferror(file);
    is_written = fclose(file) == 0 && is_written;
    file = NULL;
    if (!is_written) {
        return error_set(err, ERROR_FILE, "cannot write '%s'", path);
    }
    return output_file_commit(&output, err);
}

/* --- the job --- */

static bool do_job(struct check_job *job, struct error *err) {
    const struct survey_format *format = NULL;
    struct run_options *run = &job->options.run;

    if (!read_rules(job, err) || !read_find_format(run->format, &format, err) ||
        !open_delivery(job, err) || !check_html(job, err)) {
        return false;
    }
    job->progress.n_files = run->surveys.n;
    if (!read_everything(run, &job->progress, &job->result, &job->reading, err)) {
        return false;
    }
    progress_stage(&job->progress, N_("checking"));
    pipeline_run(&job->result, &run->pipeline);
    list_media(job);
    const struct check_request request = {
        .result = &job->result,
        .schemes = run->pipeline.assess.schemes,
        .rules = &job->rules,
        .media = job->media,
        .has_network = job->reading.has_network,
        .language = run->language,
    };
    check_delivery(&request, &job->report);
    return true;
}

static int tell(const struct check_job *job) {
    const struct check_page page = page_of(job);
    struct error err = {0};

    if (job->options.html != NULL && !write_html(&page, job->options.html, &err)) {
        return command_fail(&err);
    }
    if (job->options.run.is_json) {
        check_print_json(stdout, &page);
    } else if (job->options.is_csv) {
        check_print_csv(stdout, &page);
    } else {
        check_print_text(stdout, &page);
    }
    if (!check_is_accepted(&job->report)) {
        return 1;
    }
    return (int)job->reading.first_failure; /* a contract may take files that cannot be read */
}

static int check_main(int argc, char **argv, enum language language) {
    CLEANUP(job_release) struct check_job job = {0};
    struct error err = {.language = language};

    if (!check_options_parse(argc, argv, &job.options, &err)) {
        return command_fail(&err);
    }
    if (job.options.wants_help) {
        help_print_command(&command_check, language);
        return 0;
    }
    if (job.options.lists_rules) {
        if (!read_rules(&job, &err)) {
            return command_fail(&err);
        }
        check_print_rules(stdout, &job.rules);
        return 0;
    }
    bool is_machine = job.options.run.is_json || job.options.is_csv;
    progress_start(&job.progress, job.options.run.surveys.n, is_machine, language);
    bool is_done = do_job(&job, &err);
    progress_clear(&job.progress);
    return is_done ? tell(&job) : command_fail(&err);
}

const struct command command_check = {
    .name = "check",
    .summary = "say whether a delivery can be taken over, and every breach of the rules",
    .operands = "SURVEY...",
    .about =
        "Reads surveys and network as `run` does, writes no GeoPackage, and tells every breach "
        "of the rules with file, line, place, what was found and what was expected.  Contractor "
        "and city get the same report from the same files, wherever these lie.\n"
        "Exit status 0 when the delivery is accepted, 1 when a blocking rule is broken.",
    .options = &check_option_table,
    .run = check_main,
};
