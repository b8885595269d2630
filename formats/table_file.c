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
#include "formats/vector_file.h"

struct table_file {
    GDALDatasetH dataset;
    OGRLayerH layer; /* the current sheet */
    bool is_dbf;     /* headings are field names, texts in an encoding of their own */
    bool is_heading_due;
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
    CPLPushErrorHandler(CPLQuietErrorHandler);
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

static bool open_dataset(const char *path, struct table_file *table, struct error *err) {
    static const char *const drivers[] = {"ESRI Shapefile", "ODS", "XLS", "XLSX", NULL};
    static const char *const options[] = {"ENCODING=", NULL}; /* bytes as they are */

    vector_start();
    CPLPushErrorHandler(CPLQuietErrorHandler);
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

/* --- the trial --- */

/* libfreexl writes beyond its buffers when a workbook is broken, and a small xlsx may unpack to any
 * size.  So a child process reads the whole workbook first, with limits; what it survives we read
 * ourselves.  A fork while another thread holds a lock of GDAL's leaves the child silent: it is
 * tried again. */
enum {
    TRIES = 3,
    OPEN_SILENT_S = 10,
    SILENT_S = 60,
    ROWS_A_MESSAGE = 1000,
    TRIAL_OPEN = 'O',
    TRIAL_ROWS = 'R',
    TRIAL_END = 'E',
    TRIAL_FAILED = 'F', /* why */
};

static void read_all(void *context, int out) {
    struct table_file table = {0}; /* the child's end releases it */
    struct sheet_row row;
    struct error err = {0};

    if (!open_dataset(context, &table, &err)) {
        struct text why = text_from(err.text);
        child_send(out, TRIAL_FAILED, &why, 1);
        return;
    }
    child_send(out, TRIAL_OPEN, NULL, 0);
    for (size_t i = 0; i < table_file_n_sheets(&table); i++) {
        struct sheet_rows rows = table_file_rows(&table, i);
        for (size_t n = 1; rows.next(rows.context, &row); n++) {
            if (n % ROWS_A_MESSAGE == 0) {
                child_send(out, TRIAL_ROWS, NULL, 0);
            }
        }
    }
    child_send(out, TRIAL_END, NULL, 0);
}

static struct child_limits limits_for(uint64_t size_bytes) {
    const uint64_t mib = 1 << 20;

    return (struct child_limits){
        .memory_bytes = 512 * mib + 64 * size_bytes,
        .sent_bytes = 64 * mib,
        .cpu_s = 20 + (unsigned)(size_bytes / mib),
        .silent_s = OPEN_SILENT_S,
    };
}

/* Started, and the workbook open. */
static bool start_trial(
    const char *path, uint64_t size_bytes, struct child *child, struct error *err) {
    const struct child_limits limits = limits_for(size_bytes);
    char kind = 0;

    for (int i = 0; i < TRIES && kind == 0; i++) {
        child_end(child);
        *err = (struct error){0};
        if (!child_start(read_all, (void *)(uintptr_t)path, &limits, child, err)) {
            return false;
        }
        child_receive(child, &kind, err);
    }
    if (kind == TRIAL_FAILED && child->n_parts == 1) {
        return error_set(err, ERROR_FORMAT, "%.*s", TEXT_ARGS(child->parts[0]));
    }
    child->limits.silent_s = SILENT_S;
    return kind == TRIAL_OPEN;
}

static bool survives(const char *path, uint64_t size_bytes, struct error *err) {
    CLEANUP(child_end) struct child child = {0};
    char kind = 0;

    if (!start_trial(path, size_bytes, &child, err)) {
        return false;
    }
    do {
        if (!child_receive(&child, &kind, err)) {
            return false;
        }
    } while (kind == TRIAL_ROWS);
    return kind == TRIAL_END || error_set(err, ERROR_FORMAT, "its reader talks nonsense");
}

bool table_file_try(const char *path, uint64_t size_bytes, struct error *err) {
    vector_start();
    return survives(path, size_bytes, err);
}

bool table_file_open(
    const char *path, const char *encoding, struct table_file **out, struct error *err) {
    CLEANUP(table_file_close) struct table_file *table = NULL;
    enum encoding given = encoding_from_name(text_from(encoding));
    size_t capacity = 0;

    if (encoding != NULL && given == ENCODING_UNKNOWN) {
        return error_set(err, ERROR_USAGE, "encoding '%s' is not known", encoding);
    }
    table = array_reserve(NULL, &capacity, 1, sizeof *table);
    *table = (struct table_file){0};
    if (!open_dataset(path, table, err)) {
        return false;
    }
    if (table->is_dbf &&
        !encoding_decoder_open(
            given != ENCODING_UNKNOWN ? given : guess_dbf(table), &table->decoder, err)) {
        return false;
    }
    *out = table;
    table = NULL;
    return true;
}

size_t table_file_n_sheets(const struct table_file *table) {
    return (size_t)GDALDatasetGetLayerCount(table->dataset);
}

struct text table_file_sheet_name(const struct table_file *table, size_t sheet) {
    return text_from(OGR_L_GetName(GDALDatasetGetLayer(table->dataset, (int)sheet)));
}

struct sheet_rows table_file_rows(struct table_file *table, size_t sheet) {
    CPLPushErrorHandler(CPLQuietErrorHandler);
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
    encoding_decoder_close(&(*table)->decoder);
    array_release(&(*table)->cells);
    array_release(&(*table)->ends);
    array_release(&(*table)->bytes);
    array_release(table);
}
