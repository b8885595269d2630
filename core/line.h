#pragma once
/* A line of text that is written by hand: a city has a million reasons, and printf would take
 * longer than the work they tell of.  What does not fit is left out, never a part of a character.
 */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/lang/phrases.h"
#include "core/text.h"

struct line {
    char at[1024];
    size_t n;
    const struct phrases *phrases; /* the language that it is in; NULL: English */
};

void line_start(struct line *line); /* before all else; in English */
void line_start_in(struct line *line, const struct phrases *phrases);

void line_add(struct line *line, const char *string);
void line_add_text(struct line *line, struct text text);
void line_add_count(struct line *line, uint64_t number);
void line_add_tenths(struct line *line, double value); /* 23.4; not negative, up to 1e15 */
/* 7.4, 4.65: a second decimal only when it says something, so that 7.04 is not a 7.0. */
void line_add_hundredths(struct line *line, double value);
void line_add_number(struct line *line, double value); /* 800, 0.5: up to three decimals */

/* " at 12.0 m", " at 3.0-12.0 m" when it is longer than 0.05 m */
void line_add_place(struct line *line, double from_m, double to_m);

/* A phrase, in the line's language. */
void line_say(struct line *line, enum phrase phrase);
/* The same with %1$s, %2$s ... filled in; `values` has as many as the phrase names. */
void line_fill(struct line *line, enum phrase phrase, const struct text *values);
void line_fill_count(struct line *line, enum phrase phrase, uint64_t number);
/* A figure in front of its grade: "RI 7.4" and 2 to "RI 7.4 (class 2)". */
void line_fill_grade(struct line *line, enum phrase phrase, struct text figure, int grade);
void line_fill_number(struct line *line, enum phrase phrase, double value); /* as line_add_number */

/* The English format in the line's language, filled in by printf: for lines that are rare. */
void line_print(struct line *line, const char *format, ...) PRINTF_LIKE(2, 3);

/* A copy; {0} when the line is empty. */
struct text line_keep(const struct line *line, struct arena *arena);

/* What is in it so far; a view. */
static inline struct text line_text(const struct line *line) {
    return (struct text){line->at, line->n};
}
