/* The GeoPackage of `chainage run` with everything in its place and nothing graded: the scheme was
 * switched off (assess_options.is_off) when the surveys were placed. */
#include "formats/gpkg/gpkg.h"

#include "formats/export/gpkg_check.h"
#include "formats/export/targets.h"

static const bool holds[EXPORT_FIELDS] = {
#define CELL(field, column, of_unplaced) [EXPORT_##field] = true,
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/gpkg.def"
#undef CELL
#undef HOLDS
};

static bool write_file(const struct export_request *request, const char *path, struct error *err) {
    const struct gpkg_request gpkg = {
        .path = path,
        .crs = request->crs,
        .program_version = request->program_version,
        .command_line = request->command_line,
        .options = request->options,
        .language = request->language,
        .n_threads = 1,
    };

    return gpkg_write(request->result, &gpkg, err);
}

const struct export_target export_gpkg = {
    .name = "gpkg",
    .description = "GeoPackage of placed observations, without grades",
    .extensions = ".gpkg",
    .holds = holds,
    .is_placed = true,
    .mixes_catalogues = true,
    .write_file = write_file,
    .check = gpkg_check,
    .has_network_crs = true,
};
