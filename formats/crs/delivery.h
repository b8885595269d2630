#pragma once
/* What was done to coordinates before they were delivered, found out from where they would lie:
 * axes turned, a zone in front of the eastings. */
#include <stdbool.h>

#include <proj.h>

#include "core/findings.h"
#include "core/geom.h"
#include "formats/crs.h"
#include "formats/crs/frame.h"

struct delivery {
    bool is_swapped;
    double shift_x; /* taken off eastings */
};

/* A claimed CRS and the data that claims it. */
struct claim {
    PJ_CONTEXT *context;
    const PJ *crs;
    const struct frame *frame;                /* to_geographic and radians are there */
    struct box extent;                        /* as delivered */
    double false_easting_m, central_meridian; /* of the CRS; filled by delivery_find */
};

/* Adds a finding when the data lies outside of the CRS whatever was done to it. */
struct delivery delivery_find(
    struct claim *claim, const struct crs_request *request, struct findings *findings);

/* The findings that tell what will be undone. */
void delivery_say(
    struct delivery delivery, const struct crs_request *request, struct findings *findings);

void delivery_undo(struct delivery delivery, struct xy *at, size_t n);

/* Do headings, and figures that do not contradict them, say that north comes first? */
bool delivery_is_north_first_by_hint(const struct crs_request *request);

struct xy extent_middle(struct box extent);
struct box extent_turned(struct box extent);
