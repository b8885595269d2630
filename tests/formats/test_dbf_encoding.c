#include <criterion/criterion.h>

#include "core/base.h"
#include "formats/dbf_encoding.h"

#define GBK_PIPE "\xb8\xd6\xbd\xee\xbb\xec\xc4\xfd\xcd\xc1" /* 钢筋混凝土 */
#define GBK_ROAD "\xbd\xe2\xb7\xc5\xc2\xb7"                 /* 解放路 */
#define GBK_WELL "\xbc\xec\xb2\xe9\xbe\xae"                 /* 检查井 */
#define UTF8_PIPE "钢筋混凝土"
#define CP1252_STREET "Hauptstra\xdf" /* cut behind the ß */
#define CP1252_OWNER \
    "St\xe4"         \
    "dtische Werke M\xfcnchen"
#define UTF8_CUT "\xe8\xa7\xa3\xe6\x94\xbe\xe8\xb7" /* 解放路, a byte short */

/* name, LDID, .cpg, texts, encoding, verdict, differs */
static const struct {
    const char *name;
    const char *given;
    int ldid;
    const char *cpg;
    const char *texts[4];
    const char *encoding, *said;
    bool differs;
} verdicts[] = {
    {"all agree",                             NULL,  0x4D, "GBK",   {GBK_PIPE, GBK_ROAD, GBK_WELL},        "GB18030",
     "GBK (bytes agree; LDID 0x4D; .cpg)",                                                                                                              false},
    {"the .cpg lies",                         NULL,  0x4D, "UTF-8", {GBK_PIPE, GBK_ROAD, GBK_WELL},        "GB18030",
     "GBK (bytes agree; LDID 0x4D; .cpg says UTF-8)",                                                                                                   true },
    {"nothing is declared",                   NULL,  0,    NULL,    {GBK_PIPE, GBK_ROAD, GBK_WELL},        "GB18030",
     "GBK (found by its bytes)",                                                                                                                        false},
    {"the LDID lies",                         NULL,  0x4D, NULL,    {UTF8_PIPE, "解放路", "检查井"}, "UTF-8",
     "UTF-8 (found by its bytes; LDID 0x4D says GBK)",                                                                                                  true },
    {"UTF-8 cut at the field's end is UTF-8", NULL,  0,    NULL,    {UTF8_CUT, UTF8_PIPE, UTF8_CUT},
     "UTF-8",                                                                                                         "UTF-8 (found by its bytes)",     false},
    {"German bytes are no Chinese",           NULL,  0,    NULL,
     {CP1252_STREET, CP1252_OWNER,
            "Stra\xdf"
            "e"},
     "CP1252",                                                                                                        "cp1252 (found by its bytes)",    false},
    {"bytes do not tell code pages apart",    NULL,  0x64, NULL,
     {"Stra\xe1"
         "e",
            "\x84rger"},
     "CP852",                                                                                                         "cp852 (bytes agree; LDID 0x64)", false},
    {"ASCII says nothing",                    NULL,  0,    "UTF-8", {"PVC", "DN300"},                      "UTF-8",
     "ASCII (found by its bytes)",                                                                                                                      false},
    {"the user knows",                        "gbk", 0x03, "1252",  {CP1252_STREET},                       "GB18030", "gbk (given)",                    false},
};

Test(dbf_encoding, verdicts) {
    for (size_t i = 0; i < ARRAY_LEN(verdicts); i++) {
        struct encoding_evidence evidence = {.given = verdicts[i].given,
            .ldid = verdicts[i].ldid,
            .cpg = text_from(verdicts[i].cpg)};
        for (size_t k = 0; k < 4 && verdicts[i].texts[k] != NULL; k++) {
            encoding_evidence_add(&evidence, text_from(verdicts[i].texts[k]));
        }
        struct encoding_verdict got = encoding_decide(&evidence);
        cr_expect_str_eq(
            got.encoding, verdicts[i].encoding, "%s: %s", verdicts[i].name, got.encoding);
        cr_expect_str_eq(got.text, verdicts[i].said, "%s: %s", verdicts[i].name, got.text);
        cr_expect_eq(got.differs, verdicts[i].differs, "%s", verdicts[i].name);
    }
}

/* name, encoding, raw, UTF-8, how many were not in the encoding */
static const struct {
    const char *name, *encoding, *raw, *want;
    size_t n_wrong;
} texts[] = {
    {"GBK",                                 "GB18030", GBK_ROAD,            "解放路",       0},
    {"blanks go",                           "GB18030", "  " GBK_ROAD "   ", "解放路",       0},
    {"GBK cut within a character",          "GB18030", "\xbd\xe2\xb7",      "解",             0},
    {"UTF-8 cut within a character",        "UTF-8",   UTF8_CUT,            "解放",          0},
    {"cp1252",                              "CP1252",
     "Stra\xdf"
        "e",                                                                "Straße",         0},
    {"GBK among UTF-8 is still understood", "UTF-8",   GBK_PIPE,            "钢筋混凝土", 1},
    {"cp1252 among UTF-8 too",              "UTF-8",
     "Stra\xdf"
        "e",                                                                "Straße",         1},
    {"UTF-8 among GBK too",                 "CP932",   "\xff\xff",          "ÿÿ",            1},
    {"ASCII is itself",                     "GB18030", "PVC",               "PVC",             0},
};

Test(dbf_encoding, decoding) {
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        CLEANUP(arena_release) struct arena arena = {0};
        CLEANUP(word_decoder_release) struct word_decoder decoder = {0};
        cr_assert(word_decoder_open(texts[i].encoding, &decoder));
        struct text got = word_decoder_text(&decoder, &arena, text_from(texts[i].raw));
        cr_expect(
            text_equal(got, text_from(texts[i].want)), "%s: %.*s", texts[i].name, TEXT_ARGS(got));
        cr_expect_eq(decoder.n_wrong, texts[i].n_wrong, "%s", texts[i].name);
    }
}

Test(dbf_encoding, words_are_kept_once) {
    CLEANUP(pool_release) struct pool pool = {0};
    CLEANUP(word_decoder_release) struct word_decoder decoder = {0};

    cr_assert(word_decoder_open("GB18030", &decoder));
    uint32_t first = word_decoder_word(&decoder, &pool, text_from(GBK_ROAD));
    cr_expect_eq(word_decoder_word(&decoder, &pool, text_from(GBK_ROAD "  ")), first);
    cr_expect_neq(word_decoder_word(&decoder, &pool, text_from(GBK_PIPE)), first);
    cr_expect(text_equal(pool_word(&pool, first), TEXT("解放路")));
    cr_expect_eq(word_decoder_word(&decoder, &pool, text_from("  ")), 0);
}

Test(dbf_encoding, unknown_encodings_are_refused) {
    struct word_decoder decoder;

    cr_expect_not(word_decoder_open("klingon", &decoder));
}

Test(dbf_encoding, characters_in_an_encoding) {
    char bytes[8];

    cr_expect_eq(encoding_of_character("GB18030", TEXT("管"), bytes), 2);
    cr_expect_eq((unsigned char)bytes[0], 0xB9);
    cr_expect_eq(encoding_of_character("CP1252", TEXT("管"), bytes), 0);
}
