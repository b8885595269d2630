#include "formats/network/values.h"

#include <math.h>
#include <string.h>

#include "core/base.h"

#define INCH_M 0.0254
#define FOOT_M 0.3048

/* --- folding --- */

static bool is_blank_or_joint(char c) {
    return c == ' ' || c == '_' || c == '-' || c == '.' || (c >= '\t' && c <= '\r');
}

/* Full-width U+FF01-FF5E as the ASCII they stand for, U+3000 as a blank; 0 for others. */
static char plain_of(const char *at, size_t n) {
    const unsigned char *c = (const unsigned char *)at;

    if (n >= 3 && c[0] == 0xEF && (c[1] == 0xBC || c[1] == 0xBD)) {
        unsigned point = 0xF000u | (unsigned)(c[1] & 0x3F) << 6 | (c[2] & 0x3F);
        if (point >= 0xFF01 && point <= 0xFF5E) {
            return (char)(point - 0xFF01 + '!');
        }
    }
    if (n >= 3 && c[0] == 0xE3 && c[1] == 0x80 && c[2] == 0x80) {
        return ' ';
    }
    return 0;
}

/* Roman numerals U+2160-2169. */
static const char *roman_of(const char *at, size_t n) {
    static const char *const romans[] = {
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"};
    const unsigned char *c = (const unsigned char *)at;

    if (n >= 3 && c[0] == 0xE2 && c[1] == 0x85 && c[2] >= 0xA0 && c[2] < 0xA0 + 10) {
        return romans[c[2] - 0xA0];
    }
    return NULL;
}

static struct text fold(struct arena *arena, struct text text, bool is_heading) {
    char *to = ARENA_NEW(arena, char, text.n * 2 + 1);
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.at[i], plain = plain_of(text.at + i, text.n - i);
        const char *roman = roman_of(text.at + i, text.n - i);
        if (roman != NULL) {
            memcpy(to + n, roman, strlen(roman));
            n += strlen(roman);
            i += 2;
            continue;
        }
        if (plain != 0) {
            c = plain;
            i += 2;
        }
        if (is_heading && n > 0 && (c == '(' || c == '[')) {
            break;
        }
        if (!is_blank_or_joint(c)) {
            to[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    return (struct text){to, n};
}

struct text fold_word(struct arena *arena, struct text text) {
    return fold(arena, text, false);
}

struct text fold_heading(struct arena *arena, struct text text) {
    return fold(arena, text, true);
}

/* --- units --- */

static const struct {
    const char *name;
    double unit_m;
} units[] = {
    {"mm",     0.001 },
    {"毫米", 0.001 },
    {"cm",     0.01  },
    {"m",      1     },
    {"米",    1     },
    {"\"",     INCH_M},
    {"in",     INCH_M},
    {"inch",   INCH_M},
    {"inches", INCH_M},
    {"''",     INCH_M},
    {"ft",     FOOT_M},
    {"feet",   FOOT_M},
    {"foot",   FOOT_M},
};

static double unit_named(struct text name) {
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (text_equal_nocase(name, text_from(units[i].name))) {
            return units[i].unit_m;
        }
    }
    return NAN;
}

/* The part behind the last bracket or joint: 管径(mm), LENGTH_FT. */
double heading_unit_m(struct text heading) {
    CLEANUP(arena_release) struct arena arena = {0};
    char *plain = ARENA_NEW(&arena, char, heading.n + 1);
    size_t n = 0, from = 0;

    for (size_t i = 0; i < heading.n; i++) {
        char c = plain_of(heading.at + i, heading.n - i);
        i += c != 0 ? 2 : 0;
        c = c != 0 ? c : heading.at[i];
        if (c == ')' || c == ']') {
            continue;
        }
        plain[n++] = c;
        if (c == '(' || c == '[' || c == '_' || c == ' ') {
            from = n;
        }
    }
    return from == 0 ? NAN : unit_named((struct text){plain + from, n - from});
}

/* --- sections --- */

static struct text skip_size_word(struct text text) {
    static const char *const words[] = {
        "DN", "D", "Φ", "φ", "Ø", "ø", "∅", "⌀", "Ф", "BxH", "B×H", "圆管", "方沟", "方涵", "箱涵"};
    bool is_skipped = true;

    while (is_skipped && text.n > 0) {
        is_skipped = false;
        for (size_t i = 0; i < ARRAY_LEN(words); i++) {
            struct text word = text_from(words[i]);
            if (text_equal_nocase(text_part(text, 0, word.n), word)) {
                text = text_trim(text_part(text, word.n, text.n));
                is_skipped = true;
                break;
            }
        }
    }
    return text;
}

static bool skip_times(struct text *text) {
    static const char *const signs[] = {"x", "X", "*", "×", "✕", "╳", "х", "Х", "/"};

    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        struct text sign = text_from(signs[i]);
        if (text_starts_with(*text, sign)) {
            *text = text_trim(text_part(*text, sign.n, text->n));
            return true;
        }
    }
    return false;
}

bool section_parse(struct text text, struct section *out) {
    struct section section = {NAN, NAN, NAN};
    struct text rest;

    text = skip_size_word(text_trim(text));
    if (!text_to_quantity(text, &section.width, &rest)) {
        return false;
    }
    if (skip_times(&rest)) {
        struct text second = skip_size_word(rest);
        if (!text_to_quantity(second, &section.height, &rest)) {
            return false;
        }
    }
    if (rest.n > 0) {
        section.unit_m = unit_named(rest);
        if (isnan(section.unit_m)) {
            return false;
        }
    }
    if (section.width < 0 || section.height < 0) {
        return false;
    }
    section.width = section.width > 0 ? section.width : NAN; /* 0 is how tables say nothing */
    section.height = section.height > 0 ? section.height : NAN;
    *out = section;
    return true;
}

/* --- words --- */

static const struct {
    enum word_about about;
    const char *word, *other;
    int value;
} words[] = {
#define WORD(about, word, other, value) {WORD_##about, word, other, value},
#include "formats/network/words.def"
#undef WORD
};

static bool fits(struct text cell, const char *word) {
    struct text part = text_from(word);
    bool is_short = part.n <= 2 || (part.n == 3 && (unsigned char)word[0] < 0x80);

    return is_short ? text_equal(cell, part) : text_contains(cell, part);
}

int word_value(enum word_about about, struct text word) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct text cell = about == WORD_FLOW ? text_trim(word) : fold_word(&arena, word);

    if (about == WORD_FLOW && cell.n > 2) {
        cell = fold_word(&arena, word);
    }
    if (cell.n == 0) {
        return WORD_UNKNOWN;
    }
    if (about == WORD_SYSTEM && text_equal(cell, TEXT("s"))) {
        return SYSTEM_S;
    }
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (words[i].about == about && fits(cell, words[i].word) &&
            text_contains(cell, text_from(words[i].other))) {
            return words[i].value;
        }
    }
    return WORD_UNKNOWN;
}

static int8_t figure_or_word(struct text text, enum word_about about, const int8_t figures[4]) {
    double number;

    if (text_to_double(text, &number)) {
        for (size_t i = 0; i < 4; i++) {
            if (number == figures[i]) {
                return figures[i];
            }
        }
        return -1;
    }
    int value = word_value(about, text);
    return value == WORD_UNKNOWN ? -1 : (int8_t)value;
}

int8_t area_importance_parse(struct text text) {
    return figure_or_word(text, WORD_AREA, (const int8_t[]){0, 3, 6, 10});
}

int8_t soil_influence_parse(struct text text) {
    return figure_or_word(text, WORD_SOIL, (const int8_t[]){0, 6, 8, 10});
}

static int8_t word_or_none(struct text text, enum word_about about) {
    int value = word_value(about, text);

    return value == WORD_UNKNOWN ? -1 : (int8_t)value;
}

int8_t groundwater_parse(struct text text) {
    return word_or_none(text, WORD_GROUNDWATER);
}

int8_t answer_parse(struct text text) {
    return word_or_none(text, WORD_ANSWER);
}

int8_t protection_zone_parse(struct text text) {
    return word_or_none(text, WORD_ZONE);
}

int8_t soil_group_parse(struct text text) {
    return word_or_none(text, WORD_SOIL_GROUP);
}

enum sewer_system system_of_name(struct text name) {
    static const char *const behind[] = {"line", "point", "pipe", "管", "node", "manhole", "井"};
    CLEANUP(arena_release) struct arena arena = {0};
    struct text folded = fold_word(&arena, name);

    for (size_t i = 0; i < ARRAY_LEN(behind); i++) {
        struct text tail = text_from(behind[i]);
        if (folded.n > 2 && text_starts_with(text_part(folded, 2, folded.n), tail)) {
            int value = word_value(WORD_SYSTEM, text_part(folded, 0, 2));
            return value > 0 && value <= SYSTEM_COMBINED ? (enum sewer_system)value
                                                         : SYSTEM_UNKNOWN;
        }
    }
    int value = folded.n > 2 ? word_value(WORD_SYSTEM, name) : WORD_UNKNOWN;
    return value > 0 && value <= SYSTEM_COMBINED ? (enum sewer_system)value : SYSTEM_UNKNOWN;
}

/* 2011, 2011年, and with months behind: 2011-09, 2011/9, 2011年9月. */
static bool is_behind_year(struct text rest) {
    return rest.n == 0 || rest.at[0] == '-' || rest.at[0] == '/' ||
           text_starts_with(rest, TEXT("年"));
}

int16_t year_parse(struct text text) {
    double number;
    struct text rest;
    int32_t date;

    if (text_to_quantity(text, &number, &rest) && is_behind_year(rest) && number >= 1800 &&
        number < 2200) {
        return (int16_t)number;
    }
    if (text_to_date(text, &date)) {
        return (int16_t)(date / 10000);
    }
    return 0;
}
