#include "formats/repair/cells.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/base.h"

enum { T = REPAIR_LAYOUT_TABLE, M = REPAIR_LAYOUT_MATRIX, C = REPAIR_LAYOUT_COSTS };

#define COLUMN(id, name, name_zh, layouts) {name, name_zh, layouts},
static const struct {
    const char *name, *name_zh;
    unsigned layouts;
} columns[REPAIR_COLUMNS] = {
#include "formats/repair/columns.def"
};
#undef COLUMN

const char *repair_column_name(enum repair_column column) {
    return columns[column].name;
}

/* --- messages --- */

static void tell(struct repair_cells *cells, const char *text) {
    findings_add(&cells->survey.findings, FINDING_REPAIR_TABLE_INVALID,
        (struct finding_place){.file = cells->survey.file.path, .line = cells->row.line}, "%s",
        text);
    cells->n_bad++;
}

bool repair_cell_bad(
    struct repair_cells *cells, enum repair_column column, const char *format, ...) {
    CLEANUP(arena_release) struct arena arena = {0};
    char detail[512];
    va_list args;

    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    struct text cut = text_cut(text_from(detail), sizeof detail - 8);
    struct text all =
        arena_printf(&arena, "column '%s': %.*s", columns[column].name, TEXT_ARGS(cut));
    tell(cells, all.at);
    return false;
}

/* --- heading and rows --- */

static size_t column_of(struct text heading) {
    for (size_t i = 0; i < REPAIR_COLUMNS; i++) {
        if (text_equal_nocase(heading, text_from(columns[i].name)) ||
            (columns[i].name_zh != NULL && text_equal(heading, text_from(columns[i].name_zh)))) {
            return i;
        }
    }
    return REPAIR_COLUMNS;
}

/* The layout that is told by a column of its own. */
static unsigned layout_of(const struct repair_cells *cells) {
    if (cells->at[COLUMN_TABLE] != SIZE_MAX) {
        return REPAIR_LAYOUT_TABLE;
    }
    if (cells->at[COLUMN_LOCAL_METHODS] != SIZE_MAX || cells->at[COLUMN_FULL_METHODS] != SIZE_MAX) {
        return REPAIR_LAYOUT_MATRIX;
    }
    return cells->at[COLUMN_PRICE] != SIZE_MAX ? REPAIR_LAYOUT_COSTS : 0;
}

static void say_heading(struct repair_cells *cells, struct text heading, const char *what) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text cut = text_cut(heading, 80);

    tell(cells, arena_printf(&arena, "heading: '%.*s' %s", TEXT_ARGS(cut), what).at);
}

static void read_heading(struct repair_cells *cells) {
    for (size_t i = 0; i < REPAIR_COLUMNS; i++) {
        cells->at[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < cells->row.n_cells; i++) {
        struct text heading = text_trim(cells->row.cells[i]);
        size_t column = column_of(heading);
        if (heading.n == 0) {
            continue;
        }
        if (column == REPAIR_COLUMNS) {
            say_heading(cells, heading, "is no column of such a table");
        } else if (cells->at[column] != SIZE_MAX) {
            say_heading(cells, heading, "is there twice");
        } else {
            cells->at[column] = i;
        }
    }
    cells->n_columns = cells->row.n_cells;
}

static void check_columns(struct repair_cells *cells) {
    for (size_t i = 0; i < REPAIR_COLUMNS; i++) {
        if (cells->at[i] != SIZE_MAX && (columns[i].layouts & cells->layout) == 0) {
            say_heading(cells, text_from(columns[i].name), "is no column of this kind of table");
        }
    }
}

bool repair_cells_start(struct repair_cells *cells, unsigned layouts, struct error *err) {
    const char *wanted = layouts == REPAIR_LAYOUT_COSTS
                             ? "'price'"
                             : "'table', 'local_methods' and 'full_length_methods'";

    cells->scan = delimited_of(&cells->document, &cells->unheard, 0);
    if (!delimited_next(&cells->scan, &cells->row)) {
        return error_set(err, ERROR_FORMAT, "there is nothing in it");
    }
    read_heading(cells);
    cells->layout = layout_of(cells) & layouts;
    if (cells->layout == 0) {
        return error_set(err, ERROR_FORMAT, "the heading has none of the columns %s", wanted);
    }
    check_columns(cells);
    return true;
}

void repair_cells_again(struct repair_cells *cells) {
    char separator = cells->scan.separator;

    delimited_release(&cells->scan);
    cells->is_last_pass = true;
    cells->scan = delimited_of(&cells->document, &cells->survey, separator);
    delimited_next(&cells->scan, &cells->row); /* the heading */
}

static bool is_blank(const struct sheet_row *row) {
    for (size_t i = 0; i < row->n_cells; i++) {
        if (text_trim(row->cells[i]).n > 0) {
            return false;
        }
    }
    return true;
}

/* Told in the last pass only. */
static void check_width(struct repair_cells *cells) {
    for (size_t i = cells->n_columns; i < cells->row.n_cells; i++) {
        if (cells->is_last_pass && text_trim(cells->row.cells[i]).n > 0) {
            tell(cells, "the row has more cells than the heading");
            return;
        }
    }
}

bool repair_cells_next(struct repair_cells *cells) {
    while (delimited_next(&cells->scan, &cells->row)) {
        if (!is_blank(&cells->row)) {
            check_width(cells);
            return true;
        }
    }
    return false;
}

void repair_cells_release(struct repair_cells *cells) {
    delimited_release(&cells->scan);
    survey_release(&cells->unheard);
    survey_release(&cells->survey);
}

/* --- values --- */

struct text repair_cell(const struct repair_cells *cells, enum repair_column column) {
    size_t at = cells->at[column];

    return at < cells->row.n_cells ? text_trim(cells->row.cells[at]) : (struct text){0};
}

const char *repair_cell_keep(const struct repair_cells *cells, enum repair_column column) {
    struct text cell = repair_cell(cells, column);

    return cell.n == 0 ? "" : arena_copy(cells->arena, cell).at;
}

bool repair_cell_number(
    struct repair_cells *cells, enum repair_column column, double unset, double *out) {
    struct text cell = repair_cell(cells, column), cut = text_cut(cell, 80);
    double value = unset;

    if (cell.n > 0 && !text_to_double(cell, &value)) {
        return repair_cell_bad(cells, column, "'%.*s' is no number", TEXT_ARGS(cut));
    }
    if (value < 0) {
        return repair_cell_bad(cells, column, "'%.*s' is negative", TEXT_ARGS(cut));
    }
    *out = value;
    return true;
}

bool repair_cell_grade(
    struct repair_cells *cells, enum repair_column column, uint8_t unset, uint8_t *out) {
    struct text cell = repair_cell(cells, column), cut = text_cut(cell, 80);
    long value = unset;

    if (cell.n > 0 && !text_to_int(cell, &value)) {
        return repair_cell_bad(cells, column, "'%.*s' is no grade", TEXT_ARGS(cut));
    }
    if (value < 0 || value > REPAIR_SEVERITY_MOST) {
        return repair_cell_bad(
            cells, column, "'%.*s' is no grade of 0 to %d", TEXT_ARGS(cut), REPAIR_SEVERITY_MOST);
    }
    *out = (uint8_t)value;
    return true;
}

bool repair_cell_yes(struct repair_cells *cells, enum repair_column column, bool *out) {
    struct text cell = repair_cell(cells, column), cut = text_cut(cell, 80);
    bool is_yes = text_equal_nocase(cell, TEXT("yes"));

    if (cell.n > 0 && !is_yes && !text_equal_nocase(cell, TEXT("no"))) {
        return repair_cell_bad(cells, column, "'%.*s' is neither yes nor no", TEXT_ARGS(cut));
    }
    *out = is_yes;
    return true;
}

bool repair_cell_word(struct repair_cells *cells, enum repair_column column,
    const char *(*name)(size_t), size_t n, size_t *out) {
    struct text cell = repair_cell(cells, column), cut = text_cut(cell, 80);

    for (size_t i = 0; i < n; i++) {
        if (cell.n == 0 || text_equal_nocase(cell, text_from(name(i)))) {
            *out = i;
            return true;
        }
    }
    return repair_cell_bad(cells, column, "'%.*s' is not known", TEXT_ARGS(cut));
}

struct text repair_cut(struct text *left, char mark) {
    size_t n = 0;

    while (n < left->n && left->at[n] != mark) {
        n++;
    }
    struct text first = text_part(*left, 0, n);
    *left = text_part(*left, n + 1, left->n);
    return text_trim(first);
}
