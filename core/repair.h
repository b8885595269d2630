#pragma once
/* Repair: by what means?  Works for one segment, out of its current defects, by decision tables.
 *
 * Functional defects are cleaned away; structural ones get spot repairs, a lining from node to node
 * or an open cut; collapse is dug up at once.  What nobody can decide is told, never left out. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/findings.h"
#include "core/repair/lookup.h"
#include "core/repair/tables.h"
#include "core/survey.h"

#define NO_REPAIR UINT32_MAX

/* One current defect on the segment. */
struct repair_defect {
    struct text code;          /* main code as catalogues have it: PL, BAB */
    struct text label;         /* for reasons: PL3, BAB C A */
    enum defect_family family; /* core/survey.h */
    double from_m, to_m;       /* along, from_m <= to_m, equal for points */
    uint8_t severity;          /* 1 light .. 4 failing; 0 not graded */
    bool is_structural;        /* else functional */
    bool is_collapse_hazard;
};

/* Where the defects are. */
struct repair_site {
    double segment_m;   /* length on which `along` is measured; NAN unknown */
    double diameter_mm; /* equivalent; NAN unknown */
    double structural_index, functional_index; /* RI, MI; NAN where the scheme has none */
    struct text material, shape;               /* the network's words; {0} unknown */
    bool is_classed;                           /* what the words come to is told beside them: */
    enum repair_material material_class;
    enum repair_shape shape_class;
    bool is_dense;    /* structural density of type `whole` */
    uint8_t priority; /* of the segment, 1-5; 0 not assessed */
};

/* A proposed work. */
struct repair {
    enum repair_scope scope;  /* never REPAIR_NONE */
    struct text method;       /* the tables' name, `a + b` when a comes before b; {0} undecided */
    struct text alternatives; /* '; ' between, in order */
    struct text reason;
    struct text exclusions;    /* why listed methods cannot be taken, '; ' between; {0} none */
    double from_m, to_m;       /* along */
    double length_m, quantity; /* quantity in `unit`; NAN unknown */
    struct text unit;          /* m, m2, piece; {0} without a method */
    double cost;               /* NAN unless every part of the method has a price */
    struct text currency;      /* {0} without a cost */
    double diameter_mm;        /* as the site has it */
    uint32_t n_defects;        /* that it mends */
    uint32_t worst_defect;     /* one of them, index into the request */
    uint8_t priority;          /* 1-5 */
    bool is_trenchless;        /* false too when no method could be chosen */
};

struct repair_plan {
    struct repair *at; /* digs, lining, spots, cleaning; along the segment within each */
    size_t n;
    uint32_t *repair_of;           /* per defect: index into `at`, or NO_REPAIR; NULL when none */
    enum repair_scope worst_scope; /* REPAIR_NONE without works */
    struct text main_method;       /* of the first repair of that scope; {0} when undecided */
    uint32_t n_left;               /* defects that ask for no works: light, or the table says so */
    uint32_t n_undecided;          /* defects that no row of the tables takes */
    struct text undecided;         /* which, and why; {0} when there are none */
};

struct repair_request {
    const struct repair_defect *defects; /* in any order: it changes nothing but repair_of */
    size_t n;
    struct repair_site site;
    const struct repair_tables *tables; /* repair_defaults, or what a file holds */
    const struct repair_lookup *lookup; /* of these tables; NULL: every row is looked at */
    struct findings *findings; /* gets one REPAIR_UNDECIDED at most; NULL: nobody listens */
    struct finding_place place;
    const struct phrases *phrases; /* the language of reasons; NULL: English */
};

/* All zero, and at no cost, without defects.  Everything in it lives in `arena` or is static or is
 * the tables'.  Reentrant.
 *
 * The index is a reason to do nothing: where RI (MI) is not above limits.idle_index, structural
 * (functional) defects are left, but for collapse and rows that ask for works on light defects. */
struct repair_plan repair_segment(const struct repair_request *request, struct arena *arena);

/* The repair that mends a defect of the request; NULL when none does. */
const struct repair *repair_of_defect(const struct repair_plan *plan, size_t defect);
