/* Checks of a scheme's new rows against each other and against what the scheme can do. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/words.h"
#include "formats/scheme_table/read.h"

/* --- what the scheme can do --- */

static void widen(uint8_t grade, uint8_t *lowest, uint8_t *highest) {
    if (grade_is_number(grade)) {
        *lowest = grade < *lowest ? grade : *lowest;
        *highest = grade > *highest ? grade : *highest;
    }
}

bool scheme_grade_range(const struct scheme_table *table, uint8_t *lowest, uint8_t *highest) {
    uint8_t low = GRADES, high = GRADE_UNSET;

    for (size_t i = 0; i < table->n_rules; i++) {
        widen(table->rules[i].grade, &low, &high);
    }
    for (size_t i = 0; i < table->n_priorities; i++) {
        widen(table->priorities[i].grade, &low, &high);
    }
    if (high == GRADE_UNSET) {
        return false;
    }
    *lowest = low;
    *highest = high;
    return true;
}

bool scheme_figure_is_graded(
    const struct scheme_table *table, const char *figure, double *lowest, double *highest) {
    const double most = 5;
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < table->n_classes; i++) {
        const struct scheme_class *row = &table->classes[i];
        if (strcmp(row->figure, figure) != 0) {
            continue;
        }
        if (row->value < 0 || row->value > most || row->value != floor(row->value)) {
            return false;
        }
        low = fmin(low, row->value);
        high = fmax(high, row->value);
    }
    if (low > high) {
        return false;
    }
    *lowest = low;
    *highest = high;
    return true;
}

/* --- ranges --- */

struct lined_rule {
    const struct scheme_rule *rule;
    uint32_t line;
};

static int compare_texts(const char *a, const char *b) {
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

/* Ends that differ by less are the same: tables write "over 50" as a hair above it. */
static int compare_ends(double a, double b) {
    const double hair = 1e-9;

    return a == b || fabs(a - b) <= hair * fmax(fabs(a), fabs(b)) ? 0 : compare_numbers(a, b);
}

/* 0 for rules that share out one measure between them. */
static int compare_subjects(const struct scheme_rule *a, const struct scheme_rule *b) {
    int by = strcmp(a->code, b->code);

    by = by != 0 ? by : a->group - b->group;
    by = by != 0 ? by : compare_texts(a->char1, b->char1);
    by = by != 0 ? by : compare_texts(a->char2, b->char2);
    by = by != 0 ? by : compare_texts(a->zones, b->zones);
    by = by != 0 ? by : a->when - b->when;
    by = by != 0 ? by : a->measure - b->measure;
    by = by != 0 ? by : compare_texts(a->unit, b->unit);
    by = by != 0 ? by : compare_numbers(a->dn_over_mm, b->dn_over_mm);
    return by != 0 ? by : compare_numbers(a->dn_to_mm, b->dn_to_mm);
}

static int compare_rules(const void *a, const void *b) {
    const struct lined_rule *x = a, *y = b;
    int by = compare_subjects(x->rule, y->rule);

    by = by != 0 ? by : compare_numbers(x->rule->from, y->rule->from);
    return by != 0 ? by : (x->line > y->line) - (x->line < y->line);
}

static bool same_range(const struct scheme_rule *a, const struct scheme_rule *b) {
    return compare_ends(a->from, b->from) == 0 && compare_ends(a->to, b->to) == 0;
}

/* How many rows of the scheme itself have this very range. */
static size_t count_own(const struct scheme_table *base, const struct scheme_rule *rule) {
    size_t n = 0, n_same = 0;
    const struct scheme_rule *rules = scheme_rules_of(base, text_from(rule->code), &n);

    for (size_t i = 0; i < n; i++) {
        n_same += compare_subjects(&rules[i], rule) == 0 && same_range(&rules[i], rule);
    }
    return n_same;
}

/* What a standard leaves open between two rows, or says twice, is its own. */
static bool are_own(
    const struct scheme_table *base, const struct scheme_rule *a, const struct scheme_rule *b) {
    size_t n_needed = same_range(a, b) ? 2 : 1;

    return count_own(base, a) >= n_needed && count_own(base, b) >= n_needed;
}

static struct finding_place place_at(const struct scheme_rows_read *read, uint32_t line) {
    return (struct finding_place){.file = read->path, .line = line};
}

static void check_neighbours(const struct scheme_rows_read *read, const struct lined_rule *before,
    const struct lined_rule *after) {
    const struct scheme_rule *a = before->rule, *b = after->rule;
    bool is_range = a->measure != MEASURE_NONE && a->measure != MEASURE_GRADE;

    if (!is_range && (a->measure == MEASURE_NONE || !(b->from > a->from))) {
        findings_add(read->findings, FINDING_SCHEME_ROW_INVALID, place_at(read, after->line),
            "code '%s': never reached, the row of line %u takes all that this one could", b->code,
            before->line);
    } else if (is_range && compare_ends(b->from, a->to) < 0) {
        findings_add(read->findings, FINDING_SCHEME_ROW_INVALID, place_at(read, after->line),
            "code '%s': the range from '%g' overlaps that of line %u, which goes to '%g'", b->code,
            b->from, before->line, a->to);
    } else if (is_range && compare_ends(b->from, a->to) > 0) {
        findings_add(read->findings, FINDING_SCHEME_ROW_INVALID, place_at(read, after->line),
            "code '%s': a gap from '%g', where the range of line %u ends, to '%g'", b->code, a->to,
            before->line, b->from);
    }
}

static void check_ranges(const struct scheme_rows_read *read) {
    CLEANUP(arena_release) struct arena scratch = {0};
    struct scheme_rows rows = scheme_overlay_rows(&read->overlay, PART_RULES);
    struct lined_rule *rules = ARENA_NEW(&scratch, struct lined_rule, rows.n + 1);

    for (size_t i = 0; i < rows.n; i++) {
        rules[i] = (struct lined_rule){
            scheme_row_at(PART_RULES, rows, i), read->overlay.lines[PART_RULES][i]};
    }
    if (rows.n > 0) {
        qsort(rules, rows.n, sizeof *rules, compare_rules);
    }
    for (size_t i = 1; i < rows.n; i++) {
        if (compare_subjects(rules[i - 1].rule, rules[i].rule) == 0 &&
            !are_own(read->base, rules[i - 1].rule, rules[i].rule)) {
            check_neighbours(read, &rules[i - 1], &rules[i]);
        }
    }
}

/* --- classes --- */

/* The last row before row i with its name; n_rows when there is none.  Tables are short, and rows
 * of a figure mostly stand together. */
static size_t row_before(enum scheme_part part, struct scheme_rows rows, size_t i) {
    const char *name = scheme_row_name(scheme_row_at(part, rows, i));

    for (size_t k = i; k > 0; k--) {
        if (strcmp(scheme_row_name(scheme_row_at(part, rows, k - 1)), name) == 0) {
            return k - 1;
        }
    }
    return rows.n;
}

static bool ascends(const struct scheme_class *a, const struct scheme_class *b) {
    return b->from > a->from || (b->from == a->from && a->is_inclusive && !b->is_inclusive);
}

static void check_classes(const struct scheme_rows_read *read) {
    struct scheme_rows rows = scheme_overlay_rows(&read->overlay, PART_CLASSES);

    for (size_t i = 0; i < rows.n; i++) {
        const struct scheme_class *row = scheme_row_at(PART_CLASSES, rows, i);
        struct finding_place place = place_at(read, read->overlay.lines[PART_CLASSES][i]);
        size_t before = row_before(PART_CLASSES, rows, i);
        if (before == rows.n && !(isinf(row->from) && row->from < 0)) {
            findings_add(read->findings, FINDING_SCHEME_ROW_INVALID, place,
                "column 'from': the first class of '%s' starts at '%g'; its 'from' must be empty",
                row->figure, row->from);
        } else if (before < rows.n && !ascends(scheme_row_at(PART_CLASSES, rows, before), row)) {
            findings_add(read->findings, FINDING_SCHEME_ROW_INVALID, place,
                "column 'from': the classes of '%s' must ascend, '%g' follows on '%g'", row->figure,
                row->from,
                ((const struct scheme_class *)scheme_row_at(PART_CLASSES, rows, before))->from);
        }
    }
}

/* --- priorities --- */

/* The line of the first row of this figure and grade behind row `from`; 0 when there is none. */
static uint32_t line_of_priority(
    const struct scheme_overlay *overlay, const char *figure, uint8_t grade) {
    struct scheme_rows rows = scheme_overlay_rows(overlay, PART_PRIORITIES);

    for (size_t i = 0; i < rows.n; i++) {
        const struct scheme_priority *row = scheme_row_at(PART_PRIORITIES, rows, i);
        if (row->grade == grade && strcmp(row->figure, figure) == 0) {
            return overlay->lines[PART_PRIORITIES][i];
        }
    }
    return 0;
}

static uint32_t first_line_of(const struct scheme_overlay *overlay, const char *figure) {
    struct scheme_rows rows = scheme_overlay_rows(overlay, PART_PRIORITIES);

    for (size_t i = 0; i < rows.n; i++) {
        if (strcmp(scheme_row_name(scheme_row_at(PART_PRIORITIES, rows, i)), figure) == 0) {
            return overlay->lines[PART_PRIORITIES][i];
        }
    }
    return 0;
}

static void check_priorities(const struct scheme_rows_read *read) {
    const struct scheme_overlay *overlay = &read->overlay;
    struct scheme_rows rows = scheme_overlay_rows(overlay, PART_PRIORITIES);

    for (size_t i = 0; i < rows.n; i++) {
        const struct scheme_priority *row = scheme_row_at(PART_PRIORITIES, rows, i);
        uint32_t first = line_of_priority(overlay, row->figure, row->grade);
        if (first != overlay->lines[PART_PRIORITIES][i]) {
            findings_add(read->findings, FINDING_SCHEME_ROW_INVALID,
                place_at(read, overlay->lines[PART_PRIORITIES][i]),
                "figure '%s': grade '%s' has a priority in line %u", row->figure,
                scheme_grade_name(row->grade), first);
        }
    }
    for (size_t i = 0; i < read->base->n_priorities; i++) {
        const struct scheme_priority *own = &read->base->priorities[i];
        uint32_t line = first_line_of(overlay, own->figure);
        if (line != 0 && line_of_priority(overlay, own->figure, own->grade) == 0) {
            findings_add(read->findings, FINDING_SCHEME_ROW_INVALID, place_at(read, line),
                "figure '%s': grade '%s' has no priority", own->figure,
                scheme_grade_name(own->grade));
        }
    }
}

void scheme_rows_check(const struct scheme_rows_read *read) {
    check_ranges(read);
    check_classes(read);
    check_priorities(read);
}
