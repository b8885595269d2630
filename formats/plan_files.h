#pragma once
/* Small tables of the user's for the assessment, as CSV in any encoding.
 *
 * Weights of the composite hazard have the columns part and weight; parts that the file does not
 * name keep theirs.  Words of misconnections stand one a line, those behind a `#` are remarks. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/assess/composite.h"
#include "core/assess/misconnection.h"
#include "core/error.h"
#include "core/findings.h"

/* Every bad row becomes a finding with its line; when there is any, *out stays as it was and the
 * answer is false, ERROR_FORMAT, with the first one in the text.  `path` must live as long as the
 * findings.  Also ERROR_FILE. */
bool weights_read(
    const char *path, struct composite_weights *out, struct findings *findings, struct error *err);

/* The words live in the arena.  A file without a word is an error: it would switch the search off
 * without saying so. */
bool misconnection_words_read(
    const char *path, struct arena *arena, struct misconnection_words *out, struct error *err);

/* The same for bytes in memory; `path` is for messages. */
bool weights_read_bytes(struct text bytes, const char *path, struct composite_weights *out,
    struct findings *findings, struct error *err);
bool misconnection_words_read_bytes(struct text bytes, const char *path, struct arena *arena,
    struct misconnection_words *out, struct error *err);
