/* Cells of scheme tables, each with what it has to be. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "core/line.h"
#include "core/scheme/words.h"
#include "formats/scheme_table/read.h"

/* --- complaints --- */

void scheme_row_complain(struct scheme_row *row, enum scheme_column column, const char *what) {
    struct text cell = row->cells[column];

    row->is_bad = true;
    if (cell.n == 0) {
        findings_add(row->reading->findings, FINDING_SCHEME_ROW_INVALID,
            (struct finding_place){.file = row->reading->path, .line = row->line},
            "column '%s': is empty, %s", scheme_column_heading(column), what);
        return;
    }
    findings_add(row->reading->findings, FINDING_SCHEME_ROW_INVALID,
        (struct finding_place){.file = row->reading->path, .line = row->line},
        "column '%s': '%.*s' %s", scheme_column_heading(column), TEXT_ARGS(text_cut(cell, 100)),
        what);
}

/* "is none of a, b, c" */
static void add_word(struct line *line, const char *word) {
    if (word != NULL && word[0] != '\0') {
        line_add(line, line->n == 0 ? "is none of " : ", ");
        line_add(line, word);
    }
}

void scheme_row_complain_of_word(
    struct scheme_row *row, enum scheme_column column, const char *const *words, size_t n) {
    CLEANUP(arena_release) struct arena scratch = {0};
    struct line line = {.n = 0};

    for (size_t i = 0; i < n; i++) {
        add_word(&line, words[i]);
    }
    scheme_row_complain(row, column, arena_copy(&scratch, line_text(&line)).at);
}

/* --- cells --- */

const char *scheme_cell_text(const struct scheme_row *row, enum scheme_column column) {
    struct text cell = row->cells[column];

    return cell.n == 0 ? "" : arena_copy(row->reading->request->arena, cell).at;
}

const char *scheme_cell_text_or_null(const struct scheme_row *row, enum scheme_column column) {
    return row->cells[column].n == 0 ? NULL : scheme_cell_text(row, column);
}

const char *scheme_cell_upper(const struct scheme_row *row, enum scheme_column column) {
    struct text cell = row->cells[column];

    if (cell.n == 0) {
        return NULL;
    }
    char *to = ARENA_NEW(row->reading->request->arena, char, cell.n + 1);
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.at[i];
        to[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return to;
}

double scheme_cell_number(struct scheme_row *row, enum scheme_column column, double empty) {
    struct text cell = row->cells[column];
    double number = empty;

    if (cell.n == 0 || text_to_double(cell, &number)) {
        return number;
    }
    if (text_equal_nocase(cell, TEXT("inf")) || text_equal_nocase(cell, TEXT("-inf"))) {
        return cell.at[0] == '-' ? -INFINITY : INFINITY;
    }
    scheme_row_complain(row, column, "is no number");
    return empty;
}

double scheme_cell_within(
    struct scheme_row *row, enum scheme_column column, double empty, double low, double high) {
    double number = scheme_cell_number(row, column, empty);
    char what[64];

    if (row->cells[column].n == 0 || (number >= low && number <= high)) {
        return number;
    }
    snprintf(what, sizeof what, "is not from %g to %g", low, high);
    scheme_row_complain(row, column, what);
    return empty;
}

bool scheme_cell_flag(struct scheme_row *row, enum scheme_column column, bool empty) {
    static const char *const words[] = {"yes", "no"};
    struct text cell = row->cells[column];

    if (cell.n == 0) {
        return empty;
    }
    if (!text_equal_nocase(cell, TEXT("yes")) && !text_equal_nocase(cell, TEXT("no"))) {
        scheme_row_complain_of_word(row, column, words, ARRAY_LEN(words));
        return empty;
    }
    return text_equal_nocase(cell, TEXT("yes"));
}

uint8_t scheme_cell_measure(struct scheme_row *row) {
    const char *words[MEASURES];
    uint8_t measure = MEASURE_NONE;

    if (!scheme_measure_parse(row->cells[SCHEME_COLUMN_MEASURE], &measure)) {
        for (uint8_t i = 0; i < MEASURES; i++) {
            words[i] = scheme_measure_name(i);
        }
        scheme_row_complain_of_word(row, SCHEME_COLUMN_MEASURE, words, MEASURES);
    }
    return measure;
}

uint8_t scheme_cell_when(struct scheme_row *row) {
    const char *words[WHENS];
    uint8_t when = WHEN_ALWAYS;

    if (!scheme_when_parse(row->cells[SCHEME_COLUMN_WHEN], &when)) {
        for (uint8_t i = 0; i < WHENS; i++) {
            words[i] = scheme_when_name(i);
        }
        scheme_row_complain_of_word(row, SCHEME_COLUMN_WHEN, words, WHENS);
    }
    return when;
}

uint8_t scheme_cell_group(struct scheme_row *row) {
    const struct scheme_table *base = row->of->base;
    uint8_t group = 0;

    if (row->cells[SCHEME_COLUMN_GROUP].n > 0 &&
        !scheme_group_parse(base, row->cells[SCHEME_COLUMN_GROUP], &group)) {
        scheme_row_complain_of_word(row, SCHEME_COLUMN_GROUP, base->group_names, DEFECT_GROUPS);
    }
    return group;
}

uint8_t scheme_cell_grade(struct scheme_row *row) {
    struct text cell = row->cells[SCHEME_COLUMN_GRADE];
    uint8_t grade = GRADE_UNSET, lowest = 0, highest = 0;
    char what[96];

    if (!scheme_grade_range(row->of->base, &lowest, &highest)) {
        lowest = GRADE_0;
        highest = GRADE_5;
    }
    bool is_grade = scheme_grade_parse(cell, &grade);
    bool is_in_range = !grade_is_number(grade) || (grade >= lowest && grade <= highest);
    bool is_meant = row->part == PART_RULES || cell.n == 0 || grade_is_number(grade);
    if (!is_grade || !is_in_range || !is_meant) {
        snprintf(what, sizeof what, "is no grade of '%s' (%d to %d)", row->of->base->name,
            grade_number(lowest), grade_number(highest));
        scheme_row_complain(row, SCHEME_COLUMN_GRADE, what);
        return GRADE_UNSET;
    }
    return grade;
}

/* `from` of a measure: a delivered grade is a small whole number. */
double scheme_cell_from(struct scheme_row *row, uint8_t measure) {
    const double most = 9;
    double from = scheme_cell_number(row, SCHEME_COLUMN_FROM, -INFINITY);

    if (row->is_bad) {
        return 0; /* a measure that nobody knows is told already */
    }
    if (measure == MEASURE_NONE && row->cells[SCHEME_COLUMN_FROM].n > 0) {
        scheme_row_complain(row, SCHEME_COLUMN_FROM, "is of no use without a measure");
    } else if (measure == MEASURE_GRADE && !(from >= 1 && from <= most && from == floor(from))) {
        scheme_row_complain(row, SCHEME_COLUMN_FROM, "is no grade as it is delivered (1 to 9)");
    }
    return measure == MEASURE_NONE ? 0 : from;
}

/* --- names --- */

static bool catalogue_has(enum catalogue catalogue, struct text code) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(catalogue, &n);

    for (size_t i = 0; i < n; i++) {
        if (text_equal_nocase(code, text_from(rows[i].code))) {
            return true;
        }
    }
    return catalogue_find(catalogue, code, (struct text){0}, (struct text){0}) != NULL;
}

/* No error: a catalogue may be read more widely than ours, but it is more likely a slip. */
static void warn_of_code(struct scheme_row *row, const char *code) {
    const struct scheme_table *base = row->of->base;
    struct arena *arena = row->reading->request->arena;

    for (size_t i = 0; i < ARRAY_LEN(base->catalogues); i++) {
        if (base->catalogues[i] != CATALOGUE_UNKNOWN &&
            catalogue_has(base->catalogues[i], text_from(code))) {
            return;
        }
    }
    struct text key = arena_printf(arena, "%s %s", base->name, code);
    if (index_find(&row->reading->told, key) != INDEX_NONE) {
        return;
    }
    index_add(&row->reading->told, key, row->line);
    findings_add(row->reading->findings, FINDING_UNKNOWN_CODE,
        (struct finding_place){.file = row->reading->path, .line = row->line},
        "column 'code': '%s' is in no catalogue of '%s'", code, base->name);
}

const char *scheme_cell_code(struct scheme_row *row) {
    const char *code = scheme_cell_upper(row, SCHEME_COLUMN_CODE);

    if (code == NULL) {
        return "";
    }
    warn_of_code(row, code);
    return code;
}

/* A scheme asks for the figures that it knows, and for no other. */
const char *scheme_cell_figure(struct scheme_row *row) {
    struct scheme_rows own = scheme_part_rows(row->of->base, row->part);
    const char *figure = scheme_cell_text(row, SCHEME_COLUMN_FIGURE);
    struct line line = {.n = 0};
    char what[sizeof line.at + 1];
    const char *before = "";

    if (figure[0] == '\0') {
        return "";
    }
    for (size_t i = 0; i < own.n; i++) {
        const char *name = scheme_row_name(scheme_row_at(row->part, own, i));
        if (strcmp(name, figure) == 0) {
            return figure;
        }
        if (strcmp(name, before) != 0) {
            add_word(&line, name);
        }
        before = name;
    }
    snprintf(what, sizeof what, "%.*s",
        TEXT_ARGS(
            own.n == 0 ? TEXT("is of no use, the scheme has no such table") : line_text(&line)));
    scheme_row_complain(row, SCHEME_COLUMN_FIGURE, what);
    return figure;
}
