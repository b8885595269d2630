#include "formats/gpkg/fill.h"

#include "core/base.h"
#include "formats/gpkg/pages/page_table.h"
#include "formats/sqlite.h"

bool fill_find_root(sqlite3 *db, const char *table, uint32_t *root, struct error *err) {
    char query[256];
    sqlite3_int64 page = 0;

    sqlite3_snprintf(sizeof query, query,
        "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = %Q", table);
    if (!sqlite_query_int(db, query, &page, err)) {
        return false;
    }
    *root = (uint32_t)page;
    return true;
}

static bool add_block(struct page_table *table, const struct block *block,
    const struct fill_into *into, int64_t *id, struct error *err) {
    const struct value *row = block->values;

    for (size_t i = 0; i < block->n_rows; i++, row += block->n_columns) {
        const struct value *values = row;
        if (into->ids == FILL_NUMBERED) {
            ++*id;
        } else {
            *id = values++->integer;
        }
        if (!page_table_add(table, *id, values, err)) {
            return false;
        }
    }
    return true;
}

bool fill_table(
    struct page_file *file, struct feed *feed, const struct fill_into *into, struct error *err) {
    enum affinity affinities[MAX_COLUMNS];
    CLEANUP(page_table_release) struct page_table table = {0};
    const struct block *block;
    int64_t id = 0;

    for (size_t i = 0; i < into->n_columns; i++) {
        affinities[i] = affinity_of(into->columns == NULL ? NULL : into->columns[i].type);
    }
    page_table_begin(&table, file, into->root, affinities, into->n_columns);
    while ((block = feed_next(feed)) != NULL) {
        if (!add_block(&table, block, into, &id, err)) {
            return error_wrap(err, "table '%s'", into->table);
        }
    }
    return page_table_end(&table, err) || error_wrap(err, "table '%s'", into->table);
}
