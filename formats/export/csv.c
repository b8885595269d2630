/* Plain CSV with our own headings: UTF-8 without a mark, as scripts like it. */
#include "core/base.h"
#include "formats/export/encode.h"
#include "formats/export/sheet_out.h"
#include "formats/export/targets.h"

static const struct sheet_out_column columns[] = {
#define COLUMN(role, heading, presence) {SHEET_##role, heading, COLUMN_##presence},
#define HOLDS(field)
#include "formats/export/csv.def"
#undef COLUMN
#undef HOLDS
};

static const bool holds[EXPORT_FIELDS] = {
#define COLUMN(role, heading, presence)
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/csv.def"
#undef COLUMN
#undef HOLDS
};

static bool write(const struct export_request *request, struct text_out *out, struct error *err) {
    const struct sheet_layout layout = {columns, ARRAY_LEN(columns), SHEET_PLAIN};

    (void)err; /* nothing here can fail */
    sheet_out_csv(request, &layout, out);
    if (request->encoding == ENCODING_GB18030) {
        encode_gb18030(out);
    }
    return true;
}

const struct export_target export_csv = {
    .name = "csv",
    .description = "plain CSV with the canonical headings",
    .extensions = ".csv",
    .reader = "csv",
    .holds = holds,
    .has_encodings = true,
    .holds_inspection = sheet_out_holds_inspection,
    .holds_row = sheet_out_holds_row,
    .write = write,
};
