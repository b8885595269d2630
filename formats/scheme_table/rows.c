/* One function for each kind of row: a row with a bad cell is told and not kept. */
#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/scheme_table/read.h"

enum { MAX_VALUE = 100, MAX_SCORE = 1000000, MAX_SOIL = 10, MAX_PRIORITY = 5 };

static void read_rule(struct scheme_row *row) {
    struct scheme_rule rule = {
        .code = scheme_cell_code(row),
        .char1 = scheme_cell_upper(row, SCHEME_COLUMN_CHAR1),
        .char2 = scheme_cell_upper(row, SCHEME_COLUMN_CHAR2),
        .zones = scheme_cell_upper(row, SCHEME_COLUMN_ZONES),
        .dn_over_mm = scheme_cell_number(row, SCHEME_COLUMN_DN_OVER, -INFINITY),
        .dn_to_mm = scheme_cell_number(row, SCHEME_COLUMN_DN_TO, INFINITY),
        .score = scheme_cell_within(row, SCHEME_COLUMN_SCORE, NAN, 0, MAX_SCORE),
        .meaning = scheme_cell_text(row, SCHEME_COLUMN_MEANING),
        .source = scheme_cell_text(row, SCHEME_COLUMN_SOURCE),
        .unit = scheme_cell_text_or_null(row, SCHEME_COLUMN_UNIT),
        .when = scheme_cell_when(row),
        .group = scheme_cell_group(row),
        .measure = scheme_cell_measure(row),
        .grade = scheme_cell_grade(row),
        .is_counted = scheme_cell_flag(row, SCHEME_COLUMN_COUNTED, true),
    };

    rule.from = scheme_cell_from(row, rule.measure);
    rule.to = scheme_cell_number(row, SCHEME_COLUMN_TO, INFINITY);
    bool is_range = rule.measure != MEASURE_NONE && rule.measure != MEASURE_GRADE;
    if (!is_range && row->cells[SCHEME_COLUMN_TO].n > 0) {
        scheme_row_complain(
            row, SCHEME_COLUMN_TO, "is of no use: only quantities and clocks have a range");
    } else if (is_range && !row->is_bad && !(rule.from < rule.to)) {
        scheme_row_complain(row, SCHEME_COLUMN_TO, "does not lie above 'from'");
    }
    if (!(rule.dn_over_mm < rule.dn_to_mm)) {
        scheme_row_complain(row, SCHEME_COLUMN_DN_TO, "does not lie above 'dn_over_mm'");
    }
    rule.to = is_range ? rule.to : rule.from;
    if (!row->is_bad) {
        scheme_overlay_add(&row->of->overlay, PART_RULES, &rule, row->line);
    }
}

static void read_class(struct scheme_row *row) {
    struct scheme_class class = {
        .figure = scheme_cell_figure(row),
        .from = scheme_cell_number(row, SCHEME_COLUMN_FROM, -INFINITY),
        .is_inclusive = scheme_cell_flag(row, SCHEME_COLUMN_INCLUSIVE, false),
        .value = scheme_cell_within(row, SCHEME_COLUMN_VALUE, 0, 0, MAX_VALUE),
        .meaning = scheme_cell_text(row, SCHEME_COLUMN_MEANING),
        .source = scheme_cell_text(row, SCHEME_COLUMN_SOURCE),
    };
    double lowest = 0, highest = 0;
    char what[64];

    if (!row->is_bad && scheme_figure_is_graded(row->of->base, class.figure, &lowest, &highest) &&
        !(class.value >= lowest && class.value <= highest && class.value == floor(class.value))) {
        snprintf(what, sizeof what, "is no whole number from %g to %g", lowest, highest);
        scheme_row_complain(row, SCHEME_COLUMN_VALUE, what);
    }
    if (!row->is_bad) {
        scheme_overlay_add(&row->of->overlay, PART_CLASSES, &class, row->line);
    }
}

static void read_choice(struct scheme_row *row) {
    const struct scheme_choice choice = {
        .factor = scheme_cell_figure(row),
        .value = scheme_cell_within(row, SCHEME_COLUMN_VALUE, 0, 0, MAX_VALUE),
        .condition = scheme_cell_text(row, SCHEME_COLUMN_MEANING),
        .source = scheme_cell_text(row, SCHEME_COLUMN_SOURCE),
    };

    if (!row->is_bad) {
        scheme_overlay_add(&row->of->overlay, PART_CHOICES, &choice, row->line);
    }
}

static void read_hazard(struct scheme_row *row) {
    struct scheme_hazard hazard = {
        .code = scheme_cell_code(row),
        .char1 = scheme_cell_upper(row, SCHEME_COLUMN_CHAR1),
        .char2 = scheme_cell_upper(row, SCHEME_COLUMN_CHAR2),
        .when = scheme_cell_when(row),
        .measure = scheme_cell_measure(row),
        .is_above = !scheme_cell_flag(row, SCHEME_COLUMN_INCLUSIVE, true),
        .soil_influence = (uint8_t)scheme_cell_within(row, SCHEME_COLUMN_SOIL, 0, 0, MAX_SOIL),
        .meaning = scheme_cell_text(row, SCHEME_COLUMN_MEANING),
        .source = scheme_cell_text(row, SCHEME_COLUMN_SOURCE),
    };

    hazard.from = scheme_cell_from(row, hazard.measure);
    if (row->cells[SCHEME_COLUMN_DN_OVER].n + row->cells[SCHEME_COLUMN_DN_TO].n > 0) {
        hazard.dn_over_mm = scheme_cell_number(row, SCHEME_COLUMN_DN_OVER, -INFINITY);
        hazard.dn_to_mm = scheme_cell_number(row, SCHEME_COLUMN_DN_TO, INFINITY);
        if (!(hazard.dn_over_mm < hazard.dn_to_mm)) {
            scheme_row_complain(row, SCHEME_COLUMN_DN_TO, "does not lie above 'dn_over_mm'");
        }
    }
    if (!row->is_bad) {
        scheme_overlay_add(&row->of->overlay, PART_HAZARDS, &hazard, row->line);
    }
}

static void read_figure_hazard(struct scheme_row *row) {
    const struct scheme_figure_hazard hazard = {
        .figure = scheme_cell_figure(row),
        .from = scheme_cell_number(row, SCHEME_COLUMN_FROM, 0),
        .meaning = scheme_cell_text(row, SCHEME_COLUMN_MEANING),
        .source = scheme_cell_text(row, SCHEME_COLUMN_SOURCE),
    };

    if (!row->is_bad) {
        scheme_overlay_add(&row->of->overlay, PART_FIGURE_HAZARDS, &hazard, row->line);
    }
}

static void read_opening(struct scheme_row *row) {
    struct scheme_opening opening = {
        .code = scheme_cell_code(row),
        .char1 = scheme_cell_upper(row, SCHEME_COLUMN_CHAR1),
        .char2 = scheme_cell_upper(row, SCHEME_COLUMN_CHAR2),
        .measure = scheme_cell_measure(row),
        .source = scheme_cell_text(row, SCHEME_COLUMN_SOURCE),
    };

    opening.from = scheme_cell_from(row, opening.measure);
    if (!row->is_bad) {
        scheme_overlay_add(&row->of->overlay, PART_OPENINGS, &opening, row->line);
    }
}

static void read_priority(struct scheme_row *row) {
    struct scheme_priority priority = {
        .figure = scheme_cell_figure(row),
        .grade = scheme_cell_grade(row),
        .source = scheme_cell_text(row, SCHEME_COLUMN_SOURCE),
    };
    double number = scheme_cell_number(row, SCHEME_COLUMN_PRIORITY, 1);

    if (row->cells[SCHEME_COLUMN_PRIORITY].n > 0 &&
        !(number >= 1 && number <= MAX_PRIORITY && number == floor(number))) {
        scheme_row_complain(row, SCHEME_COLUMN_PRIORITY, "is no priority (1 to 5)");
        return;
    }
    priority.priority = (uint8_t)number;
    if (!row->is_bad) {
        scheme_overlay_add(&row->of->overlay, PART_PRIORITIES, &priority, row->line);
    }
}

/* A row that only takes out: nothing but names may stand in it. */
void scheme_row_read_removal(struct scheme_row *row) {
    static const enum scheme_column names[] = {SCHEME_COLUMN_TABLE, SCHEME_COLUMN_SCHEME,
        SCHEME_COLUMN_CODE, SCHEME_COLUMN_FIGURE, SCHEME_COLUMN_GROUP, SCHEME_COLUMN_MEANING,
        SCHEME_COLUMN_SOURCE, SCHEME_COLUMN_REMOVE};
    bool is_name[SCHEME_COLUMNS] = {false};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        is_name[names[i]] = true;
    }
    for (enum scheme_column column = 0; column < SCHEME_COLUMNS; column++) {
        if (!is_name[column] && row->cells[column].n > 0) {
            scheme_row_complain(row, column, "is of no use in a row that takes others out");
        }
    }
    bool is_figure = row->part == PART_FIGURE_HAZARDS;
    const char *name = is_figure ? scheme_cell_figure(row) : scheme_cell_code(row);
    uint8_t group = row->cells[SCHEME_COLUMN_GROUP].n == 0 ? DEFECT_GROUPS : scheme_cell_group(row);
    if (!row->is_bad) {
        scheme_overlay_remove(&row->of->overlay, row->part, name, group);
    }
}

void scheme_row_read(struct scheme_row *row) {
    switch (row->part) {
    case PART_RULES:
        read_rule(row);
        return;
    case PART_CLASSES:
        read_class(row);
        return;
    case PART_CHOICES:
        read_choice(row);
        return;
    case PART_HAZARDS:
        read_hazard(row);
        return;
    case PART_FIGURE_HAZARDS:
        read_figure_hazard(row);
        return;
    case PART_OPENINGS:
        read_opening(row);
        return;
    case PART_PRIORITIES:
        read_priority(row);
        return;
    case SCHEME_PARTS:
        return;
    }
}
