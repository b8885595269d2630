#pragma once
/* Assess: how bad is a segment, by the scheme in force. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/findings.h"
#include "core/network.h"
#include "core/survey.h"

enum scheme {
    SCHEME_NONE,
    SCHEME_CJJ181,
    SCHEMES,
};

enum density_type {
    DENSITY_NONE, /* no defects */
    DENSITY_LOCAL,
    DENSITY_PARTIAL, /* partial or whole */
    DENSITY_WHOLE,
};

/* What one group of defects (structural or functional) comes to. */
struct condition {
    double score;              /* CJJ F or G */
    double peak;               /* Smax, Ymax */
    double mean;               /* S, Y */
    double density;            /* SM, YM */
    double index;              /* RI, MI */
    uint8_t grade;             /* of score, 1-4; 0 not assessed */
    uint8_t index_grade;       /* of index, 1-4; 0 not assessed */
    uint8_t density_type;      /* enum density_type */
    uint16_t n_plain, n_close; /* merged items with alpha 1.0 and with alpha 1.1 */
};

/* The figures of one segment.  All zero when it was not inspected. */
struct assessment {
    struct condition structural, functional;
    double inspected_m, coverage;                   /* current */
    int32_t inspected_on;                           /* of the newest current inspection */
    uint32_t n_inspections;                         /* duplicates not counted */
    uint32_t n_defects, n_structural, n_functional; /* current, each counted once */
    uint32_t n_ungraded;  /* current defects that the scheme could not score */
    uint32_t n_unlocated; /* defects of the current inspections without a place: in no figure */
    uint32_t rank;        /* 1 first; 0 when not assessed */
    uint8_t scheme;       /* enum scheme */
    uint8_t area_importance, pipe_importance,
        soil_influence; /* K, E, T as used, after zero rules */
    uint8_t priority;   /* 1-5; 0 not assessed */
    bool is_collapse_hazard;
    bool diameter_is_missing; /* E was taken as 0 */
    struct text collapse_reason, priority_reason;
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

/* The open points of CJJ 181-2012 (clause 8) as switches, with the documented default first. */
struct assess_options {
    enum scheme scheme; /* SCHEME_NONE: by the survey's catalogue */
    enum zero_rule zero_rule;
    enum merge_rule merge_rule;
    enum spacing_rule spacing_rule;
    enum merged_length merged_length;
    int area_importance;        /* K where the network has none: 0, 3, 6, 10; default 0 */
    int soil_influence;         /* T where the network has none: 0, 6, 8, 10; default 0 */
    bool merge_continuous;      /* a long continuous defect merges with what is within 1 m of it, as
                                   points do; default true */
    bool cap_score;             /* cap F and G at 10 when alpha carries them above; default false */
    bool index_without_defects; /* MI = 0.15 K + 0.05 E where there is no functional defect but
                                   F >= 4, the formula to the letter; default false: 0 */
};

extern const struct assess_options assess_defaults;

/* One scored defect on the segment, for the arithmetic alone. */
struct scored_defect {
    double from_m, to_m; /* along; equal for points */
    double score;
};

struct condition_request {
    const struct scored_defect *defects; /* sorted by from_m */
    size_t n;
    double segment_m; /* L */
    const struct assess_options *options;
};

/* score, peak, mean, density and their grades of one group by CJJ 181; index is left alone. Without
 * a positive length the density is NAN and its type DENSITY_NONE.  A gap counts as 1.0 or 1.5 m
 * when it is within a micrometre of it. */
struct condition condition_assess(const struct condition_request *request);

/* A segment and the current observations on it. */
struct assess_request {
    const struct network *network;
    uint32_t segment;
    const uint32_t *stretches_of_segment; /* numbers into `stretches` */
    size_t n_stretches_of_segment;
    struct inspection **inspections;
    const struct stretch *stretches;
    const struct assess_options *options;
};

/* Grades the observations on the segment's current stretches (fills their assess fields) and
 * returns its figures; inspected_m, coverage and rank are left for the pipeline.  Counted are rows
 * that are current, no duplicates, no marks of an end, and placed.  L is the drawn length, on which
 * `along` is measured; the length of the network's table where nothing is drawn.  The diameter is
 * the network's, else the newest current log's.  Texts go to `arena` or are static.
 * Reentrant on different segments, each thread with its arena and findings. */
struct assessment assess_segment(
    const struct assess_request *request, struct arena *arena, struct findings *findings);

/* Fills score and is_collapse_hazard of observations that are not current, or lie at nodes. */
void assess_observation(const struct inspection *inspection, struct observation *observation,
    int soil_influence, const struct assess_options *options);

/* The scheme that grades an inspection: the one that was asked for, else its catalogue's. */
enum scheme assess_scheme(
    const struct inspection *inspection, const struct assess_options *options);

/* Adds NO_SCHEME, once, when observations of the survey will not be graded because no scheme, or
 * not the one that was asked for, knows its catalogue. */
void assess_check_survey(
    const struct survey *survey, const struct assess_options *options, struct findings *findings);

/* The diameter of the circle with the flow section's area.  Width and height in mm, height NAN when
 * round; `shape` is the network's word in English, German or Chinese.  NAN without a width. */
double equivalent_diameter_mm(double width_mm, double height_mm, struct text shape);

const char *scheme_name(enum scheme scheme);    /* cjj181 */
const char *scheme_version(enum scheme scheme); /* 2012 */
enum scheme scheme_from_name(struct text name); /* SCHEME_NONE when unknown */
enum scheme scheme_of_catalogue(enum catalogue catalogue);
const char *density_type_name(enum density_type type); /* NULL, local, partial or whole, whole */
