#pragma once
/* SUF-RIB files of the tests' own, and what is asked of them. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/survey/formats.h"

static const struct read_options no_options = {0};

/* --- files of our own --- */

/* Text of a file that grows record by record; blanks between bars where nothing is said. */
struct file {
    char text[32768];
    size_t n;
};

static inline void append_text(struct file *file, const char *text, size_t n) {
    cr_assert_lt(file->n + n, sizeof file->text);
    memcpy(file->text + file->n, text, n);
    file->n += n;
}

/* A record with so many parts, the tag with them; values as "1=P1;4=N1", in order. */
static inline void add(struct file *file, const char *tag, size_t n_parts, const char *values) {
    append_text(file, tag, strlen(tag));
    for (size_t i = 1; i < n_parts; i++) {
        char *rest = NULL;
        size_t at = strtoul(values, &rest, 10), n = 0;
        append_text(file, "| ", 2);
        if (at == i && rest != values) {
            n = strcspn(rest + 1, ";");
            append_text(file, rest + 1, n);
            values = rest + 1 + n + (rest[1 + n] == ';');
        }
    }
    append_text(file, "\r\n", 2);
}

static inline void alge(struct file *file) {
    add(file, "*ALGE", 12, "1=SUFRIB2.1;5=B;6=N. Nobody;9=C");
}

static inline void rioo(struct file *file, const char *values) {
    add(file, "*RIOO", 49, values);
}

static inline void manhole(struct file *file, const char *values) {
    add(file, "*PUT", 40, values);
}

static inline void row(struct file *file, const char *values) {
    add(file, "*WAAR", 23, values);
}

#define P1 "1=P1;4=N1;5=0.00/10.00;6=N2;7=40.00/10.00;11=A;17=C;18=2024-05-06;25=40"

static inline void read_or_die(const struct file *file, struct survey *survey) {
    struct error err = {0};

    survey->file.path = TEXT("test.rib");
    cr_assert(sufrib_read_bytes((struct text){file->text, file->n}, &no_options, survey, &err),
        "%s", err.text);
    catalogue_resolve(survey);
}

static inline size_t count(const struct survey *survey, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < survey->findings.n; i++) {
        n += survey->findings.at[i].kind == kind;
    }
    return n;
}

static inline void expect_text(struct text got, const char *want, const char *name) {
    cr_expect(
        text_equal(got, text_from(want)), "%s: '%.*s' is not '%s'", name, TEXT_ARGS(got), want);
}

static inline const struct code *code_at(const struct survey *survey, size_t i) {
    return &survey->codes[survey->observations[i].code];
}
