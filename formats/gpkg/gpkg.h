#pragma once
/* The GeoPackage writer.  Table and column names are a contract. */
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/lang.h"
#include "core/result.h"
#include "formats/crs.h"
#include "formats/gpkg/style/theme.h"
#include "formats/media.h"

struct gpkg_request {
    const char *path; /* the final name; written beside it and renamed when complete and synced */
    const struct crs *crs;     /* NULL without a network: coordinates as they are */
    const struct media *media; /* photos and videos; NULL: nobody looked for them */
    const char *program_version, *command_line, *options; /* for `runs` */
    const char *timestamp;     /* ISO 8601 UTC, NULL: from the newest inspection, so that the same
                                  input gives the same file */
    enum language language;    /* of titles, legends, labels and sentences */
    const struct theme *theme; /* of the styles; NULL: ours */
    const char *contact, *licence; /* for the metadata of layers; NULL: nothing is said */
    bool has_project;              /* a project of QGIS in the file */
    unsigned n_threads; /* more than 1: rows are made, and bytes written, beside the caller */
};

/* Writes the whole result.  On false the old file under `path` is as it was and no other file is
 * left.  ERROR_FILE: folder not writable, disk full; ERROR_LIBRARY: SQLite refused. */
bool gpkg_write(const struct result *result, const struct gpkg_request *request, struct error *err);

/* Removes what a killed run left beside `path` (files of dead processes only). */
void gpkg_clean_up(const char *path);
