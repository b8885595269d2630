#pragma once
/* Gives a finished result the styles, titles, value lists and project of this program, or of a
 * theme, also in another language.  No row of data is touched, nor what others added. */
#include <stdbool.h>

#include "core/error.h"
#include "formats/gpkg/style/layer_styles.h"
#include "formats/gpkg/style/theme.h"

struct renew_request {
    const char *path;
    const struct theme *theme;
    bool wants_project;            /* also where the file has none yet */
    const enum language *language; /* NULL: that of the titles and styles that it has */
};

struct renew_report {
    struct styles_tally styles;
    enum {
        PROJECT_NONE,    /* there is none */
        PROJECT_RENEWED, /* or added */
        PROJECT_KEPT,    /* somebody saved it in QGIS: it is theirs */
    } project;
};

/* One transaction: on false the file is as it was.  ERROR_FILE: not there, not writable, in use;
 * ERROR_FORMAT: no GeoPackage, no result of this program, or of a version with other columns. */
bool gpkg_renew(const struct renew_request *request, struct renew_report *out, struct error *err);
