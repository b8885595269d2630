#pragma once
/* What schemes ask about the segment, from the network, its logs and the options. */
#include "core/assess.h"
#include "core/scheme/scheme.h"

/* What the current inspections of a segment say together. */
struct current_view {
    enum scheme scheme;          /* of the first one that has any */
    const struct survey *survey; /* of that one */
    double seen_m;               /* exact for one and for two from both ends, else an upper bound */
    double logged_diameter_mm;   /* equivalent, of the newest that logged one; NAN unknown */
    struct text logged_material; /* likewise */
    size_t n;                    /* current stretches */
    bool is_mixed;               /* another one speaks the codes of another scheme */
};

/* Counts the inspections (n_inspections, inspected_on) and looks at the current ones. */
struct current_view site_look(
    const struct assess_request *request, double segment_m, struct assessment *assessment);

struct scheme_site site_of_segment(
    const struct assess_request *request, const struct current_view *view, double segment_m);
