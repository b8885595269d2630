#include "formats/dbf_encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "core/base.h"

/* What declares an encoding: code page numbers and names as .cpg files have them, LDID bytes. */
struct declaration {
    const char *name; /* without CP, ANSI, OEM, dashes and blanks; upper case */
    int ldid;
    const char *encoding; /* for iconv */
    const char *shown;
};

static const struct declaration declarations[] = {
    {"1250",       0xC8, "CP1250",     "cp1250"    },
    {"1251",       0xC9, "CP1251",     "cp1251"    },
    {"1252",       0x03, "CP1252",     "cp1252"    },
    {"1252",       0x58, "CP1252",     "cp1252"    },
    {"1252",       0x59, "CP1252",     "cp1252"    },
    {"1253",       0xCB, "CP1253",     "cp1253"    },
    {"1254",       0xCA, "CP1254",     "cp1254"    },
    {"1257",       0xCC, "CP1257",     "cp1257"    },
    {"437",        0x01, "CP437",      "cp437"     },
    {"54936",      0,    "GB18030",    "GBK"       },
    {"65001",      0,    "UTF-8",      "UTF-8"     },
    {"850",        0x02, "CP850",      "cp850"     },
    {"852",        0x64, "CP852",      "cp852"     },
    {"866",        0x65, "CP866",      "cp866"     },
    {"874",        0x50, "CP874",      "cp874"     },
    {"88591",      0,    "CP1252",     "cp1252"    },
    {"885915",     0,    "ISO8859-15", "iso8859-15"},
    {"88592",      0,    "ISO8859-2",  "iso8859-2" },
    {"932",        0x13, "CP932",      "cp932"     },
    {"932",        0x7B, "CP932",      "cp932"     },
    {"936",        0x4D, "GB18030",    "GBK"       },
    {"936",        0x7A, "GB18030",    "GBK"       },
    {"949",        0x4E, "CP949",      "cp949"     },
    {"949",        0x79, "CP949",      "cp949"     },
    {"950",        0x4F, "BIG5",       "Big5"      },
    {"950",        0x78, "BIG5",       "Big5"      },
    {"BIG5",       0,    "BIG5",       "Big5"      },
    {"GB18030",    0,    "GB18030",    "GBK"       },
    {"GB2312",     0,    "GB18030",    "GBK"       },
    {"GBK",        0,    "GB18030",    "GBK"       },
    {"ISO88591",   0,    "CP1252",     "cp1252"    },
    {"ISO885915",  0,    "ISO8859-15", "iso8859-15"},
    {"ISO88592",   0,    "ISO8859-2",  "iso8859-2" },
    {"LATIN1",     0,    "CP1252",     "cp1252"    },
    {"SHIFTJIS",   0,    "CP932",      "cp932"     },
    {"SJIS",       0,    "CP932",      "cp932"     },
    {"UTF8",       0,    "UTF-8",      "UTF-8"     },
    {"WINDOWS936", 0,    "GB18030",    "GBK"       },
};

static const struct declaration in_utf8 = {"UTF8", 0, "UTF-8", "UTF-8"};
static const struct declaration in_gbk = {"GBK", 0, "GB18030", "GBK"};
static const struct declaration in_cp1252 = {"1252", 0, "CP1252", "cp1252"};

static const struct declaration *declared_by_ldid(int ldid) {
    for (size_t i = 0; i < ARRAY_LEN(declarations) && ldid > 0; i++) {
        if (declarations[i].ldid == ldid) {
            return &declarations[i];
        }
    }
    return NULL;
}

static const struct declaration *declared_by_name(struct text name) {
    static const char *const prefixes[] = {"ANSI", "CP", "OEM", "WINDOWS"};
    char folded[32];
    size_t n = 0;

    for (size_t i = 0; i < name.n && n < sizeof folded; i++) {
        char c = name.at[i];
        if (c != '-' && c != '_' && c != ' ' && c != '.') {
            folded[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        }
    }
    struct text key = {folded, n};
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        struct text prefix = text_from(prefixes[i]);
        if (text_starts_with(key, prefix) && key.n > prefix.n) {
            key = text_part(key, prefix.n, key.n);
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(declarations); i++) {
        if (text_equal(text_from(declarations[i].name), key)) {
            return &declarations[i];
        }
    }
    return NULL;
}

/* --- evidence --- */

static bool is_ascii(struct text text) {
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.at[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Bytes of a character that the text's end has cut. */
static size_t cut_tail_n(struct text text) {
    for (size_t n = 1; n <= 3 && n <= text.n; n++) {
        unsigned char c = (unsigned char)text.at[text.n - n];
        size_t needed = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        if ((c & 0xC0) != 0x80) {
            return c >= 0xC2 && n < needed ? n : 0;
        }
    }
    return 0;
}

/* DBF fields end where their width ends, even within a character.  The text without such a tail;
 * {0} when it is no UTF-8 even so.  A lone lead byte behind plain ASCII is rather a letter of a
 * code page. */
static struct text utf8_without_tail(struct text text) {
    struct text whole = text_part(text, 0, text.n - cut_tail_n(text));

    if (whole.n < text.n && is_ascii(whole)) {
        return (struct text){0};
    }
    return text_is_utf8(whole) ? whole : (struct text){0};
}

struct gbk_count {
    bool is_gbk;
    size_t n_pairs, n_hanzi;
};

static struct gbk_count count_gbk(struct text text) {
    const unsigned char *at = (const unsigned char *)text.at;
    struct gbk_count count = {.is_gbk = true};

    for (size_t i = 0; i < text.n; i++) {
        if (at[i] < 0x80) {
            continue;
        }
        if (at[i] == 0x80 || at[i] == 0xFF) {
            return (struct gbk_count){0};
        }
        if (i + 1 == text.n) {
            break; /* cut */
        }
        unsigned char lead = at[i], trail = at[i + 1];
        if (trail >= '0' && trail <= '9' && i + 3 < text.n && at[i + 2] >= 0x81) {
            i += 3; /* the four-byte form of GB18030 */
            continue;
        }
        if (trail < 0x40 || trail == 0x7F || trail == 0xFF) {
            return (struct gbk_count){0};
        }
        count.n_pairs++;
        count.n_hanzi += lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1;
        i++;
    }
    return count;
}

void encoding_evidence_add(struct encoding_evidence *evidence, struct text text) {
    if (is_ascii(text)) {
        return;
    }
    struct gbk_count gbk = count_gbk(text);
    evidence->n_texts++;
    evidence->n_utf8 += utf8_without_tail(text).n > 0;
    evidence->n_gbk += gbk.is_gbk;
    evidence->n_pairs += gbk.n_pairs;
    evidence->n_hanzi += gbk.n_hanzi;
}

/* --- verdict --- */

static bool is_most(size_t part, size_t whole) {
    return part * 100 >= whole * 95;
}

static bool is_same(const struct declaration *a, const struct declaration *b) {
    return strcmp(a->encoding, b->encoding) == 0;
}

/* What the bytes say; `declared` decides where they leave it open. */
static const struct declaration *by_bytes(
    const struct encoding_evidence *evidence, const struct declaration *declared) {
    bool can_be_utf8 = is_most(evidence->n_utf8, evidence->n_texts);
    bool can_be_gbk = is_most(evidence->n_gbk, evidence->n_texts) &&
                      evidence->n_hanzi * 10 >= evidence->n_pairs * 7;

    if (can_be_utf8 && can_be_gbk && evidence->n_texts < 3 && declared != NULL) {
        return declared;
    }
    if (can_be_utf8) {
        return &in_utf8;
    }
    if (declared != NULL && !is_same(declared, &in_utf8) && !is_same(declared, &in_gbk)) {
        return declared; /* bytes do not tell code pages apart */
    }
    return can_be_gbk ? &in_gbk : &in_cp1252;
}

static void say(struct encoding_verdict *verdict, const char *before, const char *what) {
    size_t n = strlen(verdict->text);

    snprintf(verdict->text + n, sizeof verdict->text - n, "%s%s", before, what);
}

static void say_declared(struct encoding_verdict *verdict, const char *who,
    const struct declaration *declared, const struct declaration *found) {
    if (declared == NULL) {
        return;
    }
    say(verdict, "; ", who);
    if (!is_same(declared, found)) {
        say(verdict, " says ", declared->shown);
        verdict->differs = true;
    }
}

struct encoding_verdict encoding_decide(const struct encoding_evidence *evidence) {
    const struct declaration *ldid = declared_by_ldid(evidence->ldid);
    const struct declaration *cpg = declared_by_name(evidence->cpg);
    const struct declaration *declared = cpg != NULL ? cpg : ldid;
    char who[16];

    if (evidence->given != NULL) {
        const struct declaration *given = declared_by_name(text_from(evidence->given));
        struct encoding_verdict verdict = {
            given == NULL ? evidence->given : given->encoding, false, ""};
        say(&verdict, evidence->given, " (given)");
        return verdict;
    }
    if (evidence->n_texts == 0) {
        return (struct encoding_verdict){
            declared == NULL ? "UTF-8" : declared->encoding, false, "ASCII (found by its bytes)"};
    }
    const struct declaration *found = by_bytes(evidence, declared);
    struct encoding_verdict verdict = {found->encoding, false, ""};
    bool is_backed = (ldid != NULL && is_same(ldid, found)) || (cpg != NULL && is_same(cpg, found));
    say(&verdict, found->shown, is_backed ? " (bytes agree" : " (found by its bytes");
    snprintf(who, sizeof who, "LDID 0x%02X", (unsigned)evidence->ldid & 0xFF);
    say_declared(&verdict, who, ldid, found);
    say_declared(&verdict, ".cpg", cpg, found);
    say(&verdict, ")", "");
    return verdict;
}

/* --- decoding --- */

bool word_decoder_open(const char *encoding, struct word_decoder *out) {
    *out = (struct word_decoder){0};
    if (strcmp(encoding, "UTF-8") == 0) {
        return true;
    }
    iconv_t converter = iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1) {
        return false;
    }
    out->converter = converter;
    return true;
}

void word_decoder_release(struct word_decoder *decoder) {
    if (decoder->converter != NULL) {
        iconv_close(decoder->converter);
    }
    arena_release(&decoder->arena);
    index_release(&decoder->words);
    *decoder = (struct word_decoder){0};
}

static struct text trim_ascii(struct text raw) {
    while (raw.n > 0 && (unsigned char)raw.at[raw.n - 1] <= ' ') {
        raw.n--;
    }
    while (raw.n > 0 && (unsigned char)raw.at[0] <= ' ') {
        raw.at++;
        raw.n--;
    }
    return raw;
}

/* A character that is cut at the end is left out.  {0} when the text is not in the encoding. */
static struct text convert(iconv_t converter, struct arena *arena, struct text raw) {
    size_t room = raw.n * 4 + 4, n_in = raw.n, n_out = room;
    char *to = ARENA_NEW(arena, char, room), *out = to;
    char *in = (char *)(uintptr_t)raw.at; /* iconv does not write there */

    iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &in, &n_in, &out, &n_out) == (size_t)-1 && errno != EINVAL) {
        return (struct text){0};
    }
    return (struct text){to, room - n_out};
}

static struct text convert_from(const char *encoding, struct arena *arena, struct text raw) {
    iconv_t converter = iconv_open("UTF-8", encoding);

    if (converter == (iconv_t)-1) {
        return (struct text){0};
    }
    struct text text = convert(converter, arena, raw);
    iconv_close(converter);
    return text;
}

/* Each byte is the character of its number: always something. */
static struct text convert_bytes(struct arena *arena, struct text raw) {
    char *to = ARENA_NEW(arena, char, raw.n * 2 + 1);
    size_t n = 0;

    for (size_t i = 0; i < raw.n; i++) {
        unsigned char c = (unsigned char)raw.at[i];
        if (c >= 0x80) {
            to[n++] = (char)(0xC0 | c >> 6);
            c = 0x80 | (c & 0x3F);
        }
        to[n++] = (char)c;
    }
    return (struct text){to, n};
}

static struct text decode(struct word_decoder *decoder, struct arena *arena, struct text raw) {
    struct text text = decoder->converter == NULL ? utf8_without_tail(raw)
                                                  : convert(decoder->converter, arena, raw);
    if (text.n > 0) {
        return text;
    }
    decoder->n_wrong++;
    if (text_is_utf8(raw)) {
        return raw;
    }
    struct gbk_count gbk = count_gbk(raw);
    if (gbk.is_gbk && gbk.n_hanzi * 10 >= gbk.n_pairs * 7) {
        text = convert_from("GB18030", arena, raw);
    }
    if (text.n == 0) {
        text = convert_from("CP1252", arena, raw);
    }
    return text.n > 0 ? text : convert_bytes(arena, raw);
}

struct text word_decoder_text(struct word_decoder *decoder, struct arena *arena, struct text raw) {
    raw = trim_ascii(raw);
    if (is_ascii(raw)) {
        return raw;
    }
    if (decoder->converter == NULL && text_is_utf8(raw)) {
        return text_trim(raw);
    }
    return text_trim(decode(decoder, arena, raw));
}

uint32_t word_decoder_word(struct word_decoder *decoder, struct pool *pool, struct text raw) {
    raw = trim_ascii(raw);
    if (raw.n == 0) {
        return 0;
    }
    uint32_t word = index_find(&decoder->words, raw);
    if (word != INDEX_NONE) {
        return word;
    }
    word = pool_add(pool, word_decoder_text(decoder, &decoder->arena, raw));
    return index_add(&decoder->words, arena_copy(&decoder->arena, raw), word);
}

size_t encoding_of_character(const char *encoding, struct text character, char out[8]) {
    iconv_t converter = iconv_open(encoding, "UTF-8");
    size_t n_in = character.n, n_out = 8;
    char *in = (char *)(uintptr_t)character.at;

    if (converter == (iconv_t)-1) {
        return 0;
    }
    size_t status = iconv(converter, &in, &n_in, &out, &n_out);
    iconv_close(converter);
    return status == (size_t)-1 ? 0 : 8 - n_out;
}
