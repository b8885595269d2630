/* Western lines break at blanks.  Chinese has none: a line breaks beside any of its characters, but
 * no line begins with what closes (a comma, a bracket) or ends with what opens. */
#include <stdbool.h>
#include <string.h>

#include "cmd/character.h"
#include "cmd/print.h"
#include "core/base.h"

static bool is_one_of(uint32_t code, const uint32_t *codes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (codes[i] == code) {
            return true;
        }
    }
    return false;
}

static bool opens(uint32_t code) {
    static const uint32_t codes[] = {'(', '[', '\'', '`', 0x2018, 0x201C, 0x300A, 0x3010, 0xFF08};

    return is_one_of(code, codes, ARRAY_LEN(codes));
}

static bool closes(uint32_t code) {
    static const uint32_t codes[] = {')', ']', '\'', '`', ',', '.', ';', ':', '!', '?', '%', 0x2019,
        0x201D, 0x2026, 0x3001, 0x3002, 0x300B, 0x3011, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF1A,
        0xFF1B, 0xFF1F};

    return is_one_of(code, codes, ARRAY_LEN(codes));
}

static bool may_break(uint32_t before, uint32_t behind) {
    bool has_wide = character_width(before) == 2 || character_width(behind) == 2;

    return has_wide && !opens(before) && !closes(behind);
}

/* Bytes up to the blank, the end of the text, or the first place where a line may break. */
static size_t piece_length(struct text text) {
    size_t n = 0;

    while (n < text.n && text.at[n] != ' ') {
        struct character here = first_character(text_part(text, n, text.n));
        n += here.n;
        if (n < text.n && text.at[n] != ' ' &&
            may_break(here.code, first_character(text_part(text, n, text.n)).code)) {
            break;
        }
    }
    return n;
}

void print_wrapped(FILE *to, const char *string, size_t left, size_t right) {
    struct text text = text_from(string);
    size_t at = left;

    right = print_right(to, right);
    while (text.n > 0) {
        size_t blanks = strspn(text.at, " ");
        struct text piece = text_part(text, blanks, text.n);
        piece = text_part(piece, 0, piece_length(piece));
        size_t width = display_width(piece);
        if (at > left && at + blanks + width > right && piece.n > 0) {
            fprintf(to, "\n%*s", (int)left, "");
            at = left;
        } else if (at > left && piece.n > 0) {
            fprintf(to, "%*s", (int)blanks, "");
            at += blanks;
        }
        print_text(to, piece);
        at += width;
        text = text_part(text, blanks + piece.n, text.n);
    }
    fputc('\n', to);
}
