#include "cmd/print.h"

#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/character.h"
#include "core/base.h"

struct character first_character(struct text text) {
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};

    for (size_t n = 1; n <= 4 && n <= text.n; n++) {
        if (!text_is_utf8(text_part(text, 0, n))) {
            continue;
        }
        uint32_t code = (unsigned char)text.at[0] & masks[n];
        for (size_t i = 1; i < n; i++) {
            code = code << 6 | ((unsigned char)text.at[i] & 0x3F);
        }
        bool is_control = code < 0x20 || (code >= 0x7F && code < 0xA0) ||
                          (code >= 0x200E && code <= 0x200F) ||
                          (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        return (struct character){is_control ? '?' : code, n};
    }
    return (struct character){'?', 1};
}

size_t character_width(uint32_t code) {
    static const struct {
        uint32_t from, to;
    } wide[] = {
        {0x1100,  0x115F }, /* Hangul */
        {0x2E80,  0xA4CF }, /* CJK, kana, full-width marks */
        {0xAC00,  0xD7A3 },
        {0xF900,  0xFAFF },
        {0xFE30,  0xFE6F },
        {0xFF00,  0xFF60 },
        {0xFFE0,  0xFFE6 },
        {0x1F300, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };

    if (code >= 0x300 && code <= 0x36F) {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(wide); i++) {
        if (code >= wide[i].from && code <= wide[i].to) {
            return 2;
        }
    }
    return 1;
}

size_t display_width(struct text text) {
    size_t width = 0;

    while (text.n > 0) {
        struct character c = first_character(text);
        width += character_width(c.code);
        text = text_part(text, c.n, text.n);
    }
    return width;
}

/* As much as fits into `most` columns; returns the columns that it took. */
static size_t print_up_to(FILE *to, struct text text, size_t most) {
    size_t width = 0;

    while (text.n > 0) {
        struct character c = first_character(text);
        if (width + character_width(c.code) > most) {
            break;
        }
        width += character_width(c.code);
        if (c.code == '?') {
            fputc('?', to);
        } else {
            fwrite(text.at, 1, c.n, to);
        }
        text = text_part(text, c.n, text.n);
    }
    return width;
}

void print_text(FILE *to, struct text text) {
    print_up_to(to, text, SIZE_MAX);
}

size_t print_cut(FILE *to, struct text text, size_t width) {
    if (display_width(text) <= width || width < 4) {
        return print_up_to(to, text, width);
    }
    size_t taken = print_up_to(to, text, width - 3);
    fputs("...", to);
    return taken + 3;
}

void print_padded(FILE *to, struct text text, size_t width) {
    for (size_t taken = print_cut(to, text, width); taken < width; taken++) {
        fputc(' ', to);
    }
}

struct grouped group_digits(uint64_t count) {
    struct grouped grouped = {""};
    char digits[32];
    size_t n = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)count), k = 0;

    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) {
            grouped.at[k++] = ',';
        }
        grouped.at[k++] = digits[i];
    }
    return grouped;
}

void print_count(FILE *to, uint64_t count, int width) {
    fprintf(to, "%*s", width, group_digits(count).at);
}

void print_flaws(const struct findings *findings) {
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding_severity(finding->kind) == SEVERITY_ERROR) {
            fputs("chainage: ", stderr);
            print_text(stderr, finding->place.file);
            fprintf(stderr, ":%u: ", finding->place.line);
            print_text(stderr, finding->detail);
            fputc('\n', stderr);
        }
    }
}

size_t print_right(FILE *to, size_t usual) {
    enum { NARROWEST = 80 };
    struct winsize window = {0};
    int number = fileno(to);

    if (number < 0 || !isatty(number) || ioctl(number, TIOCGWINSZ, &window) != 0 ||
        window.ws_col == 0 || window.ws_col >= usual) {
        return usual;
    }
    return window.ws_col < NARROWEST ? NARROWEST : window.ws_col;
}
