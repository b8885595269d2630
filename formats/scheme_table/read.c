/* Scheme tables read: headings and rows of the file, then what all rows together show. */
#include "formats/scheme_table/read.h"

#include "core/base.h"
#include "formats/delimited.h"

enum { MAX_ROWS = 10000, ABSENT = -1 };

static void find_part(struct scheme_row *row) {
    const char *words[SCHEME_PARTS];

    for (enum scheme_part part = PART_RULES; part < SCHEME_PARTS; part++) {
        words[part] = scheme_part_word(part);
        if (text_equal_nocase(row->cells[SCHEME_COLUMN_TABLE], text_from(words[part]))) {
            row->part = part;
        }
    }
    if (row->part == SCHEME_PARTS) {
        scheme_row_complain_of_word(row, SCHEME_COLUMN_TABLE, words, SCHEME_PARTS);
    }
}

static void find_scheme(struct scheme_row *row) {
    const char *words[SCHEMES];

    for (size_t i = 0; i < SCHEMES; i++) {
        const struct scheme_table *base = row->reading->request->base->at[i];
        words[i] = base == NULL ? NULL : base->name;
        if (base != NULL &&
            text_equal_nocase(row->cells[SCHEME_COLUMN_SCHEME], text_from(base->name))) {
            row->of = &row->reading->of[i];
        }
    }
    if (row->of == NULL) {
        scheme_row_complain_of_word(row, SCHEME_COLUMN_SCHEME, words, SCHEMES);
    }
}

/* Which cells a row of this part must fill, and which it cannot use. */
static void check_cells(struct scheme_row *row, bool is_removal) {
    for (enum scheme_column column = 0; column < SCHEME_COLUMNS; column++) {
        bool is_filled = row->cells[column].n > 0;
        bool is_name = column == SCHEME_COLUMN_CODE || column == SCHEME_COLUMN_FIGURE;
        if (is_filled && !scheme_column_is_of(column, row->part)) {
            scheme_row_complain(row, column, "is of no use in a row of this table");
        } else if (!is_filled && scheme_column_is_needed(column, row->part) &&
                   (is_name || !is_removal)) {
            scheme_row_complain(row, column, "and must not be");
        }
    }
}

/* Spreadsheets leave rows of nothing but separators. */
static bool is_blank(const struct sheet_row *from) {
    bool is_blank = true;

    for (size_t i = 0; i < from->n_cells; i++) {
        is_blank = is_blank && text_trim(from->cells[i]).n == 0;
    }
    return is_blank;
}

/* Cells that no heading stands above: a comma too many has moved the others. */
static void check_end(struct scheme_row *row, const struct sheet_row *from) {
    for (size_t i = row->reading->n_columns; i < from->n_cells; i++) {
        struct text cell = text_cut(text_trim(from->cells[i]), 100);
        if (cell.n > 0) {
            row->is_bad = true;
            findings_add(row->reading->findings, FINDING_SCHEME_ROW_INVALID,
                (struct finding_place){.file = row->reading->path, .line = row->line},
                "'%.*s' stands behind the last column", TEXT_ARGS(cell));
        }
    }
}

static void read_row(struct scheme_reading *reading, const struct sheet_row *from) {
    struct scheme_row row = {.reading = reading, .part = SCHEME_PARTS, .line = from->line};

    if (is_blank(from)) {
        return;
    }
    for (enum scheme_column column = 0; column < SCHEME_COLUMNS; column++) {
        int at = reading->column_at[column];
        if (at != ABSENT && (size_t)at < from->n_cells) {
            row.cells[column] = text_trim(from->cells[at]);
        }
    }
    check_end(&row, from);
    find_part(&row);
    find_scheme(&row);
    if (row.is_bad) {
        return;
    }
    bool is_removal = scheme_cell_flag(&row, SCHEME_COLUMN_REMOVE, false);
    check_cells(&row, is_removal);
    if (row.is_bad) {
        return;
    }
    if (is_removal) {
        scheme_row_read_removal(&row);
    } else {
        scheme_row_read(&row);
    }
}

/* --- the file --- */

static bool find_columns(
    struct scheme_reading *reading, const struct sheet_row *heading, struct error *err) {
    for (enum scheme_column column = 0; column < SCHEME_COLUMNS; column++) {
        reading->column_at[column] = ABSENT;
    }
    reading->n_columns = heading->n_cells;
    for (size_t i = 0; i < heading->n_cells; i++) {
        struct text cell = text_trim(heading->cells[i]);
        enum scheme_column column = 0;
        while (column < SCHEME_COLUMNS &&
               !text_equal_nocase(cell, text_from(scheme_column_heading(column)))) {
            column++;
        }
        if (column == SCHEME_COLUMNS && cell.n > 0) {
            findings_add(reading->findings, FINDING_SCHEME_ROW_INVALID,
                (struct finding_place){.file = reading->path, .line = heading->line},
                "column '%.*s': no table has such a column", TEXT_ARGS(text_cut(cell, 100)));
        } else if (column < SCHEME_COLUMNS && reading->column_at[column] != ABSENT) {
            findings_add(reading->findings, FINDING_SCHEME_ROW_INVALID,
                (struct finding_place){.file = reading->path, .line = heading->line},
                "column '%s': is there twice", scheme_column_heading(column));
        } else if (column < SCHEME_COLUMNS) {
            reading->column_at[column] = (int)i;
        }
    }
    if (reading->column_at[SCHEME_COLUMN_TABLE] == ABSENT ||
        reading->column_at[SCHEME_COLUMN_SCHEME] == ABSENT) {
        return error_set(err, ERROR_FORMAT,
            "no table of schemes: its first line must have the columns 'table' and 'scheme' "
            "(`chainage schemes NAME --csv` prints one)");
    }
    return true;
}

static bool read_rows(struct scheme_reading *reading, struct document *document,
    struct survey *file, struct error *err) {
    CLEANUP(delimited_release)
    struct delimited scan = delimited_of(document, file, 0);
    struct sheet_row row;

    if (!delimited_next(&scan, &row)) {
        return error_set(err, ERROR_FORMAT, "the file is empty");
    }
    if (!find_columns(reading, &row, err)) {
        return false;
    }
    while (delimited_next(&scan, &row)) {
        if (++reading->n_rows > MAX_ROWS) {
            return error_set(err, ERROR_FORMAT, "line %u: more than %d rows", row.line, MAX_ROWS);
        }
        read_row(reading, &row);
    }
    return true;
}

static size_t count_errors(const struct findings *findings, size_t from) {
    size_t n = 0;

    for (size_t i = from; i < findings->n; i++) {
        n += findings->at[i].kind == FINDING_SCHEME_ROW_INVALID;
    }
    return n;
}

static void reading_release(struct scheme_reading *reading) {
    for (size_t i = 0; i < SCHEMES; i++) {
        scheme_overlay_release(&reading->of[i].overlay);
    }
    index_release(&reading->told);
}

static bool read_document(struct document *document, struct survey *file,
    const struct scheme_table_request *request, struct scheme_set *out, struct findings *findings,
    struct error *err) {
    CLEANUP(reading_release)
    struct scheme_reading reading = {
        .request = request,
        .findings = findings,
        .path = arena_copy(request->arena, file->file.path),
    };
    size_t n_before = findings->n;

    for (size_t i = 0; i < SCHEMES; i++) {
        reading.of[i] = (struct scheme_rows_read){
            .base = request->base->at[i], .path = reading.path, .findings = findings};
    }
    if (!read_rows(&reading, document, file, err)) {
        return false;
    }
    for (size_t i = 0; i < SCHEMES; i++) {
        if (reading.of[i].base != NULL) {
            scheme_rows_check(&reading.of[i]);
        }
    }
    size_t n_errors = count_errors(findings, n_before);
    if (n_errors > 0) {
        return error_set(err, ERROR_FORMAT, "flaws in the table of schemes: %zu", n_errors);
    }
    for (size_t i = 0; i < SCHEMES; i++) {
        const struct scheme_table *base = request->base->at[i];
        out->at[i] =
            base == NULL ? NULL : scheme_overlaid(base, &reading.of[i].overlay, request->arena);
    }
    return true;
}

/* What the document itself has to say (a quote that is not closed) names the file. */
static void move_findings(
    struct survey *file, const struct scheme_table_request *request, struct findings *findings) {
    struct text path = arena_copy(request->arena, file->file.path);

    for (size_t i = 0; i < file->findings.n; i++) {
        file->findings.at[i].place.file = path;
    }
    findings_move(findings, &file->findings);
}

bool scheme_table_read_bytes(struct text bytes, struct text path,
    const struct scheme_table_request *request, struct scheme_set *out, struct findings *findings,
    struct error *err) {
    CLEANUP(survey_release) struct survey file = {.file.path = path};
    const struct document_request as = {.encoding = request->encoding};
    struct document document;

    if (!document_decode(bytes, &as, &file, &document, err)) {
        return false;
    }
    bool is_read = read_document(&document, &file, request, out, findings, err);
    move_findings(&file, request, findings);
    return is_read;
}

bool scheme_table_read(const char *path, const struct scheme_table_request *request,
    struct scheme_set *out, struct findings *findings, struct error *err) {
    CLEANUP(survey_release) struct survey file = {.file.path = text_from(path)};
    const struct document_request as = {.encoding = request->encoding};
    struct source source = {0};
    struct document document;

    if (!source_open(path, &source, err)) {
        return false;
    }
    if (!document_open(&source, &as, &file, &document, err)) {
        return error_wrap(err, "reading '%s'", path);
    }
    bool is_read = read_document(&document, &file, request, out, findings, err);
    move_findings(&file, request, findings);
    return is_read || error_wrap(err, "reading '%s'", path);
}
