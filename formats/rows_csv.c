/* A CSV file as rows: the first record has the headings. */
#include "core/base.h"
#include "formats/delimited.h"
#include "formats/document.h"
#include "formats/rows.h"

enum { COLUMNS_MAX = 2000 };

/* The file has a survey of its own while it is read: its text is not kept, its findings are. */
struct csv {
    struct survey scratch;
    struct document document;
    struct delimited scan;
};

static enum rows_step next(struct rows *rows, struct error *why) {
    struct csv *csv = rows->context;
    struct sheet_row record = {0};

    (void)why;
    if (!delimited_next(&csv->scan, &record)) {
        return ROWS_END;
    }
    rows->line = record.line;
    for (size_t i = 0; i < rows->n_columns && i < record.n_cells; i++) {
        rows->cells[i] = record.cells[i];
    }
    return ROWS_ROW;
}

static void close_csv(struct rows *rows) {
    struct csv *csv = rows->context;
    struct survey *survey = rows->request.survey;

    if (csv->scratch.file.encoding.n > 0) {
        survey->file.encoding = arena_copy(&survey->arena, csv->scratch.file.encoding);
    }
    findings_move(&survey->findings, &csv->scratch.findings);
    delimited_release(&csv->scan);
    survey_release(&csv->scratch);
}

static bool start(struct rows *rows, struct error *err) {
    static const struct rows_source source = {next, close_csv};
    struct csv *csv = rows->context;
    struct sheet_row head = {0};

    csv->scan = delimited_of(&csv->document, &csv->scratch, 0);
    rows->source = &source;
    if (!delimited_next(&csv->scan, &head)) {
        return error_set(err, ERROR_FORMAT, "there is no heading");
    }
    for (size_t i = 0; i < head.n_cells && i < COLUMNS_MAX; i++) {
        rows_add_column(rows, head.cells[i]);
    }
    return true;
}

static struct csv *begin(const struct rows_request *request, struct rows *rows) {
    *rows = (struct rows){.request = *request};
    struct csv *csv = ARENA_NEW(&rows->arena, struct csv, 1);

    csv->scratch.file.path = request->file;
    rows->context = csv;
    return csv;
}

bool rows_open_csv(const struct rows_request *request, const struct source *source,
    struct rows *out, struct error *err) {
    const struct document_request wanted = {.encoding = request->options->encoding};
    CLEANUP(rows_close) struct rows rows;
    struct csv *csv = begin(request, &rows);

    if (!document_open(source, &wanted, &csv->scratch, &csv->document, err)) {
        survey_release(&csv->scratch);
        return false;
    }
    if (!start(&rows, err)) {
        return false;
    }
    *out = rows;
    rows = (struct rows){0};
    return true;
}

bool rows_open_csv_bytes(
    const struct rows_request *request, struct text bytes, struct rows *out, struct error *err) {
    const struct document_request wanted = {.encoding = request->options->encoding};
    CLEANUP(rows_close) struct rows rows;
    struct csv *csv = begin(request, &rows);

    if (!document_decode(bytes, &wanted, &csv->scratch, &csv->document, err)) {
        survey_release(&csv->scratch);
        return false;
    }
    if (!start(&rows, err)) {
        return false;
    }
    *out = rows;
    rows = (struct rows){0};
    return true;
}
