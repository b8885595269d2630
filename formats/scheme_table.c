/* Rows to cells and cells to CSV; the way back is scheme_table/read.c. */
#include "formats/scheme_table.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/scheme/words.h"

enum {
    NONE = 0,
    RULE = 1 << PART_RULES,
    CLASS = 1 << PART_CLASSES,
    CHOICE = 1 << PART_CHOICES,
    HAZARD = 1 << PART_HAZARDS,
    FIGURE = 1 << PART_FIGURE_HAZARDS,
    OPENING = 1 << PART_OPENINGS,
    PRIORITY = 1 << PART_PRIORITIES,
    ALL = (1 << SCHEME_PARTS) - 1,
};

static const struct {
    const char *heading;
    int may, must; /* bits of the parts whose rows may and must fill it */
} columns[SCHEME_COLUMNS] = {
#define SCHEME_COLUMN(id, heading, may, must) [SCHEME_COLUMN_##id] = {heading, may, must},
#include "formats/scheme_table/columns.def"
#undef SCHEME_COLUMN
};

static const char *const words[SCHEME_PARTS] = {
    [PART_RULES] = "rule",
    [PART_CLASSES] = "class",
    [PART_CHOICES] = "choice",
    [PART_HAZARDS] = "hazard",
    [PART_FIGURE_HAZARDS] = "figure",
    [PART_OPENINGS] = "opening",
    [PART_PRIORITIES] = "priority",
};

const char *scheme_column_heading(enum scheme_column column) {
    return columns[column].heading;
}

const char *scheme_part_word(enum scheme_part part) {
    return words[part];
}

bool scheme_column_is_of(enum scheme_column column, enum scheme_part part) {
    return (columns[column].may & 1 << part) != 0;
}

bool scheme_column_is_needed(enum scheme_column column, enum scheme_part part) {
    return (columns[column].must & 1 << part) != 0;
}

/* --- cells --- */

/* As few digits as give the number back, 15 at most: more are not read exactly.  "" for the limit
 * that an empty cell stands for. */
static struct text number_text(double number, double empty, struct arena *arena) {
    enum { USUAL = 6, MOST = 15 };

    if (isnan(number) || (isinf(number) && isinf(empty) && (number > 0) == (empty > 0))) {
        return (struct text){0};
    }
    if (isinf(number)) {
        return number > 0 ? TEXT("inf") : TEXT("-inf");
    }
    for (int digits = USUAL; digits < MOST; digits++) {
        struct text text = arena_printf(arena, "%.*g", digits, number);
        double again = NAN;
        if (text_to_double(text, &again) && again == number) {
            return text;
        }
    }
    return arena_printf(arena, "%.*g", MOST, number);
}

static struct text count_text(unsigned number, struct arena *arena) {
    return arena_printf(arena, "%u", number);
}

static struct text yes_or_no(bool is_so) {
    return is_so ? TEXT("yes") : TEXT("no");
}

static struct text measure_text(uint8_t measure) {
    return measure == MEASURE_NONE ? (struct text){0} : text_from(scheme_measure_name(measure));
}

static struct text when_text(uint8_t when) {
    return when == WHEN_ALWAYS ? (struct text){0} : text_from(scheme_when_name(when));
}

static void fill_rule(const struct scheme_table *table, const struct scheme_rule *rule,
    struct scheme_cells *cells, struct arena *arena) {
    struct text *at = cells->at;

    at[SCHEME_COLUMN_CODE] = text_from(rule->code);
    at[SCHEME_COLUMN_CHAR1] = text_from(rule->char1);
    at[SCHEME_COLUMN_CHAR2] = text_from(rule->char2);
    at[SCHEME_COLUMN_ZONES] = text_from(rule->zones);
    at[SCHEME_COLUMN_WHEN] = when_text(rule->when);
    at[SCHEME_COLUMN_DN_OVER] = number_text(rule->dn_over_mm, -INFINITY, arena);
    at[SCHEME_COLUMN_DN_TO] = number_text(rule->dn_to_mm, INFINITY, arena);
    at[SCHEME_COLUMN_GROUP] = text_from(table->group_names[rule->group]);
    at[SCHEME_COLUMN_MEASURE] = measure_text(rule->measure);
    at[SCHEME_COLUMN_UNIT] = text_from(rule->unit);
    if (rule->measure != MEASURE_NONE) {
        at[SCHEME_COLUMN_FROM] = number_text(rule->from, -INFINITY, arena);
    }
    if (rule->measure != MEASURE_NONE && rule->measure != MEASURE_GRADE) {
        at[SCHEME_COLUMN_TO] = number_text(rule->to, INFINITY, arena);
    }
    at[SCHEME_COLUMN_SCORE] = number_text(rule->score, NAN, arena);
    at[SCHEME_COLUMN_GRADE] = text_from(scheme_grade_name(rule->grade));
    at[SCHEME_COLUMN_COUNTED] = yes_or_no(rule->is_counted);
    at[SCHEME_COLUMN_MEANING] = text_from(rule->meaning);
    at[SCHEME_COLUMN_SOURCE] = text_from(rule->source);
}

static void fill_class(
    const struct scheme_class *row, struct scheme_cells *cells, struct arena *arena) {
    struct text *at = cells->at;

    at[SCHEME_COLUMN_FIGURE] = text_from(row->figure);
    at[SCHEME_COLUMN_FROM] = number_text(row->from, -INFINITY, arena);
    at[SCHEME_COLUMN_INCLUSIVE] = yes_or_no(row->is_inclusive);
    at[SCHEME_COLUMN_VALUE] = number_text(row->value, NAN, arena);
    at[SCHEME_COLUMN_MEANING] = text_from(row->meaning);
    at[SCHEME_COLUMN_SOURCE] = text_from(row->source);
}

static void fill_choice(
    const struct scheme_choice *row, struct scheme_cells *cells, struct arena *arena) {
    struct text *at = cells->at;

    at[SCHEME_COLUMN_FIGURE] = text_from(row->factor);
    at[SCHEME_COLUMN_VALUE] = number_text(row->value, NAN, arena);
    at[SCHEME_COLUMN_MEANING] = text_from(row->condition);
    at[SCHEME_COLUMN_SOURCE] = text_from(row->source);
}

static void fill_hazard(
    const struct scheme_hazard *row, struct scheme_cells *cells, struct arena *arena) {
    struct text *at = cells->at;

    at[SCHEME_COLUMN_CODE] = text_from(row->code);
    at[SCHEME_COLUMN_CHAR1] = text_from(row->char1);
    at[SCHEME_COLUMN_CHAR2] = text_from(row->char2);
    at[SCHEME_COLUMN_WHEN] = when_text(row->when);
    if (row->dn_over_mm != 0 || row->dn_to_mm != 0) { /* 0, 0: any */
        at[SCHEME_COLUMN_DN_OVER] = number_text(row->dn_over_mm, -INFINITY, arena);
        at[SCHEME_COLUMN_DN_TO] = number_text(row->dn_to_mm, INFINITY, arena);
    }
    at[SCHEME_COLUMN_MEASURE] = measure_text(row->measure);
    if (row->measure != MEASURE_NONE) {
        at[SCHEME_COLUMN_FROM] = number_text(row->from, -INFINITY, arena);
        at[SCHEME_COLUMN_INCLUSIVE] = yes_or_no(!row->is_above);
    }
    if (row->soil_influence > 0) {
        at[SCHEME_COLUMN_SOIL] = count_text(row->soil_influence, arena);
    }
    at[SCHEME_COLUMN_MEANING] = text_from(row->meaning);
    at[SCHEME_COLUMN_SOURCE] = text_from(row->source);
}

static void fill_figure_hazard(
    const struct scheme_figure_hazard *row, struct scheme_cells *cells, struct arena *arena) {
    struct text *at = cells->at;

    at[SCHEME_COLUMN_FIGURE] = text_from(row->figure);
    at[SCHEME_COLUMN_FROM] = number_text(row->from, NAN, arena);
    at[SCHEME_COLUMN_MEANING] = text_from(row->meaning);
    at[SCHEME_COLUMN_SOURCE] = text_from(row->source);
}

static void fill_opening(
    const struct scheme_opening *row, struct scheme_cells *cells, struct arena *arena) {
    struct text *at = cells->at;

    at[SCHEME_COLUMN_CODE] = text_from(row->code);
    at[SCHEME_COLUMN_CHAR1] = text_from(row->char1);
    at[SCHEME_COLUMN_CHAR2] = text_from(row->char2);
    at[SCHEME_COLUMN_MEASURE] = measure_text(row->measure);
    if (row->measure != MEASURE_NONE) {
        at[SCHEME_COLUMN_FROM] = number_text(row->from, -INFINITY, arena);
    }
    at[SCHEME_COLUMN_SOURCE] = text_from(row->source);
}

static void fill_priority(
    const struct scheme_priority *row, struct scheme_cells *cells, struct arena *arena) {
    struct text *at = cells->at;

    at[SCHEME_COLUMN_FIGURE] = text_from(row->figure);
    at[SCHEME_COLUMN_GRADE] = text_from(scheme_grade_name(row->grade));
    at[SCHEME_COLUMN_PRIORITY] = count_text(row->priority, arena);
    at[SCHEME_COLUMN_SOURCE] = text_from(row->source);
}

struct scheme_cells scheme_table_cells(
    const struct scheme_table *table, enum scheme_part part, size_t i, struct arena *arena) {
    struct scheme_cells cells = {0};

    cells.at[SCHEME_COLUMN_TABLE] = text_from(words[part]);
    cells.at[SCHEME_COLUMN_SCHEME] = text_from(table->name);
    switch (part) {
    case PART_RULES:
        fill_rule(table, &table->rules[i], &cells, arena);
        break;
    case PART_CLASSES:
        fill_class(&table->classes[i], &cells, arena);
        break;
    case PART_CHOICES:
        fill_choice(&table->choices[i], &cells, arena);
        break;
    case PART_HAZARDS:
        fill_hazard(&table->hazards[i], &cells, arena);
        break;
    case PART_FIGURE_HAZARDS:
        fill_figure_hazard(&table->figure_hazards[i], &cells, arena);
        break;
    case PART_OPENINGS:
        fill_opening(&table->openings[i], &cells, arena);
        break;
    case PART_PRIORITIES:
        fill_priority(&table->priorities[i], &cells, arena);
        break;
    case SCHEME_PARTS:
        break;
    }
    return cells;
}

/* --- CSV --- */

struct csv {
    char *at; /* an array of its own */
    size_t n, capacity;
};

static void add_bytes(struct csv *csv, const char *at, size_t n) {
    csv->at = array_reserve(csv->at, &csv->capacity, csv->n + n, 1);
    if (n > 0) {
        memcpy(csv->at + csv->n, at, n);
        csv->n += n;
    }
}

static void add_field(struct csv *csv, struct text text) {
    bool is_plain = true;

    for (size_t i = 0; i < text.n; i++) {
        is_plain = is_plain && strchr(",;\"\r\n\t|", text.at[i]) == NULL;
    }
    if (is_plain) {
        add_bytes(csv, text.at, text.n);
        return;
    }
    add_bytes(csv, "\"", 1);
    for (size_t i = 0; i < text.n; i++) {
        add_bytes(csv, "\"\"", text.at[i] == '"');
        add_bytes(csv, text.at + i, 1);
    }
    add_bytes(csv, "\"", 1);
}

/* `remove` is for those who write tables by hand. */
static void add_record(struct csv *csv, const struct text cells[SCHEME_COLUMNS]) {
    for (size_t i = 0; i < SCHEME_COLUMN_REMOVE; i++) {
        add_bytes(csv, ",", i > 0);
        add_field(csv, cells[i]);
    }
    add_bytes(csv, "\n", 1);
}

struct text scheme_table_csv(const struct scheme_table *table, struct arena *arena) {
    struct csv csv = {0};
    struct scheme_cells cells;

    for (size_t i = 0; i < SCHEME_COLUMNS; i++) {
        cells.at[i] = text_from(columns[i].heading);
    }
    add_record(&csv, cells.at);
    for (enum scheme_part part = PART_RULES; part < SCHEME_PARTS; part++) {
        for (size_t i = 0; i < scheme_part_rows(table, part).n; i++) {
            cells = scheme_table_cells(table, part, i, arena);
            add_record(&csv, cells.at);
        }
    }
    struct text text = arena_copy(arena, (struct text){csv.at, csv.n});
    array_release(&csv.at);
    return text;
}
