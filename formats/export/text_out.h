#pragma once
/* A file's text while it is made: an array that grows, and the ways to put values into it.  Never
 * looks at the locale. */
#include <stddef.h>

#include "core/base.h"
#include "core/text.h"

struct text_out {
    char *at; /* owned */
    size_t n, capacity;
    size_t n_replaced; /* characters that the format cannot hold, written as U+FFFD */
};

void text_out_put(struct text_out *out, struct text text);
void text_out_string(struct text_out *out, const char *string);
void text_out_printf(struct text_out *out, const char *format, ...) PRINTF_LIKE(2, 3);

/* The shortest decimal that our readers take for the same number (39.05, not 39.049999); nothing
 * for NAN.  A `float` is written as such: 304.8. */
void text_out_number(struct text_out *out, double number);
void text_out_float(struct text_out *out, float number);

/* YYYYMMDD as 2024-03-04; nothing for 0. */
void text_out_date(struct text_out *out, int yyyymmdd);

/* With the characters of markup escaped; what XML 1.0 has no character for becomes U+FFFD. */
void text_out_xml(struct text_out *out, struct text text);

/* A string of JSON, in its quotes. */
void text_out_json(struct text_out *out, struct text text);

void text_out_release(struct text_out *out); /* also as CLEANUP; safe on {0} */
