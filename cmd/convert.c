/* Surveys into another format: read, translate, place where the target holds places, write, and say
 * what was lost. */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/convert/network.h"
#include "cmd/convert/options.h"
#include "cmd/convert/report.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "cmd/progress.h"
#include "cmd/read.h"
#include "cmd/read_surveys.h"
#include "core/arena.h"
#include "formats/delivery.h"
#include "formats/export.h"
#include "formats/export/translate.h"

/* All of one conversion. */
struct job {
    struct convert_options options;
    struct translation translation;
    struct delivery delivery;
    struct progress progress;
    struct reading reading;
    struct result result;
    struct translation_use use;
    struct export_losses losses;
    struct export_request request;
    size_t n_by_severity[SEVERITIES];
    struct arena arena;
    int argc; /* as given, for the record of a GeoPackage */
    char **argv;
};

static void job_release(struct job *job) {
    translation_use_release(&job->use);
    result_release(&job->result);
    reading_release(&job->reading);
    delivery_release(&job->delivery);
    translation_release(&job->translation);
    convert_options_release(&job->options);
    arena_release(&job->arena);
}

/* --- reading --- */

static bool load_translation(struct job *job, struct error *err) {
    const char *table = job->options.translate;

    if (table == NULL) {
        return true;
    }
    if (strcmp(table, "default") == 0) {
        translation_default(&job->translation);
        return true;
    }
    return translation_read(table, &job->translation, err);
}

/* The operands become the files that they stand for. */
static bool open_delivery(struct job *job, struct error *err) {
    struct run_options *run = &job->options.run;
    struct delivery *delivery = &job->delivery;

    if (!delivery_open(run->surveys.at, run->surveys.n, delivery, err)) {
        return false;
    }
    if (delivery->n == 0) {
        return read_refuse_empty(&run->surveys, err);
    }
    words_release(&run->surveys);
    for (size_t i = 0; i < delivery->n; i++) {
        words_add(&run->surveys, delivery->at[i].path);
        words_add(&run->shown, delivery->at[i].shown);
    }
    findings_move(&job->result.findings, &delivery->findings);
    return true;
}

/* Surveys alone, their coordinates as delivered.  One that cannot be read stops it: half a delivery
 * is none. */
static bool read_surveys(struct job *job, struct error *err) {
    struct result *result = &job->result;
    struct survey_reading reading = {.options = &job->options.run, .progress = &job->progress};
    size_t capacity = 0;

    if (!read_find_format(job->options.run.format, &reading.format, err)) {
        return false;
    }
    result->n_surveys = job->options.run.surveys.n;
    result->surveys = array_reserve(NULL, &capacity, result->n_surveys, sizeof *result->surveys);
    for (size_t i = 0; i < result->n_surveys; i++) {
        result->surveys[i] = (struct survey){0};
    }
    reading.surveys = result->surveys;
    reading.n = result->n_surveys;
    reading.errors = ARENA_NEW(&job->arena, struct error, reading.n);
    for (size_t i = 0; i < reading.n; i++) {
        reading.errors[i].language = err->language;
    }
    survey_reading_start(&reading, (unsigned)job->options.run.n_threads - 1);
    survey_reading_finish(&reading);
    for (size_t i = 0; i < reading.n; i++) {
        if (reading.errors[i].kind != ERROR_NONE) {
            *err = reading.errors[i];
            return false;
        }
    }
    result->surveys = surveys_unfold(result->surveys, &result->n_surveys, &capacity);
    return true;
}

/* A network of the user's, or coordinates in another CRS, go through the working plane. */
static bool needs_plane(const struct convert_options *options) {
    const struct run_options *run = &options->run;

    return options->target->is_placed || run->network != NULL || run->nodes != NULL ||
           run->crs != NULL || run->output_crs != NULL;
}

static bool read_inputs(struct job *job, struct error *err) {
    if (!needs_plane(&job->options)) {
        return read_surveys(job, err);
    }
    if (!read_everything(&job->options.run, &job->progress, &job->result, &job->reading, err)) {
        return false;
    }
    if (job->reading.n_failed > 0) { /* they were told one by one */
        return error_set(err, job->reading.first_failure, "%zu of the surveys cannot be read",
            job->reading.n_failed);
    }
    return true;
}

/* Before the stages move them. */
static void count_findings(struct job *job) {
    const struct result *result = &job->result;

    for (size_t i = 0; i < result->n_surveys; i++) {
        const struct findings *findings = &result->surveys[i].findings;
        for (size_t k = 0; k < findings->n; k++) {
            job->n_by_severity[finding_severity(findings->at[k].kind)]++;
        }
    }
}

/* --- translating --- */

static bool needs_translation(const struct job *job, const struct survey *survey) {
    const struct convert_options *options = &job->options;
    bool is_of_target = survey->catalogue == options->target->other_catalogue &&
                        options->codes == NULL && survey->catalogue != CATALOGUE_UNKNOWN;

    return options->translate != NULL && survey->n_observations > 0 &&
           survey->catalogue != options->catalogue && !is_of_target;
}

static bool refuse_pair(const struct job *job, const struct survey *survey, struct error *err) {
    char pairs[256];

    translation_pairs(&job->translation, pairs, sizeof pairs);
    return error_set(err, ERROR_USAGE,
        "the table '%s' has nothing from %s ('%.*s') to %s; it has %s", job->options.translate,
        survey->catalogue == CATALOGUE_UNKNOWN ? "an unknown catalogue"
                                               : catalogue_word(survey->catalogue),
        TEXT_ARGS(text_cut(survey->file.path, 300)), catalogue_word(job->options.catalogue),
        pairs[0] == '\0' ? "no rows" : pairs);
}

static bool translate(struct job *job, struct error *err) {
    struct result *result = &job->result;
    const struct translate_request request = {
        job->options.catalogue, &job->translation, job->options.target->holds_inspection};

    for (size_t i = 0; i < result->n_surveys; i++) {
        struct survey *survey = &result->surveys[i];
        if (needs_translation(job, survey)) {
            if (!job->options.keeps_untranslated &&
                !translation_has_pair(
                    &job->translation, survey->catalogue, job->options.catalogue)) {
                return refuse_pair(job, survey, err);
            }
            translate_survey(survey, &request, &job->use);
        }
    }
    if (job->use.n_untranslated == 0 || job->options.keeps_untranslated) {
        return true;
    }
    convert_report_untranslated(stderr, job->options.run.language, &job->use);
    return error_set(err, ERROR_FORMAT,
        "observations without a translation in the table '%s': %zu; nothing was written "
        "(--keep-untranslated writes such codes as they are)",
        job->options.translate, job->use.n_untranslated);
}

/* With --codes, and no table, the surveys must speak it already. */
static bool check_codes(const struct job *job, struct error *err) {
    const struct convert_options *options = &job->options;

    for (size_t i = 0; options->codes != NULL && i < job->result.n_surveys; i++) {
        const struct survey *survey = &job->result.surveys[i];
        if (survey->n_observations > 0 && survey->catalogue != options->catalogue &&
            !options->keeps_untranslated) {
            return error_set(err, ERROR_USAGE,
                "'%.*s' has codes of %s, not of %s: --translate default or --translate TABLE says "
                "what each becomes",
                TEXT_ARGS(text_cut(survey->file.path, 300)), catalogue_name(survey->catalogue),
                catalogue_name(options->catalogue));
        }
    }
    return true;
}

/* --- writing --- */

/* Out of the working plane: the network, and the coordinates that inspections brought. */
static bool leave_plane(struct job *job, struct error *err) {
    const struct convert_options *options = &job->options;

    if (options->target->is_placed || !job->reading.has_network) {
        return true;
    }
    if (crs_output_definition(job->reading.crs).is_geographic) {
        return error_set(err, ERROR_USAGE,
            "the coordinates of the network are in degrees, and '%s' holds metres: say in which "
            "CRS they shall be, by --output-crs EPSG:...",
            options->target->name);
    }
    return convert_network(&job->result, job->reading.crs, err);
}

static struct export_request request_of(struct job *job) {
    const struct option_table *table = &convert_option_table;

    for (size_t i = 0; i < job->result.n_surveys; i++) {
        struct survey *survey = &job->result.surveys[i];
        for (size_t k = 0; k < survey->n_inspections; k++) {
            survey->inspections[k].survey = survey; /* surveys may have moved */
        }
    }
    return (struct export_request){
        .surveys = job->result.surveys,
        .n_surveys = job->result.n_surveys,
        .path = job->options.run.output,
        .encoding = (enum encoding)job->options.encoding,
        .result = job->options.target->is_placed ? &job->result : NULL,
        .crs = job->reading.crs,
        .network = job->options.target->is_placed || !job->reading.has_network
                       ? NULL
                       : &job->result.network,
        .program_version = CHAINAGE_VERSION,
        .command_line = options_command_line(table, job->argc, job->argv, &job->arena).at,
        .options = options_describe(table, &job->options, &job->arena).at,
        .language = job->options.run.language,
    };
}

static bool do_job(struct job *job, struct error *err) {
    const struct convert_options *options = &job->options;

    if (!convert_output_check(options, err) || !load_translation(job, err) ||
        !open_delivery(job, err) || !convert_output_check(options, err)) {
        return false;
    }
    job->progress.n_files = options->run.surveys.n;
    if (!read_inputs(job, err)) {
        return false;
    }
    count_findings(job);
    if (!translate(job, err) || !check_codes(job, err) || !leave_plane(job, err)) {
        return false;
    }
    job->request = request_of(job);
    if (!export_check(options->target, &job->request, options->keeps_untranslated, err)) {
        return false;
    }
    if (options->target->is_placed) {
        progress_stage(&job->progress, N_("matching, locating"));
        pipeline_run(&job->result, &options->run.pipeline);
    }
    progress_stage(&job->progress, N_("writing"));
    return export_write(options->target, &job->request, &job->losses, err);
}

static int say_goodbye(const struct job *job) {
    struct convert_report report = {
        .options = &job->options,
        .request = &job->request,
        .losses = &job->losses,
        .use = &job->use,
    };

    for (size_t i = 0; i < job->result.n_surveys; i++) {
        report.n_inspections += job->result.surveys[i].n_inspections;
        report.n_observations += job->result.surveys[i].n_observations;
    }
    memcpy(report.n_by_severity, job->n_by_severity, sizeof report.n_by_severity);
    if (job->options.run.is_json) {
        convert_report_print_json(stdout, &report);
    } else if (!job->options.run.is_quiet) {
        convert_report_print(stdout, &report);
    }
    fflush(stdout);
    if (!job->options.run.is_strict || !convert_report_has_losses(&report)) {
        return 0;
    }
    pen_say((struct pen){stderr, job->options.run.language},
        N_("chainage: something was lost, see the report\n"));
    return 1;
}

static int convert_main(int argc, char **argv, enum language language) {
    CLEANUP(job_release) struct job job = {.argc = argc, .argv = argv};
    struct error err = {.language = language};

    if (!convert_options_parse(argc, argv, &job.options, &err)) {
        return command_fail(&err);
    }
    if (job.options.run.wants_help) {
        help_print_command(&command_convert, language);
        return 0;
    }
    progress_start(&job.progress, job.options.run.surveys.n, job.options.run.is_quiet, language);
    bool is_done = do_job(&job, &err);
    progress_clear(&job.progress);
    return is_done ? say_goodbye(&job) : command_fail(&err);
}

const struct command command_convert = {
    .name = "convert",
    .summary = "write surveys in another format, and say what it cannot hold",
    .operands = "SURVEY...",
    .about =
        "Reads surveys (files, folders, archives) and writes them as one file of another format, "
        "in the order in which they are given.  The file is read back and compared: the report "
        "lists, field by field, what the target cannot hold.  Codes are never told in another "
        "catalogue's words but by a table (--translate).",
    .options = &convert_option_table,
    .run = convert_main,
};
