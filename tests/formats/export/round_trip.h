#pragma once
/* Writing a survey as a target and reading it back, for tests. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/export.h"
#include "formats/survey_format.h"
#include "tests/formats/temp_files.h"

/* Writes one survey; fails the test when it cannot be written. */
static inline struct export_losses write_or_die(
    const struct export_target *target, const struct survey *survey, const char *path) {
    struct export_request request = {.surveys = survey, .n_surveys = 1, .path = path};
    struct export_losses losses = {0};
    struct error err = {0};

    cr_assert(export_write(target, &request, &losses, &err), "%s: %s", target->name, err.text);
    return losses;
}

static inline void read_target_or_die(const struct export_target *target, const char *path,
    enum catalogue catalogue, struct survey *survey) {
    struct read_options options = {.catalogue = catalogue};
    struct error err = {0};

    cr_assert(survey_read(path, survey_format_by_name(target->reader), &options, survey, &err),
        "%s: %s", target->name, err.text);
}

static inline size_t read_bytes(const char *path, char *out, size_t size) {
    FILE *file = fopen(path, "rb");

    cr_assert_not_null(file);
    size_t n = fread(out, 1, size, file);
    cr_assert_lt(n, size);
    fclose(file);
    return n;
}

static inline void write_again(const struct export_target *target, const char *from, const char *to,
    enum catalogue catalogue) {
    CLEANUP(survey_release) struct survey back = {0};

    read_target_or_die(target, from, catalogue, &back);
    write_or_die(target, &back, to);
}

/* What was read back, written again, must be the same bytes.  RIBX needs a trip more: what the
 * records of pipes told of nodes stands in those of manholes, too, when they are written again. */
static inline void expect_same_again(const struct export_target *target,
    const struct temp_folder *folder, const char *path, enum catalogue catalogue) {
    static char first[1 << 22], second[1 << 22];
    struct temp_path once = temp_path_of(folder, "once.out"),
                     again = temp_path_of(folder, "again.out");

    if (strcmp(target->name, "ribx") == 0) {
        write_again(target, path, once.at, catalogue);
        path = once.at;
    }
    write_again(target, path, again.at, catalogue);
    size_t n = read_bytes(path, first, sizeof first),
           m = read_bytes(again.at, second, sizeof second);
    cr_expect(n == m && memcmp(first, second, n) == 0, "%s: the second trip differs from the first",
        target->name);
    unlink(once.at);
    unlink(again.at);
}

/* Every loss by reading back is one of those that are expected. */
static inline void expect_altered_only(const struct export_target *target,
    const struct export_losses *losses, const enum export_field *allowed, size_t n,
    const char *what) {
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        bool is_allowed = false;
        for (size_t i = 0; i < n; i++) {
            is_allowed = is_allowed || allowed[i] == field;
        }
        cr_expect(is_allowed || losses->at[field].n_altered == 0,
            "%s, %s: %s reads back otherwise in %zu rows, the first in line %u", what, target->name,
            export_field_name(field), losses->at[field].n_altered,
            (unsigned)losses->at[field].first.line);
    }
}
