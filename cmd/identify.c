/* What is each file?  One line a file; with --verbose why no other format. */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/json.h"
#include "cmd/language.h"
#include "cmd/pen.h"
#include "cmd/print.h"
#include "core/network.h"
#include "formats/delivery.h"

struct identify_options {
    bool is_json, is_verbose, wants_help;
};

static const struct option rows[] = {
    {.name = "help",
     .type = OPTION_FLAG,
     .offset = offsetof(struct identify_options,                                               wants_help),
     .group = "Output",
     .help = "show this and stop"                           },
    {.name = "json",
     .type = OPTION_FLAG,
     .offset = offsetof(struct identify_options,                                               is_json),
     .group = "Output",
     .help = "the same as JSON"                             },
    {LANGUAGE_ROW                                                        },
    {.name = "verbose",
     .type = OPTION_FLAG,
     .offset = offsetof(struct identify_options, is_verbose),
     .group = "Output",
     .help = "the bits of evidence for each format, also those that lost"},
};
static const struct option_table table = {rows, ARRAY_LEN(rows)};

/* One file and what became of reading it. */
struct identified {
    const struct delivered_file *file;
    struct source source;
    struct survey survey;
    struct error err;      /* why it cannot be read */
    const char *note;      /* why it is no survey */
    int bits, second_bits; /* of the highest bid, and of the next */
    bool is_read;
};

static void release(struct identified *one) {
    survey_release(&one->survey);
}

static void weigh(struct identified *one) {
    for (size_t i = 0; i < n_survey_formats; i++) {
        int bid = survey_formats[i]->bid(&one->source);
        if (bid > one->bits) {
            one->second_bits = one->bits;
            one->bits = bid;
        } else if (bid > one->second_bits) {
            one->second_bits = bid;
        }
    }
}

static void look_at(struct identified *one) {
    const struct delivered_file *file = one->file;
    const struct read_options options = {.shown = file->shown};

    one->note = file->note;
    if (file->note != NULL || !source_open(file->path, &one->source, &one->err)) {
        return;
    }
    weigh(one);
    if (file->format == NULL) {
        one->note = source_looks_like(&one->source);
        return;
    }
    one->is_read = survey_read(file->path, NULL, &options, &one->survey, &one->err);
    if (!one->is_read && delivery_is_of_shapefile(&one->source)) {
        one->err.kind = ERROR_NONE;
        one->note = delivery_of_shapefile;
    }
}

/* An earlier result holds several deliveries, whose encodings and the like are not its own. */
static bool is_result(const struct identified *one) {
    return one->survey.file.earlier_result.n > 0;
}

static const char *format_name(const struct identified *one) {
    return is_result(one) ? one->file->format->name : one->survey.file.format;
}

static uint64_t n_inspections(const struct identified *one) {
    uint64_t n = one->survey.n_inspections;

    for (size_t i = 0; i < one->survey.n_others; i++) {
        n += one->survey.others[i].n_inspections;
    }
    return n;
}

static uint64_t n_observations(const struct identified *one) {
    uint64_t n = one->survey.n_observations;

    for (size_t i = 0; i < one->survey.n_others; i++) {
        n += one->survey.others[i].n_observations;
    }
    return n;
}

/* --- for people --- */

/* What else a survey file may hold; a table of wells has nodes alone. */
static void print_others(struct pen pen, const struct survey *survey) {
    const struct network *network = survey->network;

    if (network != NULL && network->n_segments > 0) {
        pen_say_count(pen, N_(", network of "), network->n_segments, N_("segment"), "segments");
    } else if (network != NULL && network->n_nodes > 0) {
        pen_say_count(pen, N_(", network of "), network->n_nodes, N_("node"), "nodes");
    }
    if (survey->n_measurements > 0) {
        pen_say_count(pen, N_(", "), survey->n_measurements, N_("measurement"), "measurements");
    }
}

/* What a file is for that is read together with another one; its reader says it last. */
static void print_skipped(const struct identified *one) {
    const struct survey_format *format = one->file->format;
    const struct findings *findings = &one->survey.findings;

    if (findings->n == 0 || format->is_companion == NULL || !format->is_companion(&one->source)) {
        return;
    }
    const struct finding *last = &findings->at[findings->n - 1];
    if (last->kind == FINDING_ROW_SKIPPED) {
        fputs("; ", stdout);
        print_text(stdout, last->detail);
    }
}

static void print_read(struct pen pen, const struct identified *one) {
    const struct survey_file none = {0};
    const struct survey_file *file = is_result(one) ? &none : &one->survey.file;

    printf("  %s", format_name(one));
    if (file->version.n > 0) {
        putchar(' ');
        print_text(stdout, file->version);
    }
    if (file->encoding.n > 0) {
        pen_say(pen, N_(", "));
        print_text(stdout, file->encoding);
    }
    if (file->generator.n > 0) {
        pen_say(pen, N_(", by "));
        print_cut(stdout, file->generator, 30);
    }
    pen_say_count(pen, N_(", "), n_inspections(one), N_("inspection"), "inspections");
    pen_say_count(pen, N_(", "), n_observations(one), N_("observation"), "observations");
    print_others(pen, &one->survey);
    print_skipped(one);
    pen_say(pen, one->survey.file.is_damaged ? N_(", damaged") : "");
    pen_print(pen, N_("; %d bits, the next format %d"), one->bits, one->second_bits);
}

static void print_bids(struct pen pen, const struct identified *one) {
    for (size_t i = 0; i < n_survey_formats; i++) {
        int bid = one->source.head_n == 0 ? 0 : survey_formats[i]->bid(&one->source);
        if (bid > 0) {
            pen_print(pen, N_("    %-12s %5d bits\n"), survey_formats[i]->name, bid);
        } else {
            pen_print(pen, N_("    %-12s nothing of it\n"), survey_formats[i]->name);
        }
    }
}

static void print_one(struct pen pen, const struct identified *one, bool is_verbose) {
    print_text(stdout, text_from(one->file->shown));
    if (one->is_read) {
        print_read(pen, one);
    } else if (one->err.kind != ERROR_NONE) {
        pen_say(pen, N_("  cannot be read: "));
        print_text(stdout, text_from(one->err.text));
    } else {
        pen_say(pen, N_("  no survey: "));
        print_text(stdout, text_from(lang_text(pen.language, one->note)));
    }
    putchar('\n');
    if (is_verbose) {
        print_bids(pen, one);
    }
}

/* --- for programs --- */

static void put_one(struct json *json, const struct identified *one) {
    const struct survey *survey = &one->survey;
    const struct survey_file none = {0};
    const struct survey_file *file = is_result(one) ? &none : &survey->file;
    bool has_catalogue = one->is_read && !is_result(one);

    json_open_object(json, NULL);
    json_string(json, "path", one->file->shown);
    json_string(json, "format", one->is_read ? format_name(one) : NULL);
    json_text(json, "version", file->version);
    json_text(json, "encoding", file->encoding);
    json_text(json, "generator", file->generator);
    json_string(json, "catalogue", has_catalogue ? catalogue_name(survey->catalogue) : NULL);
    json_count(json, "n_inspections", n_inspections(one));
    json_count(json, "n_observations", n_observations(one));
    json_count(json, "n_segments", survey->network == NULL ? 0 : survey->network->n_segments);
    json_count(json, "n_nodes", survey->network == NULL ? 0 : survey->network->n_nodes);
    json_count(json, "n_measurements", survey->n_measurements);
    json_bool(json, "is_damaged", survey->file.is_damaged);
    json_string(json, "error", one->err.kind == ERROR_NONE ? NULL : one->err.text);
    json_string(json, "no_survey", one->note);
    json_open_object(json, "bits");
    for (size_t i = 0; i < n_survey_formats && one->source.head_n > 0; i++) {
        json_count(json, survey_formats[i]->name, (uint64_t)survey_formats[i]->bid(&one->source));
    }
    json_close_object(json);
    json_close_object(json);
}

/* --- the command --- */

/* What the user named and nobody knows is a failure; what lay about in a folder is not. */
static int identify_one(const struct delivered_file *file, const struct identify_options *options,
    enum language language, struct json *json) {
    const struct pen pen = {stdout, options->is_json ? LANGUAGE_EN : language};
    CLEANUP(release) struct identified one = {.file = file, .err.language = pen.language};

    look_at(&one);
    if (options->is_json) {
        put_one(json, &one);
    } else {
        print_one(pen, &one, options->is_verbose);
    }
    if (one.err.kind != ERROR_NONE) {
        return (int)one.err.kind;
    }
    return one.note != NULL && file->is_named ? (int)ERROR_FORMAT : 0;
}

static int identify_all(const struct delivery *delivery, const struct identify_options *options,
    enum language language) {
    struct json json = {.to = stdout};
    int status = 0;

    if (options->is_json) {
        json_open_array(&json, NULL);
    }
    for (size_t i = 0; i < delivery->n + delivery->n_others; i++) {
        const struct delivered_file *file =
            i < delivery->n ? &delivery->at[i] : &delivery->others[i - delivery->n];
        int got = identify_one(file, options, language, &json);
        status = status != 0 ? status : got;
    }
    if (options->is_json) {
        json_close_array(&json);
    }
    return status;
}

static void words_releasep(struct words *words) {
    words_release(words);
}

static int identify_main(int argc, char **argv, enum language language) {
    CLEANUP(words_releasep) struct words operands = {0};
    CLEANUP(delivery_release) struct delivery delivery = {0};
    struct identify_options options = {0};
    struct error err = {.language = language};

    if (!options_parse(&table, argc, argv, &options, &operands, &err)) {
        return command_fail(&err);
    }
    if (options.wants_help) {
        help_print_command(&command_identify, language);
        return 0;
    }
    if (operands.n == 0) {
        error_set(&err, ERROR_USAGE, "which files? (chainage identify FILE...)");
        return command_fail(&err);
    }
    if (!delivery_open(operands.at, operands.n, &delivery, &err)) {
        return command_fail(&err);
    }
    return identify_all(&delivery, &options, language);
}

const struct command command_identify = {
    .name = "identify",
    .summary = "say what each delivered file is",
    .operands = "FILE...",
    .about = "Says of each file, also of those in folders and archives, its format, edition, "
             "encoding and generator, how many inspections and observations it holds, and how "
             "sure that is: bits of evidence for its format, and for the one that comes next.\n"
             "Exit status 4 when a file that was named is no survey.",
    .options = &table,
    .run = identify_main,
};
