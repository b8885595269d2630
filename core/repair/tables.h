#pragma once
/* The decision tables of repairs, as data: methods, which of them mend what, what they cannot do,
 * limits, unit costs.
 *
 * Built in are `repair_defaults` from the .def files; a table of the user's has the same shape.
 * Nothing here is a clause of a standard: it is practice, and every row tells what it rests on. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/lang.h"
#include "core/survey.h"
#include "core/text.h"

/* From nothing to the worst. */
enum repair_scope {
    REPAIR_NONE,
    REPAIR_CLEAN,
    REPAIR_SPOT,
    REPAIR_FULL, /* from node to node, without digging */
    REPAIR_DIG,  /* open cut, of a spot or of all */
    REPAIR_SCOPES,
};

enum repair_material {
    REPAIR_MATERIAL_ANY,        /* in tables: any; of a pipe: not known */
    REPAIR_MATERIAL_RIGID,      /* concrete, clay, fibre cement; in tables reinforced ones too */
    REPAIR_MATERIAL_REINFORCED, /* concrete with steel in it */
    REPAIR_MATERIAL_FLEXIBLE,   /* plastics */
    REPAIR_MATERIAL_METAL,
    REPAIR_MATERIAL_BRICK,
    REPAIR_MATERIALS,
};

enum repair_shape {
    REPAIR_SHAPE_ANY,
    REPAIR_SHAPE_CIRCULAR,
    REPAIR_SHAPE_OTHER,
    REPAIR_SHAPES,
};

enum repair_unit {
    REPAIR_UNIT_M,
    REPAIR_UNIT_M2, /* of wall, for prices */
    REPAIR_UNIT_PIECE,
    REPAIR_UNITS,
};

enum { REPAIR_METHODS_MOST = 64, REPAIR_CHOICES_MOST = 8, REPAIR_SEVERITY_MOST = 4 };

struct repair_method {
    const char *name, *name_zh, *aliases; /* aliases: '|' between; "" for none */
    uint8_t scopes;                       /* a bit per enum repair_scope */
    double dn_min_mm, dn_max_mm;          /* both belong to it; 0 and INFINITY: no limit */
    enum repair_unit unit;                /* of its quantity */
    double piece_m;                       /* length of one piece, and the shortest stretch; 0: one
                                             piece a defect */
    bool is_whole;                        /* always done from node to node */
    bool is_trenchless;
    uint8_t soil_first; /* number of the method that must come first where soil or a void is seen */
    const char *source;
};

/* A method, and what must come before it; numbers into `methods`, 0 none. */
struct repair_choice {
    uint8_t main, before;
};

/* What a row of the matrix or an exclusion is about. */
struct repair_where {
    enum defect_family family; /* FAMILY_NONE when `code` tells, or (exclusions) any */
    const char *code;          /* NULL: any of the family */
    uint8_t severity_from, severity_to;
    double dn_from_mm, dn_below_mm; /* from <= diameter < below */
    enum repair_material material;
    enum repair_shape shape;
    bool is_hazard; /* only collapse hazards */
};

/* A row of the matrix.  Of all rows that take a defect those count that say most about it: rows for
 * hazards, then for a code, a material, a shape; of these the first one of each scope.  A row of
 * scope REPAIR_NONE tells that nothing is to be done.  In rows of scope spot or full an open cut
 * means to dig up the spot, or everything. */
struct repair_row {
    struct repair_where where;
    enum repair_scope scope;
    struct repair_choice choices[REPAIR_CHOICES_MOST]; /* in order of preference; main 0 ends */
    const char *source;
};

/* A method is not for these defects, or (no family, no code) not for these pipes. */
struct repair_exclusion {
    uint8_t method;
    struct repair_where where;
    const char *source;
};

struct repair_limits {
#define LIMIT(id, value, unit, source, meaning) double id;
#include "core/repair/limits.def"
#undef LIMIT
};

struct repair_price {
    uint8_t method;
    double dn_from_mm, dn_to_mm; /* both belong to it; where two rows touch, the upper one counts */
    enum repair_unit unit;
    double price;         /* of one unit */
    const char *currency; /* CNY, EUR */
};

struct repair_tables {
    const struct repair_method *methods; /* methods[0] is no method */
    size_t n_methods;                    /* with it; up to REPAIR_METHODS_MOST */
    const struct repair_row *rows;
    size_t n_rows;
    const struct repair_exclusion *exclusions;
    size_t n_exclusions;
    struct repair_limits limits;
    const struct repair_price *prices; /* none are built in */
    size_t n_prices;
};

extern const struct repair_tables repair_defaults;

/* What the limits are called and mean. */
struct repair_limit {
    const char *name, *unit, *source, *meaning;
};
extern const struct repair_limit repair_limit_list[];
extern const size_t repair_n_limits;

/* The value of a limit of the list. */
double *repair_limit_at(struct repair_limits *limits, size_t i);

/* The tables with the names of methods in the language, where they have one; new names live in
 * `arena`.  Names are what works are proposed by, and found by: do it last. */
struct repair_tables repair_tables_in(
    const struct repair_tables *tables, enum language language, struct arena *arena);

/* The number of a method by its name in English or Chinese or an alias, without regard to the case
 * of ASCII letters; 0 unknown. */
uint8_t repair_method_find(const struct repair_tables *tables, struct text name);

/* The method that digs; 0 when the tables have none. */
uint8_t repair_method_to_dig(const struct repair_tables *tables);

/* Is a method of the scope? */
bool repair_method_is_for(const struct repair_method *method, enum repair_scope scope);

/* What a network's word for a material or a shape comes to; ..._ANY when it is not known. */
enum repair_material repair_material_of(struct text word);
enum repair_shape repair_shape_of(struct text word);

const char *repair_scope_name(enum repair_scope scope);          /* none, clean, spot, full, dig */
const char *repair_material_name(enum repair_material material); /* any, rigid, ... */
const char *repair_shape_name(enum repair_shape shape);          /* any, circular, other */
const char *repair_unit_name(enum repair_unit unit);             /* m, m2, piece */
