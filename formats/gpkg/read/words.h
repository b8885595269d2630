#pragma once
/* The words of a result, back into what they stand for; what is none of them is unset. */
#include <stdint.h>

#include "core/survey.h"
#include "core/text.h"
#include "formats/gpkg/read/rows.h"

enum catalogue catalogue_from_title(struct text word);
uint8_t direction_from_word(struct text word); /* enum direction */
uint8_t zero_from_word(struct text word);      /* enum zero_point */
uint8_t match_from_word(struct text word);     /* enum match_method */
uint8_t position_from_word(struct text word);  /* enum position_method */
uint8_t measured_kind_from_word(struct text word);
uint8_t measured_unit_from_word(struct text word);

/* A01, C01, B01; leaves the observation as it is when it is none. */
void mark_from_word(struct text word, struct observation *observation);

/* A grade that was delivered as a number, 0 for other words. */
int8_t grade_from_word(struct text word);

/* The grade that was delivered: the shown one where the scheme goes by it or none grades; else it
 * is told apart. */
int8_t delivered_grade(enum scheme graded_by, const struct value *shown, const struct value *told);

/* Of INSPECTION#ORDER; 0 without. */
long order_from_id(struct text id);

/* The code that was delivered: where `code` repeats `delivered`, no main code was known. */
uint32_t add_code_from_words(struct survey *survey, struct text delivered, struct text code,
    struct text char1, struct text char2);
