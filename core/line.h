#pragma once
/* A line of text that is written by hand: a city has a million reasons to give, and printf would
 * take longer than the assessment.  What does not fit is cut off. */
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

struct line {
    char at[512];
    size_t n;
};

void line_add(struct line *line, const char *string);
void line_add_text(struct line *line, struct text text);
void line_add_count(struct line *line, uint64_t number);
void line_add_tenths(struct line *line, double value); /* 23.4 */
/* 7.4, 4.65: a second decimal only when it says something, so that 7.04 is not a 7.0. */
void line_add_hundredths(struct line *line, double value);

static inline struct text line_text(const struct line *line) {
    return (struct text){line->at, line->n};
}
