/* Do the rows of a matrix go together? */
#include <math.h>
#include <stdlib.h>

#include "formats/repair/draft.h"

/* What rows must have in common to be able to contradict each other. */
static int compare_key(const struct repair_row *a, const struct repair_row *b) {
    const struct repair_where *x = &a->where, *y = &b->where;
    int code = text_compare(text_from(x->code), text_from(y->code));
    int family = (int)x->family - (int)y->family;
    int material = (int)x->material - (int)y->material, shape = (int)x->shape - (int)y->shape;
    int kind = code != 0 ? code : family != 0 ? family : material != 0 ? material : shape;

    return kind != 0 ? kind : x->is_hazard - y->is_hazard;
}

static int by_key(const void *left, const void *right) {
    const struct draft_row *a = *(const struct draft_row *const *)left;
    const struct draft_row *b = *(const struct draft_row *const *)right;
    int key = compare_key(&a->row, &b->row);
    double x = a->row.where.dn_from_mm, y = b->row.where.dn_from_mm;

    if (key != 0) {
        return key;
    }
    return x != y ? (x > y) - (x < y) : (a->line > b->line) - (a->line < b->line);
}

static bool share_grades(const struct repair_where *a, const struct repair_where *b) {
    return a->severity_from <= b->severity_to && b->severity_from <= a->severity_to;
}

/* Rows of one key, by diameter: those that start below another's end overlap it. */
static void check_overlap(
    struct repair_cells *cells, const struct draft_row *const *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const struct repair_where *a = &rows[i]->row.where;
        for (size_t k = i + 1; k < n && rows[k]->row.where.dn_from_mm < a->dn_below_mm; k++) {
            bool is_same = rows[k]->row.scope == rows[i]->row.scope;
            if (is_same && share_grades(a, &rows[k]->row.where)) {
                uint32_t first = rows[i]->line, second = rows[k]->line;
                cells->row.line = first > second ? first : second;
                repair_cell_bad(cells, COLUMN_DEFECT,
                    "same diameters and grades of scope '%s' as in line %u",
                    repair_scope_name(rows[i]->row.scope), first > second ? second : first);
            }
        }
    }
}

static const char *key_name(const struct repair_where *where) {
    return where->code != NULL ? where->code : defect_family_name(where->family);
}

/* Between the first and the last diameter of a grade. */
static void check_gaps(
    struct repair_cells *cells, const struct draft_row *const *rows, size_t n, unsigned grade) {
    double below_mm = NAN;

    for (size_t i = 0; i < n; i++) {
        const struct repair_where *where = &rows[i]->row.where;
        if (grade < where->severity_from || grade > where->severity_to) {
            continue;
        }
        if (where->dn_from_mm > below_mm) {
            findings_add(&cells->survey.findings, FINDING_REPAIR_TABLE_GAP,
                (struct finding_place){.file = cells->survey.file.path, .line = rows[i]->line},
                "'%s' of grade %u: nothing for diameters from %g to %g mm", key_name(where), grade,
                below_mm, where->dn_from_mm);
        }
        below_mm = isnan(below_mm) ? where->dn_below_mm : fmax(below_mm, where->dn_below_mm);
    }
}

void repair_check(struct repair_cells *cells, const struct repair_draft *draft) {
    CLEANUP(array_release) const struct draft_row **rows = NULL;
    size_t capacity = 0;

    if (draft->n_rows == 0) {
        return;
    }
    rows = array_reserve(NULL, &capacity, draft->n_rows, sizeof *rows);
    for (size_t i = 0; i < draft->n_rows; i++) {
        rows[i] = &draft->rows[i];
    }
    qsort(rows, draft->n_rows, sizeof *rows, by_key);
    for (size_t from = 0, n = 0; from < draft->n_rows; from += n) {
        n = 1;
        while (
            from + n < draft->n_rows && compare_key(&rows[from]->row, &rows[from + n]->row) == 0) {
            n++;
        }
        check_overlap(cells, rows + from, n);
        for (unsigned grade = 0; grade <= REPAIR_SEVERITY_MOST; grade++) {
            check_gaps(cells, rows + from, n, grade);
        }
    }
}
