#pragma once
/* Targets: the formats that surveys can be written as.  One struct each, listed in one table. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/network.h"
#include "core/result.h"
#include "core/survey.h"
#include "formats/crs.h"
#include "formats/encoding.h"
#include "formats/export/fields.h"
#include "formats/export/text_out.h"

/* What is to be written.  Borrowed throughout; lists are in the order of the inputs. */
struct export_request {
    const struct survey *surveys;
    size_t n_surveys;
    const char *path;            /* the final name of the file */
    enum encoding encoding;      /* of sheets; ENCODING_UNKNOWN: the target's own */
    const struct result *result; /* where the surveys were placed; NULL: nobody placed them */
    const struct crs *crs;       /* of the result; NULL likewise */
    /* What goes with the surveys; its coordinates are in network->crs.  NULL: what the surveys hold
     * is put together by export.c. */
    const struct network *network;
    const char *program_version, *command_line, *options; /* for GeoPackages */
    enum language language;                               /* likewise: of their titles */
    /* What the target can hold of them; export.c fills these two. */
    const struct inspection *const *inspections;
    size_t n_inspections;
};

struct export_losses;

struct export_target {
    const char *name;               /* for --to */
    const char *description;        /* for people */
    const char *extensions;         /* usual ones: ".csv .xlsx" */
    const char *reader;             /* the survey format that reads it, by name; NULL: none does */
    const bool *holds;              /* by enum export_field: what has a place in it */
    const uint8_t *longest;         /* by the same: characters of texts; 0 any; NULL no limits */
    enum catalogue catalogue;       /* whose codes it must speak; CATALOGUE_UNKNOWN: any one */
    enum catalogue other_catalogue; /* or these */
    const char *output_crs;         /* that places must be in; NULL: the network's */
    bool is_placed;                 /* it holds places: needs request->result */
    bool needs_network;             /* and would be empty without a network */
    bool mixes_catalogues;          /* one file can hold codes of several */
    bool has_encodings;             /* --encoding is for it */
    bool has_network_crs;           /* the network in it is in a plane that the user may choose */
    /* Can it hold this inspection, or this row of one?  NULL: every one. */
    bool (*holds_inspection)(const struct inspection *inspection);
    bool (*holds_row)(const struct inspection *inspection, const struct observation *observation);
    /* Either makes the whole text, or writes the file at `path` (not request->path) itself. */
    bool (*write)(const struct export_request *request, struct text_out *out, struct error *err);
    bool (*write_file)(const struct export_request *request, const char *path, struct error *err);
    /* Without a reader: compares what was written to `path` with the surveys.  NULL: nobody does.
     */
    bool (*check)(const struct export_request *request, const char *path,
        struct export_losses *losses, struct error *err);
};

extern const struct export_target *const export_targets[];
extern const size_t n_export_targets;

const struct export_target *export_target_by_name(const char *name); /* NULL: none */

/* Rows without a code are held by no format. */
bool export_row_has_code(
    const struct inspection *inspection, const struct observation *observation);

bool export_holds_inspection(
    const struct export_target *target, const struct inspection *inspection);
bool export_holds_row(const struct export_target *target, const struct inspection *inspection,
    const struct observation *observation);
