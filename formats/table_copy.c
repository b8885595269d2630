/* All cells stand one behind the other in `bytes`, a tab behind each; `lengths` says how long each
 * is, a row which of them are its own. */
#include "formats/table_copy.h"

#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/base.h"

enum message {
    MESSAGE_SHEET = 'S', /* its name */
    MESSAGE_ROW = 'R',   /* its cells */
    MESSAGE_END = 'E',
    MESSAGE_FAILED = 'F', /* why */
};

/* --- In the child --- */

bool table_send_sheet(int out, struct text name) {
    return child_send(out, MESSAGE_SHEET, &name, 1);
}

bool table_send_row(int out, const struct sheet_row *row) {
    return child_send(out, MESSAGE_ROW, row->cells, row->n_cells);
}

bool table_send_end(int out) {
    return child_send(out, MESSAGE_END, NULL, 0);
}

bool table_send_failure(int out, const char *why) {
    struct text words = text_from(why);

    return child_send(out, MESSAGE_FAILED, &words, 1);
}

/* --- In the parent --- */

struct copied_row {
    size_t from;       /* of its first cell, in `bytes` */
    size_t first_cell; /* in `lengths` */
    size_t n_cells;
};

struct copied_sheet {
    struct text name; /* in the arena */
    size_t first_row, n_rows;
};

struct table_copy {
    struct arena arena; /* names of sheets */
    char *bytes;        /* owned, as all arrays here */
    size_t n_bytes, bytes_capacity;
    uint32_t *lengths; /* of cells, in bytes */
    size_t n_cells, lengths_capacity;
    struct copied_row *rows;
    size_t n_rows, rows_capacity;
    struct copied_sheet *sheets;
    size_t n_sheets, sheets_capacity;
    struct text *cells; /* of the row that was given last */
    size_t cells_capacity;
    size_t sheet, next; /* the current one, its next row */
};

static void add_sheet(struct table_copy *copy, struct text name) {
    copy->sheets = array_reserve(
        copy->sheets, &copy->sheets_capacity, copy->n_sheets + 1, sizeof *copy->sheets);
    copy->sheets[copy->n_sheets++] = (struct copied_sheet){
        .name = text_is_utf8(name) ? arena_copy(&copy->arena, name) : TEXT("?"),
        .first_row = copy->n_rows,
    };
}

static void add_cell(struct table_copy *copy, struct text cell) {
    copy->bytes = array_reserve(copy->bytes, &copy->bytes_capacity, copy->n_bytes + cell.n + 1, 1);
    if (cell.n > 0) {
        memcpy(copy->bytes + copy->n_bytes, cell.at, cell.n);
    }
    copy->n_bytes += cell.n;
    copy->lengths[copy->n_cells++] = (uint32_t)cell.n;
    copy->bytes[copy->n_bytes++] = '\t';
}

static void add_row(struct table_copy *copy, const struct text *cells, size_t n) {
    copy->rows =
        array_reserve(copy->rows, &copy->rows_capacity, copy->n_rows + 1, sizeof *copy->rows);
    copy->rows[copy->n_rows++] =
        (struct copied_row){.from = copy->n_bytes, .first_cell = copy->n_cells, .n_cells = n};
    copy->lengths = array_reserve(
        copy->lengths, &copy->lengths_capacity, copy->n_cells + n + 1, sizeof *copy->lengths);
    for (size_t i = 0; i < n; i++) {
        add_cell(copy, cells[i]);
    }
    copy->sheets[copy->n_sheets - 1].n_rows++;
}

static bool receive_all(struct child *child, struct table_copy *copy, struct error *err) {
    for (;;) {
        char kind = 0;
        if (!child_receive(child, &kind, err)) {
            return false;
        }
        if (kind == MESSAGE_END) {
            return true;
        }
        if (kind == MESSAGE_FAILED && child->n_parts == 1 && text_is_utf8(child->parts[0])) {
            return error_set(err, ERROR_FORMAT, "%.*s", TEXT_ARGS(text_cut(child->parts[0], 400)));
        }
        if (kind == MESSAGE_SHEET && child->n_parts == 1) {
            add_sheet(copy, child->parts[0]);
        } else if (kind == MESSAGE_ROW && copy->n_sheets > 0) {
            add_row(copy, child->parts, child->n_parts);
        } else {
            return error_set(err, ERROR_FORMAT, "its reader talks nonsense");
        }
    }
}

bool table_copy_receive(struct child *child, struct table_copy **out, struct error *err) {
    CLEANUP(table_copy_close) struct table_copy *copy = NULL;
    size_t capacity = 0;

    copy = array_reserve(NULL, &capacity, 1, sizeof *copy);
    *copy = (struct table_copy){0};
    if (!receive_all(child, copy, err)) {
        return false;
    }
    *out = copy;
    copy = NULL;
    return true;
}

size_t table_copy_n_sheets(const struct table_copy *copy) {
    return copy->n_sheets;
}

struct text table_copy_sheet_name(const struct table_copy *copy, size_t sheet) {
    return copy->sheets[sheet].name;
}

static bool next_row(void *context, struct sheet_row *row) {
    struct table_copy *copy = context;
    const struct copied_sheet *sheet = &copy->sheets[copy->sheet];

    if (copy->next >= sheet->n_rows) {
        return false;
    }
    const struct copied_row *copied = &copy->rows[sheet->first_row + copy->next++];
    size_t from = copied->from, n = copied->n_cells;
    copy->cells = array_reserve(copy->cells, &copy->cells_capacity, n + 1, sizeof *copy->cells);
    for (size_t i = 0; i < n; i++) {
        copy->cells[i] = (struct text){copy->bytes + from, copy->lengths[copied->first_cell + i]};
        from += copy->cells[i].n + 1;
    }
    struct text raw = {copy->bytes + copied->from, n == 0 ? 0 : from - 1 - copied->from};
    while (raw.n > 0 && raw.at[raw.n - 1] == '\t') {
        raw.n--;
    }
    *row = (struct sheet_row){
        .cells = copy->cells, .n_cells = n, .raw = raw, .line = (uint32_t)copy->next};
    return true;
}

static void rewind_rows(void *context) {
    struct table_copy *copy = context;

    copy->next = 0;
}

struct sheet_rows table_copy_rows(struct table_copy *copy, size_t sheet) {
    copy->sheet = sheet;
    copy->next = 0;
    return (struct sheet_rows){.context = copy, .next = next_row, .rewind = rewind_rows};
}

void table_copy_close(struct table_copy **copy) {
    if (*copy == NULL) {
        return;
    }
    arena_release(&(*copy)->arena);
    array_release(&(*copy)->bytes);
    array_release(&(*copy)->lengths);
    array_release(&(*copy)->rows);
    array_release(&(*copy)->sheets);
    array_release(&(*copy)->cells);
    array_release(copy);
}
