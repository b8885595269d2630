#pragma once
/* Surveys that are recognised and not read: people are told what they have and what to ask for. */
#include <stdbool.h>

#include "formats/source.h"

struct unsupported {
    const char *what;    /* with its edition: "ISYBAU ASCII of 1996 or 2001 (fixed columns)" */
    const char *instead; /* what to do: "export ISYBAU XML (2006 or later)" */
    bool is_survey;      /* it holds inspections, or is likely to: without it they are missing */
};

/* By name and first bytes; NULL when the source is none of these.  Static. */
const struct unsupported *source_unsupported(const struct source *source);
