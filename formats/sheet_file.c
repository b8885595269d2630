#include "formats/sheet_file.h"

#include <string.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/network.h"
#include "formats/delimited.h"
#include "formats/document.h"
#include "formats/survey/formats.h"
#include "formats/table_file.h"

/* One sheet, by what its headings say. */
static bool read_sheet(const struct sheet_rows *rows, const struct read_options *options,
    struct survey *survey, enum sheet_kind *kind, struct error *err) {
    struct sheet_columns columns;

    if (!sheet_columns_find(rows, options, &survey->arena, &columns, err)) {
        return false;
    }
    struct sheet_request request = {rows, &columns, options};
    *kind = sheet_kind_of(&columns);
    if (*kind == SHEET_OF_NODES) {
        sheet_read_nodes(&request, survey);
        return true;
    }
    if (!sheet_check_columns(&columns, err)) {
        return false;
    }
    sheet_read(&request, survey);
    return true;
}

/* Headings alone are what a cut file leaves. */
static bool finish(const struct read_options *options, struct survey *survey, struct error *err) {
    const struct network *network = survey->network;
    bool has_network = network != NULL && network->n_nodes > 0;

    if (survey->n_inspections == 0 && !has_network) {
        return error_set(err, ERROR_FORMAT, "there are headings and no rows in it");
    }
    sheet_finish(options, survey);
    return true;
}

static bool read_text(struct document *document, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(delimited_release)
    struct delimited scan = delimited_of(document, survey, 0);
    struct sheet_rows rows = delimited_rows(&scan);
    enum sheet_kind kind;

    if (!read_sheet(&rows, options, survey, &kind, err)) {
        return false;
    }
    return finish(options, survey, err);
}

bool sheet_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err) {
    struct document_request request = {.encoding = options->encoding};
    struct document document;

    return document_decode(bytes, &request, survey, &document, err) &&
           read_text(&document, options, survey, err);
}

static bool is_empty_sheet(const struct sheet_rows *rows) {
    struct sheet_row row;
    bool is_empty = !rows->next(rows->context, &row);

    rows->rewind(rows->context);
    return is_empty;
}

static uint32_t little(const unsigned char *at, size_t n) {
    uint32_t number = 0;

    while (n > 0) {
        number = number << 8 | at[--n];
    }
    return number;
}

/* A DBF tells how many rows it has, OGR not that some are missing. */
static void check_dbf(const struct source *source, struct survey *survey) {
    enum { ROWS = 4, HEADER_BYTES = 8, ROW_BYTES = 10, LEAST_BYTES = 32 };
    const unsigned char *at = source->head;

    if (!source_has_extension(source, ".dbf") || source->head_n < LEAST_BYTES) {
        return;
    }
    uint64_t n_rows = little(at + ROWS, 4), header_n = little(at + HEADER_BYTES, 2),
             row_n = little(at + ROW_BYTES, 2);
    if (source->size_bytes < header_n + n_rows * row_n) {
        survey->file.is_damaged = true;
        findings_add(&survey->findings, FINDING_FILE_DAMAGED,
            (struct finding_place){.file = survey->file.path},
            "it has '%llu' bytes of '%llu', for '%llu' rows: the rest was cut off",
            (unsigned long long)source->size_bytes, (unsigned long long)(header_n + n_rows * row_n),
            (unsigned long long)n_rows);
    }
}

/* Sheets that are no tables of ours are said; the file fails only when no sheet is. */
static bool read_workbook(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(table_file_close) struct table_file *table = NULL;
    struct error first = {0};
    size_t n_read = 0;

    if (!table_file_open(source, options->encoding, &table, err)) {
        return false;
    }
    check_dbf(source, survey);
    for (size_t i = 0; i < table_file_n_sheets(table); i++) {
        struct sheet_rows rows = table_file_rows(table, i);
        struct text name = text_cut(table_file_sheet_name(table, i), 80);
        struct error why = {0};
        enum sheet_kind kind;
        if (is_empty_sheet(&rows)) {
            continue;
        }
        if (read_sheet(&rows, options, survey, &kind, &why)) {
            n_read++;
            continue;
        }
        findings_add(&survey->findings, FINDING_SHEET_SKIPPED,
            (struct finding_place){.file = survey->file.path}, "sheet '%.*s': %.300s",
            TEXT_ARGS(name), why.text);
        if (first.kind == ERROR_NONE) {
            first = why;
            error_wrap(&first, "sheet '%.*s'", TEXT_ARGS(name));
        }
    }
    if (n_read == 0 && first.kind != ERROR_NONE) {
        *err = first;
        return false;
    }
    if (n_read == 0) {
        return error_set(err, ERROR_FORMAT, "all sheets are empty");
    }
    return finish(options, survey, err);
}

static bool is_workbook(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};

    return text_starts_with(head, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) ||
           text_starts_with(head, TEXT("PK\x03\x04")) || source_has_extension(source, ".dbf");
}

bool sheet_file_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    struct document_request request = {.encoding = options->encoding};
    struct document document;

    if (is_workbook(source)) {
        return read_workbook(source, options, survey, err);
    }
    return document_open(source, &request, survey, &document, err) &&
           read_text(&document, options, survey, err);
}

/* --- a look, for bids --- */

/* The first bytes up to the last whole line. */
static struct text whole_lines(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};
    size_t n = head.n;

    if (source->size_bytes <= head.n) {
        return head;
    }
    while (n > 0 && head.at[n - 1] != '\n' && head.at[n - 1] != '\r') {
        n--;
    }
    if (n > 1 && n < head.n && head.at[n] == '\0') { /* the other half of UTF-16's line end */
        n++;
    }
    return text_part(head, 0, n);
}

struct sheet_look sheet_file_look(const struct source *source) {
    CLEANUP(survey_release) struct survey survey = {0};
    CLEANUP(delimited_release) struct delimited scan = {0};
    struct sheet_look look = {.is_workbook = is_workbook(source)};
    struct read_options options = {0};
    struct document_request request = {0};
    struct document document;
    struct sheet_columns columns;
    struct error err = {0};

    if (look.is_workbook ||
        !document_decode(whole_lines(source), &request, &survey, &document, &err)) {
        return look;
    }
    scan = delimited_of(&document, &survey, 0);
    struct sheet_rows rows = delimited_rows(&scan);
    if (!sheet_columns_find(&rows, &options, &survey.arena, &columns, &err)) {
        return look;
    }
    look.kind = sheet_kind_of(&columns);
    look.n_roles = columns.n_roles;
    look.n_chinese = columns.n_chinese;
    look.n_columns = columns.n;
    return look;
}
