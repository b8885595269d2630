#pragma once
/* What the schemes for codes of EN 13508-2 share: DWA-M 149-3, ISYBAU, VSA.
 *
 * Each grades a defect for three requirements apart: stability (S), operation (B) and tightness
 * (D).  A case left to an engineer, and a defect that could not be decided, are in no class: they
 * are counted, named, and never make a class better. */
#include "core/base.h"
#include "core/network.h"
#include "core/scheme/scheme.h"

/* What one requirement comes to. */
struct en_requirement {
    uint8_t grade;  /* enum grade: the worst class; without one GRADE_UNDECIDED or GRADE_CASE when
                       there are such defects, GRADE_UNSET when nothing concerns it */
    uint32_t worst; /* the first defect of that class: its place in the request */
    uint32_t n_graded, n_cases, n_undecided;
};

struct en_requirements {
    struct en_requirement at[DEFECT_GROUPS]; /* by enum defect_group */
    uint32_t n_graded;                       /* all three */
    bool is_open; /* something is a case, undecided, or unknown to the scheme */
};

/* The classes of the request's defects, with the trace of each defect and its rows. */
struct en_requirements en_look(const struct scheme_request *request);

/* The worst of the three; `best` when no defect concerns any of them; GRADE_UNDECIDED when there
 * are defects and none has a class. */
uint8_t en_object_grade(
    const struct scheme_request *request, const struct en_requirements *of, uint8_t best);

/* The class to show for a requirement: `best` when nothing concerns it. */
uint8_t en_grade_or(const struct en_requirement *requirement, uint8_t best);

/* Its extent along the pipe, `least_m` at least. */
double en_length_m(const struct judged_defect *defect, double least_m);

/* How urgent the requirements are, by their own figures. */
struct en_urgency {
    uint8_t priority[DEFECT_GROUPS]; /* 1-5 */
    double index[DEFECT_GROUPS];     /* the larger the worse, 0 none; see index_of_worst */
};

/* A headline for each requirement with a class: "S class 1" and its worst defect.  That of `ruling`
 * gets `prefix` in front; {0} for none. */
void en_add_headlines(const struct scheme_request *request, const struct en_requirements *of,
    const struct en_urgency *urgency, enum defect_group ruling, struct text prefix,
    struct scheme_outcome *outcome);

/* A class as a figure: NAN for what is no number. */
double en_class_figure(uint8_t grade);

/* --- numbers that depend on facts about the pipe and the defect --- */

enum en_fact {
    EN_SYSTEM,      /* enum sewer_system */
    EN_ZONE,        /* protection zone, as in struct segment */
    EN_GROUNDWATER, /* enum groundwater */
    EN_SOIL,        /* soil group, 1 to 4 */
    EN_CAPACITY,    /* enum answer: too small */
    EN_YEAR,        /* built */
    EN_COVER,       /* metres */
    EN_POSITION,    /* enum en_position, of the defect */
    EN_JOINT,       /* 1: at a joint, 2: not */
    EN_CLASS,       /* of the defect */
    EN_FACTS,
};

/* Where on the wall. */
enum en_position {
    EN_NOWHERE, /* not said */
    EN_LOWER,   /* within 3 to 9 h */
    EN_UPPER,   /* within 9 to 3 h */
    EN_AT_SIDE, /* at 3 or at 9 h: within either */
    EN_WHOLE,   /* in both */
};

/* One row: over `over` and up to `to` the fact stands for `value` in the figure. */
struct en_term {
    const char *figure;
    uint8_t fact; /* enum en_fact */
    double over, to, value;
    const char *meaning, *source;
};

struct en_terms {
    const struct en_term *at;
    size_t n;
};

#define EN_TERM(figure, fact, over, to, value, source, meaning) \
    {figure, EN_##fact, over, to, value, meaning, source},
#define EN_TERM_IS(figure, fact, is, value, source, meaning) \
    {figure, EN_##fact, (is)-0.5, (is) + 0.5, value, meaning, source},

/* A fact about the pipe; NAN when it is unknown or one of the defect. */
double en_site_fact(const struct scheme_site *site, enum en_fact fact);

enum en_position en_position(const struct observation *observation);

/* Does the figure have rows for the fact? */
bool en_asks(const struct en_terms *terms, const char *figure, enum en_fact fact);

/* The row for the fact's value; NULL for NAN, and where no row takes it. */
const struct en_term *en_term_of(
    const struct en_terms *terms, const char *figure, enum en_fact fact, double value);

const char *en_fact_name(enum en_fact fact);
