#include <criterion/criterion.h>
#include <string.h>

#include "core/base.h"
#include "formats/encoding.h"

/* With the NUL bytes inside, without the one behind. */
#define BYTES(literal) \
    { (literal), sizeof(literal) - 1 }

static const struct {
    const char *name;
    enum encoding want;
} names[] = {
    {"UTF-8",           ENCODING_UTF8       },
    {"utf8",            ENCODING_UTF8       },
    {"gbk",             ENCODING_GBK        },
    {"GB 2312",         ENCODING_GBK        },
    {"cp936",           ENCODING_GBK        },
    {"GB18030",         ENCODING_GB18030    },
    {"ISO-8859-1:1998", ENCODING_CP1252     },
    {"iso_8859-15",     ENCODING_ISO_8859_15},
    {"Windows-1252",    ENCODING_CP1252     },
    {"CP850",           ENCODING_CP850      },
    {"UTF-16LE",        ENCODING_UTF16LE    },
    {"klingon",         ENCODING_UNKNOWN    },
    {"",                ENCODING_UNKNOWN    },
};

Test(encoding, names) {
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        cr_expect_eq(
            encoding_from_name(text_from(names[i].name)), names[i].want, "'%s'", names[i].name);
    }
}

/* name, bytes, how many of them are UTF-8, ASCII, with NUL */
static const struct {
    const char *name;
    struct text bytes;
    size_t want;
    bool is_ascii, has_nul;
} scans[] = {
    {"nothing",                      BYTES(""),                                           0,  true,  false},
    {"ASCII shorter than a word",    BYTES("abc"),                                        3,  true,  false},
    {"ASCII longer than four words", BYTES("0123456789012345678901234567890123456789"),   40, true,
     false                                                                                                },
    {"a control character is ASCII", BYTES("0123456789012345678\0012345678901234567890"), 39, true,
     false                                                                                                },
    {"a character behind the words", BYTES("01234567890123456789012345678901\xC3\xA9"),   34, false,
     false                                                                                                },
    {"a character cut at the end",   BYTES("ab\xE7\xA0"),                                 2,  true,  false},
    {"an overlong form",             BYTES("ab\xC0\xAF"),                                 2,  true,  false},
    {"a surrogate",                  BYTES("ab\xED\xA0\x80"),                             2,  true,  false},
    {"a NUL byte",                   BYTES("ab\0cd"),                                     5,  true,  true },
    {"a NUL byte in a block of 32",
     BYTES("0123456789012345678901234567\0"
              "0123"),
     33,                                                                                      true,  true },
};

Test(encoding, scan) {
    for (size_t i = 0; i < ARRAY_LEN(scans); i++) {
        struct utf8_scan got = utf8_scan(scans[i].bytes);

        cr_expect_eq(got.n_valid, scans[i].want, "%s: %zu", scans[i].name, got.n_valid);
        if (got.n_valid == scans[i].bytes.n) {
            cr_expect_eq(got.is_ascii, scans[i].is_ascii, "%s", scans[i].name);
        }
        cr_expect_eq(got.has_nul, scans[i].has_nul, "%s", scans[i].name);
        cr_expect_eq(
            text_is_utf8(scans[i].bytes), got.n_valid == scans[i].bytes.n, "%s", scans[i].name);
    }
}

/* Written in the encoding that is to be found. */
static const struct {
    const char *name;
    struct text bytes;
    enum encoding want;
} guesses[] = {
    {"two Chinese words in GBK",         BYTES("1,\xC6\xC6\xC1\xD1,\xB9\xDC\xB5\xC0\xCF\xC2\xBE\xAE\n"),
     ENCODING_GBK    },
    {"a sheet with few Chinese letters",
     BYTES("1,Y1,Y2,500,\xEC\xA8 \xB8\xC4,\xCE\xDE\xD2\xEC\xB3\xA3,0,,\xCB\xB3\xC1\xF7\n"),
     ENCODING_GBK    },
    {"four bytes for one letter",        BYTES("\xB9\xDC\xB5\xC0\x81\x30\x81\x30\xB9\xDC"),
     ENCODING_GB18030},
    {"German in cp1252",
     BYTES("Stra\xDF"
              "e, f\xFCr Pr\xFC"
              "fung, M\xFChle; \xC4nderung"),
     ENCODING_CP1252 },
    {"French in cp1252",
     BYTES("d\xE9p\xF4t, \xE9"
              "coulement, fissur\xE9, \xE9t\xE9"),
     ENCODING_CP1252 },
    {"German in cp850",
     BYTES("Stra\xE1"
              "e, f\x81r Pr\x81"
              "fung, M\x81hle, L\x84nge, h\x94"
              "her"),
     ENCODING_CP850  },
    {"UTF-16 without a mark",
     BYTES("a\0,\0b\0\n\0"
              "1\0,\0"
              "2\0\n\0"),
     ENCODING_UTF16LE},
    {"UTF-16 of the other kind",
     BYTES("\0a\0,\0b\0\n\0"
              "1\0,\0"
              "2\0\n"),
     ENCODING_UTF16BE},
};

Test(encoding, guesses) {
    for (size_t i = 0; i < ARRAY_LEN(guesses); i++) {
        enum encoding got = encoding_guess(guesses[i].bytes);
        cr_expect_eq(got, guesses[i].want, "%s: %s", guesses[i].name, encoding_name(got));
    }
}

static const struct {
    const char *name;
    enum encoding encoding;
    struct text bytes;
    const char *want;
    size_t n_bad;
} decodings[] = {
    {"GBK",                        ENCODING_GBK,     BYTES("\xC6\xC6\xC1\xD1"), "破裂",           0},
    {"GBK with half a character",  ENCODING_GBK,     BYTES("\xC6\xC6\xC1"),     "破\xEF\xBF\xBD",  1},
    {"cp1252 with a euro sign",    ENCODING_CP1252,  BYTES("5 \x80"),           "5 €",            0},
    {"cp850",                      ENCODING_CP850,   BYTES("f\x81r"),           "für",             0},
    {"UTF-16, low byte first",     ENCODING_UTF16LE,
     BYTES("\x34\x78"
              "a\0"),
     "破a",                                                                                        0},
    {"UTF-16 with half a unit",    ENCODING_UTF16BE, BYTES("\0a\0"),            "a\xEF\xBF\xBD",    1},
    {"UTF-8 with a byte too many", ENCODING_UTF8,    BYTES("a\xC3\xA9\xFFz"),   "aé\xEF\xBF\xBDz", 1},
    {"nothing",                    ENCODING_GB18030, {NULL, 0},                 "",                 0},
};

Test(encoding, decoding) {
    for (size_t i = 0; i < ARRAY_LEN(decodings); i++) {
        CLEANUP(encoding_decoder_close) struct encoding_decoder decoder = {0};
        struct error err = {0};
        char out[64];
        size_t n_bad = 0;

        cr_assert(encoding_decoder_open(decodings[i].encoding, &decoder, &err), "%s", err.text);
        size_t n = encoding_decoder_run(&decoder, decodings[i].bytes, out, &n_bad);
        cr_expect(text_equal((struct text){out, n}, text_from(decodings[i].want)), "%s: %.*s",
            decodings[i].name, (int)n, out);
        cr_expect_eq(n_bad, decodings[i].n_bad, "%s", decodings[i].name);
    }
}
