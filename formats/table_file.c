#include "formats/table_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/child.h"
#include "formats/encoding.h"
#include "formats/table_copy.h"
#include "formats/table_weight.h"
#include "formats/vector_file.h"

struct table_file {
    struct table_copy *copy; /* when a child read it; then nothing else here is used */
    GDALDatasetH dataset;
    OGRLayerH layer; /* the current sheet */
    bool is_dbf;     /* headings are field names, texts in an encoding of their own */
    bool is_heading_due;
    bool lacks_memory; /* OGR goes on without what it had no memory for */
    struct encoding_decoder decoder;
    uint32_t line;
    int n_fields;
    struct text *cells; /* owned; of the current row, in `bytes` */
    size_t cells_capacity;
    size_t *ends; /* owned; where each cell ends in `bytes` */
    size_t ends_capacity;
    char *bytes; /* owned */
    size_t bytes_n, bytes_capacity;
};

static void CPL_STDCALL note_error(CPLErr kind, CPLErrorNum number, const char *words) {
    struct table_file *table = CPLGetErrorHandlerUserData();

    (void)words;
    table->lacks_memory = table->lacks_memory || (kind >= CE_Failure && number == CPLE_OutOfMemory);
}

/* GDAL prints nothing until CPLPopErrorHandler. */
static void hush(struct table_file *table) {
    CPLPushErrorHandlerEx(note_error, table);
}

/* --- one row --- */

static void put(struct table_file *table, struct text text) {
    table->bytes =
        array_reserve(table->bytes, &table->bytes_capacity, table->bytes_n + text.n + 1, 1);
    if (text.n > 0) {
        memcpy(table->bytes + table->bytes_n, text.at, text.n);
    }
    table->bytes_n += text.n;
}

/* As short as it can be read back. */
static struct text print_number(char *out, size_t size, double value) {
    for (int digits = 15; digits <= 17; digits++) {
        double back;
        snprintf(out, size, "%.*g", digits, value);
        if (text_to_double(text_from(out), &back) && back == value) {
            break;
        }
    }
    return text_from(out);
}

/* Spreadsheets store 28.85 as 28.850000000000001: print such texts anew. */
static bool is_long_number(struct text text, double *value) {
    size_t n_digits = 0;
    bool has_dot = false;

    for (size_t i = 0; i < text.n; i++) {
        n_digits += text.at[i] >= '0' && text.at[i] <= '9';
        has_dot = has_dot || text.at[i] == '.';
    }
    return has_dot && n_digits > 15 && n_digits + 6 > text.n && text_to_double(text, value);
}

/* A date as the drivers print it, 2018/11/02, with a time or without. */
static bool is_printed_date(struct text text) {
    static const char pattern[] = "0000/00/00";

    if (text.n < 10 || (text.n > 10 && text.at[10] != ' ')) {
        return false;
    }
    for (size_t i = 0; i < 10; i++) {
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';
        if (pattern[i] == '0' ? !is_digit : text.at[i] != pattern[i]) {
            return false;
        }
    }
    return true;
}

static void put_text(struct table_file *table, const char *string) {
    struct text text = text_from(string);
    char number[40];
    double value;

    if (!table->is_dbf && is_printed_date(text)) {
        size_t from = table->bytes_n;
        put(table, text);
        table->bytes[from + 4] = '-';
        table->bytes[from + 7] = '-';
        return;
    }

    if (is_long_number(text, &value)) {
        text = print_number(number, sizeof number, value);
    }
    if (table->is_dbf && utf8_scan(text).n_valid < text.n) {
        size_t n_bad = 0;
        table->bytes =
            array_reserve(table->bytes, &table->bytes_capacity, table->bytes_n + text.n * 3 + 1, 1);
        table->bytes_n +=
            encoding_decoder_run(&table->decoder, text, table->bytes + table->bytes_n, &n_bad);
        return;
    }
    put(table, text);
}

static void put_date(struct table_file *table, OGRFeatureH feature, int field) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    char date[48];

    if (!OGR_F_GetFieldAsDateTimeEx(
            feature, field, &year, &month, &day, &hour, &minute, &second, &zone)) {
        return;
    }
    int n = snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, day);
    if (hour != 0 || minute != 0 || second > 0) {
        snprintf(date + n, sizeof date - (size_t)n, " %02d:%02d:%02d", hour, minute, (int)second);
    }
    put(table, text_from(date));
}

static void put_cell(struct table_file *table, OGRFeatureH feature, int field) {
    OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field));
    char number[40];

    if (!OGR_F_IsFieldSetAndNotNull(feature, field)) {
        return;
    }
    if (type == OFTReal) {
        put(table, print_number(number, sizeof number, OGR_F_GetFieldAsDouble(feature, field)));
    } else if (type == OFTDate || type == OFTDateTime) {
        put_date(table, feature, field);
    } else {
        put_text(table, OGR_F_GetFieldAsString(feature, field));
    }
}

static void start_row(struct table_file *table) {
    size_t n = (size_t)table->n_fields;

    table->bytes_n = 0;
    table->cells = array_reserve(table->cells, &table->cells_capacity, n + 1, sizeof *table->cells);
    table->ends = array_reserve(table->ends, &table->ends_capacity, n + 1, sizeof *table->ends);
}

/* The bytes are complete and no longer move: cells become views, with a tab between. */
static void finish_row(struct table_file *table, struct sheet_row *row) {
    size_t from = 0, n = (size_t)table->n_fields;

    for (size_t i = 0; i < n; i++) {
        size_t to = table->ends[i];
        table->cells[i] = (struct text){table->bytes + from, to - from};
        from = to + 1;
    }
    size_t raw_n = n == 0 ? 0 : table->ends[n - 1];
    while (raw_n > 0 && table->bytes[raw_n - 1] == '\t') {
        raw_n--;
    }
    *row = (struct sheet_row){
        .cells = table->cells, .n_cells = n, .raw = {table->bytes, raw_n},
                .line = ++table->line
    };
}

static void end_cell(struct table_file *table, int field) {
    table->ends[field] = table->bytes_n;
    put(table, TEXT("\t"));
}

static bool next_row(void *context, struct sheet_row *row) {
    struct table_file *table = context;

    start_row(table);
    if (table->is_heading_due) {
        table->is_heading_due = false;
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(table->layer);
        for (int i = 0; i < table->n_fields; i++) {
            put_text(table, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
            end_cell(table, i);
        }
        finish_row(table, row);
        return true;
    }
    hush(table);
    OGRFeatureH feature = OGR_L_GetNextFeature(table->layer);
    CPLPopErrorHandler();
    if (feature == NULL) {
        return false;
    }
    for (int i = 0; i < table->n_fields; i++) {
        put_cell(table, feature, i);
        end_cell(table, i);
    }
    OGR_F_Destroy(feature);
    finish_row(table, row);
    return true;
}

static void rewind_rows(void *context) {
    struct table_file *table = context;

    OGR_L_ResetReading(table->layer);
    table->is_heading_due = table->is_dbf;
    table->line = 0;
}

/* --- the file --- */

/* Texts of a DBF that are not ASCII, which tell its encoding. */
struct dbf_sample {
    char *bytes; /* owned; those that are no UTF-8 */
    size_t n, capacity;
    size_t n_utf8, n_other;
};

static void sample_release(struct dbf_sample *sample) {
    array_release(&sample->bytes);
}

static void sample_add(struct dbf_sample *sample, struct text text) {
    struct utf8_scan scan = utf8_scan(text);

    if (scan.n_valid == text.n) {
        sample->n_utf8 += !scan.is_ascii;
        return;
    }
    sample->n_other++;
    sample->bytes = array_reserve(sample->bytes, &sample->capacity, sample->n + text.n + 1, 1);
    memcpy(sample->bytes + sample->n, text.at, text.n);
    sample->n += text.n;
    sample->bytes[sample->n++] = '\n';
}

static enum encoding guess_dbf(struct table_file *table) {
    enum { SAMPLE_BYTES = 64 * 1024, RECORDS_MOST = 10000 };
    OGRLayerH layer = GDALDatasetGetLayer(table->dataset, 0);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    CLEANUP(sample_release) struct dbf_sample sample = {0};

    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++) {
        sample_add(&sample, text_from(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
    }
    for (int n = 0; n < RECORDS_MOST && sample.n < SAMPLE_BYTES; n++) {
        OGRFeatureH feature = OGR_L_GetNextFeature(layer);
        if (feature == NULL) {
            break;
        }
        for (int i = 0; i < OGR_F_GetFieldCount(feature); i++) {
            sample_add(&sample, text_from(OGR_F_GetFieldAsString(feature, i)));
        }
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(layer);
    bool is_utf8 = sample.n_utf8 > sample.n_other; /* the others were cut in a character */
    return is_utf8 ? ENCODING_UTF8 : encoding_guess((struct text){sample.bytes, sample.n});
}

/* The first row is a row: which one has the headings is not the driver's to say. */
static void set_headers(const char *how) {
    CPLSetThreadLocalConfigOption("OGR_XLS_HEADERS", how);
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", how);
    CPLSetThreadLocalConfigOption("OGR_ODS_HEADERS", how);
}

static bool open_dataset(
    const char *path, const char *const *drivers, struct table_file *table, struct error *err) {
    static const char *const options[] = {"ENCODING=", NULL}; /* bytes as they are */

    hush(table);
    CPLErrorReset();
    set_headers("DISABLE");
    table->dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, options, NULL);
    int n_sheets = table->dataset == NULL ? 0 : GDALDatasetGetLayerCount(table->dataset);
    set_headers(NULL); /* ODS looks at it when its sheets are counted */
    CPLPopErrorHandler();
    if (table->dataset == NULL) {
        const char *why = CPLGetLastErrorMsg();
        return error_set(err, ERROR_FORMAT, "no table that can be read%s%.300s",
            why[0] == '\0' ? "" : ": ", why);
    }
    if (n_sheets == 0) {
        return error_set(err, ERROR_FORMAT, "there is no sheet in it");
    }
    const char *driver = GDALGetDriverShortName(GDALGetDatasetDriver(table->dataset));
    table->is_dbf = strcmp(driver, "ESRI Shapefile") == 0;
    return true;
}

static bool open_dbf(
    const char *path, enum encoding given, struct table_file *table, struct error *err) {
    static const char *const drivers[] = {"ESRI Shapefile", NULL};

    return open_dataset(path, drivers, table, err) &&
           encoding_decoder_open(
               given != ENCODING_UNKNOWN ? given : guess_dbf(table), &table->decoder, err);
}

/* --- by a child --- */

/* libfreexl writes beyond its buffers when a workbook is broken; a small xlsx or ods may become any
 * size. */
struct task {
    const char *path;
    enum language language; /* of what it says of a failure */
};

static bool send_sheet(struct table_file *table, size_t sheet, int out) {
    struct sheet_row row;

    if (!table_send_sheet(out, table_file_sheet_name(table, sheet))) {
        return false;
    }
    struct sheet_rows rows = table_file_rows(table, sheet);
    while (!table->lacks_memory && rows.next(rows.context, &row)) {
        if (!table_send_row(out, &row)) {
            return false;
        }
    }
    return !table->lacks_memory;
}

static void send_all(void *context, int out) {
    static const char *const drivers[] = {"ODS", "XLS", "XLSX", NULL};
    const struct task *task = context;
    struct table_file table = {0}; /* the child's end releases it */
    struct error err = {.language = task->language};
    size_t n = 0;

    if (!open_dataset(task->path, drivers, &table, &err)) {
        table_send_failure(out, err.text);
        return;
    }
    while (n < table_file_n_sheets(&table) && send_sheet(&table, n, out)) {
        n++;
    }
    if (table.lacks_memory) {
        error_set(&err, ERROR_FORMAT, "its reader needs too much memory");
        table_send_failure(out, err.text);
    } else if (n == table_file_n_sheets(&table)) {
        table_send_end(out);
    }
}

static bool open_copy(const struct source *source, struct table_file *table, struct error *err) {
    CLEANUP(child_end) struct child child = {0};
    struct task task = {source->path, err->language};
    const uint64_t mib = 1 << 20;
    const struct child_limits limits = {
        .memory_bytes = 512 * mib + 64 * source->size_bytes,
        .sent_bytes = 256 * mib + 64 * source->size_bytes,
        .cpu_s = 20 + (unsigned)(source->size_bytes / mib),
        .silent_s = 60,
    };

    return child_start(send_all, &task, &limits, &child, err) &&
           table_copy_receive(&child, &table->copy, err);
}

/* --- which way --- */

enum way {
    WAY_DBF,
    WAY_LIGHT, /* an xlsx that OGR reads here */
    WAY_CHILD,
};

bool table_file_is_xls(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};

    return text_starts_with(head, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

static enum way way_of(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};
    bool is_zip = text_starts_with(head, TEXT("PK\x03\x04"));

    if (!is_zip && !table_file_is_xls(source)) {
        return WAY_DBF;
    }
    vector_start();
    bool is_xlsx =
        is_zip && (source_has_extension(source, ".xlsx") || source_has_extension(source, ".xlsm"));
    return is_xlsx && table_is_light(source->path) ? WAY_LIGHT : WAY_CHILD;
}

bool table_file_needs_child(const struct source *source) {
    return way_of(source) == WAY_CHILD;
}

static bool open_by(enum way way, const struct source *source, enum encoding given,
    struct table_file *table, struct error *err) {
    static const char *const xlsx[] = {"XLSX", NULL};

    vector_start(); /* before there is a child */
    switch (way) {
    case WAY_DBF:
        return open_dbf(source->path, given, table, err);
    case WAY_LIGHT:
        return open_dataset(source->path, xlsx, table, err);
    case WAY_CHILD:
        break;
    }
    return open_copy(source, table, err);
}

bool table_file_open(
    const struct source *source, const char *encoding, struct table_file **out, struct error *err) {
    CLEANUP(table_file_close) struct table_file *table = NULL;
    enum encoding given = encoding_from_name(text_from(encoding));
    size_t capacity = 0;

    if (encoding != NULL && given == ENCODING_UNKNOWN) {
        return error_set(err, ERROR_USAGE, "encoding '%s' is not known", encoding);
    }
    table = array_reserve(NULL, &capacity, 1, sizeof *table);
    *table = (struct table_file){0};
    if (!open_by(way_of(source), source, given, table, err)) {
        return false;
    }
    *out = table;
    table = NULL;
    return true;
}

size_t table_file_n_sheets(const struct table_file *table) {
    return table->copy != NULL ? table_copy_n_sheets(table->copy)
                               : (size_t)GDALDatasetGetLayerCount(table->dataset);
}

struct text table_file_sheet_name(const struct table_file *table, size_t sheet) {
    return table->copy != NULL
               ? table_copy_sheet_name(table->copy, sheet)
               : text_from(OGR_L_GetName(GDALDatasetGetLayer(table->dataset, (int)sheet)));
}

struct sheet_rows table_file_rows(struct table_file *table, size_t sheet) {
    if (table->copy != NULL) {
        return table_copy_rows(table->copy, sheet);
    }
    hush(table);
    set_headers("DISABLE"); /* some drivers look at it as late as here */
    table->layer = GDALDatasetGetLayer(table->dataset, (int)sheet);
    table->n_fields = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(table->layer));
    rewind_rows(table);
    set_headers(NULL);
    CPLPopErrorHandler();
    return (struct sheet_rows){.context = table, .next = next_row, .rewind = rewind_rows};
}

void table_file_close(struct table_file **table) {
    if (*table == NULL) {
        return;
    }
    if ((*table)->dataset != NULL) {
        GDALClose((*table)->dataset);
    }
    table_copy_close(&(*table)->copy);
    encoding_decoder_close(&(*table)->decoder);
    array_release(&(*table)->cells);
    array_release(&(*table)->ends);
    array_release(&(*table)->bytes);
    array_release(table);
}
