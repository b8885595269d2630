#pragma once
/* Values that mean the same in every sheet, however people write them. */
#include <stdbool.h>
#include <stdint.h>

#include "core/survey.h"
#include "core/text.h"

/* A position on the wall. */
struct clock {
    uint8_t from, to; /* hours 1-12; 0 none */
    bool is_exact;    /* the hours say all that was written */
};

/* 3, 11:00, 11点, 9-3, 0903, 507 (a lost zero), 1100 (one position): false when it is no position.
 * 0 and 12 are the top; 00 as the second half of four digits means a single position. */
bool sheet_clock(struct text text, struct clock *out);

/* 3, 3.0, 3级, 三级, III, Ⅲ: 0-9; -1 when it is no such grade (M2). */
int sheet_grade(struct text text);

/* A01, S1, KS01 start; C01 changes; B01, F1, JS01 end.  False when it is no mark. */
bool sheet_mark(struct text text, enum mark *mark, uint16_t *number);

/* Takes KS01 or JS01 off either end of a text: true when there was one, *rest is what is left,
 * without the brackets and dashes between. */
bool sheet_mark_in(struct text text, enum mark *mark, uint16_t *number, struct text *rest);

/* 顺流, downstream, D, with flow, 1 ...; DIRECTION_UNKNOWN when it says nothing. */
enum direction sheet_direction(struct text text);

/* 300, DN300, 300mm, Φ300, 12", 2700x2600, 800×600: millimetres; the height is NAN when there is
 * one number only.  `unit_mm` is what a number without a unit counts in. */
bool sheet_diameter(struct text text, double unit_mm, float *width_mm, float *height_mm);

/* A cell that says "nothing here": empty, '-', '/', '--', '—'. */
bool sheet_is_blank(struct text text);

/* A word in the place of a code that says "no defect": 无异常, 正常, none, OK ... */
bool sheet_is_clean(struct text text);
