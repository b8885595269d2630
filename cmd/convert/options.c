#include "cmd/convert/options.h"

#include <stdio.h>
#include <string.h>

#include "cmd/language.h"
#include "cmd/paths.h"
#include "cmd/suggest.h"
#include "formats/export/translate.h"
#include "formats/survey_format.h"

static const struct choice length_units[] = {
    {"m",  UNIT_METRE},
    {"ft", UNIT_FOOT },
};

static const struct choice encodings[] = {
    {"UTF-8",   ENCODING_UTF8   },
    {"GB18030", ENCODING_GB18030},
};

enum { RUN = false, RESULT = true };

static const struct option rows[] = {
#define ROW(type, name, field, group, value, does, help)                              \
    name, OPTION_##type, offsetof(struct convert_options, field), group, value, help, \
        .shapes_result = does
#define OPTION(...) {ROW(__VA_ARGS__)},
#define CHOICE(name, field, group, value, does, list, help) \
    {ROW(CHOICE, name, field, group, value, does, help), .choices = list, ARRAY_LEN(list)},
#include "cmd/convert/options.def"
#undef ROW
#undef OPTION
#undef CHOICE
};

const struct option_table convert_option_table = {rows, ARRAY_LEN(rows)};

/* --- what they come to --- */

static bool find_target(struct convert_options *options, struct error *err) {
    struct suggestion suggestion = {.given = options->to};
    char hint[128], names[256]; /* of nine targets, each shorter than 16 */
    size_t n = 0;

    if (options->to == NULL) {
        return error_set(err, ERROR_USAGE,
            "which format? (chainage convert SURVEY... --to TARGET --output FILE)");
    }
    options->target = export_target_by_name(options->to);
    if (options->target != NULL) {
        return true;
    }
    for (size_t i = 0; i < n_export_targets; i++) {
        suggestion_offer(&suggestion, export_targets[i]->name);
        n += (size_t)snprintf(
            names + n, sizeof names - n, "%s%s", i > 0 ? ", " : "", export_targets[i]->name);
    }
    suggestion_say(&suggestion, "", err->language, hint, sizeof hint);
    return error_set(
        err, ERROR_USAGE, "option '--to': '%s' is none of %s%s", options->to, names, hint);
}

static bool find_catalogue(struct convert_options *options, struct error *err) {
    const struct export_target *target = options->target;

    options->catalogue = target->catalogue;
    if (options->codes == NULL) {
        return true;
    }
    options->catalogue = catalogue_from_word(text_from(options->codes));
    if (options->catalogue == CATALOGUE_UNKNOWN) {
        return error_set(err, ERROR_USAGE,
            "option '--codes': '%s' is none of cjj181, db31, en13508, mscc, pacp, wsa05",
            options->codes);
    }
    if (target->catalogue != CATALOGUE_UNKNOWN && options->catalogue != target->catalogue &&
        options->catalogue != target->other_catalogue) {
        return error_set(err, ERROR_USAGE, "option '--codes': '%s' has codes of %s, not '%s'",
            target->name, catalogue_name(target->catalogue), options->codes);
    }
    return true;
}

/* What is of no use is said, so that nobody waits for its effect. */
static bool check_use(const struct convert_options *options, struct error *err) {
    const struct export_target *target = options->target;
    const struct run_options *run = &options->run;

    if (options->encoding != ENCODING_UNKNOWN && !target->has_encodings) {
        return target->write_file == NULL
                   ? error_set(err, ERROR_USAGE,
                         "option '--encoding' is of no use for '%s': it is written in UTF-8",
                         target->name)
                   : error_set(err, ERROR_USAGE, "option '--encoding' is of no use for '%s'",
                         target->name);
    }
    if (options->translate != NULL && options->catalogue == CATALOGUE_UNKNOWN) {
        return error_set(err, ERROR_USAGE,
            "option '--translate': '%s' takes any codes; say which with --codes", target->name);
    }
    if (target->needs_network && run->network == NULL && run->nodes == NULL) {
        return error_set(err, ERROR_USAGE, "'%s' holds places on a network: name it with --network",
            target->name);
    }
    const struct {
        const char *name, *value;
    } of_places[] = {
        {"network",    run->network   },
        {"nodes",      run->nodes     },
        {"crs",        run->crs       },
        {"output-crs", run->output_crs},
    };
    for (size_t i = 0; i < ARRAY_LEN(of_places); i++) {
        if (of_places[i].value != NULL && !target->is_placed && !target->has_network_crs) {
            return error_set(err, ERROR_USAGE,
                "option '--%s' is of no use for '%s': it holds no network", of_places[i].name,
                target->name);
        }
    }
    if (target->output_crs != NULL && run->output_crs != NULL) {
        return error_set(err, ERROR_USAGE, "option '--output-crs': '%s' is always in %s",
            target->name, target->output_crs);
    }
    return true;
}

bool convert_options_parse(int argc, char **argv, struct convert_options *out, struct error *err) {
    *out = (struct convert_options){.run = run_options_default()};
    out->run.output = NULL;
    if (!options_parse(&convert_option_table, argc, argv, out, &out->run.surveys, err)) {
        return false;
    }
    if (out->run.wants_help) {
        return true;
    }
    if (out->run.surveys.n == 0) {
        return error_set(err, ERROR_USAGE,
            "which surveys? (chainage convert SURVEY... --to TARGET --output FILE)");
    }
    if (!find_target(out, err)) {
        return false;
    }
    if (out->run.output == NULL) {
        return error_set(err, ERROR_USAGE, "which file to write? (--output FILE)");
    }
    run_options_choose_language(&out->run);
    out->run.pipeline.n_threads = (unsigned)out->run.n_threads;
    out->run.pipeline.assess.is_off = true;
    if (!find_catalogue(out, err) || !check_use(out, err)) {
        return false;
    }
    if (out->target->output_crs != NULL) {
        out->run.output_crs = out->target->output_crs;
    }
    return true;
}

void convert_options_release(struct convert_options *options) {
    run_options_release(&options->run);
}

/* --- the output --- */

static bool is_of_target(const struct source *source, const struct export_target *target) {
    struct text head = {(const char *)source->head, source->head_n};
    const struct survey_format *format = survey_format_detect(source);

    if (source->size_bytes == 0) {
        return true;
    }
    if (target->reader != NULL) {
        return format != NULL && strcmp(format->name, target->reader) == 0;
    }
    return target->write_file == NULL
               ? text_starts_with(head, TEXT("{\"type\":\"FeatureCollection\""))
               : text_starts_with(head, TEXT("SQLite format 3")) && head.n >= 72 &&
                     text_equal(text_part(head, 68, 72), TEXT("GPKG"));
}

static bool check_replaced(const struct convert_options *options, struct error *err) {
    struct source source = {0};
    struct error ignored = {0};

    if (!source_open(options->run.output, &source, &ignored)) {
        return true; /* new, or its writer will tell what is wrong with it */
    }
    if (is_of_target(&source, options->target)) {
        return true;
    }
    return error_set(err, ERROR_USAGE,
        "the output '%s' is there already and is no '%s' file; it was left alone",
        options->run.output, options->target->name);
}

bool convert_output_check(const struct convert_options *options, struct error *err) {
    const struct run_options *run = &options->run;
    const char *const others[] = {run->network, run->nodes, options->translate};

    for (size_t i = 0; i < run->surveys.n + ARRAY_LEN(others); i++) {
        const char *input = i < run->surveys.n ? run->surveys.at[i] : others[i - run->surveys.n];
        if (input != NULL && path_is_same(run->output, input)) {
            return error_set(
                err, ERROR_USAGE, "the output '%s' is the input '%s'", run->output, input);
        }
    }
    return check_replaced(options, err);
}
