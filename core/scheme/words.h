#pragma once
/* The words that scheme tables have for their enumerations, both ways. */
#include <stdbool.h>
#include <stdint.h>

#include "core/scheme/scheme.h"

const char *scheme_measure_name(uint8_t measure); /* enum scheme_measure: none, grade, quant1 ... */
const char *scheme_when_name(uint8_t when);       /* enum scheme_when: always, rigid ... */

/* enum grade: a figure, case, undecided; "" for GRADE_UNSET. */
const char *scheme_grade_name(uint8_t grade);

/* From a word, case of ASCII letters ignored; false without touching *out when there is no such
 * word.  An empty text is none, always, GRADE_UNSET. */
bool scheme_measure_parse(struct text word, uint8_t *out);
bool scheme_when_parse(struct text word, uint8_t *out);
bool scheme_grade_parse(struct text word, uint8_t *out);

/* The group (enum defect_group) that the scheme itself calls so. */
bool scheme_group_parse(const struct scheme_table *table, struct text word, uint8_t *out);
