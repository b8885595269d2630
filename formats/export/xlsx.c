#include "formats/export/xlsx.h"

#include <string.h>
#include <xlsxwriter.h>

#include "core/arena.h"

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
    text_out_release(&xlsx.cell);
    lxw_error closed = workbook_close(workbook); /* writes the file, and releases all */
    return refuse(xlsx.first != LXW_NO_ERROR ? xlsx.first : closed, err);
}
