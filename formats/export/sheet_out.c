#include "formats/export/sheet_out.h"

#include <string.h>

#include "core/arena.h"
#include "formats/export/sheet_cells.h"
#include "formats/export/unique_ids.h"
#include "formats/sheet_values.h"

bool sheet_out_holds_inspection(const struct inspection *inspection) {
    return inspection->object == OBJECT_SEGMENT;
}

bool sheet_out_holds_row(
    const struct inspection *inspection, const struct observation *observation) {
    struct text code = observation_code(inspection, observation)->code;

    return code.n > 0 && !sheet_is_blank(code) && !sheet_is_clean(code);
}

/* --- rows --- */

struct walk {
    const struct export_request *request;
    const struct text *ids;
    size_t at;      /* inspection */
    size_t row;     /* of its observations */
    size_t n_shown; /* rows of the inspection so far */
    size_t number;  /* of the sheet's rows */
};

static bool next_observation(struct walk *walk, struct sheet_out_row *out) {
    const struct observation *observations = inspection_observations(out->inspection);

    while (walk->row < out->inspection->n_observations) {
        const struct observation *observation = &observations[walk->row++];
        if (sheet_out_holds_row(out->inspection, observation)) {
            out->observation = observation;
            return true;
        }
    }
    return walk->n_shown == 0; /* a row without an observation */
}

/* The next row: each observation that a sheet can hold, or one for an inspection without any. */
static bool next_row(struct walk *walk, struct sheet_out_row *out) {
    for (; walk->at < walk->request->n_inspections; walk->at++, walk->row = walk->n_shown = 0) {
        *out = (struct sheet_out_row){
            .inspection = walk->request->inspections[walk->at],
            .id = walk->ids[walk->at],
            .number = walk->number + 1,
        };
        if (next_observation(walk, out)) {
            walk->n_shown++;
            walk->number++;
            return true;
        }
    }
    return false;
}

static bool has_value(const struct export_request *request, const struct text *ids,
    const struct sheet_layout *layout, const struct sheet_out_column *column) {
    CLEANUP(text_out_release) struct text_out cell = {0};
    struct walk walk = {.request = request, .ids = ids};
    struct sheet_out_row row;

    while (next_row(&walk, &row)) {
        sheet_out_cell(&row, column->role, layout->dialect, &cell);
        if (cell.n > 0) {
            return true;
        }
    }
    return false;
}

void sheet_out_write(const struct export_request *request, const struct sheet_layout *layout,
    const struct sheet_sink *sink) {
    CLEANUP(arena_release) struct arena arena = {0};
    CLEANUP(text_out_release) struct text_out cell = {0};
    const struct text *ids = unique_ids(request, &arena);
    const struct sheet_out_column **columns =
        ARENA_NEW(&arena, const struct sheet_out_column *, layout->n_columns);
    struct walk walk = {.request = request, .ids = ids};
    struct sheet_out_row row;
    size_t n = 0;

    for (size_t i = 0; i < layout->n_columns; i++) {
        const struct sheet_out_column *column = &layout->columns[i];
        if (column->presence == COLUMN_ALWAYS || has_value(request, ids, layout, column)) {
            columns[n++] = column;
            sink->cell(sink->context, SHEET_ROLES, text_from(column->heading));
        }
    }
    sink->end_row(sink->context);
    while (next_row(&walk, &row)) {
        for (size_t i = 0; i < n; i++) {
            cell.n = 0;
            sheet_out_cell(&row, columns[i]->role, layout->dialect, &cell);
            sink->cell(sink->context, columns[i]->role, (struct text){cell.at, cell.n});
        }
        sink->end_row(sink->context);
    }
}

/* --- as CSV --- */

struct csv {
    struct text_out *out;
    bool has_cells; /* in this row */
};

static bool needs_quotes(struct text text) {
    for (size_t i = 0; i < text.n; i++) {
        if (strchr(",;\t\"\r\n", text.at[i]) != NULL) {
            return true;
        }
    }
    return text.n > 0 && text_trim(text).n < text.n;
}

static void csv_cell(void *context, enum sheet_role role, struct text text) {
    struct csv *csv = context;

    (void)role;
    text_out_string(csv->out, csv->has_cells ? "," : "");
    csv->has_cells = true;
    if (!needs_quotes(text)) {
        text_out_put(csv->out, text);
        return;
    }
    text_out_string(csv->out, "\"");
    for (size_t i = 0; i < text.n; i++) {
        text_out_put(csv->out, text_part(text, i, i + 1));
        if (text.at[i] == '"') {
            text_out_string(csv->out, "\"");
        }
    }
    text_out_string(csv->out, "\"");
}

static void csv_end_row(void *context) {
    struct csv *csv = context;

    text_out_string(csv->out, "\r\n");
    csv->has_cells = false;
}

void sheet_out_csv(
    const struct export_request *request, const struct sheet_layout *layout, struct text_out *out) {
    struct csv csv = {.out = out};
    const struct sheet_sink sink = {&csv, csv_cell, csv_end_row};

    sheet_out_write(request, layout, &sink);
}
