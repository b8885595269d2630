#pragma once
/* A database as it was delivered: with the write-ahead log that may lie beside it, and with what a
 * journal beside it tells.  What cannot be used of these is a finding. */
#include "core/survey.h"
#include "formats/source.h"
#include "formats/sqlite_wal.h"

struct sqlite_file {
    struct text bytes, log; /* log {0}: none */
    struct survey *survey;  /* borrows the mapping of the bytes meanwhile */
    struct arena arena;
};

/* Maps the database and its log.  Nothing is written beside them. */
bool sqlite_file_open(
    const struct source *source, struct survey *survey, struct sqlite_file *out, struct error *err);
void sqlite_file_close(struct sqlite_file *file); /* safe on {0}; also as CLEANUP */

/* The database when it is the mapped file itself, for sqlite_budget.mapped; else {0}. */
struct text sqlite_file_mapped(const struct survey *survey, struct text database);

/* The database with its log applied: the bytes themselves when there is nothing to apply, else
 * those of the image.  A database with fewer bytes than its header counts is a finding. */
struct text sqlite_file_apply(
    struct text bytes, struct text log, struct survey *survey, struct sqlite_image *image);
