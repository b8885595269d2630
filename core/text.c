#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"

struct text text_from(const char *string) {
    return string == NULL ? (struct text){0} : (struct text){string, strlen(string)};
}

bool text_equal(struct text a, struct text b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0);
}

static unsigned char lower(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool text_equal_nocase(struct text a, struct text b) {
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.at[i]) != lower(b.at[i])) {
            return false;
        }
    }
    return true;
}

bool text_starts_with(struct text text, struct text prefix) {
    return text.n >= prefix.n && (prefix.n == 0 || memcmp(text.at, prefix.at, prefix.n) == 0);
}

bool text_contains(struct text text, struct text part) {
    if (part.n == 0) {
        return true;
    }
    for (size_t i = 0; i + part.n <= text.n; i++) {
        if (memcmp(text.at + i, part.at, part.n) == 0) {
            return true;
        }
    }
    return false;
}

static char small(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool text_contains_nocase(struct text text, struct text part) {
    for (size_t i = 0; i + part.n <= text.n; i++) {
        size_t n = 0;
        while (n < part.n && small(text.at[i + n]) == small(part.at[n])) {
            n++;
        }
        if (n == part.n) {
            return true;
        }
    }
    return false;
}

int text_compare(struct text a, struct text b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.at, b.at, n);

    if (order != 0) {
        return order;
    }
    return (a.n > b.n) - (a.n < b.n);
}

struct text text_part(struct text text, size_t from, size_t to) {
    if (to > text.n) {
        to = text.n;
    }
    if (from > to) {
        from = to;
    }
    return (struct text){text.at == NULL ? NULL : text.at + from, to - from};
}

struct text text_cut(struct text text, size_t most) {
    if (text.n <= most) {
        return text;
    }
    while (most > 0 && (text.at[most] & 0xC0) == 0x80) {
        most--;
    }
    return text_part(text, 0, most);
}

struct text text_base_name(struct text path) {
    size_t from = path.n;

    while (from > 0 && path.at[from - 1] != '/') {
        from--;
    }
    return text_part(path, from, path.n);
}

/* The blank at the start of `at`, in bytes; 0 for none. */
static size_t blank_at_start(const char *at, size_t n) {
    unsigned char c = (unsigned char)at[0];

    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        return 1;
    }
    if (n >= 2 && memcmp(at, "\xC2\xA0", 2) == 0) { /* no-break space */
        return 2;
    }
    if (n >= 3 && (memcmp(at, "\xE3\x80\x80", 3) == 0 || memcmp(at, "\xEF\xBB\xBF", 3) == 0)) {
        return 3; /* ideographic space, byte order mark */
    }
    return 0;
}

static size_t blank_at_end(const char *at, size_t n) {
    if ((unsigned char)at[n - 1] < 0x80) { /* wider blanks end with other bytes */
        return blank_at_start(at + n - 1, 1);
    }
    for (size_t width = 1; width <= 3 && width <= n; width++) {
        if (blank_at_start(at + n - width, width) == width) {
            return width;
        }
    }
    return 0;
}

struct text text_trim(struct text text) {
    size_t width;

    while (text.n > 0 && text.at[text.n - 1] == ' ') { /* fields of fixed width */
        text.n--;
    }
    while (text.n > 0 && (width = blank_at_start(text.at, text.n)) > 0) {
        text.at += width;
        text.n -= width;
    }
    while (text.n > 0 && (width = blank_at_end(text.at, text.n)) > 0) {
        text.n -= width;
    }
    return text;
}

uint64_t text_hash(struct text text) {
    uint64_t hash = 1469598103934665603u; /* FNV-1a, then mixed because its low bits are weak */

    for (size_t i = 0; i < text.n; i++) {
        hash = (hash ^ (unsigned char)text.at[i]) * 1099511628211u;
    }
    hash ^= hash >> 32;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* --- numbers --- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What the marks of a number mean: found before its digits are read. */
struct marks {
    char decimal, group; /* 0 for none */
};

static struct marks number_marks(struct text text) {
    const char *dot = NULL, *comma = NULL;
    size_t n_dots = 0, n_commas = 0;

    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] == '.') {
            dot = text.at + i;
            n_dots++;
        } else if (text.at[i] == ',') {
            comma = text.at + i;
            n_commas++;
        } else if (text.at[i] != '-' && text.at[i] != '+' && !is_digit(text.at[i])) {
            break;
        }
    }
    if (dot != NULL && comma != NULL) {
        return dot > comma ? (struct marks){'.', ','} : (struct marks){',', '.'};
    }
    if (n_commas > 1) {
        return (struct marks){0, ','};
    }
    if (n_dots > 1) {
        return (struct marks){0, '.'};
    }
    return (struct marks){dot != NULL ? '.' : ',', 0};
}

/* 10^0 .. 10^22 are exact doubles: short decimals come out correctly rounded. */
static const double powers_of_ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static double scale_by_ten(double value, long exponent) {
    if (exponent >= 0 && exponent <= 22) {
        return value * powers_of_ten[exponent];
    }
    if (exponent < 0 && exponent >= -22) {
        return value / powers_of_ten[-exponent];
    }
    return value * pow(10, (double)exponent);
}

/* Bytes of `text` (no blanks before) that are a number; 0 for none. */
static size_t number_read(struct text text, double *out) {
    struct marks marks = number_marks(text);
    size_t i = 0, n_digits = 0;
    uint64_t digits = 0;
    long exponent = 0;
    bool is_negative = false, is_fraction = false;

    if (i < text.n && (text.at[i] == '-' || text.at[i] == '+')) {
        is_negative = text.at[i++] == '-';
    }
    for (; i < text.n; i++) {
        char c = text.at[i];
        if (is_digit(c)) {
            n_digits++;
            if (digits < UINT64_MAX / 10 - 1) {
                digits = digits * 10 + (uint64_t)(c - '0');
                exponent -= is_fraction;
            } else {
                exponent += !is_fraction;
            }
        } else if (c == marks.decimal && !is_fraction) {
            is_fraction = true;
        } else if (c != marks.group || marks.group == 0 || is_fraction) {
            break;
        }
    }
    if (n_digits == 0) {
        return 0;
    }
    if (i + 1 < text.n && (text.at[i] == 'e' || text.at[i] == 'E')) {
        size_t k = i + 1;
        bool is_down = text.at[k] == '-';
        long power = 0;
        if (text.at[k] == '-' || text.at[k] == '+') {
            k++;
        }
        if (k < text.n && is_digit(text.at[k])) {
            for (; k < text.n && is_digit(text.at[k]); k++) {
                power = power < 10000 ? power * 10 + (text.at[k] - '0') : power;
            }
            exponent += is_down ? -power : power;
            i = k;
        }
    }
    double value = scale_by_ten((double)digits, exponent);
    *out = is_negative ? -value : value;
    return i;
}

/* Digits with at most one point among them, few enough to be exact: nearly all numbers of files. */
static bool plain_decimal(struct text text, double *out) {
    uint64_t digits = 0;
    size_t i = 0, n_behind = 0;

    while (i < text.n && is_digit(text.at[i])) {
        digits = digits * 10 + (uint64_t)(text.at[i++] - '0');
    }
    if (i > 0 && i < text.n && text.at[i] == '.') {
        for (i++; i < text.n && is_digit(text.at[i]); i++, n_behind++) {
            digits = digits * 10 + (uint64_t)(text.at[i] - '0');
        }
    }
    if (i == 0 || i < text.n) {
        return false;
    }
    *out = (double)digits / powers_of_ten[n_behind];
    return true;
}

bool text_to_double(struct text text, double *out) {
    double value = 0;

    if (text.n <= 15 && plain_decimal(text, out)) {
        return true;
    }
    text = text_trim(text);
    if (text.n == 0 || number_read(text, &value) != text.n || !isfinite(value)) {
        return false;
    }
    *out = value;
    return true;
}

bool text_to_quantity(struct text text, double *out, struct text *unit) {
    double value = 0;

    text = text_trim(text);
    size_t n = text.n == 0 ? 0 : number_read(text, &value);
    if (n == 0 || !isfinite(value)) {
        return false;
    }
    *out = value;
    *unit = text_trim(text_part(text, n, text.n));
    return true;
}

bool text_to_int(struct text text, long *out) {
    double value;

    if (!text_to_double(text, &value) || value != floor(value) || fabs(value) > 1e15) {
        return false;
    }
    *out = (long)value;
    return true;
}

/* --- dates --- */

static bool date_from(long year, long month, long day, int32_t *out) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > days[month - 1] + (month == 2 && is_leap)) {
        return false;
    }
    *out = (int32_t)(year * 10000 + month * 100 + day);
    return true;
}

/* Day 60 of Excel is a 29 February 1900 that never was; later days count from 1899-12-30. */
static bool date_from_excel(double serial, int32_t *out) {
    if (serial < 20000 || serial > 80000) {
        return false;
    }
    long z = (long)floor(serial) - 25569 + 719468; /* days since 0000-03-01 */
    long era = z / 146097, day_of_era = z % 146097;
    long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long m = (5 * day_of_year + 2) / 153;
    long month = m < 10 ? m + 3 : m - 9;

    return date_from(
        year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * m + 2) / 5 + 1, out);
}

/* One run of digits and what stands behind it. */
struct date_part {
    long value;
    size_t n_digits;
    char mark; /* '-', '/', '.', 'Y' 'M' 'D' for the Chinese words, ' ' or 'T' before a time, 0 end
                */
};

static char date_mark(struct text *rest) {
    static const struct {
        const char *word;
        char mark;
    } words[] = {
        {"年", 'Y'},
        {"月", 'M'},
        {"日", 'D'},
        {"号", 'D'}
    };

    if (rest->n == 0) {
        return 0;
    }
    bool is_ascii = (unsigned char)rest->at[0] < 0x80;
    for (size_t i = 0; i < ARRAY_LEN(words) && !is_ascii; i++) {
        struct text word = text_from(words[i].word);
        if (text_starts_with(*rest, word)) {
            *rest = text_part(*rest, word.n, rest->n);
            return words[i].mark;
        }
    }
    char mark = rest->at[0];
    *rest = text_part(*rest, 1, rest->n);
    return mark;
}

static size_t date_parts(struct text text, struct date_part parts[3]) {
    size_t n = 0;

    while (n < 3 && text.n > 0 && is_digit(text.at[0])) {
        struct date_part part = {0};
        size_t i = 0;
        for (; i < text.n && is_digit(text.at[i]) && i < 9; i++) {
            part.value = part.value * 10 + (text.at[i] - '0');
        }
        part.n_digits = i;
        text = text_part(text, i, text.n);
        part.mark = date_mark(&text);
        parts[n++] = part;
    }
    return n;
}

bool text_to_date(struct text text, int32_t *out) {
    struct date_part p[3] = {0};
    double serial;

    text = text_trim(text);
    size_t n = date_parts(text, p);
    if (n >= 1 && p[0].n_digits == 8 && (p[0].mark == 0 || p[0].mark == ' ' || p[0].mark == 'T')) {
        return date_from(p[0].value / 10000, p[0].value / 100 % 100, p[0].value % 100, out);
    }
    if (n < 3) {
        return text_to_double(text, &serial) && date_from_excel(serial, out);
    }
    if (strchr("-/.YM", p[0].mark) == NULL || strchr("-/.YM", p[1].mark) == NULL) {
        return false;
    }
    if (p[0].n_digits == 4) {
        return date_from(p[0].value, p[1].value, p[2].value, out);
    }
    long year = p[2].value;
    if (p[2].n_digits == 2) {
        year += year < 70 ? 2000 : 1900;
    }
    if (p[0].mark == '/' && p[0].value <= 12) {
        return date_from(year, p[0].value, p[1].value, out);
    }
    return date_from(year, p[1].value, p[0].value, out);
}

/* --- UTF-8 --- */

bool text_is_utf8(struct text text) {
    if (text.n == 0) {
        return true;
    }
    const unsigned char *at = (const unsigned char *)text.at, *end = at + text.n;
    while (at < end) {
        unsigned char c = *at;
        if (c < 0x80) {
            at++;
            continue;
        }
        size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        if (c < 0xC2 || c > 0xF4 || (size_t)(end - at) < n) {
            return false;
        }
        for (size_t i = 1; i < n; i++) {
            if ((at[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        if ((c == 0xE0 && at[1] < 0xA0) || (c == 0xED && at[1] > 0x9F) ||
            (c == 0xF0 && at[1] < 0x90) || (c == 0xF4 && at[1] > 0x8F)) {
            return false;
        }
        at += n;
    }
    return true;
}
