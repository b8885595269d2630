#pragma once
/* XML that lists surveys of pipes, each with a header and its observations, under element names of
 * its own: a dialect is the table of these names. */
#include <stdbool.h>
#include <stddef.h>

#include "core/survey.h"
#include "formats/survey_format.h"

/* An element and what it means: a header code or the letter of a column of EN 13508-2 (both are
 * the neutral words here), or one of the words below. */
struct dialect_name {
    const char *element; /* without regard to case */
    const char *meaning;
};

#define DIALECT_ID "id"               /* of the inspection */
#define DIALECT_DIRECTION "direction" /* D with the flow, U against it */
#define DIALECT_INSPECTED "inspected" /* length that was seen, m */
#define DIALECT_CLASS "class"         /* of an observation, as delivered */
#define DIALECT_GENERATOR "generator" /* of the file, outside of the surveys */
#define DIALECT_VERSION "version"

struct dialect {
    enum catalogue catalogue;
    const char *survey, *header, *row; /* the elements around an inspection and its parts */
    /* Tables, each ended by {NULL, NULL}: values in the header (or in the survey itself), in a row,
     * outside of the surveys. */
    const struct dialect_name *in_header, *in_row, *in_file;
};

/* Header codes of three letters mean themselves unless the dialect says otherwise.  What is not
 * known is kept in the record and told once for each name.  The bytes may be gone afterwards. */
bool dialect_read(const struct dialect *dialect, struct text bytes,
    const struct read_options *options, struct survey *survey, struct error *err);
