#pragma once
/* What was delivered: files, folders and archives, as one list of files in a stable order.
 *
 * Folders are walked through in byte order of their names; archives (zip, and what else libarchive
 * reads of 7z and tar) are unpacked into a folder of their own under $TMPDIR that goes away with
 * the delivery.  Members that lead out of the archive, links and devices are left in it and said;
 * so is what would unpack to more than a bound. */
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/findings.h"
#include "formats/survey_format.h"

struct delivered_file {
    const char *path;  /* to be opened */
    const char *shown; /* for people and for the result: delivery.zip/photos/a.xml */
    /* Of what was found in a folder or archive: the format that reads it, NULL when none does. What
     * the user named is tried whatever it is. */
    const struct survey_format *format;
    const char *note; /* why it is no survey: "it looks like a PDF document"; NULL for surveys */
    bool is_named;    /* by the user */
    const char *root; /* folder that it was found in, of an archive too; NULL when it was named */
};

struct delivery {
    struct delivered_file *at; /* those to be read: named ones, and found ones with a format */
    size_t n, capacity;
    struct delivered_file *others; /* found ones that are no survey */
    size_t n_others, others_capacity;
    struct findings findings; /* of files that are no survey, and of members that were left out */
    struct arena arena;
    char **folders; /* that were made for archives; removed with the delivery */
    size_t n_folders, folders_capacity;
};

/* The table of a shapefile: looks like a sheet, and is a part of the network.  Then this is why it
 * is no survey. */
bool delivery_is_of_shapefile(const struct source *source);
extern const char delivery_of_shapefile[];

/* Lists what the operands of the command line come to.  ERROR_FILE: an operand is not there, a
 * folder cannot be read, an archive cannot be unpacked; ERROR_FORMAT: an archive is broken, too
 * large when unpacked, or asks for a password. */
bool delivery_open(const char *const *operands, size_t n, struct delivery *out, struct error *err);

/* Is it a folder that was made for an archive, and goes away with the delivery? */
bool delivery_is_unpacked(const struct delivery *delivery, const char *root);

void delivery_release(struct delivery *delivery); /* also as CLEANUP; safe on {0} */
