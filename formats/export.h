#pragma once
/* Surveys into another format, as one file that appears when it is complete or not at all.
 *
 * What was written is read back by our own reader, where there is one, and compared: the losses say
 * what is not the same. */
#include "core/error.h"
#include "formats/export/losses.h"
#include "formats/export/target.h"

/* Refuses what the target cannot be written from: codes of another catalogue than the target
 * speaks, surveys of several catalogues for one that holds one (ERROR_USAGE, says what to do).
 * `keeps_untranslated`: codes of another catalogue are let through. */
bool export_check(const struct export_target *target, const struct export_request *request,
    bool keeps_untranslated, struct error *err);

/* Writes request->path; request->inspections is filled here and is good no longer than the call.
 * On false the old file under that name is as it was. */
bool export_write(const struct export_target *target, struct export_request *request,
    struct export_losses *losses, struct error *err);
