#include "formats/survey/xml_survey.h"

bool xml_survey_read(struct text bytes, const struct xml_handler *handler,
    const struct read_options *options, struct survey *survey, struct error *err) {
    struct xml_report report = {0};

    if (!xml_read(
            &(struct xml_request){
                .bytes = bytes,
                .is_mapped = bytes.at == survey->mapping,
                .encoding = options->encoding,
                .place = {.file = survey->file.path},
                .handler = handler,
                .findings = &survey->findings,
                .arena = &survey->arena,
            },
            &report, err)) {
        return false;
    }
    survey->file.encoding = report.encoding;
    survey->file.is_damaged = report.is_damaged;
    return true;
}

static uint32_t damaged_line(const struct survey *survey) {
    for (size_t i = 0; i < survey->findings.n; i++) {
        if (survey->findings.at[i].kind == FINDING_FILE_DAMAGED) {
            return survey->findings.at[i].place.line;
        }
    }
    return 0;
}

bool xml_survey_conclude(const struct survey *survey, struct error *err) {
    if (survey->n_inspections > 0 || survey->network != NULL) {
        return true;
    }
    return survey->file.is_damaged
               ? error_set(err, ERROR_FORMAT,
                     "line %u: the document is damaged, and nothing came before that",
                     damaged_line(survey))
               : error_set(err, ERROR_FORMAT, "there are no inspections and no network in it");
}

bool xml_survey_read_file(const struct source *source,
    bool (*read)(struct text bytes, const struct read_options *options, struct survey *survey,
        struct error *err),
    const struct read_options *options, struct survey *survey, struct error *err) {
    void *at = NULL;
    size_t n = 0;

    if (!source_map(source, &at, &n, err)) {
        return false;
    }
    survey->mapping = at;
    bool is_read = read((struct text){at, n}, options, survey, err);
    survey->mapping = NULL;
    source_unmap(at, n);
    return is_read;
}
