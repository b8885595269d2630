#pragma once
/* The defects of one segment that count, judged by its scheme. */
#include "core/assess.h"
#include "core/scheme/scheme.h"

/* Most segments have few, which need no memory of their own. */
enum { GATHERED_FEW = 16 };

/* By what, for what. */
struct gather_for {
    const struct scheme_table *table; /* NULL: no scheme */
    const struct scheme_site *site;
    struct assessment *assessment; /* counts go here */
    struct misconnection_words misconnection_words;
    struct findings *findings;
    struct text segment_id;
};

struct gathered {
    struct gather_for of;
    struct judged_defect few[GATHERED_FEW];
    struct judged_defect *at;   /* `few`, or `many` */
    struct judged_defect *many; /* an array of its own */
    size_t n, capacity;
};

void gathered_start(struct gathered *gathered, struct gather_for of);

/* Judges the observations of an inspection that lie on the stretch, and keeps those defects that
 * count: current, no duplicates, no marks of an end, placed.  What lies nowhere is counted with the
 * first stretch of its inspection. */
void gather_stretch(
    struct gathered *gathered, uint32_t number, const struct inspection *inspection);

/* Fills from_m and to_m from the observation's place, to the millimetre. */
void gather_place(const struct observation *observation, struct judged_defect *out);

/* Adds a defect as it is; its verdicts are filled. */
void gather_defect(struct gathered *gathered, const struct judged_defect *defect);

/* Along the segment; equal ones in an order that does not depend on who logged first. */
void gathered_sort(struct gathered *gathered);

void gathered_release(struct gathered *gathered);

/* Fills the assess fields of an observation; false when nothing could be made of it by any group.
 * `table` may be NULL. */
bool judge_observation(const struct scheme_table *table, const struct scheme_site *site,
    const struct code *code, struct observation *observation, struct judged_defect *out);
