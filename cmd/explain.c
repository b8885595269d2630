/* Explains segments of a result.  Nothing is computed here: the file is read back, assessed by the
 * very same code as in the run, and the code tells what it does. */
#include "cmd/explain.h"

#include <string.h>

#include "cmd/command.h"
#include "cmd/explain_options.h"
#include "cmd/read_schemes.h"
#include "cmd/read_tables.h"
#include "cmd/run_options.h"
#include "cmd/suggest.h"

/* All of one call. */
struct explaining {
    struct explain_options options;
    struct words operands; /* the result, then segments */
    struct gpkg_reader *reader;
    struct run_options run;
    struct run_schemes schemes;
    struct user_tables tables;
    enum language language; /* to explain in */
    struct phrases phrases;
    struct findings findings; /* of tables: told when they were read for the run */
    struct arena arena;
    size_t n_different; /* segments whose figures differ */
};

static void explaining_release(struct explaining *explaining) {
    gpkg_reader_close(&explaining->reader);
    words_release(&explaining->operands);
    run_options_release(&explaining->run);
    run_schemes_release(&explaining->schemes);
    user_tables_release(&explaining->tables);
    findings_release(&explaining->findings);
    arena_release(&explaining->arena);
}

/* --- which segments --- */

struct nearest {
    struct suggestion suggestion;
    char best[64];
};

static void offer_id(void *context, struct text id) {
    struct nearest *nearest = context;
    char name[sizeof nearest->best];

    if (id.n >= sizeof name) {
        return;
    }
    snprintf(name, sizeof name, "%.*s", TEXT_ARGS(id));
    suggestion_offer(&nearest->suggestion, name);
    if (nearest->suggestion.best == name) {
        memcpy(nearest->best, name, sizeof name);
        nearest->suggestion.best = nearest->best;
    }
}

static bool refuse_unknown(struct explaining *explaining, const char *id, struct error *err) {
    struct nearest nearest = {.suggestion.given = id};
    char hint[128];

    if (!gpkg_reader_each_id(explaining->reader, offer_id, &nearest, err)) {
        return false;
    }
    suggestion_say(&nearest.suggestion, "", err->language, hint, sizeof hint);
    return error_set(
        err, ERROR_USAGE, "'%s' has no segment '%.200s'%s", explaining->operands.at[0], id, hint);
}

static bool check_segments(struct explaining *explaining, struct error *err) {
    for (size_t i = 0; i < gpkg_reader_n_selected(explaining->reader); i++) {
        size_t n = gpkg_reader_n_rows(explaining->reader, i);
        const char *id = explaining->options.worst > 0 ? "" : explaining->operands.at[i + 1];
        if (n == 0) {
            return refuse_unknown(explaining, id, err);
        }
        if (n > 1 && explaining->options.worst == 0) {
            return error_set(err, ERROR_FORMAT,
                "'%s' has %zu segments '%.200s': whose figures are meant cannot be told",
                explaining->operands.at[0], n, id);
        }
    }
    return true;
}

static bool select_segments(struct explaining *explaining, struct error *err) {
    size_t n = explaining->operands.n - 1;
    struct text *ids = ARENA_NEW(&explaining->arena, struct text, n + 1);

    for (size_t i = 0; i < n; i++) {
        ids[i] = text_from(explaining->operands.at[i + 1]);
    }
    bool is_selected =
        explaining->options.worst > 0
            ? gpkg_reader_select_worst(explaining->reader, (size_t)explaining->options.worst, err)
            : gpkg_reader_select(explaining->reader, ids, n, err);
    if (!is_selected) {
        return error_wrap(err, "'%s'", explaining->operands.at[0]);
    }
    return check_segments(explaining, err);
}

/* --- one segment --- */

static bool explain(
    struct explaining *explaining, size_t selected, struct explanation *out, struct error *err) {
    struct result *result = &out->kept.result;

    out->language = explaining->language;
    out->is_translated = explaining->language != explaining->run.language;
    out->phrases = explaining->language == LANGUAGE_EN ? NULL : &explaining->phrases;
    out->trace.phrases = out->phrases;
    out->run = gpkg_reader_run(explaining->reader);
    if (!gpkg_reader_segment(explaining->reader, selected, &out->kept, err)) {
        return error_wrap(err, "'%s'", explaining->operands.at[0]);
    }
    struct assess_request request = {
        .network = &result->network,
        .stretches_of_segment = out->kept.stretches,
        .n_stretches_of_segment = result->n_stretches,
        .inspections = result->inspections,
        .stretches = result->stretches,
        .options = &explaining->run.pipeline.assess,
        .trace = &out->trace,
    };
    result->assessments[0] = assess_segment(&request, &result->arena, &result->findings);
    out->differences = kept_segment_compare(&out->kept, &out->n_differences);
    explaining->n_different += out->n_differences > 0;
    return true;
}

static bool explain_all(struct explaining *explaining, struct error *err) {
    struct json json = {.to = stdout};
    size_t n = gpkg_reader_n_selected(explaining->reader);

    if (explaining->options.is_json) {
        json_open_array(&json, NULL);
    }
    for (size_t i = 0; i < n; i++) {
        CLEANUP(explanation_release) struct explanation explanation = {0};
        if (gpkg_reader_n_rows(explaining->reader, i) != 1) {
            continue; /* a repeated id among the worst */
        }
        if (!explain(explaining, i, &explanation, err)) {
            return false;
        }
        if (explaining->options.is_json) {
            explanation_print_json(&json, &explanation);
        } else {
            fputs(i == 0 ? "" : "\n\n", stdout);
            explanation_print(stdout, &explanation);
        }
    }
    if (explaining->options.is_json) {
        json_close_array(&json);
    }
    return true;
}

static bool check_usage(const struct explaining *explaining, struct error *err) {
    if (explaining->operands.n == 0) {
        return error_set(
            err, ERROR_USAGE, "which result? (chainage explain RESULT.gpkg SEGMENT_ID...)");
    }
    if (explaining->operands.n == 1 && explaining->options.worst == 0) {
        return error_set(err, ERROR_USAGE,
            "which segments of '%s'? (their ids, or --worst=N for the N first by rank)",
            explaining->operands.at[0]);
    }
    if (explaining->operands.n > 1 && explaining->options.worst > 0) {
        return error_set(err, ERROR_USAGE, "either segments or --worst, found '%s' too",
            explaining->operands.at[1]);
    }
    return true;
}

static bool do_explain(struct explaining *explaining, struct error *err) {
    const char *path = explaining->operands.at[0];

    if (!gpkg_reader_open(path, CHAINAGE_VERSION, &explaining->reader, err)) {
        return false;
    }
    if (!run_options_parse_description(gpkg_reader_run(explaining->reader)->options,
            &explaining->run, &explaining->arena, err) ||
        !run_schemes_read(&explaining->run, &explaining->schemes, &explaining->findings, err) ||
        !read_tables(&explaining->run, &explaining->tables, err)) {
        return error_wrap(err, "the options that made '%s'", path);
    }
    explaining->language =
        explaining->options.lang == NULL ? explaining->run.language : err->language;
    explaining->phrases = phrases_in(explaining->language);
    return select_segments(explaining, err) && explain_all(explaining, err);
}

static int explain_main(int argc, char **argv, enum language language) {
    CLEANUP(explaining_release) struct explaining explaining = {.options.worst = 0};
    struct error err = {.language = language};

    if (!options_parse(
            &explain_option_table, argc, argv, &explaining.options, &explaining.operands, &err)) {
        return command_fail(&err);
    }
    if (explaining.options.wants_help) {
        help_print_command(&command_explain, language);
        return 0;
    }
    if (!check_usage(&explaining, &err) || !do_explain(&explaining, &err)) {
        return command_fail(&err);
    }
    return explaining.n_different > 0 ? 1 : 0;
}

const struct command command_explain = {
    .name = "explain",
    .summary = "tell how segments of a result got their figures",
    .operands = "RESULT.gpkg [SEGMENT_ID...]",
    .about =
        "Tells which inspections and observations count, how scores, sums and indices came about, "
        "which hazard rules fired and why others did not, and how the priority follows.  The "
        "figures are computed again from the file, by the options of its run, and compared with "
        "those in it; the exit status is 1 when one differs.",
    .options = &explain_option_table,
    .run = explain_main,
};
