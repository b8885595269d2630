#include "formats/export.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/network_merge.h"
#include "formats/export/translate.h"
#include "formats/output_file.h"
#include "formats/survey_format.h"

/* --- may it be written? --- */

static bool speaks(const struct export_target *target, enum catalogue catalogue) {
    return target->catalogue == CATALOGUE_UNKNOWN || catalogue == target->catalogue ||
           (target->other_catalogue != CATALOGUE_UNKNOWN && catalogue == target->other_catalogue);
}

static bool refuse_catalogue(
    const struct export_target *target, const struct survey *survey, struct error *err) {
    CLEANUP(translation_release) struct translation shipped = {0};

    translation_default(&shipped);
    struct text path = text_cut(survey->file.path, 300);
    const char *from = catalogue_name(survey->catalogue), *to = catalogue_name(target->catalogue);

    if (translation_has_pair(&shipped, survey->catalogue, target->catalogue)) {
        return error_set(err, ERROR_USAGE,
            "'%.*s' has codes of %s, and '%s' speaks %s: --translate default or --translate TABLE "
            "says what each becomes",
            TEXT_ARGS(path), from, target->name, to);
    }
    return error_set(err, ERROR_USAGE,
        "'%.*s' has codes of %s, and '%s' speaks %s: --translate TABLE says what each becomes; "
        "chainage has no table of its own for these two",
        TEXT_ARGS(path), from, target->name, to);
}

static bool refuse_mixture(const struct export_target *target, const struct survey *first,
    const struct survey *other, struct error *err) {
    return error_set(err, ERROR_USAGE,
        "'%.*s' has codes of %s, '%.*s' of %s, and one '%s' file holds one catalogue: convert them "
        "apart, or translate them with --codes and --translate",
        TEXT_ARGS(text_cut(first->file.path, 200)), catalogue_name(first->catalogue),
        TEXT_ARGS(text_cut(other->file.path, 200)), catalogue_name(other->catalogue), target->name);
}

bool export_check(const struct export_target *target, const struct export_request *request,
    bool keeps_untranslated, struct error *err) {
    const struct survey *first = NULL;

    for (size_t i = 0; i < request->n_surveys; i++) {
        const struct survey *survey = &request->surveys[i];
        if (survey->n_observations == 0) {
            continue;
        }
        if (!speaks(target, survey->catalogue) && !keeps_untranslated) {
            return refuse_catalogue(target, survey, err);
        }
        first = first == NULL ? survey : first;
        if (first->catalogue != survey->catalogue && !target->mixes_catalogues &&
            !keeps_untranslated) {
            return refuse_mixture(target, first, survey, err);
        }
    }
    return true;
}

/* --- writing --- */

static void close_file(FILE **file) {
    if (*file != NULL) {
        fclose(*file);
    }
}

/* Into `path`; `name` is what it will be called. */
static bool write_text(
    const struct text_out *out, const char *path, const char *name, struct error *err) {
    CLEANUP(close_file) FILE *file = fopen(path, "wb");

    if (file == NULL) {
        return error_set(err, ERROR_FILE, "'%s' cannot be opened: %s", name, strerror(errno));
    }
    size_t n = out->n == 0 ? 0 : fwrite(out->at, 1, out->n, file);
    FILE *closing = file;
    file = NULL;
    if (fclose(closing) != 0 || n != out->n) {
        return error_set(err, ERROR_FILE, "'%s' cannot be written: %s", name, strerror(errno));
    }
    return true;
}

static bool make_file(const struct export_target *target, const struct export_request *request,
    const char *path, struct export_losses *losses, struct error *err) {
    CLEANUP(text_out_release) struct text_out out = {0};

    if (target->write_file != NULL) {
        return target->write_file(request, path, err);
    }
    if (!target->write(request, &out, err)) {
        return false;
    }
    losses->n_replaced = out.n_replaced;
    return write_text(&out, path, request->path, err);
}

/* --- reading back --- */

static enum catalogue catalogue_of(const struct export_request *request) {
    for (size_t i = 0; i < request->n_surveys; i++) {
        if (request->surveys[i].n_observations > 0) {
            return request->surveys[i].catalogue;
        }
    }
    return CATALOGUE_UNKNOWN;
}

/* Read as anybody would; once more with the catalogue told when the file does not tell it. */
static bool read_back(const struct export_target *target, const struct export_request *request,
    const char *path, struct export_losses *losses, struct error *err) {
    CLEANUP(survey_release) struct survey back = {0};
    const struct survey_format *format =
        target->reader == NULL ? NULL : survey_format_by_name(target->reader);
    struct read_options options = {.shown = request->path};
    enum catalogue catalogue = catalogue_of(request);

    if (target->check != NULL) {
        return target->check(request, path, losses, err);
    }
    if (format == NULL) {
        return true;
    }
    if (!survey_read(path, format, &options, &back, err)) {
        return error_wrap(err, "reading back what was written");
    }
    if (back.n_observations > 0 && back.catalogue != catalogue) {
        losses->n_catalogue = request->n_surveys;
        survey_release(&back);
        options.catalogue = catalogue;
        if (!survey_read(path, format, &options, &back, err)) {
            return error_wrap(err, "reading back what was written");
        }
    }
    return losses_compare(losses, target, request, &back, err);
}

static void select_inspections(const struct export_target *target, struct export_request *request,
    const struct inspection **list) {
    request->n_inspections = 0;
    for (size_t i = 0; i < request->n_surveys; i++) {
        const struct survey *survey = &request->surveys[i];
        for (size_t k = 0; k < survey->n_inspections; k++) {
            if (export_holds_inspection(target, &survey->inspections[k])) {
                list[request->n_inspections++] = &survey->inspections[k];
            }
        }
    }
    request->inspections = list;
}

/* --- the network --- */

/* The networks of the surveys as one, in the CRS of the first; into `merged` when there are
 * several.  One in another CRS has no place beside it: it is counted as lost. */
static const struct network *network_of_surveys(
    const struct export_request *request, struct network *merged, struct export_losses *losses) {
    CLEANUP(array_release) const struct network **parts = NULL;
    size_t n = 0, capacity = 0;

    for (size_t i = 0; i < request->n_surveys; i++) {
        const struct network *network = request->surveys[i].network;
        if (network == NULL || network->n_nodes + network->n_segments == 0) {
            continue;
        }
        if (n > 0 && !text_equal(network->crs, parts[0]->crs)) {
            losses_add_foreign(losses, network);
            continue;
        }
        parts = array_reserve(parts, &capacity, n + 1, sizeof *parts);
        parts[n++] = network;
    }
    if (n < 2) {
        return n == 0 ? NULL : parts[0];
    }
    network_merge(merged, parts, n);
    merged->path = parts[0]->path;
    merged->crs = parts[0]->crs;
    return merged;
}

static bool write_all(const struct export_target *target, struct export_request *request,
    struct export_losses *losses, struct error *err) {
    CLEANUP(output_file_release) struct output_file output = {0};
    CLEANUP(array_release) const struct inspection **list = NULL;
    size_t n = 0, capacity = 0;

    for (size_t i = 0; i < request->n_surveys; i++) {
        n += request->surveys[i].n_inspections;
    }
    list = array_reserve(NULL, &capacity, n + 1, sizeof *list);
    select_inspections(target, request, list);
    losses_count(losses, target, request);
    if (n == 0 && !target->is_placed) {
        return error_set(err, ERROR_FORMAT, "there are no inspections to be written");
    }
    if (request->n_inspections == 0 && n > 0) {
        return error_set(
            err, ERROR_FORMAT, "'%s' can hold none of the %zu inspections", target->name, n);
    }
    if (!output_file_begin(request->path, &output, err) ||
        !make_file(target, request, output.temporary, losses, err)) {
        return false;
    }
    if (n > 0 && !read_back(target, request, output.temporary, losses, err)) {
        return false;
    }
    return output_file_commit(&output, err);
}

bool export_write(const struct export_target *target, struct export_request *request,
    struct export_losses *losses, struct error *err) {
    CLEANUP(network_release) struct network merged = {0};
    const struct network *given = request->network;

    if (given == NULL) {
        request->network = network_of_surveys(request, &merged, losses);
    }
    bool is_written = write_all(target, request, losses, err);
    request->network = given;
    return is_written;
}
