/* OGR gives features one by one; here they become views: texts as they stand in the feature, shapes
 * in one buffer that is used again for each feature. */
#include "formats/vector_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "core/base.h"
#include "formats/dbf_rows.h"
#include "formats/source.h"
#include "formats/sqlite.h"
#include "formats/table_file.h"
#include "formats/vector_shape.h"
#include "formats/vector_xls.h"

enum { MAX_LAYERS = 4096, MAX_FIELDS = 4096 };

struct vector_file {
    struct arena arena;
    GDALDatasetH dataset;
    struct vector_layer *layers;
    struct dbf_rows *rows; /* of each layer; {0} where OGR has to read the cells */
    size_t n_layers;

    struct vector_shape shape; /* of the feature */
    struct arena texts;        /* of the feature, where OGR does not keep them */
};

/* --- GDAL's messages --- */

static void CPL_STDCALL keep_first_message(CPLErr level, CPLErrorNum number, const char *message) {
    struct error *said = CPLGetErrorHandlerUserData();

    (void)number;
    if (level >= CE_Failure && said != NULL && said->kind == ERROR_NONE) {
        error_set(said, ERROR_FORMAT, "%s", message);
    }
}

/* --- opening --- */

/* The first row of a sheet is its heading, whatever GDAL would guess. */
static const char *const sheet_options[] = {
    "OGR_ODS_HEADERS",
    "OGR_XLSX_HEADERS",
    "OGR_XLS_HEADERS",
};

static void set_sheet_options(const char *value) {
    for (size_t i = 0; i < ARRAY_LEN(sheet_options); i++) {
        CPLSetThreadLocalConfigOption(sheet_options[i], value);
    }
}

static void register_drivers(void) {
    GDALAllRegister();
}

void vector_start(void) {
    static once_flag once = ONCE_FLAG_INIT;

    call_once(&once, register_drivers);
}

static bool has_extension(const char *path, const char *extension) {
    return EQUAL(CPLGetExtension(path), extension);
}

static GDALDatasetH open_here(const char *path) {
    /* ENCODING: the DBF's bytes as they are */
    const char *options[] = {"ENCODING=", NULL};
    unsigned flags = GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR;

    set_sheet_options("FORCE");
    GDALDatasetH dataset = NULL;
    if (has_extension(path, "txt") || has_extension(path, "asc")) {
        const char *const csv[] = {"CSV", NULL};
        dataset = GDALOpenEx(CPLSPrintf("CSV:%s", path), flags, csv, NULL, NULL);
    } else {
        dataset = GDALOpenEx(path, flags, NULL, options, NULL);
    }
    set_sheet_options(NULL);
    return dataset;
}

static GDALDatasetH open_dataset(const char *path, struct error *said) {
    struct source source = {0};
    struct error ignored = {0};

    vector_start();
    if (source_open(path, &source, &ignored) && table_file_is_xls(&source)) {
        return vector_xls_open(&source, said);
    }
    return open_here(path);
}

static enum vector_geometry geometry_of(OGRwkbGeometryType type) {
    OGRwkbGeometryType flat = OGR_GT_Flatten(type);

    if (flat == wkbNone) {
        return VECTOR_NONE;
    }
    if (OGR_GT_IsSubClassOf(flat, wkbPoint) || flat == wkbMultiPoint) {
        return VECTOR_POINT;
    }
    if (OGR_GT_IsSubClassOf(flat, wkbCurve) || OGR_GT_IsSubClassOf(flat, wkbMultiCurve)) {
        return VECTOR_LINE;
    }
    if (OGR_GT_IsSubClassOf(flat, wkbSurface) || OGR_GT_IsSubClassOf(flat, wkbMultiSurface)) {
        return VECTOR_POLYGON;
    }
    return VECTOR_MIXED;
}

static enum vector_type type_of(OGRFieldType type) {
    if (type == OFTInteger || type == OFTInteger64) {
        return VECTOR_INTEGER;
    }
    return type == OFTReal ? VECTOR_REAL : VECTOR_TEXT;
}

/* What GeoPackages without a CRS have: a name for not having one. */
static bool is_undefined(OGRSpatialReferenceH crs) {
    const char *name = crs == NULL ? NULL : OSRGetName(crs);

    return name != NULL && strncmp(name, "Undefined ", 10) == 0;
}

static const char *crs_of(struct vector_file *file, OGRLayerH layer) {
    const char *const options[] = {"FORMAT=WKT2_2019", NULL};
    OGRSpatialReferenceH crs = OGR_L_GetSpatialRef(layer);
    char *wkt = NULL;
    const char *copy = NULL;

    if (is_undefined(crs)) {
        return NULL;
    }
    if (crs != NULL && OSRExportToWktEx(crs, &wkt, options) == OGRERR_NONE && wkt != NULL &&
        wkt[0] != '\0') {
        copy = arena_copy(&file->arena, text_from(wkt)).at;
    }
    CPLFree(wkt);
    return copy;
}

static void describe_encoding(struct vector_file *file, OGRLayerH ogr, struct vector_layer *layer) {
    const char *driver = vector_driver(file);

    layer->is_dbf = strcmp(driver, "ESRI Shapefile") == 0;
    layer->is_raw = layer->is_dbf || strcmp(driver, "CSV") == 0;
    if (!layer->is_dbf) {
        return;
    }
    const char *ldid = GDALGetMetadataItem(ogr, "LDID_VALUE", "SHAPEFILE");
    const char *cpg = GDALGetMetadataItem(ogr, "CPG_VALUE", "SHAPEFILE");
    long number = 0;
    if (text_to_int(text_from(ldid), &number) && number > 0 && number < 256) {
        layer->ldid = (int)number;
    }
    layer->cpg = text_trim(arena_copy(&file->arena, text_from(cpg)));
}

static void describe_layer(struct vector_file *file, OGRLayerH ogr, struct vector_layer *layer) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(ogr);
    int n = OGR_FD_GetFieldCount(definition);
    GIntBig n_features = OGR_L_GetFeatureCount(ogr, FALSE);

    layer->name = arena_copy(&file->arena, text_from(OGR_L_GetName(ogr)));
    layer->geometry = geometry_of(OGR_L_GetGeomType(ogr));
    layer->n_features = n_features > 0 ? (uint64_t)n_features : 0;
    layer->crs = crs_of(file, ogr);
    layer->n_fields = n < 0 ? 0 : n > MAX_FIELDS ? MAX_FIELDS : (size_t)n;
    struct vector_field *fields = ARENA_NEW(&file->arena, struct vector_field, layer->n_fields + 1);
    for (size_t i = 0; i < layer->n_fields; i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, (int)i);
        fields[i].name = arena_copy(&file->arena, text_from(OGR_Fld_GetNameRef(field)));
        fields[i].type = type_of(OGR_Fld_GetType(field));
    }
    layer->fields = fields;
    describe_encoding(file, ogr, layer);
}

/* The DBF beside pipes.shp, or that of a layer in a folder of shapefiles. */
static void open_rows(struct vector_file *file, const char *path, size_t number) {
    const struct vector_layer *layer = &file->layers[number];
    struct dbf_rows *rows = &file->rows[number];
    static const char *const extensions[] = {"dbf", "DBF"};

    if (!layer->is_dbf) {
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(extensions) && rows->mapping == NULL; i++) {
        bool is_file = EQUAL(CPLGetBasename(path), layer->name.at);
        const char *dbf = is_file ? CPLResetExtension(path, extensions[i])
                                  : CPLFormFilename(path, layer->name.at, extensions[i]);
        dbf_rows_open(dbf, &file->arena, rows);
    }
    bool is_same = rows->mapping != NULL && rows->n_columns == layer->n_fields;
    for (size_t i = 0; i < layer->n_fields && is_same; i++) {
        is_same = text_equal(text_trim(dbf_rows_name(rows, i)), layer->fields[i].name);
    }
    if (!is_same) {
        dbf_rows_close(rows);
    }
}

static void describe(struct vector_file *file, const char *path) {
    int n = GDALDatasetGetLayerCount(file->dataset);

    file->n_layers = n < 0 ? 0 : n > MAX_LAYERS ? MAX_LAYERS : (size_t)n;
    file->layers = ARENA_NEW(&file->arena, struct vector_layer, file->n_layers + 1);
    file->rows = ARENA_NEW(&file->arena, struct dbf_rows, file->n_layers + 1);
    for (size_t i = 0; i < file->n_layers; i++) {
        describe_layer(file, GDALDatasetGetLayer(file->dataset, (int)i), &file->layers[i]);
        open_rows(file, path, i);
    }
}

/* OGR's words name the file again, or a way to it that is its own; only what they say of the
 * contents goes on to people. */
static bool refuse(const char *path, const struct error *said, struct error *err) {
    struct text text = text_from(said->text);

    if (text_contains(text, TEXT("database is locked"))) {
        sqlite_error_busy(err);
        return error_wrap(err, "'%s'", path);
    }
    if (said->kind != ERROR_NONE && !text_contains(text, text_from(path))) {
        return error_set(err, ERROR_FORMAT, "'%s': %s", path, said->text);
    }
    return error_set(err, ERROR_FORMAT,
        "'%s' is no geodata and no table (a shapefile, GeoPackage, GeoJSON, CSV with headings ...)",
        path);
}

bool vector_open(const char *path, struct vector_file **out, struct error *err) {
    struct error said = {0};
    bool is_virtual = text_starts_with(text_from(path), TEXT("/vsi"));

    if (!is_virtual && access(path, R_OK) != 0) {
        return error_set(err, ERROR_FILE, "'%s': %s", path, strerror(errno));
    }
    CPLPushErrorHandlerEx(keep_first_message, &said);
    GDALDatasetH dataset = open_dataset(path, &said);
    if (dataset == NULL) {
        CPLPopErrorHandler();
        return refuse(path, &said, err);
    }
    struct arena arena = {0};
    struct vector_file *file = ARENA_NEW(&arena, struct vector_file, 1);
    file->arena = arena;
    file->dataset = dataset;
    describe(file, path);
    CPLPopErrorHandler();
    *out = file;
    return true;
}

void vector_close(struct vector_file *file) {
    if (file == NULL) {
        return;
    }
    CPLPushErrorHandlerEx(keep_first_message, NULL);
    GDALClose(file->dataset);
    CPLPopErrorHandler();
    for (size_t i = 0; i < file->n_layers; i++) {
        dbf_rows_close(&file->rows[i]);
    }
    vector_shape_release(&file->shape);
    arena_release(&file->texts);
    struct arena arena = file->arena;
    arena_release(&arena);
}

const char *vector_driver(const struct vector_file *file) {
    GDALDriverH driver = GDALGetDatasetDriver(file->dataset);

    const char *name = driver == NULL ? "" : GDALGetDriverShortName(driver);
    return strcmp(name, "Memory") == 0 ? "XLS" : name; /* by vector_xls.c */
}

size_t vector_n_layers(const struct vector_file *file) {
    return file->n_layers;
}

const struct vector_layer *vector_layer(const struct vector_file *file, size_t layer) {
    return &file->layers[layer];
}

/* --- reading --- */

/* A date, say, as OGR tells it is gone when the next one is asked for. */
static struct text take_text(struct vector_file *file, OGRFeatureH feature, int at) {
    struct text text = text_from(OGR_F_GetFieldAsString(feature, at));
    bool is_kept = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, at)) == OFTString;

    return is_kept ? text : arena_copy(&file->texts, text);
}

static struct vector_value take_value(
    struct vector_file *file, OGRFeatureH feature, const struct vector_layer *layer, size_t field) {
    struct vector_value value = {.number = NAN, .type = layer->fields[field].type};
    int at = (int)field;

    if (value.type == VECTOR_TEXT) {
        value.text = take_text(file, feature, at);
    } else if (OGR_F_IsFieldSetAndNotNull(feature, at)) {
        value.number = value.type == VECTOR_REAL ? OGR_F_GetFieldAsDouble(feature, at)
                                                 : (double)OGR_F_GetFieldAsInteger64(feature, at);
    }
    return value;
}

static struct vector_value take_cell(
    const struct dbf_rows *rows, uint64_t row, const struct vector_layer *layer, size_t field) {
    struct vector_value value = {
        .text = dbf_rows_cell(rows, row, field), .number = NAN, .type = layer->fields[field].type};

    if (value.type != VECTOR_TEXT) {
        text_to_double(value.text, &value.number);
    }
    return value;
}

static void take_values(struct vector_file *file, OGRFeatureH feature,
    const struct vector_read *request, struct vector_value *values) {
    const struct vector_layer *layer = &file->layers[request->layer];
    const struct dbf_rows *rows = &file->rows[request->layer];

    if (rows->mapping == NULL) {
        arena_release(&file->texts);
        for (size_t i = 0; i < request->n_wanted; i++) {
            values[i] = take_value(file, feature, layer, request->wanted[i]);
        }
        return;
    }
    uint64_t row = (uint64_t)OGR_F_GetFID(feature);
    for (size_t i = 0; i < request->n_wanted; i++) {
        values[i] = take_cell(rows, row, layer, request->wanted[i]);
    }
}

/* Tells OGR which fields and whether the geometry can be left out. */
static void ignore_others(OGRLayerH ogr, const struct vector_file *file,
    const struct vector_read *request, struct arena *scratch) {
    const struct vector_layer *layer = &file->layers[request->layer];
    bool by_ogr = file->rows[request->layer].mapping == NULL;
    const char **names = ARENA_NEW(scratch, const char *, layer->n_fields + 3);
    bool *is_wanted = ARENA_NEW(scratch, bool, layer->n_fields + 1);
    size_t n = 0;

    for (size_t i = 0; i < request->n_wanted && by_ogr; i++) {
        is_wanted[request->wanted[i]] = true;
    }
    for (size_t i = 0; i < layer->n_fields; i++) {
        if (!is_wanted[i]) {
            names[n++] = layer->fields[i].name.at;
        }
    }
    names[n++] = "OGR_STYLE";
    if (request->without_geometry) {
        names[n++] = "OGR_GEOMETRY";
    }
    if (OGR_L_TestCapability(ogr, OLCIgnoreFields)) {
        OGR_L_SetIgnoredFields(ogr, names);
    }
}

static void visit_all(struct vector_file *file, OGRLayerH ogr, const struct vector_read *request,
    struct vector_value *values) {
    const struct vector_layer *layer = &file->layers[request->layer];
    struct vector_feature out = {.values = values};
    uint64_t step = request->limit > 0 ? layer->n_features / request->limit : 0;

    for (uint64_t i = 0; request->limit == 0 || i < request->limit; i++) {
        if (step > 1 && OGR_L_SetNextByIndex(ogr, (GIntBig)(i * step)) != OGRERR_NONE) {
            return;
        }
        OGRFeatureH feature = OGR_L_GetNextFeature(ogr);
        if (feature == NULL) {
            return;
        }
        take_values(file, feature, request, values);
        if (!request->without_geometry) {
            out.geometry = vector_shape_take(&file->shape, OGR_F_GetGeometryRef(feature));
            out.parts = file->shape.parts;
            out.n_parts = file->shape.n_parts;
            out.z_first = file->shape.z_first;
            out.z_last = file->shape.z_last;
        }
        out.number++;
        request->visit(request->context, &out);
        OGR_F_Destroy(feature);
    }
}

bool vector_read(struct vector_file *file, const struct vector_read *request, struct error *err) {
    CLEANUP(arena_release) struct arena scratch = {0};
    struct vector_value *values = ARENA_NEW(&scratch, struct vector_value, request->n_wanted + 1);
    OGRLayerH ogr = GDALDatasetGetLayer(file->dataset, (int)request->layer);
    struct error said = {0};

    CPLPushErrorHandlerEx(keep_first_message, &said);
    ignore_others(ogr, file, request, &scratch);
    OGR_L_ResetReading(ogr);
    visit_all(file, ogr, request, values);
    CPLPopErrorHandler();
    if (said.kind != ERROR_NONE) {
        *err = said;
        return false;
    }
    return true;
}

struct text vector_value_text(const struct vector_value *value, char buffer[static 32]) {
    if (value->type == VECTOR_TEXT || (value->type == VECTOR_INTEGER && value->text.n > 0)) {
        return value->text;
    }
    if (isnan(value->number)) {
        return (struct text){0};
    }
    bool is_whole = fabs(value->number) < 1e15 && value->number == floor(value->number);
    int n = snprintf(buffer, 32, is_whole ? "%.0f" : "%.15g", value->number);
    return (struct text){buffer, n > 0 ? (size_t)n : 0};
}

double vector_value_number(const struct vector_value *value) {
    double number = value->number;

    if (value->type == VECTOR_TEXT && !text_to_double(value->text, &number)) {
        return NAN;
    }
    return number;
}
