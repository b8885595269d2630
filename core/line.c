#include "core/line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void line_start(struct line *line) {
    line_start_in(line, NULL);
}

void line_start_in(struct line *line, const struct phrases *phrases) {
    line->n = 0;
    line->phrases = phrases;
}

void line_add_text(struct line *line, struct text text) {
    text = text_cut(text, sizeof line->at - line->n);
    if (text.n > 0) {
        memcpy(line->at + line->n, text.at, text.n);
        line->n += text.n;
    }
}

void line_add(struct line *line, const char *string) {
    line_add_text(line, text_from(string));
}

void line_add_count(struct line *line, uint64_t number) {
    char digits[24];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    line_add_text(line, (struct text){digits + at, sizeof digits - at});
}

static uint64_t rounded(double value, double scale) {
    double most = 1e15;

    return (uint64_t)((value < 0 ? 0 : value > most ? most : value) * scale + 0.5);
}

void line_add_tenths(struct line *line, double value) {
    uint64_t tenths = rounded(value, 10);

    line_add_count(line, tenths / 10);
    line_add(line, ".");
    line_add_count(line, tenths % 10);
}

void line_add_hundredths(struct line *line, double value) {
    uint64_t hundredths = rounded(value, 100);

    line_add_count(line, hundredths / 100);
    line_add(line, ".");
    line_add_count(line, hundredths / 10 % 10);
    if (hundredths % 10 != 0) {
        line_add_count(line, hundredths % 10);
    }
}

void line_add_number(struct line *line, double value) {
    uint64_t thousandths = rounded(value, 1000), rest = thousandths % 1000;

    line_add_count(line, thousandths / 1000);
    if (rest == 0) {
        return;
    }
    line_add(line, rest < 10 ? ".00" : rest < 100 ? ".0" : ".");
    while (rest % 10 == 0) {
        rest /= 10;
    }
    line_add_count(line, rest);
}

void line_add_place(struct line *line, double from_m, double to_m) {
    struct line range;

    line_start(&range);
    line_add_tenths(&range, from_m);
    if (to_m - from_m > 0.05) {
        line_add(&range, "-");
        line_add_tenths(&range, to_m);
    }
    line_fill(line, PHRASE_AT, (struct text[]){line_text(&range)});
}

void line_say(struct line *line, enum phrase phrase) {
    line_add(line, phrase_text(line->phrases, phrase));
}

void line_fill(struct line *line, enum phrase phrase, const struct text *values) {
    const char *at = phrase_text(line->phrases, phrase);

    while (*at != '\0') {
        size_t n = strcspn(at, "%");
        line_add_text(line, (struct text){at, n});
        at += n;
        if (at[0] == '%' && at[1] == '%') {
            line_add(line, "%");
            at += 2;
        } else if (at[0] == '%') { /* %1$s: a test proves that there is nothing else */
            line_add_text(line, values[at[1] - '1']);
            at += 4;
        }
    }
}

void line_fill_count(struct line *line, enum phrase phrase, uint64_t number) {
    struct line digits;

    line_start(&digits);
    line_add_count(&digits, number);
    line_fill(line, phrase, (struct text[]){line_text(&digits)});
}

void line_fill_grade(struct line *line, enum phrase phrase, struct text figure, int grade) {
    struct line digits;

    line_start(&digits);
    line_add_count(&digits, (uint64_t)grade);
    line_fill(line, phrase, (struct text[]){figure, line_text(&digits)});
}

void line_fill_number(struct line *line, enum phrase phrase, double value) {
    struct line digits;

    line_start(&digits);
    line_add_number(&digits, value);
    line_fill(line, phrase, (struct text[]){line_text(&digits)});
}

void line_print(struct line *line, const char *format, ...) {
    char words[sizeof line->at];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof words, phrases_word(line->phrases, format), args);
    va_end(args);
    line_add(line, words);
}

struct text line_keep(const struct line *line, struct arena *arena) {
    return line->n == 0 ? (struct text){0} : arena_copy(arena, (struct text){line->at, line->n});
}
