#include "cmd/pen.h"

#include <stdarg.h>

#include "cmd/print.h"

void pen_say(struct pen pen, const char *english) {
    fputs(lang_text(pen.language, english), pen.to);
}

void pen_print(struct pen pen, const char *format, ...) {
    va_list args;

    va_start(args, format);
    vfprintf(pen.to, lang_text(pen.language, format), args);
    va_end(args);
}

void pen_print_line(struct pen pen, int left, const char *format, ...) {
    char words[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof words, lang_text(pen.language, format), args);
    va_end(args);
    fprintf(pen.to, "%*s", left, "");
    print_wrapped(pen.to, words, (size_t)left + 2, PEN_RIGHT);
}

void pen_say_padded(struct pen pen, const char *english, size_t width) {
    const char *words = lang_text(pen.language, english);
    size_t taken = display_width(text_from(words));

    fputs(words, pen.to);
    fprintf(pen.to, "%*s", taken < width ? (int)(width - taken) : 0, "");
}

void pen_say_right(struct pen pen, const char *english, size_t width) {
    const char *words = lang_text(pen.language, english);
    size_t taken = display_width(text_from(words));

    fprintf(pen.to, "%*s%s", taken < width ? (int)(width - taken) : 0, "", words);
}

void pen_say_count(
    struct pen pen, const char *before, uint64_t n, const char *one, const char *many) {
    pen_say(pen, before);
    print_count(pen.to, n, 0);
    fputc(' ', pen.to);
    pen_say(pen, n == 1 || pen.language != LANGUAGE_EN ? one : many);
}
