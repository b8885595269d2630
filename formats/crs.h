#pragma once
/* Coordinate reference systems: the only room of PROJ.
 *
 * The network's coordinates are brought into a working plane (metres, east-north) when they are
 * read; results are brought from there into the output CRS when they are written. */
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/findings.h"
#include "core/geom.h"

struct crs; /* input CRS, working plane and output CRS of one run */

/* In which order coordinates may have been delivered. */
enum axes_hint {
    AXES_EAST_FIRST,        /* north first only where nothing else fits the CRS */
    AXES_MAYBE_NORTH_FIRST, /* headings in Chinese: north first where the figures look like it */
    AXES_NORTH_FIRST,       /* a table of X and Y with such headings: unless the CRS knows better */
};

struct crs_request {
    const char *input;  /* --crs, or the layer's WKT; NULL when nobody knows.  "local": metres
                           without a place on earth */
    const char *output; /* --output-crs; NULL: the input's */
    struct box extent;  /* of the data as delivered, east-north */
    struct text path;   /* for findings */
    bool is_from_layer; /* `input` was not given by the user: when unknown, as if missing */
    enum axes_hint axes;
};

/* Fails with ERROR_USAGE when a given CRS is unknown to PROJ, ERROR_LIBRARY when there is no
 * operation to the output.  Without an input the working plane is taken as metres, with a finding;
 * degrees without a CRS are refused with ERROR_FORMAT. */
bool crs_open(const struct crs_request *request, struct crs **out, struct findings *findings,
    struct error *err);
void crs_close(struct crs *crs);

/* Delivered coordinates into the working plane: axes turned to east-north, zone prefix off, feet
 * to metres, degrees to a local plane.  False when a point could not be brought over (set to NAN).
 */
bool crs_to_plane(struct crs *crs, struct xy *at, size_t n);

/* More data for the same plane in a CRS of its own (`input` NULL: the network's); `output` is not
 * looked at.  Borrows the crs. */
struct crs_input;
bool crs_input_open(struct crs *crs, const struct crs_request *request, struct crs_input **out,
    struct findings *findings, struct error *err);
bool crs_input_to_plane(struct crs_input *input, struct xy *at, size_t n);
void crs_input_close(struct crs_input *input);

/* One per thread; make them one after the other. */
struct crs_output;
bool crs_output_new(const struct crs *crs, struct crs_output **out, struct error *err);
void crs_output_release(struct crs_output *output);
/* Working plane to output coordinates, x first; in place. */
void crs_output_transform(struct crs_output *output, struct xy *at, size_t n);

/* What the GeoPackage needs to know of the output CRS. */
struct crs_definition {
    int srs_id; /* EPSG code, or 100000 for others; -1 undefined cartesian */
    const char *name, *organization, *definition; /* WKT 1, borrowed from the crs */
    int organization_id;
    bool is_geographic;
};
struct crs_definition crs_output_definition(const struct crs *crs);

double crs_unit_m(const struct crs *crs);          /* metres per unit of the input; 1 for degrees */
const char *crs_input_name(const struct crs *crs); /* for people */
const char *crs_operation_name(const struct crs *crs);  /* NULL without a transformation */
double crs_operation_accuracy_m(const struct crs *crs); /* NAN when unknown */
