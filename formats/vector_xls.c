/* libfreexl is not safe with broken files: a child reads the sheets (table_file.h), and their rows
 * are put into a dataset of OGR's own kind in memory. */
#include "formats/vector_xls.h"

#include <ogr_api.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/table_file.h"

static void add_field(OGRLayerH layer, struct text name, struct arena *arena) {
    OGRFieldDefnH field = OGR_Fld_Create(arena_copy(arena, name).at, OFTString);

    OGR_L_CreateField(layer, field, TRUE);
    OGR_Fld_Destroy(field);
}

static bool add_row(OGRLayerH layer, const struct sheet_row *row) {
    CLEANUP(arena_release) struct arena arena = {0};
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    int n = OGR_F_GetFieldCount(feature);

    for (int i = 0; i < n && (size_t)i < row->n_cells; i++) {
        if (row->cells[i].n > 0) {
            OGR_F_SetFieldString(feature, i, arena_copy(&arena, row->cells[i]).at);
        }
    }
    bool is_added = OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return is_added;
}

static bool add_sheet(GDALDatasetH dataset, struct table_file *table, size_t sheet) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text name = arena_copy(&arena, table_file_sheet_name(table, sheet));
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, name.at, NULL, wkbNone, NULL);
    struct sheet_rows rows = table_file_rows(table, sheet);
    struct sheet_row row;

    if (layer == NULL || !rows.next(rows.context, &row)) {
        return layer != NULL;
    }
    for (size_t i = 0; i < row.n_cells; i++) {
        add_field(layer, row.cells[i], &arena);
    }
    bool is_added = true;
    while (is_added && rows.next(rows.context, &row)) {
        is_added = add_row(layer, &row);
    }
    return is_added;
}

GDALDatasetH vector_xls_open(const struct source *source, struct error *err) {
    CLEANUP(table_file_close) struct table_file *table = NULL;
    GDALDriverH driver = GDALGetDriverByName("Memory");

    if (!table_file_open(source, NULL, &table, err)) {
        return NULL;
    }
    GDALDatasetH dataset =
        driver == NULL ? NULL : GDALCreate(driver, "", 0, 0, 0, GDT_Unknown, NULL);
    bool is_whole = dataset != NULL;
    for (size_t i = 0; is_whole && i < table_file_n_sheets(table); i++) {
        is_whole = add_sheet(dataset, table, i);
    }
    if (is_whole) {
        return dataset;
    }
    if (dataset != NULL) {
        GDALClose(dataset);
    }
    error_set(err, ERROR_LIBRARY, "GDAL keeps no tables in memory");
    return NULL;
}
