/* The record sheet of CJJ 181 as CSV: UTF-8 with a byte order mark, so that Excel takes the
 * characters for what they are, or GB18030. */
#include "core/base.h"
#include "formats/export/encode.h"
#include "formats/export/sheet_out.h"
#include "formats/export/targets.h"
#include "formats/export/xlsx.h"

static const struct sheet_out_column columns[] = {
#define COLUMN(role, heading, presence) {SHEET_##role, heading, COLUMN_##presence},
#define HOLDS(field)
#include "formats/export/cjj181.def"
#undef COLUMN
#undef HOLDS
};

static const bool holds[EXPORT_FIELDS] = {
#define COLUMN(role, heading, presence)
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/cjj181.def"
#undef COLUMN
#undef HOLDS
};

/* The workbook has a sheet for the coordinates of wells. */
static const bool workbook_holds[EXPORT_FIELDS] = {
#define COLUMN(role, heading, presence)
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/cjj181.def"
#undef COLUMN
#undef HOLDS
    [EXPORT_NETWORK_NODES] = true,
    [EXPORT_NODE_X] = true,
    [EXPORT_NODE_Y] = true,
    [EXPORT_NODE_GROUND] = true,
};

static const struct sheet_layout layout = {columns, ARRAY_LEN(columns), SHEET_CHINESE};

static bool write_csv(
    const struct export_request *request, struct text_out *out, struct error *err) {
    bool is_gb18030 = request->encoding == ENCODING_GB18030;

    (void)err; /* nothing here can fail */
    text_out_string(out, is_gb18030 ? "" : "\xEF\xBB\xBF");
    sheet_out_csv(request, &layout, out);
    if (is_gb18030) {
        encode_gb18030(out);
    }
    return true;
}

static bool write_xlsx(const struct export_request *request, const char *path, struct error *err) {
    return xlsx_write(request, &layout, "记录表", path, err);
}

const struct export_target export_cjj181 = {
    .name = "cjj181",
    .description = "CJJ 181 record sheet, CSV",
    .extensions = ".csv",
    .reader = "cjj181",
    .holds = holds,
    .catalogue = CATALOGUE_CJJ181,
    .other_catalogue = CATALOGUE_DB31,
    .has_encodings = true,
    .holds_inspection = sheet_out_holds_inspection,
    .holds_row = sheet_out_holds_row,
    .write = write_csv,
};

const struct export_target export_cjj181_xlsx = {
    .name = "cjj181-xlsx",
    .description = "CJJ 181 record sheet, Excel workbook with the coordinates of wells",
    .extensions = ".xlsx",
    .reader = "cjj181",
    .holds = workbook_holds,
    .catalogue = CATALOGUE_CJJ181,
    .other_catalogue = CATALOGUE_DB31,
    .has_network_crs = true,
    .holds_inspection = sheet_out_holds_inspection,
    .holds_row = sheet_out_holds_row,
    .write_file = write_xlsx,
};
