#pragma once
/* Assessment schemes as data: scores, classes, factors, hazards and priorities in tables that an
 * expert can check against the standard.  The arithmetic of each scheme is a file of its own. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/assess.h"
#include "core/survey.h"

/* What one grade of one code scores.  Sorted by code, then grade; grades count from 1. */
struct scheme_score {
    const char *code;
    uint8_t grade;
    double score;
    enum code_kind kind; /* CODE_STRUCTURAL or CODE_FUNCTIONAL */
    bool is_counted;     /* false: recorded, never part of a figure */
    const char *condition, *source;
};

/* Values above `from` (or at it, when is_inclusive) are of this class, up to the next row's. */
struct scheme_class {
    double from;
    bool is_inclusive;
    double value; /* the grade, type or factor */
    const char *meaning, *source;
};

struct scheme_classes {
    const char *figure; /* what is classed: F, RI, SM, E ... */
    const struct scheme_class *rows;
    size_t n;
};

/* A value that somebody has to choose by what is there: importance of the area, soil. */
struct scheme_choice {
    const char *factor; /* K, T */
    uint8_t value;
    const char *condition, *source;
};

/* A defect that means collapse, or near collapse. */
struct scheme_hazard {
    const char *code;
    uint8_t grade;
    uint8_t soil_influence; /* only where T is at least this */
    const char *source;
};

struct scheme_table {
    const char *name, *version, *title;
    enum catalogue catalogue; /* whose codes it scores */
    const struct scheme_score *scores;
    size_t n_scores;
    const struct scheme_classes *classes;
    size_t n_classes;
    const struct scheme_choice *choices;
    size_t n_choices;
    const struct scheme_hazard *hazards;
    size_t n_hazards;
};

/* NULL for SCHEME_NONE. */
const struct scheme_table *scheme_table(enum scheme scheme);

/* The row of a code and grade; NULL when the scheme has none.  Case of ASCII letters is ignored. */
const struct scheme_score *scheme_score(
    const struct scheme_table *table, struct text code, int grade);

/* Does the scheme know the code at all? */
bool scheme_has_code(const struct scheme_table *table, struct text code);

/* The class of a value.  Differences below 1e-9, as sums of decimals have, do not change it. */
const struct scheme_class *scheme_class_of(const struct scheme_classes *classes, double value);

bool scheme_is_hazard(
    const struct scheme_table *table, const struct scheme_score *score, int soil_influence);

/* May the factor (K, T) have this value? */
bool scheme_has_choice(const struct scheme_table *table, const char *factor, int value);

/* --- cjj181.c --- */

extern const struct scheme_table scheme_cjj181;

/* Defects that were merged, or one alone. */
struct scheme_item {
    double from_m, to_m, score;
    size_t n;          /* defects in it */
    uint32_t worst[3]; /* their places in the request, worst first; as many as there are */
    bool is_close;     /* to a neighbour: weighs alpha */
};

/* As condition_assess; `worst` gets the item that rules the score, when there is one. */
struct condition cjj181_condition(
    const struct condition_request *request, struct scheme_item *worst);

/* K, E and T before the zero rules. */
struct cjj181_site {
    int area_importance, pipe_importance, soil_influence;
};

/* E of an equivalent diameter; 0 when it is NAN. */
int cjj181_pipe_importance(double diameter_mm);

/* Fills index and index_grade of both groups, and K, E, T as RI used them, from their figures. */
void cjj181_indices(
    struct assessment *assessment, struct cjj181_site site, const struct assess_options *options);

/* Priority from both index grades, the collapse flag and the ungraded defects. */
uint8_t cjj181_priority(const struct assessment *assessment);
