#pragma once
/* Measurements: what a robot logged along a pipe.  They are no observations and no defects: they
 * stand beside them and are counted nowhere. */
#include "core/result.h"
#include "core/survey.h"

/* Puts the measurements of a survey in order of inspection, kind and chainage, and takes out what
 * was delivered twice: all but the first of one kind at one chainage, and a block that comes again
 * under another inspection of the same pipe.  Such a block stays with the inspection that came as
 * far as the block does; when that is not one of them alone, the end that it is counted from is not
 * known.  Each is a finding of the survey.  To be called by the reader when all are read. */
void measurements_settle(struct survey *survey);

struct measured_at {
    uint32_t segment; /* number, NO_SEGMENT unset */
    double along_m;   /* from its upstream end, NAN unset */
};

/* Where it was measured; unset when the inspection has no place, when the chainage is negative or
 * behind the end, or when nobody knows from where it was counted. */
struct measured_at measurement_at(const struct result *result, const struct inspection *inspection,
    const struct measurement *measurement);
