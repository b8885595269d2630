/* Plain CSV: a row per observation, with whatever headings the utility uses.
 *
 *     Pipe ID,Start Manhole,End Manhole,Surveyed Length,Direction,Distance,Code,Clock,Grade
 *     P1,M7,M8,40.2,Upstream,12.5,CK,11:00,2
 *
 * Columns are known by their headings or told by --column ROLE=HEADING; the canonical ones are in
 * sheet_roles.def.  Start is where the camera was put in.  Without a unit in a heading or by
 * --length-unit lengths count as metres, and survey.length_unit_is_assumed says so. */
#include "formats/sheet_file.h"
#include "formats/survey/formats.h"

static int csv_bid(const struct source *source) {
    struct sheet_look look = sheet_file_look(source);

    if (look.is_workbook) {
        return 0;
    }
    if (look.kind == SHEET_OF_OBSERVATIONS) {
        return (int)look.n_roles * 4;
    }
    bool is_named = source_has_extension(source, ".csv") || source_has_extension(source, ".tsv");
    return is_named && look.kind == SHEET_OF_NOTHING && look.n_columns > 1 ? 2 : 0;
}

const struct survey_format format_csv = {
    .name = "csv",
    .description = "plain CSV, a row per observation",
    .extensions = ".csv .tsv",
    .bid = csv_bid,
    .read = sheet_file_read,
};
