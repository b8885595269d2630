#include "formats/encoding.h"

#include <iconv.h>
#include <string.h>

#include "core/base.h"

static const struct {
    const char *name;  /* for people */
    const char *iconv; /* for iconv_open */
} encodings[ENCODINGS] = {
    [ENCODING_UNKNOWN] = {"unknown",     NULL         },
    [ENCODING_UTF8] = {"UTF-8",       NULL         },
    [ENCODING_UTF16LE] = {"UTF-16LE",    "UTF-16LE"   },
    [ENCODING_UTF16BE] = {"UTF-16BE",    "UTF-16BE"   },
    [ENCODING_GBK] = {"GBK",         "GB18030"    },
    [ENCODING_GB18030] = {"GB18030",     "GB18030"    },
    [ENCODING_BIG5] = {"Big5",        "BIG5"       },
    [ENCODING_CP1250] = {"CP1250",      "CP1250"     },
    [ENCODING_CP1251] = {"CP1251",      "CP1251"     },
    [ENCODING_CP1252] = {"CP1252",      "CP1252"     },
    [ENCODING_CP437] = {"CP437",       "CP437"      },
    [ENCODING_CP850] = {"CP850",       "CP850"      },
    [ENCODING_CP852] = {"CP852",       "CP852"      },
    [ENCODING_ISO_8859_2] = {"ISO-8859-2",  "ISO-8859-2" },
    [ENCODING_ISO_8859_15] = {"ISO-8859-15", "ISO-8859-15"},
};

/* Folded names: lower case, letters and digits only.  Keep alphabetical. */
static const struct {
    const char *name;
    enum encoding encoding;
} aliases[] = {
    {"ansi",        ENCODING_CP1252     },
    {"ascii",       ENCODING_UTF8       },
    {"big5",        ENCODING_BIG5       },
    {"cp1250",      ENCODING_CP1250     },
    {"cp1251",      ENCODING_CP1251     },
    {"cp1252",      ENCODING_CP1252     },
    {"cp437",       ENCODING_CP437      },
    {"cp65001",     ENCODING_UTF8       },
    {"cp850",       ENCODING_CP850      },
    {"cp852",       ENCODING_CP852      },
    {"cp936",       ENCODING_GBK        },
    {"cp950",       ENCODING_BIG5       },
    {"gb18030",     ENCODING_GB18030    },
    {"gb2312",      ENCODING_GBK        },
    {"gbk",         ENCODING_GBK        },
    {"ibm437",      ENCODING_CP437      },
    {"ibm850",      ENCODING_CP850      },
    {"ibm852",      ENCODING_CP852      },
    {"iso88591",    ENCODING_CP1252     },
    {"iso885915",   ENCODING_ISO_8859_15},
    {"iso88592",    ENCODING_ISO_8859_2 },
    {"latin1",      ENCODING_CP1252     },
    {"latin2",      ENCODING_ISO_8859_2 },
    {"latin9",      ENCODING_ISO_8859_15},
    {"usascii",     ENCODING_UTF8       },
    {"utf16",       ENCODING_UTF16LE    },
    {"utf16be",     ENCODING_UTF16BE    },
    {"utf16le",     ENCODING_UTF16LE    },
    {"utf8",        ENCODING_UTF8       },
    {"windows1250", ENCODING_CP1250     },
    {"windows1251", ENCODING_CP1251     },
    {"windows1252", ENCODING_CP1252     },
    {"windows936",  ENCODING_GBK        },
};

enum encoding encoding_from_name(struct text name) {
    char folded[24];
    size_t n = 0;

    for (size_t i = 0; i < name.n && name.at[i] != ':'; i++) {
        char c = name.at[i];
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c + ('a' - 'A'));
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (n == sizeof folded) {
                return ENCODING_UNKNOWN;
            }
            folded[n++] = c;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        if (text_equal(text_from(aliases[i].name), (struct text){folded, n})) {
            return aliases[i].encoding;
        }
    }
    return ENCODING_UNKNOWN;
}

const char *encoding_name(enum encoding encoding) {
    return encodings[encoding].name;
}

/* --- UTF-8 --- */

/* Bytes of the well-formed character at `at`; 0 for none.  The first byte is >= 0x80. */
static size_t utf8_character(const unsigned char *at, size_t n) {
    unsigned char c = at[0];
    size_t width = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

    if (c < 0xC2 || c > 0xF4 || n < width) {
        return 0;
    }
    for (size_t i = 1; i < width; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    if ((c == 0xE0 && at[1] < 0xA0) || (c == 0xED && at[1] > 0x9F) || (c == 0xF0 && at[1] < 0x90) ||
        (c == 0xF4 && at[1] > 0x8F)) {
        return 0;
    }
    return width;
}

/* A character of three bytes whose lead byte sets no narrower bounds: Chinese. */
static bool is_plain_three(const unsigned char *at) {
    return (at[0] & 0xF0) == 0xE0 && (at[1] & 0xC0) == 0x80 && (at[2] & 0xC0) == 0x80 &&
           at[0] != 0xE0 && at[0] != 0xED;
}

struct utf8_scan utf8_scan(struct text bytes) {
    static const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    const unsigned char *at = (const unsigned char *)bytes.at;
    struct utf8_scan scan = {.is_ascii = true};
    uint64_t nul = 0;
    size_t i = 0;

    while (i < bytes.n) {
        for (; i + 32 <= bytes.n; i += 32) { /* most of every file */
            uint64_t w[4];
            memcpy(w, at + i, sizeof w);
            if (((w[0] | w[1] | w[2] | w[3]) & highs) != 0) {
                break;
            }
            nul |= ((w[0] - ones) | (w[1] - ones) | (w[2] - ones) | (w[3] - ones)) & highs;
        }
        size_t end = i + 32 < bytes.n ? i + 32 : bytes.n;
        while (i < end) {
            if (at[i] < 0x80) {
                nul |= at[i] == 0;
                i++;
                continue;
            }
            scan.is_ascii = false;
            while (i + 3 <= bytes.n && is_plain_three(at + i)) {
                i += 3;
            }
            if (i >= bytes.n || at[i] < 0x80) {
                continue;
            }
            size_t width = utf8_character(at + i, bytes.n - i);
            if (width == 0) {
                scan.n_valid = i;
                scan.has_nul = nul != 0;
                return scan;
            }
            i += width;
        }
    }
    scan.n_valid = bytes.n;
    scan.has_nul = nul != 0;
    return scan;
}

/* --- what is it? --- */

size_t encoding_bom(struct text bytes, enum encoding *out) {
    if (text_starts_with(bytes, TEXT("\xEF\xBB\xBF"))) {
        *out = ENCODING_UTF8;
        return 3;
    }
    if (text_starts_with(bytes, TEXT("\xFF\xFE"))) {
        *out = ENCODING_UTF16LE;
        return 2;
    }
    if (text_starts_with(bytes, TEXT("\xFE\xFF"))) {
        *out = ENCODING_UTF16BE;
        return 2;
    }
    return 0;
}

/* Texts with Latin letters, digits and line ends in UTF-16 have a NUL in every other byte. */
static enum encoding guess_utf16(struct text bytes) {
    size_t n_nul[2] = {0}, n = bytes.n < 4096 ? bytes.n : 4096;

    for (size_t i = 0; i < n; i++) {
        n_nul[i % 2] += bytes.at[i] == '\0';
    }
    if (n >= 8 && n_nul[1] > n / 8 && n_nul[0] * 20 < n_nul[1]) {
        return ENCODING_UTF16LE;
    }
    if (n >= 8 && n_nul[0] > n / 8 && n_nul[1] * 20 < n_nul[0]) {
        return ENCODING_UTF16BE;
    }
    return ENCODING_UNKNOWN;
}

/* Chinese text has its bytes in pairs, nearly all of them in the common half of GB 2312; accented
 * letters stand alone between ASCII letters and form pairs by chance only. */
struct gb_counts {
    size_t n_common, n_other, n_fours, n_bad;
};

static bool is_between(unsigned char c, unsigned char from, unsigned char to) {
    return c >= from && c <= to;
}

/* Counts the character at `at` (first byte >= 0x80) and returns its width. */
static size_t count_gb(const unsigned char *at, size_t n, struct gb_counts *counts) {
    if (n >= 4 && is_between(at[0], 0x81, 0xFE) && is_between(at[1], 0x30, 0x39) &&
        is_between(at[2], 0x81, 0xFE) && is_between(at[3], 0x30, 0x39)) {
        counts->n_fours++;
        return 4;
    }
    if (n < 2 || !is_between(at[0], 0x81, 0xFE) || at[1] < 0x40 || at[1] == 0x7F || at[1] == 0xFF) {
        counts->n_bad++;
        return 1;
    }
    bool is_common =
        at[1] >= 0xA1 && (is_between(at[0], 0xB0, 0xD7) || is_between(at[0], 0xA1, 0xA3));
    *(is_common ? &counts->n_common : &counts->n_other) += 1;
    return 2;
}

/* Which half of the upper bytes has the letters?  In the code pages of DOS it is the lower one. */
static bool is_dos(struct text bytes) {
    size_t n_low = 0, n_high = 0;

    for (size_t i = 1; i < bytes.n; i++) {
        unsigned char before = (unsigned char)bytes.at[i - 1], c = (unsigned char)bytes.at[i];
        bool is_in_word = is_between(before, 'A', 'Z') || is_between(before, 'a', 'z');
        n_low += is_in_word && (is_between(c, 0x81, 0x8F) || is_between(c, 0x94, 0x9A));
        n_high += c >= 0xC0 && c != 0xE1;
    }
    return n_low > n_high;
}

enum encoding encoding_guess(struct text bytes) {
    const unsigned char *at = (const unsigned char *)bytes.at;
    struct gb_counts counts = {0};
    enum encoding utf16 = guess_utf16(bytes);

    if (utf16 != ENCODING_UNKNOWN) {
        return utf16;
    }
    for (size_t i = 0; i < bytes.n;) {
        i += at[i] < 0x80 ? 1 : count_gb(at + i, bytes.n - i, &counts);
    }
    if (counts.n_common + counts.n_fours > 2 * (counts.n_other + counts.n_bad)) {
        return counts.n_fours > 0 ? ENCODING_GB18030 : ENCODING_GBK;
    }
    return is_dos(bytes) ? ENCODING_CP850 : ENCODING_CP1252;
}

/* --- decoding --- */

bool encoding_decoder_open(
    enum encoding encoding, struct encoding_decoder *out, struct error *err) {
    if (encodings[encoding].iconv == NULL) {
        *out = (struct encoding_decoder){.encoding = ENCODING_UTF8};
        return true;
    }
    iconv_t handle = iconv_open("UTF-8", encodings[encoding].iconv);
    if (handle == (iconv_t)-1) {
        return error_set(
            err, ERROR_LIBRARY, "iconv knows no encoding '%s'", encodings[encoding].iconv);
    }
    *out = (struct encoding_decoder){encoding, handle};
    return true;
}

void encoding_decoder_close(struct encoding_decoder *decoder) {
    if (decoder->handle != NULL) {
        iconv_close(decoder->handle);
    }
    *decoder = (struct encoding_decoder){0};
}

/* U+FFFD for a byte that means nothing. */
static size_t put_replacement(char *out) {
    memcpy(out, "\xEF\xBF\xBD", 3);
    return 3;
}

static size_t clean_utf8(struct text bytes, char *out, size_t *n_bad) {
    size_t n = 0;

    while (bytes.n > 0) {
        size_t n_valid = utf8_scan(bytes).n_valid;
        memcpy(out + n, bytes.at, n_valid);
        n += n_valid;
        if (n_valid < bytes.n) {
            n += put_replacement(out + n);
            n_valid++;
            (*n_bad)++;
        }
        bytes = text_part(bytes, n_valid, bytes.n);
    }
    return n;
}

size_t encoding_decoder_run(
    const struct encoding_decoder *decoder, struct text bytes, char *out, size_t *n_bad) {
    char *in = (char *)bytes.at; /* iconv does not write to it */
    size_t in_left = bytes.n, unit = 1, n = 0;

    if (decoder->handle == NULL) {
        return clean_utf8(bytes, out, n_bad);
    }
    if (decoder->encoding == ENCODING_UTF16LE || decoder->encoding == ENCODING_UTF16BE) {
        unit = 2;
    }
    iconv(decoder->handle, NULL, NULL, NULL, NULL);
    while (in_left > 0) {
        char *to = out + n;
        size_t room = bytes.n * 3 - n;
        iconv(decoder->handle, &in, &in_left, &to, &room);
        n = (size_t)(to - out);
        if (in_left > 0) { /* stopped at something that is no character */
            size_t skip = in_left < unit ? in_left : unit;
            in += skip;
            in_left -= skip;
            n += put_replacement(out + n);
            (*n_bad)++;
        }
    }
    return n;
}
