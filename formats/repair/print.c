/* Repair tables and unit costs as the lines of a CSV. */
#include <math.h>

#include "core/base.h"
#include "core/line.h"
#include "formats/repair/cells.h"
#include "formats/repair_table.h"

enum { T = REPAIR_LAYOUT_TABLE, M = REPAIR_LAYOUT_MATRIX, C = REPAIR_LAYOUT_COSTS };

/* The columns of a layout, in the order of the table. */
static const unsigned layouts[REPAIR_COLUMNS] = {
#define COLUMN(id, name, name_zh, bits) [COLUMN_##id] = (bits),
#include "formats/repair/columns.def"
#undef COLUMN
};

/* One line under way: the texts of its cells, {0} for empty ones. */
struct row {
    unsigned layout;
    struct line cells[REPAIR_COLUMNS];
};

static struct line *cell(struct row *row, enum repair_column column) {
    line_start(&row->cells[column]);
    return &row->cells[column];
}

static void start(struct row *row, unsigned layout, const char *table) {
    row->layout = layout;
    for (size_t i = 0; i < REPAIR_COLUMNS; i++) {
        line_start(&row->cells[i]);
    }
    line_add(cell(row, COLUMN_TABLE), table);
}

static bool needs_quotes(struct text text) {
    return text_contains(text, TEXT(",")) || text_contains(text, TEXT("\"")) ||
           text_contains(text, TEXT("\n")) || text_contains(text, TEXT("\r"));
}

/* A line of a CSV: there is room for every cell with every byte of it doubled. */
struct csv {
    char at[REPAIR_COLUMNS * (2 * sizeof((struct line){0}.at) + 3)];
    size_t n;
};

static void add_cell(struct csv *csv, struct text text) {
    bool is_quoted = needs_quotes(text);

    if (is_quoted) {
        csv->at[csv->n++] = '"';
    }
    for (size_t i = 0; i < text.n; i++) {
        csv->at[csv->n++] = text.at[i];
        if (text.at[i] == '"') {
            csv->at[csv->n++] = '"';
        }
    }
    if (is_quoted) {
        csv->at[csv->n++] = '"';
    }
}

static void hand_out(const struct row *row, repair_line_taker *take, void *context) {
    struct csv csv;
    bool is_first = true;

    csv.n = 0;
    for (size_t i = 0; i < REPAIR_COLUMNS; i++) {
        if ((layouts[i] & row->layout) == 0) {
            continue;
        }
        if (!is_first) {
            csv.at[csv.n++] = ',';
        }
        is_first = false;
        add_cell(&csv, (struct text){row->cells[i].at, row->cells[i].n});
    }
    take(context, (struct text){csv.at, csv.n});
}

static void heading(unsigned layout, repair_line_taker *take, void *context) {
    struct row row;

    start(&row, layout, "");
    for (size_t i = 0; i < REPAIR_COLUMNS; i++) {
        line_add(cell(&row, (enum repair_column)i), repair_column_name((enum repair_column)i));
    }
    hand_out(&row, take, context);
}

/* --- values --- */

/* Nothing for what has no limit. */
static void add_limit(struct row *row, enum repair_column column, double value) {
    if (value > 0 && value < INFINITY) {
        line_add_number(cell(row, column), value);
    }
}

static void add_yes(struct row *row, enum repair_column column, bool is_yes) {
    line_add(cell(row, column), is_yes ? "yes" : "no");
}

static void add_where(struct row *row, const struct repair_where *where) {
    const char *family = where->family == FAMILY_NONE ? "" : defect_family_name(where->family);

    line_add(cell(row, COLUMN_DEFECT), where->code != NULL ? where->code : family);
    line_add_count(cell(row, COLUMN_GRADE_FROM), where->severity_from);
    line_add_count(cell(row, COLUMN_GRADE_TO), where->severity_to);
    add_limit(row, COLUMN_DN_FROM, where->dn_from_mm);
    add_limit(row, COLUMN_DN_BELOW, where->dn_below_mm);
    line_add(cell(row, COLUMN_MATERIAL), repair_material_name(where->material));
    line_add(cell(row, COLUMN_SHAPE), repair_shape_name(where->shape));
}

static void add_scopes(struct row *row, uint8_t scopes) {
    struct line *line = cell(row, COLUMN_SCOPE);

    for (size_t i = REPAIR_CLEAN; i < REPAIR_SCOPES; i++) {
        if ((scopes >> i & 1) != 0) {
            line_add(line, line->n == 0 ? "" : "|");
            line_add(line, repair_scope_name((enum repair_scope)i));
        }
    }
}

static void add_choices(
    struct row *row, const struct repair_tables *tables, const struct repair_row *of) {
    struct line *line = cell(row, COLUMN_METHODS);

    for (size_t i = 0; i < REPAIR_CHOICES_MOST && of->choices[i].main != 0; i++) {
        struct repair_choice choice = of->choices[i];
        line_add(line, i == 0 ? "" : "|");
        line_add(line, tables->methods[choice.before].name);
        line_add(line, choice.before == 0 ? "" : " + ");
        line_add(line, tables->methods[choice.main].name);
    }
}

/* --- rows --- */

static void fill_method(
    struct row *row, const struct repair_tables *tables, const struct repair_method *method) {
    start(row, REPAIR_LAYOUT_TABLE, "method");
    line_add(cell(row, COLUMN_NAME), method->name);
    line_add(cell(row, COLUMN_NAME_ZH), method->name_zh);
    line_add(cell(row, COLUMN_ALIASES), method->aliases);
    add_scopes(row, method->scopes);
    add_limit(row, COLUMN_DN_MIN, method->dn_min_mm);
    add_limit(row, COLUMN_DN_MAX, method->dn_max_mm);
    line_add(cell(row, COLUMN_UNIT), repair_unit_name(method->unit));
    add_limit(row, COLUMN_PIECE_M, method->piece_m);
    add_yes(row, COLUMN_WHOLE_SEGMENT, method->is_whole);
    add_yes(row, COLUMN_TRENCHLESS, method->is_trenchless);
    line_add(cell(row, COLUMN_SOIL_FIRST), tables->methods[method->soil_first].name);
    line_add(cell(row, COLUMN_SOURCE), method->source);
}

static void fill_matrix(
    struct row *row, const struct repair_tables *tables, const struct repair_row *of) {
    start(row, REPAIR_LAYOUT_TABLE, "matrix");
    add_where(row, &of->where);
    add_yes(row, COLUMN_HAZARD, of->where.is_hazard);
    line_add(cell(row, COLUMN_SCOPE), repair_scope_name(of->scope));
    add_choices(row, tables, of);
    line_add(cell(row, COLUMN_SOURCE), of->source);
}

static void fill_exclusion(
    struct row *row, const struct repair_tables *tables, const struct repair_exclusion *exclusion) {
    start(row, REPAIR_LAYOUT_TABLE, "exclusion");
    line_add(cell(row, COLUMN_NAME), tables->methods[exclusion->method].name);
    add_where(row, &exclusion->where);
    line_add(cell(row, COLUMN_SOURCE), exclusion->source);
}

static void fill_limit(struct row *row, const struct repair_tables *tables, size_t i) {
    const struct repair_limit *limit = &repair_limit_list[i];
    struct repair_limits limits = tables->limits;

    start(row, REPAIR_LAYOUT_TABLE, "limit");
    line_add(cell(row, COLUMN_NAME), limit->name);
    line_add_number(cell(row, COLUMN_VALUE), *repair_limit_at(&limits, i));
    line_add(cell(row, COLUMN_SOURCE), limit->source);
    line_add(cell(row, COLUMN_REMARK), limit->meaning);
}

void repair_table_print(
    const struct repair_tables *tables, repair_line_taker *take, void *context) {
    struct row row;

    heading(REPAIR_LAYOUT_TABLE, take, context);
    for (size_t i = 1; i < tables->n_methods; i++) {
        fill_method(&row, tables, &tables->methods[i]);
        hand_out(&row, take, context);
    }
    for (size_t i = 0; i < tables->n_rows; i++) {
        fill_matrix(&row, tables, &tables->rows[i]);
        hand_out(&row, take, context);
    }
    for (size_t i = 0; i < tables->n_exclusions; i++) {
        fill_exclusion(&row, tables, &tables->exclusions[i]);
        hand_out(&row, take, context);
    }
    for (size_t i = 0; i < repair_n_limits; i++) {
        fill_limit(&row, tables, i);
        hand_out(&row, take, context);
    }
}

/* --- unit costs --- */

static bool has_price(const struct repair_tables *tables, size_t method) {
    for (size_t i = 0; i < tables->n_prices; i++) {
        if (tables->prices[i].method == method) {
            return true;
        }
    }
    return false;
}

void repair_costs_print(
    const struct repair_tables *tables, repair_line_taker *take, void *context) {
    struct row row;

    heading(REPAIR_LAYOUT_COSTS, take, context);
    for (size_t i = 0; i < tables->n_prices; i++) {
        const struct repair_price *price = &tables->prices[i];
        start(&row, REPAIR_LAYOUT_COSTS, "");
        line_add(cell(&row, COLUMN_METHOD), tables->methods[price->method].name);
        add_limit(&row, COLUMN_DN_FROM, price->dn_from_mm);
        add_limit(&row, COLUMN_DN_TO, price->dn_to_mm);
        line_add(cell(&row, COLUMN_UNIT), repair_unit_name(price->unit));
        line_add_number(cell(&row, COLUMN_PRICE), price->price);
        line_add(cell(&row, COLUMN_CURRENCY), price->currency);
        hand_out(&row, take, context);
    }
    for (size_t i = 1; i < tables->n_methods; i++) {
        if (!has_price(tables, i)) {
            start(&row, REPAIR_LAYOUT_COSTS, "");
            line_add(cell(&row, COLUMN_METHOD), tables->methods[i].name);
            line_add(cell(&row, COLUMN_UNIT), repair_unit_name(tables->methods[i].unit));
            hand_out(&row, take, context);
        }
    }
}
