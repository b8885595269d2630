#include "formats/survey_format.h"

#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/mdb.h"
#include "formats/survey/formats.h"
#include "formats/table_file.h"
#include "formats/unsupported.h"

/* Keep alphabetical: order carries no meaning, bids decide. */
const struct survey_format *const survey_formats[] = {
    &format_chainage,
    &format_cjj181,
    &format_csv,
    &format_dwa_m150,
    &format_en13508,
    &format_en13508_xml,
    &format_hk_mdb,
    &format_isybau,
    &format_mscc_xml,
    &format_pacp,
    &format_ribx,
    &format_sufrib,
    &format_vsa_kek,
    &format_wincan,
    &format_wincan_csv,
    &format_wincan_mdb,
    &format_wsa05_xml,
};

const size_t n_survey_formats = ARRAY_LEN(survey_formats);

const struct survey_format *survey_format_by_name(const char *name) {
    for (size_t i = 0; i < n_survey_formats; i++) {
        if (strcmp(survey_formats[i]->name, name) == 0) {
            return survey_formats[i];
        }
    }
    return NULL;
}

const struct survey_format *survey_format_detect(const struct source *source) {
    const struct survey_format *best = NULL;
    int highest = 0;

    for (size_t i = 0; i < n_survey_formats; i++) {
        int bid = survey_formats[i]->bid(source);
        if (bid > highest) {
            highest = bid;
            best = survey_formats[i];
        }
    }
    return best;
}

static const struct survey_format *choose(
    const struct source *source, const struct survey_format *forced, struct error *err) {
    const struct survey_format *format = forced != NULL ? forced : survey_format_detect(source);

    const struct unsupported *known = format == NULL ? source_unsupported(source) : NULL;

    if (known != NULL) {
        error_set(err, ERROR_FORMAT, "it is %s, which is not read; %s",
            lang_text(err->language, known->what), lang_text(err->language, known->instead));
    } else if (format == NULL) {
        error_set(err, ERROR_FORMAT, "no survey format is recognised; it looks like %s",
            lang_text(err->language, source_looks_like(source)));
    }
    return format;
}

static bool read_as(const struct survey_format *format, const struct source *source,
    const struct read_options *options, struct survey *survey, struct error *err) {
    struct survey_file *file = &survey->file;

    file->path = arena_copy(
        &survey->arena, text_from(options->shown != NULL ? options->shown : source->path));
    file->format = format->name;
    file->size_bytes = source->size_bytes;
    if (!source_sha256(source->path, file->sha256, err)) {
        return false;
    }
    if (source->head_n == 0) {
        return error_set(err, ERROR_FORMAT, "the file is empty");
    }
    return format->read(source, options, survey, err);
}

static void resolve(struct survey *survey, const struct read_options *options) {
    if (survey->catalogue == CATALOGUE_UNKNOWN) {
        survey->catalogue =
            options->catalogue != CATALOGUE_UNKNOWN ? options->catalogue : catalogue_guess(survey);
    }
    catalogue_resolve(survey);
}

bool survey_read(const char *path, const struct survey_format *forced,
    const struct read_options *options, struct survey *survey, struct error *err) {
    struct source source = {0};

    if (!source_open(path, &source, err)) {
        return false;
    }
    const struct survey_format *format = choose(&source, forced, err);
    if (format == NULL || !read_as(format, &source, options, survey, err)) {
        survey_release(survey);
        return error_wrap(err, "reading '%s'", options->shown != NULL ? options->shown : path);
    }
    resolve(survey, options);
    for (size_t i = 0; i < survey->n_others; i++) {
        resolve(&survey->others[i], options);
    }
    return true;
}

bool survey_needs_child(const char *path) {
    struct source source = {0};
    struct error ignored = {0};

    return source_open(path, &source, &ignored) &&
           (mdb_is((struct text){(const char *)source.head, source.head_n}) ||
               table_file_needs_child(&source));
}
