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

struct filling {
    const struct fill_into *into;
    struct page_table table;
    enum affinity affinities[MAX_COLUMNS];
    int64_t id;
};

static void filling_release(struct filling *filling) {
    page_table_release(&filling->table);
}

static void begin(struct filling *filling, struct page_file *file, const struct fill_into *into) {
    filling->into = into;
    for (size_t i = 0; i < into->n_columns; i++) {
        filling->affinities[i] = affinity_of(into->columns == NULL ? NULL : into->columns[i].type);
    }
    page_table_begin(&filling->table, file, into->root, filling->affinities, into->n_columns);
}

static bool add_block(struct filling *filling, const struct block *block, struct error *err) {
    const struct value *row = block->values;

    for (size_t i = 0; i < block->n_rows; i++, row += block->n_columns) {
        const struct value *values = row;
        if (filling->into->ids == FILL_NUMBERED) {
            filling->id++;
        } else {
            filling->id = values++->integer;
        }
        if (!page_table_add(&filling->table, filling->id, values, err)) {
            return false;
        }
    }
    return true;
}

bool fill_table(
    struct page_file *file, struct feed *feed, const struct fill_into *into, struct error *err) {
    CLEANUP(filling_release) struct filling filling = {0};
    const struct block *block;

    begin(&filling, file, into);
    while ((block = feed_next(feed)) != NULL) {
        if (!add_block(&filling, block, err)) {
            return error_wrap(err, "table '%s'", into->table);
        }
    }
    return page_table_end(&filling.table, err) || error_wrap(err, "table '%s'", into->table);
}

bool fill_table_now(struct page_file *file, const struct feed_source *source,
    const struct fill_into *into, struct error *err) {
    CLEANUP(filling_release) struct filling filling = {0};
    CLEANUP(block_release) struct block block = {0};
    bool has_more = true;

    begin(&filling, file, into);
    while (has_more) {
        block_start(&block, source->n_columns);
        has_more = source->make(source->context, &block);
        if (!add_block(&filling, &block, err)) {
            return error_wrap(err, "table '%s'", into->table);
        }
    }
    return page_table_end(&filling.table, err) || error_wrap(err, "table '%s'", into->table);
}
