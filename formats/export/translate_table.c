/* Tables of translations as people write them: a CSV with headings. */
#include "core/base.h"
#include "formats/delimited.h"
#include "formats/document.h"
#include "formats/export/translate.h"

enum column {
    FROM_CATALOGUE,
    FROM_CODE,
    FROM_CHAR1,
    FROM_CHAR2,
    FROM_GRADE,
    TO_CATALOGUE,
    TO_CODE,
    TO_CHAR1,
    TO_CHAR2,
    TO_GRADE,
    CERTAINTY,
    TABLE_COLUMNS,
};

static const char *const headings[TABLE_COLUMNS] = {"from_catalogue", "from_code", "from_char1",
    "from_char2", "from_grade", "to_catalogue", "to_code", "to_char1", "to_char2", "to_grade",
    "certainty"};

struct table {
    struct translation *out;
    size_t columns[TABLE_COLUMNS];
    struct sheet_row row;
};

static bool find_columns(struct table *table, struct error *err) {
    for (size_t i = 0; i < TABLE_COLUMNS; i++) {
        size_t at = 0;
        while (at < table->row.n_cells &&
               !text_equal_nocase(text_trim(table->row.cells[at]), text_from(headings[i]))) {
            at++;
        }
        if (at == table->row.n_cells) {
            return error_set(err, ERROR_FORMAT, "line %u: no column '%s'",
                (unsigned)table->row.line, headings[i]);
        }
        table->columns[i] = at;
    }
    return true;
}

static struct text cell(const struct table *table, enum column column) {
    size_t at = table->columns[column];

    return at < table->row.n_cells ? text_trim(table->row.cells[at]) : (struct text){0};
}

static struct text keep(struct table *table, enum column column) {
    struct text text = cell(table, column);

    return text.n == 0 ? (struct text){0} : arena_copy(&table->out->table.arena, text);
}

static bool refuse(
    const struct table *table, enum column column, const char *what, struct error *err) {
    return error_set(err, ERROR_FORMAT, "line %u: %s '%.*s' %s", (unsigned)table->row.line,
        headings[column], TEXT_ARGS(text_cut(cell(table, column), 80)),
        lang_text(err->language, what));
}

static bool read_catalogue(
    const struct table *table, enum column column, enum catalogue *out, struct error *err) {
    *out = catalogue_from_word(cell(table, column));
    return *out != CATALOGUE_UNKNOWN ||
           refuse(table, column, N_("is none of cjj181, db31, en13508, mscc, pacp, wsa05"), err);
}

static bool read_grade(
    const struct table *table, enum column column, int8_t *out, struct error *err) {
    struct text text = cell(table, column);
    long grade = 0;

    if (text.n > 0 && (!text_to_int(text, &grade) || grade < 0 || grade > 9)) {
        return refuse(table, column, N_("is no grade of 0 to 9"), err);
    }
    *out = (int8_t)grade;
    return true;
}

static bool read_row(struct table *table, struct error *err) {
    struct translation *out = table->out;
    struct translation_row row = {
        .from_code = keep(table, FROM_CODE),
        .from_char1 = keep(table, FROM_CHAR1),
        .from_char2 = keep(table, FROM_CHAR2),
        .to_code = keep(table, TO_CODE),
        .to_char1 = keep(table, TO_CHAR1),
        .to_char2 = keep(table, TO_CHAR2),
        .certainty = keep(table, CERTAINTY),
    };

    if (row.from_code.n == 0) {
        return refuse(table, FROM_CODE, N_("is empty, and must not be"), err);
    }
    if (!read_catalogue(table, FROM_CATALOGUE, &row.from_catalogue, err) ||
        !read_catalogue(table, TO_CATALOGUE, &row.to_catalogue, err) ||
        !read_grade(table, FROM_GRADE, &row.from_grade, err) ||
        !read_grade(table, TO_GRADE, &row.to_grade, err)) {
        return false;
    }
    out->at = array_reserve(out->at, &out->capacity, out->n + 1, sizeof *out->at);
    out->at[out->n++] = row;
    return true;
}

static bool read_rows(struct table *table, struct delimited *scan, struct error *err) {
    if (!delimited_next(scan, &table->row)) {
        return error_set(err, ERROR_FORMAT, "is empty");
    }
    if (!find_columns(table, err)) {
        return false;
    }
    while (delimited_next(scan, &table->row)) {
        if (!read_row(table, err)) {
            return false;
        }
    }
    return table->out->n > 0 || error_set(err, ERROR_FORMAT, "has no row below its headings");
}

static bool read_document(
    struct document *document, const char *path, struct translation *out, struct error *err) {
    CLEANUP(delimited_release) struct delimited scan = delimited_of(document, &out->table, 0);
    struct table table = {.out = out};

    return read_rows(&table, &scan, err) || error_wrap(err, "the translation table '%s'", path);
}

static const struct document_request as_found = {0};

bool translation_read(const char *path, struct translation *out, struct error *err) {
    struct source source = {0};
    struct document document;

    return source_open(path, &source, err) &&
           document_open(&source, &as_found, &out->table, &document, err) &&
           read_document(&document, path, out, err);
}

bool translation_read_bytes(
    struct text bytes, const char *path, struct translation *out, struct error *err) {
    struct document document;

    return document_decode(bytes, &as_found, &out->table, &document, err) &&
           read_document(&document, path, out, err);
}
