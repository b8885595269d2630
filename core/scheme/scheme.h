#pragma once
/* Assessment schemes as data: what each code scores or grades, classes, factors, hazards and
 * priorities in tables that an expert can check against the standard.  The arithmetic from graded
 * defects to the figures of a segment is one file a scheme. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/assess.h"
#include "core/line.h"
#include "core/survey.h"
#include "core/trace.h"

/* Which fact about an observation chooses among the rules of its code. */
enum scheme_measure {
    MEASURE_NONE,   /* none: all observations of the code */
    MEASURE_GRADE,  /* the grade as delivered: `from`, and no other */
    MEASURE_QUANT1, /* a quantification, in `unit` */
    MEASURE_QUANT2,
    MEASURE_CLOCK, /* clock positions that it spans: 1 for one position */
    MEASURES,
};

/* What else must hold for a rule. */
enum scheme_when {
    WHEN_ALWAYS,
    WHEN_RIGID, /* pipe material */
    WHEN_FLEXIBLE,
    WHEN_NO_DIAMETER, /* the diameter is unknown */
    WHEN_OLDER,       /* PACP: before version 8 */
    WHEN_NEWER,       /* PACP: from version 8 on */
    WHENS,
};

/* One row of a scheme's main table.  Sorted by code; the first row of a code that fits decides for
 * its group. */
struct scheme_rule {
    const char *code;
    const char *char1, *char2; /* the letters that fit, "ABC"; longer ones by bars, "AA|AB"; NULL:
                                  any */
    const char *zones; /* letters of the parts of a manhole that it is for; NULL: any, and pipes */
    double dn_over_mm, dn_to_mm; /* diameter over .. up to; -INFINITY, INFINITY: any */
    double from, to; /* of the measure: [from, to), or (from, to] in schemes that count so */
    double score;    /* NAN: the scheme grades without scores */
    const char *meaning, *source;
    const char *unit; /* of the measure: %, mm, deg; how lengths count (DB31: piece, m); NULL */
    uint8_t when;     /* enum scheme_when */
    uint8_t group;    /* enum defect_group */
    uint8_t measure;  /* enum scheme_measure */
    uint8_t grade;    /* enum grade; GRADE_UNSET: the scheme only scores */
    bool is_counted;  /* false: recorded, never part of a figure */
};

/* Values above `from` (or at it, when is_inclusive) are of this class, up to the next row's of the
 * same figure.  Rows of a figure stand together, ascending; the first starts at -INFINITY. */
struct scheme_class {
    const char *figure; /* what is classed: F, RI, SM, E ... */
    double from;
    bool is_inclusive;
    double value; /* the grade, type or factor */
    const char *meaning, *source;
};

/* A value that somebody has to choose by what is there: importance of the area, soil. */
struct scheme_choice {
    const char *factor; /* K, T */
    double value;
    const char *condition, *source;
};

/* A defect that means collapse, or near collapse. */
struct scheme_hazard {
    const char *code, *char1, *char2; /* as in rules */
    uint8_t when;                     /* enum scheme_when */
    uint8_t measure;                  /* enum scheme_measure: at `from` or beyond */
    bool is_above;                    /* `from` itself is none */
    double from;
    double dn_over_mm, dn_to_mm; /* diameter over .. up to; 0, 0: any. Unknown ones are of the row
                                    that goes up to INFINITY */
    uint8_t soil_influence;      /* only where T is at least this */
    const char *meaning, *source;
};

/* A figure of the segment that means the same: the sum of scores within 1 m, a grade. */
struct scheme_figure_hazard {
    const char *figure;
    double from; /* at it or beyond */
    const char *meaning, *source;
};

/* Open defects that soil could come through, for `soil_entry`; `from` as in hazards. */
struct scheme_opening {
    const char *code, *char1, *char2;
    uint8_t measure;
    double from;
    const char *source;
};

/* Which priority a grade of a figure stands for: how schemes are put on one scale. */
struct scheme_priority {
    const char *figure; /* the first figure named "defect" is for single defects */
    uint8_t grade;      /* enum grade */
    uint8_t priority;   /* 1-5 */
    const char *source;
};

struct scheme_request;
struct scheme_outcome;

struct scheme_table {
    const char *name, *version, *title;
    enum catalogue catalogues[3]; /* whose codes it grades; CATALOGUE_UNKNOWN behind the last */
    const char *group_names[DEFECT_GROUPS]; /* structural, S, ...; NULL: has no such group */
    double index_of_worst;                  /* of headlines: an index that could not be worse */
    bool worst_is_lowest;                   /* grade 0 is the worst (DWA, VSA) */
    bool upper_is_in;                       /* rules take (from, to], else [from, to) */
    bool grade_is_in_label;                 /* PL4, where others say BABCB */
    const char *node_figure; /* classes the highest score of a node inspection (rules of unit
                                "node"): M; NULL: grades no nodes */
    const struct scheme_rule *rules;
    size_t n_rules;
    const struct scheme_class *classes;
    size_t n_classes;
    const struct scheme_choice *choices;
    size_t n_choices;
    const struct scheme_hazard *hazards;
    size_t n_hazards;
    const struct scheme_figure_hazard *figure_hazards;
    size_t n_figure_hazards;
    const struct scheme_opening *openings;
    size_t n_openings;
    const struct scheme_priority *priorities;
    size_t n_priorities;
    /* From graded defects to figures: fills structural, functional, grades, densities, indices and
     * `figures` of the assessment, and the outcome. */
    void (*assess)(const struct scheme_request *request, struct assessment *assessment,
        struct scheme_outcome *outcome);
};

/* The table of each scheme; those of a run may be extended by its user. */
struct scheme_set {
    const struct scheme_table *at[SCHEMES]; /* NULL for SCHEME_NONE */
};

extern const struct scheme_set scheme_built_in;

/* What schemes ask about the segment. */
struct scheme_site {
    double segment_m;     /* L: drawn length, else the table's; NAN or 0 unknown */
    double diameter_mm;   /* of the circle with the section's area; NAN unknown */
    double cover_m;       /* from the ground down to the crown, mean of both ends; NAN unknown */
    int area_importance;  /* K by CJJ 181 */
    int soil_influence;   /* T by CJJ 181 */
    int16_t year_built;   /* 0 unknown */
    struct text material; /* the network's word, else the log's */
    uint8_t system;       /* enum sewer_system */
    uint8_t groundwater;  /* enum groundwater */
    uint8_t capacity_is_short, protection_zone, soil_group; /* as in struct segment */
    uint8_t coding_version;                                 /* of the survey, PACP; 0 not told */
};

/* What the scheme makes of an observation for one group. */
struct verdict {
    const struct scheme_rule *rule; /* that fired; NULL when none */
    uint8_t grade;                  /* enum grade; GRADE_UNSET: does not concern the group */
    bool is_scored;                 /* the rule has a score */
};

/* A current defect that stands on the segment. */
struct judged_defect {
    const struct code *code;
    struct observation *observation;
    double from_m, to_m; /* along; equal for points */
    struct verdict verdicts[DEFECT_GROUPS];
    const struct scheme_hazard *hazard; /* NULL when it is none */
};

/* Defects that were merged, or one alone. */
struct scheme_item {
    double from_m, to_m, score;
    size_t n;          /* defects in it */
    uint32_t worst[3]; /* their places in the request, worst first; as many as there are */
    bool is_close;     /* to a neighbour: weighs alpha (CJJ 181) */
};

struct scheme_request {
    const struct scheme_table *table;
    struct judged_defect *defects; /* along the segment, in an order that no log decides */
    size_t n;
    const struct scheme_site *site;
    const struct assess_options *options;
    struct arena *arena; /* for what the assessment keeps */
    struct findings *findings;
    struct text segment_id; /* for findings */
    struct trace *trace;    /* NULL: nobody asks */
};

/* A figure with what rules it, for the reason of the priority. */
struct scheme_headline {
    struct line figure;       /* "RI 7.4 (IV)", "S class 0" */
    uint8_t priority;         /* of this figure, 1-5 */
    double index;             /* orders headlines of one priority, larger first */
    struct scheme_item worst; /* n is 0 when no defect rules it; places are in request->defects */
};

struct scheme_outcome {
    const struct phrases *phrases; /* set by who asks: the language of headlines; NULL: English */
    uint8_t priority;              /* from the figures alone, 1-5 */
    struct scheme_headline headlines[DEFECT_GROUPS];
    size_t n_headlines;
    /* What a figure makes a collapse hazard: NULL when none does. */
    const struct scheme_figure_hazard *hazard_figure;
    struct scheme_item hazard_item; /* the worst place; its n is 0 when it is the whole segment */
    size_t n_hazard_items;
};

/* Notes a place that a figure makes a collapse hazard; the worst one is kept. */
void scheme_add_hazard_item(struct scheme_outcome *outcome,
    const struct scheme_figure_hazard *hazard, struct scheme_item item);

/* --- asking the tables --- */

/* The first rule of a code; *n gets how many it has, 0 with NULL for a code that the scheme does
 * not know.  Case of ASCII letters is ignored. */
const struct scheme_rule *scheme_rules_of(
    const struct scheme_table *table, struct text code, size_t *n);

/* The rule for a delivered grade of a code, as CJJ 181 and DB31 have them; NULL when there is
 * none. */
const struct scheme_rule *scheme_rule_of_grade(
    const struct scheme_table *table, struct text code, int grade);

/* Fills one verdict a group: undecided where the group has rows for these letters but none takes
 * the quantity, the diameter or what else is unknown.  Where only the stiffness of the material is
 * unknown, and rigid and flexible pipes come to the same grade, that is it.  False when the scheme
 * does not know the code at all. */
bool scheme_judge(const struct scheme_table *table, const struct scheme_site *site,
    const struct code *code, const struct observation *observation,
    struct verdict verdicts[DEFECT_GROUPS]);

/* The worst of grades that are numbers; GRADE_UNSET when there is none. */
uint8_t scheme_worst(const struct scheme_table *table, uint8_t a, uint8_t b);

/* The class of a value; NULL for a figure that the scheme does not class.  Differences below 1e-9,
 * as sums of decimals have, do not change it. */
const struct scheme_class *scheme_class_of(
    const struct scheme_table *table, const char *figure, double value);
/* Its value as a grade (enum grade); GRADE_UNDECIDED for NAN or a figure that is not classed. */
uint8_t scheme_grade_of(const struct scheme_table *table, const char *figure, double value);

/* The hazard row that takes the observation; NULL when it is none. */
const struct scheme_hazard *scheme_hazard_of(const struct scheme_table *table,
    const struct scheme_site *site, const struct code *code, const struct observation *observation);

/* Can soil come through it? */
bool scheme_is_opening(const struct scheme_table *table, const struct code *code,
    const struct observation *observation);

/* The priority of a grade (enum grade) of a figure; 0 when the table has no such row. */
uint8_t scheme_priority_of(const struct scheme_table *table, const char *figure, uint8_t grade);

/* How bad one defect is on the common scale of repairs, 1 light to 4 failing, through the rows
 * "defect" of the priorities: 6 - priority, at most 4; 0 when it is not graded. */
uint8_t scheme_severity(const struct scheme_table *table, uint8_t grade);

/* May the factor (K, T) have this value? */
bool scheme_has_choice(const struct scheme_table *table, const char *factor, double value);

/* The figure hazard at this value; NULL when there is none. */
const struct scheme_figure_hazard *scheme_figure_hazard_of(
    const struct scheme_table *table, const char *figure, double value);

bool scheme_takes(const struct scheme_table *table, enum catalogue catalogue);

/* "PL4 at 12.3 m": what people call the defect. */
void scheme_add_label(
    const struct scheme_table *table, const struct judged_defect *defect, struct line *line);
/* " at 12.3 m", " at 2.0-18.0 m" */
void scheme_add_place(double from_m, double to_m, struct line *line);
/* "PL4+SL4 at 10.0 m" */
void scheme_add_item(
    const struct scheme_request *request, const struct scheme_item *item, struct line *line);

/* Tells the trace which defects the group could not grade, and why. */
void scheme_trace_undecided(const struct scheme_request *request, enum defect_group group);

/* Adds a named figure to the assessment's list (arena). */
void scheme_add_figure(const struct scheme_request *request, struct assessment *assessment,
    const char *name, double value);
void scheme_add_word(const struct scheme_request *request, struct assessment *assessment,
    const char *name, struct text word);

/* --- the schemes --- */

extern const struct scheme_table scheme_cjj181;
extern const struct scheme_table scheme_db31;
extern const struct scheme_table scheme_dwa;
extern const struct scheme_table scheme_isybau;
extern const struct scheme_table scheme_pacp;
extern const struct scheme_table scheme_vsa;
extern const struct scheme_table scheme_wrc;
extern const struct scheme_table scheme_wsa05;
