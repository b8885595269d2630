#pragma once
/* What a target cannot hold of surveys, counted field by field: nothing is lost in silence.
 *
 * A value is lost when its field has no place in the target, or when the written file, read back by
 * our own reader, tells something else in its place. */
#include <stddef.h>

#include "core/error.h"
#include "formats/export/target.h"

struct export_loss {
    size_t n_unheld;            /* rows that the target, or its field, has no place for */
    size_t n_altered;           /* rows that read back otherwise */
    size_t n_overlong;          /* rows with longer texts than the format allows; written in full */
    size_t n_added;             /* rows that read back with a value where there was none: no loss */
    struct finding_place first; /* of the lost ones */
};

struct export_losses {
    struct export_loss at[EXPORT_FIELDS];
    size_t n_inspections, n_observations; /* that the target cannot hold at all */
    size_t n_catalogue;                   /* surveys whose catalogue the file does not tell */
    size_t n_replaced;                    /* characters written as U+FFFD */
    bool is_checked;                      /* the file was read back */
};

/* Fields without a place, and whole inspections and rows. */
void losses_count(struct export_losses *losses, const struct export_target *target,
    const struct export_request *request);

/* A row whose value reads back otherwise; for the `check` of targets. */
void losses_add_altered(struct export_losses *losses, enum export_field field,
    const struct inspection *inspection, uint32_t line);

/* A network that has no place in the file, because its coordinates are in another CRS. */
void losses_add_foreign(struct export_losses *losses, const struct network *network);

/* Compares the held part of the request with what was read back.  ERROR_FORMAT: it has another
 * number of inspections or observations. */
bool losses_compare(struct export_losses *losses, const struct export_target *target,
    const struct export_request *request, const struct survey *back, struct error *err);

/* Is anything lost? */
bool losses_any(const struct export_losses *losses);
