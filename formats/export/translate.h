#pragma once
/* Codes of one catalogue told in another's words: only by an explicit table, row by row, never by
 * guessing. */
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/survey.h"

/* What an observation becomes.  Unset texts and grade 0 on the left mean any; a row without a code
 * on the right leaves observations out. */
struct translation_row {
    enum catalogue from_catalogue, to_catalogue;
    struct text from_code, from_char1, from_char2;
    struct text to_code, to_char1, to_char2;
    struct text certainty; /* [S] from sources, [K] knowledge, [U] unsure */
    int8_t from_grade, to_grade;
};

struct translation {
    struct translation_row *at; /* an array of its own */
    size_t n, capacity;
    struct survey table; /* owns the texts of a table that was read */
};

/* The table that is shipped: formats/export/translate. */
void translation_default(struct translation *out);

/* A CSV with the columns from_catalogue, from_code, from_char1, from_char2, from_grade,
 * to_catalogue, to_code, to_char1, to_char2, to_grade, certainty, in any order; catalogues are
 * cjj181, db31, en13508, mscc, pacp, wsa05.  ERROR_FORMAT: a column is missing, a row is wrong. */
bool translation_read(const char *path, struct translation *out, struct error *err);

/* The same for bytes in memory, which must live as long as the translation; `path` is for messages.
 */
bool translation_read_bytes(
    struct text bytes, const char *path, struct translation *out, struct error *err);

/* Has it any row from one catalogue to the other? */
bool translation_has_pair(
    const struct translation *translation, enum catalogue from, enum catalogue to);
/* The pairs that it has: "cjj181 to en13508, ..."; cut where `size` ends. */
void translation_pairs(const struct translation *translation, char *out, size_t size);

void translation_release(struct translation *translation); /* also as CLEANUP; safe on {0} */

/* cjj181, en13508 ...; CATALOGUE_UNKNOWN when it is none. */
enum catalogue catalogue_from_word(struct text word);
const char *catalogue_word(enum catalogue catalogue);

/* A code that was met, and what it became. */
struct translated {
    enum catalogue from_catalogue;
    struct code from; /* of the survey, as it was */
    int8_t grade;
    const struct translation_row *row; /* NULL: the table has none */
    size_t n;                          /* observations */
    struct finding_place first;
};

struct translation_use {
    struct translated *at; /* in the order of first meeting; an array of its own */
    size_t n, capacity;
    size_t n_untranslated; /* observations */
    size_t n_left_out;     /* observations whose code the table leaves out */
    size_t n_grades;       /* grades that have no equal in the other catalogue */
    size_t n_quantities;   /* and classes that were dropped: they belong to the old code */
};

/* Translates the observations of a survey to the catalogue, those of inspections that `holds` lets
 * through (NULL: of all); of several rows that fit the one with the most settled on its left
 * counts, of equal ones the first.  What has no row stays as it is.
 * Marks, clocks, remarks and photos stay. */
struct translate_request {
    enum catalogue to;
    const struct translation *translation;
    bool (*holds)(const struct inspection *inspection);
};
void translate_survey(
    struct survey *survey, const struct translate_request *request, struct translation_use *use);

void translation_use_release(struct translation_use *use);
