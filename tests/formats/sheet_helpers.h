#pragma once
/* Reading a text as a sheet, for the tests of its formats. */
#include <criterion/criterion.h>

#include "core/base.h"
#include "formats/survey/formats.h"

static const struct read_options no_options = {0};

static inline void read_or_die(
    const char *text, const struct read_options *options, struct survey *survey) {
    struct error err = {0};

    survey->file.path = TEXT("test.csv");
    cr_assert(sheet_read_bytes(text_from(text), options, survey, &err), "%s", err.text);
}

static inline size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

/* The first finding of a kind; fails the test when there is none. */
static inline const struct finding *finding(const struct survey *survey, enum finding_kind kind) {
    for (size_t i = 0; i < survey->findings.n; i++) {
        if (survey->findings.at[i].kind == kind) {
            return &survey->findings.at[i];
        }
    }
    cr_assert_fail("no finding '%s'", finding_name(kind));
    return NULL;
}

static inline void expect_text(struct text got, const char *want, const char *name) {
    cr_expect(
        text_equal(got, text_from(want)), "%s: '%.*s' is not '%s'", name, TEXT_ARGS(got), want);
}
