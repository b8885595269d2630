#pragma once
/* One segment with defects written in a line, and its repairs written in a line. */
#include "core/repair.h"

enum { REPAIR_TEST_DEFECTS = 64 };

struct repair_segment {
    struct arena arena;
    struct findings findings;
    struct repair_defect defects[REPAIR_TEST_DEFECTS];
    struct repair_request request;
    struct repair_plan plan;
    char text[2048]; /* of the last repair_segment_text */
};

/* 60 m of DN 600, RI and MI not known, by the built-in tables. */
void repair_segment_build(struct repair_segment *segment);

/* "PL3@10 CJ2@3-12 BX4!@20": code, grade, ! for a collapse hazard, place; codes of CJJ 181 and the
 * names of families without blanks (brickwork3@4). */
void repair_segment_log(struct repair_segment *segment, const char *defects);

const struct repair_plan *repair_segment_plan(struct repair_segment *segment);

/* "spot point CIPP 9.75-10.25 / clean ...": scope, method, from and to of each repair. */
const char *repair_segment_text(struct repair_segment *segment);

void repair_segment_release(struct repair_segment *segment);
