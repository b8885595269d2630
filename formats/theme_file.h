#pragma once
/* A theme of the user's: a text of lines `name = value`.
 *
 * Names are those of formats/gpkg/style/theme.def; what the file does not name keeps its default.
 * Lines that begin with # are remarks.  Colours are 110,0,0 or #6e0000, each with an opacity behind
 * it or without. */
#include <stdbool.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/findings.h"
#include "formats/gpkg/style/theme.h"

/* Values live in the arena.  Every bad line becomes a finding with its number; when there is any,
 * *out stays as it was and the answer is false, ERROR_FORMAT, with their number in the text.
 * `path` must live as long as the findings.  Also ERROR_FILE. */
bool theme_read(const char *path, struct arena *arena, struct theme *out, struct findings *findings,
    struct error *err);

/* The same for bytes in memory; `path` is for messages. */
bool theme_read_bytes(struct text bytes, const char *path, struct arena *arena, struct theme *out,
    struct findings *findings, struct error *err);

/* The theme as such a file, with remarks on what values may be. */
void theme_print(
    const struct theme *theme, void (*line)(void *context, struct text line), void *context);
