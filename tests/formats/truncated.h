#pragma once
/* A document cut off anywhere gives what came before with a finding, or is refused with a message.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/error.h"
#include "core/survey.h"
#include "formats/source.h"
#include "formats/survey_format.h"

enum { TRUNCATIONS = 200 };

typedef bool read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err);

/* Does nothing show that the bytes were cut here?  A whole record may be missing behind. */
typedef bool is_clean_cut(struct text bytes, size_t at);

static inline bool has_loss_finding(const struct survey *survey) {
    for (size_t i = 0; i < survey->findings.n; i++) {
        if (survey->findings.at[i].kind == FINDING_FILE_DAMAGED) {
            return true;
        }
    }
    return false;
}

static inline void try_truncations(
    struct text bytes, read_bytes *read, is_clean_cut *is_clean, const char *name) {
    const struct read_options options = {0};

    for (size_t i = 1; i < TRUNCATIONS; i++) {
        CLEANUP(survey_release) struct survey survey = {.file.path = TEXT("cut")};
        struct error err = {0};
        size_t n = bytes.n * i / TRUNCATIONS;
        if (!read((struct text){bytes.at, n}, &options, &survey, &err)) {
            cr_expect(err.kind == ERROR_FORMAT && err.text[0] != '\0', "%s at %zu", name, n);
            continue;
        }
        cr_expect(
            has_loss_finding(&survey) || is_clean(bytes, n), "%s at %zu: not a word", name, n);
    }
}

/* A file of the sources or of the samples. */
static inline void try_file_truncations(
    const char *path, read_bytes *read, is_clean_cut *is_clean) {
    static struct source source;
    struct error err = {0};
    void *at = NULL;
    size_t n = 0;

    cr_assert(source_open(path, &source, &err), "%s", err.text);
    cr_assert(source_map(&source, &at, &n, &err), "%s", err.text);
    try_truncations((struct text){at, n}, read, is_clean, path);
    source_unmap(at, n);
}
