/* Ids as people mean them: one form for all that differ only in how they were typed.
 *
 * Characters are folded one by one (compatibility forms, case, dashes, blanks), then the zeros in
 * front of numbers go.  What is no UTF-8 is kept byte by byte. */
#include "core/match/normalise.h"

#include <string.h>

#include "core/base.h"

struct letter {
    uint32_t code;  /* Unicode */
    size_t n_bytes; /* in the text */
};

static struct letter letter_at(const unsigned char *at, size_t n) {
    static const uint32_t lead_bits[] = {0, 0, 0x1F, 0x0F, 0x07};
    size_t width = at[0] < 0xC2 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 1;

    if (width == 1 || width > n) {
        return (struct letter){at[0], 1};
    }
    uint32_t code = at[0] & lead_bits[width];
    for (size_t i = 1; i < width; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return (struct letter){at[0], 1};
        }
        code = code << 6 | (at[i] & 0x3F);
    }
    return (struct letter){code, width};
}

/* Folded to other characters by Unicode's compatibility forms (NFKC). */
static const struct {
    uint32_t from, to;
    const char *const *forms;
} compatible[] = {
    {0x00B2, 0x00B3, (const char *const[]){"2", "3"}                                        },
    {0x00B9, 0x00B9, (const char *const[]){"1"}                                             },
    {0x2070, 0x2070, (const char *const[]){"0"}                                             },
    {0x2074, 0x2079, (const char *const[]){"4", "5", "6", "7", "8", "9"}                    },
    {0x2080, 0x2089, (const char *const[]){"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}},
    {0x2160, 0x216B,
     (const char *const[]){
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}       },
    {0x2170, 0x217B,
     (const char *const[]){
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}       },
    {0x2460, 0x2473,
     (const char *const[]){"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13",
            "14", "15", "16", "17", "18", "19", "20"}                                       },
};

static const char *compatible_form(uint32_t code) {
    for (size_t i = 0; i < ARRAY_LEN(compatible); i++) {
        if (code >= compatible[i].from && code <= compatible[i].to) {
            return compatible[i].forms[code - compatible[i].from];
        }
    }
    return NULL;
}

static bool is_blank(uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 ||
           (code >= 0x2000 && code <= 0x200F) || code == 0x202F || code == 0x205F ||
           code == 0x2060 || code == 0x3000 || code == 0xFEFF;
}

static bool is_dash(uint32_t code) {
    switch (code) {
    case '-':
    case '~':
    case '_':
    case '/':
    case '.':
    case 0x00AD: /* soft hyphen */
    case 0x2043: /* hyphen bullet */
    case 0x2212: /* minus */
    case 0x223C: /* tilde operator */
    case 0x301C: /* wave dash */
    case 0xFE58: /* small em dash */
    case 0xFE63: /* small hyphen */
        return true;
    default:
        return code >= 0x2010 && code <= 0x2015;
    }
}

static bool is_between(uint32_t code, uint32_t from, uint32_t to) {
    return code >= from && code <= to;
}

static uint32_t lower(uint32_t code) {
    bool is_shifted = is_between(code, 'A', 'Z') ||
                      (is_between(code, 0xC0, 0xDE) && code != 0xD7) ||    /* Latin-1 */
                      (is_between(code, 0x391, 0x3A9) && code != 0x3A2) || /* Greek */
                      is_between(code, 0x410, 0x42F);                      /* Cyrillic */
    if (is_shifted) {
        return code + 0x20;
    }
    return is_between(code, 0x400, 0x40F) ? code + 0x50 : code;
}

static size_t write_letter(uint32_t code, char *out) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    out[0] = (char)(0xC0 | code >> 6); /* only two-byte letters change their case here */
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
}

/* Folds the first letter of the text, at most 4 bytes to `out`; *n_read bytes are done with. */
static size_t fold_letter(struct text text, char *out, size_t *n_read) {
    struct letter letter = letter_at((const unsigned char *)text.at, text.n);
    uint32_t code = is_between(letter.code, 0xFF01, 0xFF5E) ? letter.code - 0xFEE0 : letter.code;

    *n_read = letter.n_bytes;
    if (letter.n_bytes == 1 && code >= 0x80) {
        out[0] = text.at[0];
        return 1;
    }
    if (is_blank(code)) {
        return 0;
    }
    if (is_dash(code)) {
        static const char two_em_dashes[] = "\xE2\x80\x94\xE2\x80\x94"; /* one dash in Chinese */
        if (text_starts_with(text, TEXT(two_em_dashes))) {
            *n_read = 6;
        }
        out[0] = '-';
        return 1;
    }
    const char *form = code < 0x80 ? NULL : compatible_form(code);
    if (form != NULL) {
        size_t n = strlen(form);
        memcpy(out, form, n);
        return n;
    }
    uint32_t small = lower(code);
    if (small != letter.code) {
        return write_letter(small, out);
    }
    memcpy(out, text.at, letter.n_bytes);
    return letter.n_bytes;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t drop_leading_zeros(char *at, size_t n) {
    size_t n_kept = 0;

    for (size_t i = 0; i < n; i++) {
        bool is_first = n_kept == 0 || !is_digit(at[n_kept - 1]);
        bool is_last = i + 1 == n || !is_digit(at[i + 1]);
        if (at[i] != '0' || !is_first || is_last) {
            at[n_kept++] = at[i];
        }
    }
    return n_kept;
}

size_t id_fold(struct text id, char *out) {
    size_t n = 0;

    while (id.n > 0) {
        size_t n_read = 0;
        n += fold_letter(id, out + n, &n_read);
        id = text_part(id, n_read, id.n);
    }
    return drop_leading_zeros(out, n);
}

struct text id_fold_short(struct text id, struct folded *folded) {
    if (id.n > FOLDED_IDS) {
        return id;
    }
    return (struct text){folded->bytes, id_fold(id, folded->bytes)};
}

struct text id_normalise(struct arena *arena, struct text id) {
    struct folded folded;

    if (id.n <= FOLDED_IDS) {
        struct text form = id_fold_short(id, &folded);
        return text_equal(form, id) ? id : arena_copy(arena, form);
    }
    char *out = ARENA_NEW(arena, char, id.n * 2);
    return (struct text){out, id_fold(id, out)};
}

size_t id_separator_at(struct text text, size_t at) {
    struct letter letter = letter_at((const unsigned char *)text.at + at, text.n - at);
    uint32_t code = is_between(letter.code, 0xFF01, 0xFF5E) ? letter.code - 0xFEE0 : letter.code;
    bool is_byte = letter.n_bytes == 1 && code >= 0x80;

    return !is_byte && (is_dash(code) || code == 0x2192 /* arrow */) ? letter.n_bytes : 0;
}
