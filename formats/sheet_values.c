#include "formats/sheet_values.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/sheet_columns.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_one_of(struct text text, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (text_equal_nocase(text, text_from(words[i]))) {
            return true;
        }
    }
    return false;
}

bool sheet_is_blank(struct text text) {
    static const char *const words[] = {"", "-", "--", "/", "\\", "—", "——", "－", "n/a", "null"};
    char first = text.n == 0 ? ' ' : text.at[0];

    if ((first >= '0' && first <= '9') || (is_letter(first) && (first | 32) != 'n')) {
        return false; /* nearly all cells */
    }
    return is_one_of(text_trim(text), words, ARRAY_LEN(words));
}

bool sheet_is_clean(struct text text) {
    static const char *const words[] = {"无异常", "无", "正常", "无缺陷", "未见异常", "完好",
        "无明显缺陷", "none", "no defect", "no defects", "ok", "clean"};

    return is_one_of(text_trim(text), words, ARRAY_LEN(words));
}

/* --- clocks --- */

/* One hour: 0-12 with what may stand behind it (:30, 点, 点钟, h).  Takes it off the text. */
static bool take_hour(struct text *text, uint8_t *hour, bool *is_exact) {
    static const char *const behind[] = {"点钟", "点", "时", "o'clock", "h"};
    unsigned value = 0;
    size_t i = 0;

    for (; i < text->n && i < 2 && is_digit(text->at[i]); i++) {
        value = value * 10 + (unsigned)(text->at[i] - '0');
    }
    if (i == 0 || value > 12) {
        return false;
    }
    if (i + 2 < text->n + 0 && text->at[i] == ':' && is_digit(text->at[i + 1]) &&
        is_digit(text->at[i + 2])) {
        *is_exact = *is_exact && text->at[i + 1] == '0' && text->at[i + 2] == '0';
        i += 3;
    }
    *text = text_trim(text_part(*text, i, text->n));
    for (size_t k = 0; k < ARRAY_LEN(behind) && text->n > 0; k++) {
        struct text word = text_from(behind[k]);
        if (text_starts_with(*text, word)) {
            *text = text_trim(text_part(*text, word.n, text->n));
            break;
        }
    }
    *hour = (uint8_t)(value == 0 ? 12 : value);
    return true;
}

/* Three or four digits: two hours side by side. */
static bool clock_of_digits(struct text text, struct clock *out) {
    size_t n = text.n - 2; /* digits of the first hour: 1 when its zero was lost */
    unsigned from = (unsigned)(text.at[0] - '0'), to;

    if (n == 2) {
        from = from * 10 + (unsigned)(text.at[1] - '0');
    }
    to = (unsigned)(text.at[n] - '0') * 10 + (unsigned)(text.at[n + 1] - '0');
    if (from > 12 || to > 12) {
        return false;
    }
    bool is_nothing = from == 0 && to == 0;
    *out = (struct clock){
        .from = (uint8_t)(is_nothing  ? 0
                          : from == 0 ? 12
                                      : from),
        .to = (uint8_t)to, /* 00: one position */
        .is_exact = from != 0 && to != 0 && n == 2,
    };
    return true;
}

static size_t count_digits(struct text text) {
    size_t n = 0;

    while (n < text.n && is_digit(text.at[n])) {
        n++;
    }
    return n;
}

bool sheet_clock(struct text text, struct clock *out) {
    static const char *const dashes[] = {"-", "~", "–", "—", "～", "至", "to"};
    struct clock clock = {.is_exact = true};

    text = text_trim(text);
    size_t n = count_digits(text);
    if (n > 0 && n + 2 == text.n && text.at[n] == '.' && text.at[n + 1] == '0') {
        text.n = n; /* 507.0: a spreadsheet's number */
    }
    if (n == text.n && (n == 3 || n == 4)) {
        return clock_of_digits(text, out);
    }
    if (!take_hour(&text, &clock.from, &clock.is_exact)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(dashes) && text.n > 0; i++) {
        struct text dash = text_from(dashes[i]);
        if (text_starts_with(text, dash)) {
            text = text_trim(text_part(text, dash.n, text.n));
            if (!take_hour(&text, &clock.to, &clock.is_exact)) {
                return false;
            }
            break;
        }
    }
    if (text.n > 0) {
        return false;
    }
    *out = clock;
    return true;
}

/* --- grades --- */

int sheet_grade(struct text text) {
    static const struct {
        const char *text;
        int grade;
    } words[] = {
        {"I",   1},
        {"II",  2},
        {"III", 3},
        {"IV",  4},
        {"V",   5},
        {"Ⅰ", 1},
        {"Ⅱ", 2},
        {"Ⅲ", 3},
        {"Ⅳ", 4},
        {"Ⅴ", 5},
        {"一", 1},
        {"二", 2},
        {"三", 3},
        {"四", 4},
        {"五", 5},
        {"１", 1},
        {"２", 2},
        {"３", 3},
        {"４", 4},
    };
    static const struct text level = {"级", sizeof "级" - 1};
    double value;

    text = text_trim(text);
    if (text.n > level.n && text_equal(text_part(text, text.n - level.n, text.n), level)) {
        text = text_trim(text_part(text, 0, text.n - level.n));
    }
    if (text.n == 1 && is_digit(text.at[0])) {
        return text.at[0] - '0';
    }
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (text_equal_nocase(text, text_from(words[i].text))) {
            return words[i].grade;
        }
    }
    bool is_whole =
        text_to_double(text, &value) && value >= 0 && value <= 9 && value == floor(value);
    return is_whole ? (int)value : -1;
}

/* --- continuous marks --- */

static const struct {
    const char *letters;
    enum mark mark;
} marks[] = {
    {"KS", MARK_START },
    {"JS", MARK_END   },
    {"A",  MARK_START },
    {"B",  MARK_END   },
    {"C",  MARK_CHANGE},
    {"F",  MARK_END   },
    {"S",  MARK_START },
};

bool sheet_mark(struct text text, enum mark *mark, uint16_t *number) {
    text = text_trim(text);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        struct text letters = text_from(marks[i].letters), digits;
        digits = text_part(text, letters.n, text.n);
        size_t n = count_digits(digits);
        if (n == 0 || n > 4 || n < digits.n ||
            !text_equal_nocase(text_part(text, 0, letters.n), letters)) {
            continue;
        }
        unsigned value = 0;
        for (size_t k = 0; k < n; k++) {
            value = value * 10 + (unsigned)(digits.at[k] - '0');
        }
        *mark = marks[i].mark;
        *number = (uint16_t)value;
        return true;
    }
    return false;
}

static bool is_mark_letter(char c, const char *letters) {
    return strchr(letters, c) != NULL && c != '\0';
}

/* Is there KS or JS and digits from `i` on?  How long is it? */
static size_t mark_length(struct text text, size_t i) {
    if (i + 2 >= text.n || !is_mark_letter(text.at[i], "KkJj") ||
        !is_mark_letter(text.at[i + 1], "Ss")) {
        return 0;
    }
    size_t n = count_digits(text_part(text, i + 2, text.n));
    return n == 0 || n > 4 ? 0 : n + 2;
}

static struct text trim_marks(struct text text) {
    static const char between[] = " -_,;:()[]+/";

    while (text.n > 0 && is_mark_letter(text.at[0], between)) {
        text = text_part(text, 1, text.n);
    }
    while (text.n > 0 && is_mark_letter(text.at[text.n - 1], between)) {
        text.n--;
    }
    return text;
}

bool sheet_mark_in(struct text text, enum mark *mark, uint16_t *number, struct text *rest) {
    struct text inner = trim_marks(text_trim(text));
    size_t n = mark_length(inner, 0), from = 0;

    if (n == 0) { /* at the end: letters, then digits up to it */
        from = inner.n;
        while (from > 0 && is_digit(inner.at[from - 1])) {
            from--;
        }
        from = from < 2 ? 0 : from - 2;
        n = mark_length(inner, from);
    }
    if (n == 0 || (from > 0 && from + n < inner.n)) {
        return false;
    }
    struct text left = from == 0 ? text_part(inner, n, inner.n) : text_part(inner, 0, from);
    if (from > 0 && is_letter(left.at[left.n - 1])) { /* part of a longer word, no mark */
        return false;
    }
    *rest = trim_marks(left);
    return sheet_mark(text_part(inner, from, from + n), mark, number);
}

/* --- direction --- */

enum direction sheet_direction(struct text text) {
    static const char *const with[] = {"d", "downstream", "ds", "d/s", "with flow", "with the flow",
        "with", "顺流", "顺", "顺水", "顺流向", "1"};
    static const char *const against[] = {"u", "upstream", "us", "u/s", "against flow",
        "against the flow", "against", "逆流", "逆", "逆水", "逆流向", "2"};

    if (text.n == 1 && (text.at[0] == 'D' || text.at[0] == 'U')) { /* nearly all */
        return text.at[0] == 'D' ? DIRECTION_DOWNSTREAM : DIRECTION_UPSTREAM;
    }
    text = text_trim(text);
    if (text.n > 2 && text_equal(text_part(text, text.n - 2, text.n), TEXT(".0"))) {
        text.n -= 2; /* a spreadsheet's number */
    }
    if (is_one_of(text, with, ARRAY_LEN(with)) || text_equal(text, TEXT("O"))) {
        return DIRECTION_DOWNSTREAM; /* O and U are ISYBAU's */
    }
    return is_one_of(text, against, ARRAY_LEN(against)) ? DIRECTION_UPSTREAM : DIRECTION_UNKNOWN;
}

/* --- diameters --- */

/* Where 'x', '*', '×' stands between two numbers; its length, 0 for none. */
static size_t times_at(struct text text, size_t *at) {
    static const char *const signs[] = {"x", "X", "*", "×", "＊"};

    for (*at = 1; *at < text.n; (*at)++) {
        for (size_t k = 0; k < ARRAY_LEN(signs); k++) {
            struct text sign = text_from(signs[k]);
            if (text_starts_with(text_part(text, *at, text.n), sign)) {
                return sign.n;
            }
        }
    }
    return 0;
}

static bool size_mm(struct text text, double unit_mm, float *out) {
    static const char *const before[] = {"DN", "d", "Φ", "φ", "Ø", "ø", "⌀"};
    struct text unit = {0};
    double value;

    text = text_trim(text);
    for (size_t i = 0; i < ARRAY_LEN(before); i++) {
        struct text word = text_from(before[i]);
        if (text_equal_nocase(text_part(text, 0, word.n), word)) {
            text = text_trim(text_part(text, word.n, text.n));
            break;
        }
    }
    if (!text_to_quantity(text, &value, &unit) || value <= 0) {
        return false;
    }
    double unit_m = sheet_unit_m(unit);
    if (unit.n > 0 && unit_m == 0) {
        return false;
    }
    value *= unit.n > 0 ? unit_m * 1000 : unit_mm;
    if (value > 1e5) { /* a pipe of 100 m is none */
        return false;
    }
    *out = (float)value;
    return true;
}

bool sheet_diameter(struct text text, double unit_mm, float *width_mm, float *height_mm) {
    size_t at, n;
    float width = NAN, height = NAN;

    text = text_trim(text);
    n = times_at(text, &at);
    if (!size_mm(text_part(text, 0, n == 0 ? text.n : at), unit_mm, &width) ||
        (n > 0 && !size_mm(text_part(text, at + n, text.n), unit_mm, &height))) {
        return false;
    }
    *width_mm = width;
    *height_mm = height;
    return true;
}
