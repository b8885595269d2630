#include "cmd/read.h"

#include "cmd/pen.h"
#include "cmd/print.h"
#include "cmd/read_network.h"
#include "cmd/read_surveys.h"
#include "cmd/suggest.h"

enum { MOST_FAILURES_SHOWN = 20 };

bool read_find_format(const char *name, const struct survey_format **format, struct error *err) {
    struct suggestion suggestion = {.given = name};
    char hint[128];

    if (name == NULL) {
        return true;
    }
    *format = survey_format_by_name(name);
    if (*format != NULL) {
        return true;
    }
    for (size_t i = 0; i < n_survey_formats; i++) {
        suggestion_offer(&suggestion, survey_formats[i]->name);
    }
    suggestion_say(&suggestion, "", err->language, hint, sizeof hint);
    return error_set(err, ERROR_USAGE,
        "option '--format': '%s' is no format of `chainage formats`%s", name, hint);
}

bool read_refuse_empty(const struct words *surveys, struct error *err) {
    return surveys->n == 1
               ? error_set(err, ERROR_FORMAT, "there is no survey in '%s'", surveys->at[0])
               : error_set(err, ERROR_FORMAT, "there is no survey in '%s' and the others",
                     surveys->at[0]);
}

/* The run goes on without the file: told on stderr, in source_files and in findings. */
static void mark_unreadable(struct survey *survey, const char *path, const struct error *err) {
    survey->file.path = text_from(path);
    survey->file.format = survey->file.format == NULL ? "unknown" : survey->file.format;
    survey->file.is_damaged = true;
    findings_add(&survey->findings, FINDING_FILE_DAMAGED,
        (struct finding_place){.file = survey->file.path}, "nothing of it is in the result: %s",
        err->text);
}

static void tell_failure(enum language language, const struct error *err, size_t number, size_t n) {
    const struct pen pen = {stderr, language};

    if (number < MOST_FAILURES_SHOWN) {
        fputs("chainage: ", stderr);
        print_text(stderr, text_from(err->text));
        pen_say(pen, N_("; the run goes on without it\n"));
    } else if (number + 1 == n) {
        pen_print(pen,
            N_("chainage: ... and %zu more files that cannot be read, see the findings\n"),
            n - MOST_FAILURES_SHOWN);
    }
}

static bool judge_surveys(const struct survey_reading *surveys, struct reading *reading,
    struct progress *progress, struct error *err) {
    size_t n_failed = 0, first = surveys->n;

    for (size_t i = 0; i < surveys->n; i++) {
        if (surveys->errors[i].kind != ERROR_NONE) {
            first = n_failed++ == 0 ? i : first;
        }
    }
    if (n_failed == 0) {
        return true;
    }
    if (n_failed == surveys->n) {
        *err = surveys->errors[first];
        return n_failed > 1
                   ? error_wrap(err, "none of the %zu surveys can be read, the first", n_failed)
                   : false;
    }
    progress_clear(progress);
    reading->first_failure = surveys->errors[first].kind;
    for (size_t i = first; i < surveys->n; i++) {
        if (surveys->errors[i].kind != ERROR_NONE) {
            tell_failure(err->language, &surveys->errors[i], reading->n_failed++, n_failed);
            mark_unreadable(
                &surveys->surveys[i], surveys->options->shown.at[i], &surveys->errors[i]);
        }
    }
    return true;
}

static void make_room(const struct run_options *options, struct result *result) {
    size_t capacity = 0;

    result->n_surveys = options->surveys.n;
    result->surveys = array_reserve(NULL, &capacity, result->n_surveys, sizeof *result->surveys);
    for (size_t i = 0; i < result->n_surveys; i++) {
        result->surveys[i] = (struct survey){0};
    }
}

/* Start and finish as delivered, into the working plane: for the match by coordinates. */
static void bring_coordinates(struct result *result, struct crs *crs) {
    for (size_t i = 0; i < result->n_surveys; i++) {
        const struct survey *survey = &result->surveys[i];
        for (size_t k = 0; k < survey->n_inspections; k++) {
            struct inspection_more *more = survey->inspections[k].more;
            if (more != NULL && more->has_coordinates) {
                struct xy ends[] = {more->start_at, more->finish_at};
                more->start_delivered = more->start_at;
                more->finish_delivered = more->finish_at;
                more->has_coordinates = crs_to_plane(crs, ends, ARRAY_LEN(ends));
                more->start_at = ends[0];
                more->finish_at = ends[1];
            }
        }
    }
}

bool read_everything(const struct run_options *options, struct progress *progress,
    struct result *result, struct reading *reading, struct error *err) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct survey_reading surveys = {.options = options, .progress = progress};

    if (!read_find_format(options->format, &surveys.format, err)) {
        return false;
    }
    make_room(options, result);
    surveys.surveys = result->surveys;
    surveys.n = result->n_surveys;
    surveys.errors = ARENA_NEW(&arena, struct error, surveys.n);
    if (surveys.n ==
        1) { /* of several it may become a finding, and the details of these are English */
        surveys.errors[0].language = err->language;
    }
    /* A network file of its own is read while others read surveys, unless it needs a child process:
     * then before there are others. */
    bool is_network_last = network_is_in_surveys(options);
    bool is_network_first = !is_network_last && network_needs_child(options);
    if (is_network_first && !read_network(options, result, reading, err)) {
        return false;
    }
    survey_reading_start(&surveys, (unsigned)options->n_threads - 1);
    bool has_failed =
        !is_network_last && !is_network_first && !read_network(options, result, reading, err);
    if (has_failed) {
        atomic_store(&surveys.next, surveys.n); /* no further surveys */
    }
    survey_reading_finish(&surveys);
    if (has_failed || !judge_surveys(&surveys, reading, progress, err)) {
        return false;
    }
    if (is_network_last && !read_network(options, result, reading, err)) {
        return false;
    }
    size_t capacity = result->n_surveys;
    result->surveys = surveys_unfold(result->surveys, &result->n_surveys, &capacity);
    if (reading->has_network) {
        bring_coordinates(result, reading->crs);
    }
    return read_polygons(options, result, reading, err);
}

void reading_release(struct reading *reading) {
    crs_close(reading->crs);
    network_report_release(&reading->network);
    network_release(&reading->merged);
    survey_release(&reading->network_survey);
    *reading = (struct reading){0};
}
