#include "core/line.h"

#include <string.h>

void line_add(struct line *line, const char *string) {
    for (; *string != '\0' && line->n < sizeof line->at; string++) {
        line->at[line->n++] = *string;
    }
}

void line_add_text(struct line *line, struct text text) {
    size_t room = sizeof line->at - line->n, n = text.n < room ? text.n : room;

    if (n > 0) {
        memcpy(line->at + line->n, text.at, n);
        line->n += n;
    }
}

void line_add_count(struct line *line, uint64_t number) {
    char digits[24];
    size_t at = sizeof digits - 1;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    line_add(line, digits + at);
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
