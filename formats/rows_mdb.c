/* Tables of an Access database as rows. */
#include "core/base.h"
#include "formats/rows.h"

static enum rows_step next(struct rows *rows, struct error *why) {
    struct mdb_table *table = rows->context;
    const struct text *cells = NULL;

    switch (mdb_table_next(table, &cells, why)) {
    case MDB_STEP_END:
        return ROWS_END;
    case MDB_STEP_BROKEN:
        return ROWS_BROKEN;
    case MDB_STEP_ROW:
        break;
    }
    rows->line = (uint32_t)rows->n_rows + 1;
    for (size_t i = 0; i < rows->n_columns; i++) {
        rows->cells[i] = cells[i];
    }
    return ROWS_ROW;
}

static void close_table(struct rows *rows) {
    struct mdb_table *table = rows->context;

    mdb_table_close(&table);
}

bool rows_open_mdb(
    const struct rows_request *request, struct text bytes, struct rows *out, struct error *err) {
    static const struct rows_source source = {next, close_table};
    struct mdb_table *table = NULL;
    size_t n = 0;

    if (!mdb_table_open(bytes, request->table, &table, err)) {
        return false;
    }
    const struct text *columns = mdb_table_columns(table, &n);
    *out = (struct rows){.request = *request, .source = &source, .context = table};
    for (size_t i = 0; i < n; i++) {
        rows_add_column(out, columns[i]);
    }
    return true;
}

bool rows_list_mdb(struct text bytes, struct survey *survey, struct arena *arena,
    struct text **names, size_t *n, struct error *err) {
    struct mdb_names found = {0};

    if (!mdb_list(bytes, arena, &found, err)) {
        return false;
    }
    if (!found.is_whole) {
        survey->file.is_damaged = true;
        findings_add(&survey->findings, FINDING_FILE_DAMAGED,
            (struct finding_place){.file = survey->file.path}, "its list of tables is not whole");
    }
    *names = found.at;
    *n = found.n;
    return true;
}
