#include "cmd/read_network.h"

#include "cmd/paths.h"
#include "cmd/read_surveys.h"
#include "core/network_merge.h"

static bool has_content(const struct network *network) {
    return network != NULL && (network->n_nodes > 0 || network->n_segments > 0);
}

/* The number of the survey that is the file --network, or n. */
static size_t survey_named_as_network(const struct run_options *options) {
    for (size_t i = 0; i < options->surveys.n; i++) {
        if (options->network != NULL && path_is_same(options->network, options->surveys.at[i])) {
            return i;
        }
    }
    return options->surveys.n;
}

bool network_is_in_surveys(const struct run_options *options) {
    return options->network == NULL || survey_named_as_network(options) < options->surveys.n;
}

bool network_needs_child(const struct run_options *options) {
    return (options->network != NULL && survey_needs_child(options->network)) ||
           (options->nodes != NULL && survey_needs_child(options->nodes));
}

static struct network_request request_from(const struct run_options *options) {
    return (struct network_request){
        .path = options->network,
        .nodes_path = options->nodes,
        .crs = options->crs,
        .output_crs = options->output_crs,
        .encoding = options->encoding,
        .fields = options->fields.at,
        .n_fields = options->fields.n,
    };
}

static bool read_request(const struct network_request *request, struct result *result,
    struct reading *reading, struct error *err) {
    return network_read(request, &result->network, &reading->crs, &reading->network, err);
}

/* A network out of survey files; with its findings. */
static bool read_delivered(const struct run_options *options, struct network *delivered,
    struct result *result, struct reading *reading, struct error *err) {
    struct network_request request = request_from(options);

    request.path = NULL;
    request.delivered = delivered;
    if (!read_request(&request, result, reading, err)) {
        return false;
    }
    if (delivered != NULL) {
        findings_move(&result->network.findings, &delivered->findings);
    }
    return true;
}

/* --- from the surveys --- */

/* Networks can be put together only when their coordinates mean the same. */
static bool is_foreign(const struct network *network, const struct network *first) {
    return network->crs.n > 0 && first->crs.n > 0 && !text_equal(network->crs, first->crs);
}

/* The networks of all surveys as one; NULL when no survey has one. */
static struct network *merge_networks(struct result *result, struct reading *reading) {
    CLEANUP(array_release) const struct network **parts = NULL;
    struct network *first = NULL;
    size_t n = 0, capacity = 0;

    for (size_t i = 0; i < result->n_surveys; i++) {
        struct survey *survey = &result->surveys[i];
        if (!has_content(survey->network)) {
            continue;
        }
        first = first == NULL ? survey->network : first;
        if (is_foreign(survey->network, first)) {
            findings_add(&survey->findings, FINDING_NETWORK_IGNORED,
                (struct finding_place){.file = survey->file.path},
                "its coordinates are in '%.*s', those of an earlier file in '%.*s'",
                TEXT_ARGS(survey->network->crs), TEXT_ARGS(first->crs));
            continue;
        }
        parts = array_reserve(parts, &capacity, n + 1, sizeof *parts);
        parts[n++] = survey->network;
        if (survey->network != first) {
            findings_move(&survey->findings, &survey->network->findings);
        }
    }
    if (n < 2) {
        return first;
    }
    network_merge(&reading->merged, parts, n);
    findings_move(&reading->merged.findings, &first->findings);
    return &reading->merged;
}

/* The file of an earlier result with a network among the surveys; NULL without. */
static const char *earlier_network(const struct run_options *options, const struct result *result) {
    for (size_t i = 0; i < options->surveys.n; i++) {
        if (result->surveys[i].file.earlier_has_network) {
            return options->surveys.at[i];
        }
    }
    return NULL;
}

static bool read_from_surveys(const struct run_options *options, struct result *result,
    struct reading *reading, struct error *err) {
    struct network *delivered = merge_networks(result, reading);
    const char *earlier = earlier_network(options, result);

    if (delivered == NULL && earlier != NULL) {
        struct network_request request = request_from(options);
        request.path = earlier;
        return read_request(&request, result, reading, err);
    }
    if (delivered != NULL || options->nodes != NULL) {
        return read_delivered(options, delivered, result, reading, err);
    }
    const struct crs_request request = {
        .input = options->crs == NULL ? "local" : options->crs, /* nothing to be placed */
        .output = options->output_crs,
        .extent = box_empty(),
        .path = text_from(options->surveys.at[0]),
    };
    return crs_open(&request, &reading->crs, &result->network.findings, err);
}

/* --- from a file --- */

static bool may_be_survey_with_network(const char *path) {
    struct source source = {0};
    struct error ignored = {0};

    if (!source_open(path, &source, &ignored)) {
        return false;
    }
    const struct survey_format *format = survey_format_detect(&source);
    return format != NULL && format->may_hold_network;
}

static bool read_from_file(const struct run_options *options, struct result *result,
    struct reading *reading, struct error *err) {
    const struct network_request request = request_from(options);
    struct error survey_err = {0};

    if (!may_be_survey_with_network(options->network)) {
        return read_request(&request, result, reading, err);
    }
    struct read_options read_options = read_options_from(options);
    bool is_survey =
        survey_read(options->network, NULL, &read_options, &reading->network_survey, &survey_err);
    if (is_survey && has_content(reading->network_survey.network)) {
        return read_delivered(options, reading->network_survey.network, result, reading, err);
    }
    survey_release(&reading->network_survey);
    if (read_request(&request, result, reading, err)) { /* a table that looks like a survey */
        return true;
    }
    if (!is_survey && err->kind != ERROR_USAGE) {
        *err = survey_err; /* the reader that knows the format knows better what is wrong */
    }
    return false;
}

bool read_network(const struct run_options *options, struct result *result, struct reading *reading,
    struct error *err) {
    size_t named = survey_named_as_network(options);
    bool is_read;

    if (options->network == NULL) {
        is_read = read_from_surveys(options, result, reading, err);
    } else if (named < options->surveys.n && has_content(result->surveys[named].network)) {
        is_read = read_delivered(options, result->surveys[named].network, result, reading, err);
    } else {
        is_read = read_from_file(options, result, reading, err);
    }
    reading->has_network = is_read && has_content(&result->network);
    if (is_read) {
        result->network.delivered_unit_m = crs_unit_m(reading->crs);
    }
    return is_read;
}

bool read_polygons(const struct run_options *options, struct result *result,
    const struct reading *reading, struct error *err) {
    const struct network_request request = request_from(options);
    const struct {
        const char *path;
        enum polygon_role role;
        struct polygons *out;
    } files[] = {
        {options->districts,        POLYGON_DISTRICT,        &result->districts      },
        {options->importance,       POLYGON_AREA_IMPORTANCE, &result->area_importance},
        {options->soil_path,        POLYGON_SOIL,            &result->soils          },
        {options->groundwater_path, POLYGON_GROUNDWATER,     &result->groundwaters   },
    };

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        if (files[i].path != NULL && !polygons_read(files[i].path, files[i].role, &request,
                                         reading->crs, files[i].out, err)) {
            return false;
        }
    }
    return true;
}
