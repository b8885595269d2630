#pragma once
/* The figures of a whole run, for people and machines: counted from the result, nothing new. */
#include "core/result.h"

enum { SUMMARY_WORST = 5, SUMMARY_GRADES = 7, SUMMARY_PRIORITIES = 6 };

/* Findings of one kind. */
struct finding_count {
    enum finding_kind kind;
    size_t n, example; /* example: number of the first one in result->findings */
};

struct summary {
    size_t n_files, n_damaged_files;
    size_t n_segments, n_nodes, n_inspected_segments, n_assessed_segments;
    double length_m, inspected_m, coverage; /* coverage: share of the length, 0 without a network */

    size_t n_inspections, n_node_inspections, n_duplicates, n_unplaced_inspections;
    size_t n_by_match[MATCH_METHODS];

    struct file_tally rows; /* over all files */
    size_t n_unplaced_by_reason[UNPLACED_REASONS];

    /* The defects that count now, by the scheme that grades them: grades of different schemes are
     * never added up.  [0]: none, or above 5; [1 + g]: grade g. */
    size_t n_current_defects, n_on_nodes;
    size_t n_by_grade[SCHEMES][CODE_INVENTORY + 1][SUMMARY_GRADES];
    size_t n_segments_by_scheme[SCHEMES];
    size_t n_open_cases;                 /* on segments: the standard leaves them to an engineer */
    size_t n_soil_entry, n_misconnected; /* segments */
    size_t n_collapse_hazards;           /* defects */
    size_t n_collapse_segments;
    size_t n_ungraded;  /* on segments: the scheme could not score them */
    size_t n_unlocated; /* of current inspections, without a place: in no figure */
    size_t n_by_priority[SUMMARY_PRIORITIES];
    size_t n_repairs[REPAIR_SCOPES]; /* proposed works by scope */
    size_t n_trenchless;             /* of them without a trench, cleaning not counted */
    double trenchless_m;
    uint32_t worst[SUMMARY_WORST]; /* segments by rank; NO_SEGMENT where there are fewer */

    struct finding_count findings[FINDING_KINDS]; /* errors first, then the most frequent */
    size_t n_finding_kinds, n_findings;
    size_t n_by_severity[SEVERITIES];
};

/* The result must have been through the pipeline. */
struct summary summary_of(const struct result *result);

/* Does the scheme (SCHEME_NONE: no scheme) have defects that count now? */
bool summary_has_defects(const struct summary *summary, enum scheme scheme);
