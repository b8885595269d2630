#pragma once
/* Networks, districts and other polygons from anything that OGR reads; with survey_format.h's
 * readers for survey files that hold a network (ISYBAU Stammdaten). */
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/network.h"
#include "core/polygons.h"
#include "core/text.h"
#include "formats/crs.h"

/* A column and the role that it was given, for the summary. */
struct field_role {
    struct text role, column, layer;
    bool is_given; /* by --field */
};

struct network_request {
    const char *path;          /* --network; NULL: only nodes, or from surveys */
    const char *nodes_path;    /* --nodes, or NULL */
    const char *crs;           /* --crs, or NULL; "local": metres without a place on earth */
    const char *output_crs;    /* --output-crs, or NULL */
    const char *encoding;      /* of DBF texts, or NULL: found out */
    const char *const *fields; /* ROLE=NAME, --field */
    size_t n_fields;
    const struct network *delivered; /* a network out of a survey file, east-north, or NULL */
};

/* What was understood of the files, for the summary and the `runs` table. */
struct network_report {
    struct arena arena;
    struct field_role *roles;
    size_t n_roles, roles_capacity;
    struct text encoding; /* verdict on the DBF: "GBK (LDID 0x4D, bytes agree; .cpg says UTF-8)" */
    struct text driver;   /* ESRI Shapefile, GPKG ... */
};

/* Fills the network (in the working plane, connected) and the crs.  A node file goes before the
 * nodes of the network's file, and of a delivered network only nodes that it lacks are taken; a
 * delivered network is looked at only without a path.  Errors: ERROR_FILE not there,
 * ERROR_FORMAT nothing in it that could be a segment or a node, required columns missing (says
 * which, and what was found), ERROR_USAGE for a bad --field or --crs. */
bool network_read(const struct network_request *request, struct network *network, struct crs **crs,
    struct network_report *report, struct error *err);

void network_report_release(struct network_report *report);

enum polygon_role {
    POLYGON_DISTRICT,
    POLYGON_AREA_IMPORTANCE, /* value: K */
    POLYGON_SOIL,            /* value: T */
    POLYGON_GROUNDWATER,     /* value: enum groundwater */
};

/* Reads polygons into the network's working plane and indexes them. */
bool polygons_read(const char *path, enum polygon_role role, const struct network_request *request,
    struct crs *crs, struct polygons *out, struct error *err);
