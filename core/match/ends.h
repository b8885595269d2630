#pragma once
/* The nodes that an inspection names, in whatever field. */
#include <stdbool.h>

#include "core/match/matcher.h"

struct ends {
    struct text start, finish;   /* names; {0} when not named */
    struct few starts, finishes; /* the nodes that bear them, after ends_find */
    bool is_start_known;         /* the camera went in at `start`; else they are just the two */
    bool is_from_reference;      /* taken out of the segment's reference */
    bool is_normalised;          /* a node was found by its normal form only */
};

/* What observations of an inspection say about nodes. */
struct node_rows {
    struct text start, finish; /* named by the start and the finish observation */
    bool has_intermediate;     /* at least one node was passed on the way */
};

/* Whether the survey's catalogue has such observations at all: asked once per survey. */
struct survey_roles {
    const struct survey *survey;
    bool has_nodes;
};

struct node_rows node_rows_of(const struct inspection *inspection, struct survey_roles *roles);

/* The names, from the header, else from the observations, else from the two nodes that the format
 * calls upstream and downstream. */
struct ends ends_named(const struct inspection *inspection, const struct node_rows *rows);

/* Looks the names up.  When none is given, and the reference splits at one place into two known
 * nodes, those are the two. */
void ends_find(
    const struct matcher *matcher, const struct inspection *inspection, struct ends *ends);

/* Does any field of the inspection name a place: segment, node, coordinates? */
bool ends_any_reference(const struct inspection *inspection, const struct ends *ends);
