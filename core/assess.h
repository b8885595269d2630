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
    uint32_t n_ungraded; /* current defects that the scheme could not score */
    uint32_t rank;       /* 1 first; 0 when not assessed */
    uint8_t scheme;      /* enum scheme */
    uint8_t area_importance, pipe_importance,
        soil_influence; /* K, E, T as used, after zero rules */
    uint8_t priority;   /* 1-5; 0 not assessed */
    bool is_collapse_hazard;
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
    int area_importance;   /* K where the network has none: 0, 3, 6, 10; default 0 */
    int soil_influence;    /* T where the network has none: 0, 6, 8, 10; default 0 */
    bool merge_continuous; /* a long continuous defect merges with a point defect at its end */
    bool cap_score;        /* cap F and G at 10 when alpha carries them above; default false */
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

/* score, peak, mean, density and their grades of one group; index is left alone. */
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

/* Grades the current observations (fills their assess fields) and returns the segment's figures;
 * inspected_m, coverage and rank are left for the pipeline.  Texts go to `arena`.
 * Reentrant on different segments, each thread with its arena and findings. */
struct assessment assess_segment(
    const struct assess_request *request, struct arena *arena, struct findings *findings);

/* Fills score and is_collapse_hazard of observations that are not current, or lie at nodes. */
void assess_observation(const struct inspection *inspection, struct observation *observation,
    int soil_influence, const struct assess_options *options);

const char *scheme_name(enum scheme scheme);    /* cjj181 */
const char *scheme_version(enum scheme scheme); /* 2012 */
enum scheme scheme_from_name(struct text name); /* SCHEME_NONE when unknown */
enum scheme scheme_of_catalogue(enum catalogue catalogue);
const char *density_type_name(enum density_type type); /* NULL, local, partial or whole, whole */
