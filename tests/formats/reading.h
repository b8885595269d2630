#pragma once
/* Reading documents in memory, and looking at what came of them. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/source.h"
#include "tests/samples.h"

typedef bool read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);

static const struct read_options no_options = {0};

static inline void read_or_die(read_bytes *read, const char *document, struct survey *survey) {
    struct error err = {0};

    survey->file.path = TEXT("test.xml");
    cr_assert(read(text_from(document), &no_options, survey, &err), "%s", err.text);
    catalogue_resolve(survey);
}

static inline void expect_refused(read_bytes *read, const char *document, const char *message) {
    CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("test.xml")};
    struct error err = {0};

    cr_expect_not(read(text_from(document), &no_options, &survey, &err), "%s", document);
    cr_expect_eq(err.kind, ERROR_FORMAT, "%s", document);
    cr_expect_not_null(strstr(err.text, message), "'%s' is not in '%s'", message, err.text);
}

static inline size_t count_findings(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

static inline const struct observation *row_of(const struct survey *survey, size_t i) {
    cr_assert_lt(i, survey->n_observations);
    return &survey->observations[i];
}

#define expect_text(got, want) \
    cr_expect(text_equal((got), text_from(want)), "'%.*s' is not '%s'", TEXT_ARGS(got), (want))

/* A real file that its format bids for and reads; the test is skipped when it is not at hand. */
static inline void read_sample(
    const struct survey_format *format, const char *name, struct survey *survey) {
    static struct source source;
    char path[1024];
    struct error err = {0};

    if (sample_path(path, sizeof path, name) == NULL) {
        cr_skip_test("no samples");
    }
    survey->file.path = TEXT("sample");
    cr_assert(source_open(path, &source, &err), "%s", err.text);
    cr_expect_gt(format->bid(&source), 0);
    cr_assert(format->read(&source, &no_options, survey, &err), "%s", err.text);
    catalogue_resolve(survey);
}
