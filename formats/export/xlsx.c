#include "formats/export/xlsx.h"

#include <math.h>
#include <string.h>

#include <xlsxwriter.h>

#include "core/arena.h"
#include "core/base.h"

struct xlsx {
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_col_t column;
    struct text_out cell; /* ended by NUL */
    lxw_error first;      /* LXW_NO_ERROR: all went well */
};

static void note(struct xlsx *xlsx, lxw_error got) {
    if (xlsx->first == LXW_NO_ERROR) {
        xlsx->first = got;
    }
}

static bool is_number(enum sheet_role role) {
    return role == SHEET_CHAINAGE || role == SHEET_DIAMETER || role == SHEET_EXPECTED ||
           role == SHEET_GRADE || role == SHEET_INSPECTED;
}

/* `cell` of `sink`. */
static void put_cell(void *context, enum sheet_role role, struct text text) {
    struct xlsx *xlsx = context;
    double number;

    if (text.n > 0 && is_number(role) && text_to_double(text, &number)) {
        note(xlsx, worksheet_write_number(xlsx->sheet, xlsx->row, xlsx->column, number, NULL));
    } else if (text.n > 0) {
        xlsx->cell.n = 0;
        text_out_put(&xlsx->cell, text);
        text_out_put(&xlsx->cell, (struct text){"", 1});
        note(xlsx,
            worksheet_write_string(xlsx->sheet, xlsx->row, xlsx->column, xlsx->cell.at, NULL));
    }
    xlsx->column++;
}

static void end_row(void *context) {
    struct xlsx *xlsx = context;

    xlsx->row++;
    xlsx->column = 0;
}

/* --- wells --- */

static void put_number(struct xlsx *xlsx, double number) {
    if (!isnan(number)) {
        double rounded = nearbyint(number * 1000) / 1000; /* to the millimetre */
        note(xlsx, worksheet_write_number(xlsx->sheet, xlsx->row, xlsx->column, rounded, NULL));
    }
    xlsx->column++;
}

/* X is the northing in Chinese tables. */
static void put_wells(struct xlsx *xlsx, const struct network *network) {
    static const char *const headings[] = {"井号", "X", "Y", "Z"};

    for (size_t i = 0; i < ARRAY_LEN(headings); i++) {
        put_cell(xlsx, SHEET_ROLES, text_from(headings[i]));
    }
    end_row(xlsx);
    for (size_t i = 0; i < network->n_nodes; i++) {
        const struct node *node = &network->nodes[i];
        put_cell(xlsx, SHEET_ROLES, node->id);
        put_number(xlsx, node->at.y);
        put_number(xlsx, node->at.x);
        put_number(xlsx, node->ground_m);
        end_row(xlsx);
    }
}

static bool refuse(lxw_error got, struct error *err) {
    if (got == LXW_NO_ERROR) {
        return true;
    }
    bool is_full = got == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE;
    return error_set(err, is_full ? ERROR_FORMAT : ERROR_FILE, "the workbook: %s",
        is_full ? "more rows than a sheet can have" : lxw_strerror(got));
}

bool xlsx_write(const struct export_request *request, const struct sheet_layout *layout,
    const char *name, const char *path, struct error *err) {
    lxw_workbook *workbook = workbook_new(path);
    lxw_doc_properties properties = {.created = 315532800}; /* 1980-01-01: no clock shows */

    if (workbook == NULL) {
        return error_set(err, ERROR_FILE, "the workbook '%s' cannot be made", path);
    }
    workbook_set_properties(workbook, &properties);
    struct xlsx xlsx = {.sheet = workbook_add_worksheet(workbook, name)};
    const struct sheet_sink sink = {&xlsx, put_cell, end_row};
    if (xlsx.sheet != NULL) {
        sheet_out_write(request, layout, &sink);
        worksheet_freeze_panes(xlsx.sheet, 1, 0);
    }
    if (request->network != NULL && request->network->n_nodes > 0) {
        xlsx.sheet = workbook_add_worksheet(workbook, "坐标表");
        xlsx.row = xlsx.column = 0;
        put_wells(&xlsx, request->network);
        worksheet_freeze_panes(xlsx.sheet, 1, 0);
    }
    text_out_release(&xlsx.cell);
    lxw_error closed = workbook_close(workbook); /* writes the file, and releases all */
    return refuse(xlsx.first != LXW_NO_ERROR ? xlsx.first : closed, err);
}
