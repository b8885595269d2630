#pragma once
/* What went where: per file and per district; and whether anything was lost on the way. */
#include "core/result.h"

/* Fills result->file_tallies. */
void tally_files(struct result *result, unsigned n_threads);

/* Fills result->district_tallies from segment_district and the assessments; nothing without
 * districts. */
void tally_districts(struct result *result);

/* Does observations = defects + inventory + unplaced hold for each file? */
struct identity {
    bool holds;
    uint32_t survey; /* the first one where it does not */
    struct file_tally tally;
};

struct identity tally_check(const struct result *result);
