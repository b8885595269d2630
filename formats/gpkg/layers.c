#include "formats/gpkg/layers.h"

#include <string.h>

#include "formats/gpkg/fill.h"
#include "formats/gpkg/standard.h"

/* Where SQLite keeps an R-tree. */
static const struct tree_table {
    const char *name;
    bool (*make)(void *rtree, struct block *block);
} tree_tables[TREE_TABLES] = {
    {"rowid",  rtree_make_rowids },
    {"node",   rtree_make_nodes  },
    {"parent", rtree_make_parents},
};

static void name_tree_table(char name[64], const char *table, size_t part) {
    sqlite3_snprintf(64, name, "rtree_%s_geom_%s", table, tree_tables[part].name);
}

static bool has_measurements(const struct result *result) {
    for (size_t i = 0; i < result->n_surveys; i++) {
        if (result->surveys[i].n_measurements > 0) {
            return true;
        }
    }
    return false;
}

static bool is_present(const struct result *result, size_t id) {
    return (id != TABLE_DISTRICTS || result->districts.n > 0) &&
           (id != TABLE_MEASUREMENTS || has_measurements(result));
}

static bool has_districts(const struct layers *layers) {
    return layers->at[TABLE_DISTRICTS].is_present;
}

/* --- making rows: the helper's side --- */

static void note_box(void *context, size_t row, struct box box) {
    struct layer *layer = context;

    rtree_add(&layer->rtree, (uint32_t)(layer->n_made + row + 1), box);
    box_add_box(&layer->extent, box);
}

static void finish_shapes(struct layer *layer, struct block *block) {
    struct layers *layers = layer->layers;
    struct maker *maker = layers->maker;
    const char *geometry = gpkg_tables[layer->id].geometry;
    struct shapes_request request = {
        .block = block,
        .output = layers->crs_output,
        .srs_id = layers->srs_id,
        .has_z = &layer->has_z,
        .found = note_box,
        .context = layer,
    };

    if (strcmp(geometry, "POINT") == 0) {
        maker->n_failed_geometries += shapes_finish_points(&maker->shapes, &request);
    } else if (strcmp(geometry, "LINESTRING") == 0) {
        maker->n_failed_geometries += shapes_finish_lines(&maker->shapes, &request);
    } else {
        maker->n_failed_geometries += shapes_finish_polygons(
            &maker->shapes, &request, maker->result->districts.at + layer->n_made);
    }
}

static bool make_rows(void *context, struct block *block) {
    struct layer *layer = context;
    struct maker *maker = layer->layers->maker;
    bool has_more = row_makers[layer->id](maker, block);

    if (gpkg_tables[layer->id].geometry != NULL) {
        finish_shapes(layer, block);
    }
    layer->n_made += block->n_rows;
    if (!has_more) {
        maker->next = 0;
        maker->next_part = 0;
    }
    return has_more;
}

void layers_begin(
    struct layers *layers, struct maker *maker, struct crs_output *crs_output, int srs_id) {
    *layers = (struct layers){.maker = maker, .crs_output = crs_output, .srs_id = srs_id};
    for (size_t i = 0; i < TABLES; i++) {
        struct layer *layer = &layers->at[i];
        *layer = (struct layer){
            .layers = layers,
            .id = (enum gpkg_table_id)i,
            .is_present = is_present(maker->result, i),
            .extent = box_empty(),
        };
        if (layer->is_present) {
            layers->sources[layers->n_sources++] =
                (struct feed_source){gpkg_tables[i].n_columns, make_rows, layer};
        }
    }
    if (has_districts(layers)) { /* the last one: by then all defects were made */
        layers->sources[layers->n_sources++] = (struct feed_source){
            gpkg_district_codes.n_columns, code_counts_make, &maker->code_counts};
    }
}

/* --- writing rows --- */

static bool find_roots(struct layer *layer, sqlite3 *db, struct error *err) {
    const struct gpkg_table *table = &gpkg_tables[layer->id];

    if (!fill_find_root(db, table->name, &layer->root, err)) {
        return false;
    }
    for (size_t i = 0; i < TREE_TABLES && table->geometry != NULL; i++) {
        char name[64];
        name_tree_table(name, table->name, i);
        if (!fill_find_root(db, name, &layer->tree_roots[i], err)) {
            return false;
        }
    }
    return true;
}

static bool create_code_counts(struct layers *layers, sqlite3 *db, struct error *err) {
    const struct gpkg_table *table = &gpkg_district_codes;

    return !has_districts(layers) ||
           (standard_create_table(db, table, NULL, err) &&
               fill_find_root(db, table->name, &layers->code_counts_root, err));
}

bool layers_create(struct layers *layers, sqlite3 *db, struct error *err) {
    for (size_t i = 0; i < TABLES; i++) {
        struct layer *layer = &layers->at[i];
        if (layer->is_present &&
            (!standard_create_table(db, &gpkg_tables[i], &layer->node_bytes, err) ||
                !find_roots(layer, db, err))) {
            return false;
        }
    }
    return create_code_counts(layers, db, err);
}

static bool fill_code_counts(
    struct layers *layers, struct page_file *file, struct feed *feed, struct error *err) {
    const struct gpkg_table *table = &gpkg_district_codes;
    const struct fill_into into = {
        .table = table->name,
        .columns = table->columns,
        .n_columns = table->n_columns,
        .ids = FILL_NUMBERED,
        .root = layers->code_counts_root,
    };

    return !has_districts(layers) || fill_table(file, feed, &into, err);
}

/* On this thread, while the helper makes rows of the next table. */
static bool fill_tree(struct layer *layer, struct page_file *file, struct error *err) {
    rtree_pack(&layer->rtree, layer->node_bytes);
    for (size_t i = 0; i < TREE_TABLES; i++) {
        char name[64];
        name_tree_table(name, gpkg_tables[layer->id].name, i);
        const struct feed_source source = {RTREE_COLUMNS, tree_tables[i].make, &layer->rtree};
        const struct fill_into into = {
            .table = name,
            .n_columns = RTREE_COLUMNS - 1,
            .ids = FILL_AS_THEY_ARE,
            .root = layer->tree_roots[i],
        };
        if (!fill_table_now(file, &source, &into, err)) {
            return false;
        }
    }
    rtree_release(&layer->rtree);
    return true;
}

/* In the order of the sources. */
static bool fill_tables(
    struct layers *layers, struct page_file *file, struct feed *feed, struct error *err) {
    for (size_t i = 0; i < TABLES; i++) {
        const struct gpkg_table *table = &gpkg_tables[i];
        struct layer *layer = &layers->at[i];
        if (!layer->is_present) {
            continue;
        }
        const struct fill_into into = {
            .table = table->name,
            .columns = table->columns,
            .n_columns = table->n_columns,
            .ids = FILL_NUMBERED,
            .root = layer->root,
        };
        if (!fill_table(file, feed, &into, err)) {
            return false;
        }
        if (table->geometry != NULL && !fill_tree(layer, file, err)) {
            return false;
        }
    }
    return fill_code_counts(layers, file, feed, err);
}

bool layers_write(struct layers *layers, const char *path, unsigned n_threads, struct error *err) {
    CLEANUP(page_file_release) struct page_file file = {.descriptor = -1};

    if (!page_file_open(path, &file, err)) {
        return false;
    }
    CLEANUP(feed_release)
    struct feed *feed = feed_new(layers->sources, layers->n_sources, n_threads);
    return fill_tables(layers, &file, feed, err) && page_file_finish(&file, err);
}

void layers_release(struct layers *layers) {
    for (size_t i = 0; i < TABLES; i++) {
        rtree_release(&layers->at[i].rtree);
    }
}
