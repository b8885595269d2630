#pragma once
/* Text as a view: a pointer and a length, never owned, not ended by NUL.  UTF-8 behind the doors.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *at; /* borrowed; NULL when the text is unset */
    size_t n;       /* bytes */
};

/* A string literal as text. */
#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})

/* For printf: "%.*s", TEXT_ARGS(text). */
#define TEXT_ARGS(text) (int)(text).n, (text).n == 0 ? "" : (text).at

struct text text_from(const char *string); /* NULL gives the unset text */
bool text_equal(struct text a, struct text b);
bool text_equal_nocase(struct text a, struct text b); /* ASCII letters only */
bool text_starts_with(struct text text, struct text prefix);
bool text_contains(struct text text, struct text part);
bool text_contains_nocase(struct text text, struct text part);   /* ASCII letters only */
int text_compare(struct text a, struct text b);                  /* byte order, as strcmp */
struct text text_part(struct text text, size_t from, size_t to); /* clamped to the text */
struct text text_cut(
    struct text text, size_t most);           /* to so many bytes, no UTF-8 character in two */
struct text text_base_name(struct text path); /* what is behind the last '/' */
struct text text_trim(struct text text);      /* blanks of ASCII, NBSP and U+3000 off both ends */
uint64_t text_hash(struct text text);         /* the same on every machine and in every run */

/* Numbers as people write them: blanks around, a sign, decimal point or comma, an exponent.
 * The whole text must be a finite number; on false *out is untouched.  Never looks at the locale.
 * With both '.' and ',' the last one is the decimal mark and the other groups thousands. */
bool text_to_double(struct text text, double *out);
/* A number with something behind it (300mm, 12.5 m, 40%): *unit is the trimmed rest. */
bool text_to_quantity(struct text text, double *out, struct text *unit);
bool text_to_int(struct text text, long *out);

/* A date as YYYYMMDD, 0 when unknown.  Understands 2018-11-01, 2018/11/1, 20181101, 01.11.2018,
 * 2018年11月1日, each with a time behind it, and the day count of Excel (43405, 43405.0; 1954-10 to
 * 2119).  Slashes with the year last are month/day/year, or day/month/year where the first is > 12;
 * dashes with the year last are day-month-year.  A date that no calendar has is false. */
bool text_to_date(struct text text, int32_t *out);

/* Is every byte part of well-formed UTF-8 (no surrogates, no overlong forms)? */
bool text_is_utf8(struct text text);
