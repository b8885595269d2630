#pragma once
/* Assess: how bad is a segment, by the scheme in force. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/assess/misconnection.h"
#include "core/findings.h"
#include "core/network.h"
#include "core/survey.h"

enum density_type {
    DENSITY_NONE, /* no defects */
    DENSITY_LOCAL,
    DENSITY_PARTIAL, /* partial or whole */
    DENSITY_WHOLE,
};

/* What one group of defects (structural or functional) comes to.  CJJ 181's names are beside;
 * other schemes fill what they have, and leave NAN what they do not know. */
struct condition {
    double score;              /* F or G */
    double peak;               /* Smax, Ymax */
    double mean;               /* S, Y */
    double density;            /* SM, YM */
    double index;              /* RI, MI */
    uint8_t grade;             /* of score, enum grade; GRADE_UNSET: not assessed */
    uint8_t index_grade;       /* of index, likewise */
    uint8_t density_type;      /* enum density_type */
    uint16_t n_plain, n_close; /* merged items with alpha 1.0 and with alpha 1.1 */
};

/* A figure by the name that its scheme has for it. */
struct figure {
    const char *name; /* short, of ASCII letters, digits and '_' */
    double value;     /* NAN: the word counts */
    struct text word;
};

/* What few segments have. */
struct assessment_more {
    struct figure *figures; /* of schemes that know more than the columns: in an arena */
    size_t n_figures, figures_capacity;
    struct text soil_entry_reason, repair_method;
    double composite;              /* hazard for long programmes, 0-10; 0 when not asked for */
    const double *composite_parts; /* by enum composite_part, NAN unknown; NULL likewise */
};

/* The figures of one segment.  All zero when it was not inspected. */
struct assessment {
    struct condition structural, functional;
    double inspected_m, coverage; /* current */
    int32_t inspected_on;         /* of the newest current inspection */
    int32_t next_inspection_on;   /* YYYYMMDD, 0 unknown */
    float diameter_mm;            /* equivalent, as it was reckoned with; 0 unknown */
    float urgency; /* of the ruling index, in shares of the scheme's worst: orders a priority */
    uint32_t n_inspections;                         /* duplicates not counted */
    uint32_t n_defects, n_structural, n_functional; /* current, each counted once */
    uint32_t n_ungraded;   /* current defects that the scheme could not score, all or in part */
    uint32_t n_open_cases; /* current defects that the standard leaves to an engineer */
    uint32_t n_unlocated;  /* defects of the current inspections without a place: in no figure */
    uint32_t rank;         /* 1 first; 0 when not assessed */
    uint8_t scheme;        /* enum scheme */
    uint8_t area_importance, pipe_importance,
        soil_influence; /* K, E, T as used, after zero rules */
    uint8_t priority;   /* 1-5; 0 not assessed */
    bool is_collapse_hazard;
    bool diameter_is_missing; /* E was taken as 0 */
    bool is_misconnection;
    uint8_t soil_entry;         /* enum answer: may soil come in? */
    uint8_t repair_scope;       /* repair: enum repair_scope, the worst of its works */
    uint8_t next_inspection_of; /* enum defect_group: what kind of survey */
    struct text collapse_reason, priority_reason;
    struct assessment_more *more; /* NULL when it has nothing of that */
};

enum zero_rule {
    ZERO_RULE_F, /* K and E of MI are zero when F < 4: as printed; default */
    ZERO_RULE_G, /* ... when G < 4 */
};

enum merge_rule {
    MERGE_CHAINED, /* single linkage: each within 1 m of the one before; default */
    MERGE_WINDOW,  /* a fixed window of 1 m from the first */
};

enum spacing_rule {
    SPACING_BOTH,   /* both neighbours of a 1.0-1.5 m gap get alpha; default */
    SPACING_SECOND, /* only the second */
};

enum merged_length {
    MERGED_EXTENT, /* first start to last end, at least 1 m; default */
    MERGED_METRE,  /* 1 m whatever was merged (lone long defects keep theirs) */
};

enum peak_rule {
    PEAK_SINGLE, /* the highest single score; default */
    PEAK_SUM,    /* the highest sum of scores within 1 m */
};

enum srm_limits {
    SRM_LIMITS_SRM, /* grades by the peak; default */
    SRM_LIMITS_HK,  /* Hong Kong: by the total, structural ones by the mean too */
};

struct composite_weights;
struct phrases;
struct scheme_set;
struct trace;

/* How to assess: the open points of CJJ 181-2012 (clause 8) as switches, with the documented
 * default first, and what the network does not tell. */
struct assess_options {
    const struct scheme_set *schemes; /* the tables; default scheme_built_in */
    const struct phrases *phrases;    /* the language of reasons; NULL: English; default */
    enum scheme scheme; /* for surveys whose codes it takes; SCHEME_NONE: by each survey's own */
    enum zero_rule zero_rule;
    enum merge_rule merge_rule;
    enum spacing_rule spacing_rule;
    enum merged_length merged_length;
    enum peak_rule srm_peak;                   /* WRc SRM */
    enum srm_limits srm_limits;                /* WRc SRM */
    const struct composite_weights *composite; /* NULL: no composite hazard; default */
    struct misconnection_words misconnection_words;
    uint8_t groundwater;        /* enum groundwater, where the network has none; default unknown */
    int pacp_version;           /* 6, 7 or 8, for surveys that tell none; default 7 */
    int area_importance;        /* K where the network has none: 0, 3, 6, 10; default 0 */
    int soil_influence;         /* T where the network has none: 0, 6, 8, 10; default 0 */
    bool merge_continuous;      /* a long continuous defect merges with what is within 1 m of it, as
                                   points do; default true */
    bool cap_score;             /* cap F and G at 10 when alpha carries them above; default false */
    bool is_off;                /* grade nothing, by no scheme; default false */
    bool index_without_defects; /* MI = 0.15 K + 0.05 E where there is no functional defect but
                                   F >= 4, the formula to the letter; default false: 0 */
};

extern const struct assess_options assess_defaults;

/* A segment and the current observations on it. */
struct assess_request {
    const struct network *network;
    uint32_t segment;
    const uint32_t *stretches_of_segment; /* numbers into `stretches` */
    size_t n_stretches_of_segment;
    struct inspection **inspections;
    const struct stretch *stretches;
    const struct assess_options *options;
    struct trace *trace; /* what was done, for people; NULL: nobody asks */
};

/* Grades the observations on the segment's current stretches (fills their assess fields) and
 * returns its figures; inspected_m, coverage and rank are left for the pipeline.  Counted are rows
 * that are current, no duplicates, no marks of an end, and placed.  L is the drawn length, on which
 * `along` is measured; the length of the network's table where nothing is drawn.  The diameter is
 * the network's, else the newest current log's.  Texts go to `arena` or are static.
 * Reentrant on different segments, each thread with its arena and findings. */
struct assessment assess_segment(
    const struct assess_request *request, struct arena *arena, struct findings *findings);

/* Fills the assess fields of an observation that is not current, or lies at a node. */
void assess_observation(const struct inspection *inspection, struct observation *observation,
    int soil_influence, const struct assess_options *options);

/* Fills the assess fields of a node inspection, when the scheme of its codes grades nodes: the
 * highest score of its rows, 0 without one, and its class.  A row that could not be scored leaves
 * the class undecided, unless the others are in the worst one.  After assess_observation. */
void assess_node(struct inspection *inspection, const struct assess_options *options);

/* The `more` of an assessment, made when it has none yet. */
struct assessment_more *assessment_more(struct assessment *assessment, struct arena *arena);

/* The scheme that grades a survey: the one that was asked for when it takes the survey's codes,
 * else the one that the file asks for, else its catalogue's.  SCHEME_NONE when none takes them. */
enum scheme assess_scheme(const struct survey *survey, const struct assess_options *options);

/* Fills graded_by.  Adds NO_SCHEME, once, when observations of the survey will not be graded
 * because no scheme takes its codes; SCHEME_DIFFERS when another than the one asked for grades
 * them; SCHEME_ASSUMED when nothing in an EN 13508-2 file tells which national standard. */
void assess_choose_scheme(
    struct survey *survey, const struct assess_options *options, struct findings *findings);

/* The diameter of the circle with the flow section's area.  Width and height in mm, height NAN when
 * round; `shape` is the network's word in English, German or Chinese.  NAN without a width. */
double equivalent_diameter_mm(double width_mm, double height_mm, struct text shape);

const char *scheme_name(enum scheme scheme);    /* cjj181; NULL for SCHEME_NONE */
const char *scheme_version(enum scheme scheme); /* 2012 */
enum scheme scheme_from_name(struct text name); /* SCHEME_NONE when unknown */
enum scheme scheme_of_catalogue(enum catalogue catalogue);
const char *density_type_name(enum density_type type); /* NULL, local, partial or whole, whole */

/* The grade of an observation to show: the scheme's, else the delivered one; false without. */
bool observation_grade(const struct observation *observation, int *out);
