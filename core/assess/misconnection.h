#pragma once
/* Evidence of a misconnection (foul water in a storm sewer, storm water in a foul one): codes that
 * say so, blind branches on separated systems, and words in remarks. */
#include <stdbool.h>

#include "core/survey.h"

/* Words that tell of a misconnection when they stand in a remark; ASCII letters in any case. */
struct misconnection_words {
    const struct text *at;
    size_t n;
};

/* `system` is that of the segment (enum sewer_system), SYSTEM_UNKNOWN at nodes. */
bool misconnection_is_shown(const struct inspection *inspection,
    const struct observation *observation, uint8_t system, struct misconnection_words words);
