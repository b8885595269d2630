#pragma once
/* What the columns of a sheet mean: headings by alias, by the user's --column, and their units. */
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "formats/sheet_rows.h"
#include "formats/survey_format.h"

enum sheet_role {
#define ROLE(id, name) SHEET_##id,
#define ALIAS(id, heading)
#include "formats/sheet_roles.def"
#undef ROLE
#undef ALIAS
    SHEET_ROLES,
    SHEET_UNUSED = SHEET_ROLES,
};

#define NO_COLUMN SIZE_MAX

struct sheet_column {
    enum sheet_role role;
    double unit_m; /* as the heading says: (m), [ft], _mm; 0 when it does not */
    struct text heading;
};

struct sheet_columns {
    struct sheet_column *at; /* in the arena */
    size_t n;
    size_t first[SHEET_ROLES]; /* the first column of a role, or NO_COLUMN */
    size_t n_roles;            /* roles that have a column */
    size_t n_chinese;          /* of these, with a Chinese heading */
};

/* Looks for the heading row among the first rows: the one with the most known headings.  Leaves
 * `rows` behind it.  n_roles is 0 when no row has any (the first row then counts as the headings).
 * ERROR_USAGE when --column names an unknown role or a heading that is not there. */
bool sheet_columns_find(const struct sheet_rows *rows, const struct read_options *options,
    struct arena *arena, struct sheet_columns *out, struct error *err);

/* The headings in single quotes, with ', ' between, as many as there is room for (size >= 100). */
enum sheet_headings {
    HEADINGS_ALL,
    HEADINGS_UNUSED,
};
void sheet_headings_list(
    const struct sheet_columns *columns, enum sheet_headings which, char *out, size_t size);

const char *sheet_role_name(enum sheet_role role); /* the canonical heading */

/* A heading made comparable: full-width forms, case, blanks, dashes and the unit at its end taken
 * off.  The unit's length goes to *unit_m, 0 without one.  Returns the bytes written. */
size_t sheet_heading_fold(struct text heading, char *out, size_t size, double *unit_m);

/* Metres of a unit's name (m, 米, ft, mm, inch ...), 0 when it is none. */
double sheet_unit_m(struct text name);
