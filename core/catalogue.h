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

/* The row of a code, the most special one first; NULL when the catalogue has none.  Case of ASCII
 * letters is ignored; the pair number behind KS and JS (KS01) too.  A code that is not in the table
 * is tried without one last letter that suffixes.def lets it have (CLJ of MSCC: crack CL at a
 * joint): row->code is then the code without it. */
const struct catalogue_row *catalogue_find(
    enum catalogue catalogue, struct text code, struct text char1, struct text char2);

/* A code from what people write in its place: a Chinese or English name (破裂), a code in any case,
 * and in Chinese catalogues a name with the code in brackets ((PL)破裂, 破裂(PL)).  Where code and
 * name differ the code is taken; a suffix is taken off.  Static; {0} when nothing fits. */
struct text catalogue_code_from_name(enum catalogue catalogue, struct text name);

/* The same by the catalogue's own names only, aliases left aside; and by the code's letters only.
 */
struct text catalogue_code_from_own_name(enum catalogue catalogue, struct text name);
struct text catalogue_code_in(enum catalogue catalogue, struct text name);

/* Takes EN codes apart that were glued to their characterisations (BABBA to BAB, B, A; BCDXP to
 * BCD, XP).  Blanks, dots and dashes between the parts are passed over.  False when the text is no
 * such code.  Code and single letters are static and upper case. */
bool catalogue_split_en13508(
    struct text glued, struct text *code, struct text *char1, struct text *char2);

/* Does the code tell that foul or storm water comes into the wrong sewer?  An unknown catalogue,
 * and one that has no code for it, never does. */
bool catalogue_shows_misconnection(enum catalogue catalogue, const struct code *code);

/* Which catalogue most of the survey's observations speak: the one that knows most rows with a
 * code, the first in the enum of those that know as many.  Catalogues share codes (CJJ 181 and
 * DB31; PACP, MSCC and WSA 05), so that those that only one of them knows tell.  CATALOGUE_UNKNOWN
 * when fewer than half of the rows are known to it. */
enum catalogue catalogue_guess(const struct survey *survey);

/* The same for a survey that is known to be Chinese: CATALOGUE_DB31 when it has codes that only
 * DB31 knows (CW, JQ, QR, WS, BT, those of manholes) and none that only CJJ 181 knows (CK, TL, CR,
 * QF, CQ); CATALOGUE_CJJ181 otherwise. */
enum catalogue catalogue_guess_chinese(const struct survey *survey);

/* Fills name, kind, role and family of each code of the survey by survey->catalogue, and adds a
 * finding for each unknown code with its first line and how many rows have it. */
void catalogue_resolve(struct survey *survey);
