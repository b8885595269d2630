#include "formats/repair_table.h"

#include <string.h>

#include "core/base.h"
#include "formats/repair/cells.h"
#include "formats/repair/costs.h"
#include "formats/repair/draft.h"
#include "formats/source.h"

/* --- repair tables --- */

static bool is_table(const struct repair_cells *cells, struct text name) {
    return text_equal_nocase(repair_cell(cells, COLUMN_TABLE), name);
}

static void read_row(struct repair_cells *cells, struct repair_draft *draft) {
    struct text cut = text_cut(repair_cell(cells, COLUMN_TABLE), 80);

    if (cells->layout == REPAIR_LAYOUT_MATRIX) {
        repair_read_decision(cells, draft);
    } else if (is_table(cells, TEXT("matrix"))) {
        repair_read_matrix(cells, draft);
    } else if (is_table(cells, TEXT("exclusion"))) {
        repair_read_exclusion(cells, draft);
    } else if (is_table(cells, TEXT("limit"))) {
        repair_read_limit(cells, draft);
    } else if (is_table(cells, TEXT("method"))) {
        repair_read_soil_first(cells, draft);
    } else {
        repair_cell_bad(cells, COLUMN_TABLE, "'%.*s' is none of method, matrix, exclusion, limit",
            TEXT_ARGS(cut));
    }
}

/* Methods first: the other rows are about them, wherever they stand. */
static bool read_rows(struct repair_cells *cells, struct repair_draft *draft, struct error *err) {
    if (!repair_cells_start(cells, REPAIR_LAYOUT_TABLE | REPAIR_LAYOUT_MATRIX, err)) {
        return false;
    }
    while (repair_cells_next(cells)) {
        if (cells->layout == REPAIR_LAYOUT_TABLE && is_table(cells, TEXT("method"))) {
            repair_read_method(cells, draft);
        }
    }
    repair_cells_again(cells);
    while (repair_cells_next(cells)) {
        read_row(cells, draft);
    }
    repair_check(cells, draft);
    return true;
}

/* --- both --- */

/* Rows that were too long to be read are as bad as wrong ones. */
static void count_lost(struct repair_cells *cells) {
    for (size_t i = 0; i < cells->survey.findings.n; i++) {
        enum finding_kind kind = cells->survey.findings.at[i].kind;
        cells->n_bad +=
            kind != FINDING_REPAIR_TABLE_INVALID && finding_severity(kind) == SEVERITY_ERROR;
    }
}

/* The first finding that is an error stands for all. */
static bool fail(const struct repair_cells *cells, struct error *err) {
    const struct findings *findings = &cells->survey.findings;
    size_t i = 0;

    while (finding_severity(findings->at[i].kind) != SEVERITY_ERROR) {
        i++;
    }
    return cells->n_bad > 1 ? error_set(err, ERROR_FORMAT, "line %u: %.*s; and more",
                                  findings->at[i].place.line, TEXT_ARGS(findings->at[i].detail))
                            : error_set(err, ERROR_FORMAT, "line %u: %.*s",
                                  findings->at[i].place.line, TEXT_ARGS(findings->at[i].detail));
}

static bool read_table(
    struct repair_cells *cells, struct repair_tables *tables, struct error *err) {
    CLEANUP(repair_draft_release) struct repair_draft draft;

    repair_draft_start(&draft, tables);
    if (!read_rows(cells, &draft, err)) {
        return false;
    }
    count_lost(cells);
    if (cells->n_bad > 0) {
        return fail(cells, err);
    }
    *tables = repair_draft_finish(&draft, cells->arena);
    return true;
}

static bool read_costs(
    struct repair_cells *cells, struct repair_tables *tables, struct error *err) {
    CLEANUP(repair_draft_release) struct repair_draft draft;
    CLEANUP(repair_prices_release) struct repair_prices prices = {0};

    repair_draft_start(&draft, tables);
    if (!repair_cells_start(cells, REPAIR_LAYOUT_COSTS, err)) {
        return false;
    }
    repair_cells_again(cells);
    repair_prices_read(cells, &draft, &prices);
    count_lost(cells);
    if (cells->n_bad > 0) {
        return fail(cells, err);
    }
    struct repair_price *at = ARENA_NEW(cells->arena, struct repair_price, prices.n + 1);
    if (prices.n > 0) {
        memcpy(at, prices.at, prices.n * sizeof *at);
    }
    tables->prices = at;
    tables->n_prices = prices.n;
    return true;
}

typedef bool read_cells(
    struct repair_cells *cells, struct repair_tables *tables, struct error *err);

/* A file, or bytes in memory when `path` is not to be opened. */
struct repair_input {
    const char *path, *encoding;
    const struct text *bytes; /* NULL: the file */
};

static bool open_input(
    const struct repair_input *input, struct repair_cells *cells, struct error *err) {
    struct document_request request = {.encoding = input->encoding};
    struct source source;

    if (input->bytes != NULL) {
        return document_decode(*input->bytes, &request, &cells->survey, &cells->document, err);
    }
    return source_open(input->path, &source, err) &&
           document_open(&source, &request, &cells->survey, &cells->document, err);
}

static bool read_input(const struct repair_input *input, read_cells *read, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err) {
    CLEANUP(repair_cells_release)
    struct repair_cells cells = {.arena = arena, .survey.file.path = text_from(input->path)};
    bool is_read = open_input(input, &cells, err) && read(&cells, tables, err);

    findings_move(findings, &cells.survey.findings);
    return is_read || (err->kind == ERROR_FORMAT && error_wrap(err, "'%s'", input->path));
}

bool repair_table_read(const char *path, const char *encoding, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err) {
    struct repair_input input = {.path = path, .encoding = encoding};

    return read_input(&input, read_table, arena, tables, findings, err);
}

bool repair_costs_read(const char *path, const char *encoding, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err) {
    struct repair_input input = {.path = path, .encoding = encoding};

    return read_input(&input, read_costs, arena, tables, findings, err);
}

bool repair_table_read_bytes(struct text bytes, const char *path, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err) {
    struct repair_input input = {.path = path, .bytes = &bytes};

    return read_input(&input, read_table, arena, tables, findings, err);
}

bool repair_costs_read_bytes(struct text bytes, const char *path, struct arena *arena,
    struct repair_tables *tables, struct findings *findings, struct error *err) {
    struct repair_input input = {.path = path, .bytes = &bytes};

    return read_input(&input, read_costs, arena, tables, findings, err);
}
