#include "formats/repair/draft.h"

#include <string.h>

#include "core/arena.h"

void repair_draft_start(struct repair_draft *draft, const struct repair_tables *before) {
    *draft = (struct repair_draft){
        .before = before,
        .n_methods = before->n_methods,
        .limits = before->limits,
    };
    memcpy(draft->methods, before->methods, before->n_methods * sizeof *draft->methods);
}

void repair_draft_release(struct repair_draft *draft) {
    array_release(&draft->rows);
    array_release(&draft->exclusions);
}

uint8_t repair_draft_method(struct repair_cells *cells, const struct repair_draft *draft,
    enum repair_column column, struct text name) {
    struct repair_tables tables = {.methods = draft->methods, .n_methods = draft->n_methods};
    uint8_t method = repair_method_find(&tables, name);
    struct text cut = text_cut(name, 80);

    if (method == 0) {
        repair_cell_bad(cells, column, "'%.*s' is no method", TEXT_ARGS(cut));
    }
    return method;
}

void repair_draft_add(
    struct repair_cells *cells, struct repair_draft *draft, const struct repair_row *row) {
    if (draft->n_rows == REPAIR_ROWS_MOST) {
        repair_cell_bad(cells, COLUMN_DEFECT, "more than %d rows", REPAIR_ROWS_MOST);
    }
    if (draft->n_rows >= REPAIR_ROWS_MOST) {
        return;
    }
    draft->rows =
        array_reserve(draft->rows, &draft->rows_capacity, draft->n_rows + 1, sizeof *draft->rows);
    draft->rows[draft->n_rows++] = (struct draft_row){*row, cells->row.line};
}

/* --- the tables --- */

static bool is_same_defect(const struct repair_where *a, const struct repair_where *b) {
    if (a->code != NULL || b->code != NULL) {
        return a->code != NULL && b->code != NULL &&
               text_equal_nocase(text_from(a->code), text_from(b->code));
    }
    return a->family == b->family;
}

static bool is_replaced(const struct repair_draft *draft, const struct repair_row *row) {
    for (size_t i = 0; i < draft->n_rows; i++) {
        if (is_same_defect(&draft->rows[i].row.where, &row->where)) {
            return true;
        }
    }
    return false;
}

static void finish_rows(
    const struct repair_draft *draft, struct repair_tables *tables, struct arena *arena) {
    const struct repair_tables *before = draft->before;
    struct repair_row *rows = ARENA_NEW(arena, struct repair_row, before->n_rows + draft->n_rows);
    size_t n = 0;

    for (size_t i = 0; i < before->n_rows; i++) {
        if (!is_replaced(draft, &before->rows[i])) {
            rows[n++] = before->rows[i];
        }
    }
    for (size_t i = 0; i < draft->n_rows; i++) {
        rows[n++] = draft->rows[i].row;
    }
    tables->rows = rows;
    tables->n_rows = n;
}

static void finish_exclusions(
    const struct repair_draft *draft, struct repair_tables *tables, struct arena *arena) {
    const struct repair_tables *before = draft->before;
    struct repair_exclusion *exclusions =
        ARENA_NEW(arena, struct repair_exclusion, before->n_exclusions + draft->n_exclusions);
    size_t n = 0;

    for (size_t i = 0; i < before->n_exclusions; i++) {
        if ((draft->in_file >> before->exclusions[i].method & 1) == 0) {
            exclusions[n++] = before->exclusions[i];
        }
    }
    for (size_t i = 0; i < draft->n_exclusions; i++) {
        exclusions[n++] = draft->exclusions[i];
    }
    tables->exclusions = exclusions;
    tables->n_exclusions = n;
}

struct repair_tables repair_draft_finish(const struct repair_draft *draft, struct arena *arena) {
    struct repair_tables tables = *draft->before; /* with its prices: methods keep their numbers */
    struct repair_method *methods = ARENA_NEW(arena, struct repair_method, draft->n_methods);

    memcpy(methods, draft->methods, draft->n_methods * sizeof *methods);
    tables.methods = methods;
    tables.n_methods = draft->n_methods;
    tables.limits = draft->limits;
    finish_rows(draft, &tables, arena);
    finish_exclusions(draft, &tables, arena);
    return tables;
}
