#pragma once
/* Catalogues of observation codes: what a code is called and what it is. */
#include <stdbool.h>
#include <stddef.h>

#include "core/survey.h"

struct catalogue_row {
    const char *code, *char1, *char2; /* char1, char2 NULL: any */
    const char *name_en, *name_zh;
    enum code_kind kind;
    enum defect_family family; /* FAMILY_NONE for inventory only */
    enum code_role role;
    const char *source; /* clause, and how sure: [S] from a source, [K] knowledge, [U] unsure */
};

/* All rows of a catalogue, sorted by code, special rows before general ones. */
const struct catalogue_row *catalogue_rows(enum catalogue catalogue, size_t *n);

/* The row of a code, the most special one first; NULL when the catalogue has none.
 * Case of ASCII letters is ignored; the pair number behind KS and JS (KS01) too. */
const struct catalogue_row *catalogue_find(
    enum catalogue catalogue, struct text code, struct text char1, struct text char2);

/* A code from what people write in its place: a Chinese defect name (破裂), a name with the code
 * in brackets ((PL)破裂, 破裂(PL)), a code in any case.  Where code and name differ the code is
 * taken.  The text is static; {0} when nothing fits. */
struct text catalogue_code_from_name(enum catalogue catalogue, struct text name);

/* Takes EN codes apart that were glued to their characterisations (BABBA to BAB, B, A; BCDXP to
 * BCD, XP).  Blanks, dots and dashes between the parts are passed over.  False when the text is no
 * such code.  Code and single letters are static and upper case. */
bool catalogue_split_en13508(
    struct text glued, struct text *code, struct text *char1, struct text *char2);

/* Which catalogue most of the survey's observations speak; CATALOGUE_UNKNOWN when fewer than half
 * of those with a code are known to one. */
enum catalogue catalogue_guess(const struct survey *survey);

/* Fills name, kind, role and family of each code of the survey by survey->catalogue, and adds a
 * finding for each unknown code with its first line and how many rows have it. */
void catalogue_resolve(struct survey *survey);
