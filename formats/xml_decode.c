#include "formats/xml_decode.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "core/base.h"
#include "formats/source.h"

/* Pages are given back in steps of this many bytes. */
enum { STEP_BYTES = 4 * 1024 * 1024 };

/* What of Windows-1252 is not Latin 1; the five empty places stay what they are in Latin 1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, /* 80 */
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F, /* 88 */
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 90 */
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178, /* 98 */
};

/* --- What is declared --- */

/* Names of encodings are ASCII; anything else says nothing. */
static bool is_name(struct text name) {
    for (size_t i = 0; i < name.n; i++) {
        if (name.at[i] < 0x20 || name.at[i] > 0x7E) {
            return false;
        }
    }
    return true;
}

/* The value of encoding="..." in the first tag; {0} when there is none. */
static struct text declared_encoding(struct text bytes) {
    static const struct text word = {"encoding", 8};
    struct text head = text_part(bytes, 0, 1024);

    if (!text_starts_with(head, TEXT("<?xml"))) {
        return (struct text){0};
    }
    const char *end = memchr(head.at, '>', head.n);
    head.n = end == NULL ? head.n : (size_t)(end - head.at);
    for (size_t i = 0; i + word.n < head.n; i++) {
        if (memcmp(head.at + i, word.at, word.n) != 0) {
            continue;
        }
        struct text rest = text_part(head, i + word.n, head.n);
        size_t from = 0;
        while (from < rest.n && rest.at[from] != '"' && rest.at[from] != '\'') {
            from++;
        }
        const char *close =
            from < rest.n ? memchr(rest.at + from + 1, rest.at[from], rest.n - from - 1) : NULL;
        struct text name =
            close == NULL ? (struct text){0} : text_part(rest, from + 1, (size_t)(close - rest.at));
        return is_name(name) ? name : (struct text){0};
    }
    return (struct text){0};
}

static bool is_one_of(struct text name, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (text_equal_nocase(name, text_from(names[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_utf8_name(struct text name) {
    static const char *const names[] = {"", "utf-8", "utf8", "us-ascii", "ascii"};
    return is_one_of(name, names, ARRAY_LEN(names));
}

static bool is_looked_at(struct text name) {
    static const char *const names[] = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1",
        "latin-1", "windows-1252", "cp1252", "cp-1252", "ansi"};
    return is_utf8_name(name) || is_one_of(name, names, ARRAY_LEN(names));
}

/* UTF-16 shows in the first bytes: a byte order mark, or every other byte of "<?" is NUL. */
static const char *utf16_name(struct text bytes) {
    if (text_starts_with(bytes, TEXT("\xFF\xFE")) || text_starts_with(bytes, TEXT("<\0?\0"))) {
        return "UTF-16LE";
    }
    if (text_starts_with(bytes, TEXT("\xFE\xFF")) || text_starts_with(bytes, TEXT("\0<\0?"))) {
        return "UTF-16BE";
    }
    return NULL;
}

static void open_iconv(struct xml_decoder *decoder, struct text name) {
    char ended[64] = "";

    if (name.n >= sizeof ended) {
        return;
    }
    memcpy(ended, name.at, name.n);
    iconv_t handle = iconv_open("UTF-8", ended);
    if (handle == (iconv_t)-1) { /* nobody knows it: looking at the bytes is the best there is */
        return;
    }
    decoder->iconv = handle;
    decoder->iconv_is_open = true;
}

void xml_decoder_open(struct xml_decoder *decoder, struct text bytes, const char *encoding) {
    const char *utf16 = utf16_name(bytes);

    *decoder = (struct xml_decoder){
        .bytes = bytes,
        .declared = declared_encoding(bytes),
        .is_from_user = encoding != NULL,
        .is_utf16 = utf16 != NULL,
    };
    if (utf16 != NULL) {
        unsigned char first = (unsigned char)bytes.at[0];
        decoder->at = first == 0xFF || first == 0xFE ? 2 : 0;
        decoder->declared = text_from(utf16);
        open_iconv(decoder, decoder->declared);
        return;
    }
    if (encoding != NULL) {
        decoder->declared = text_from(encoding);
    }
    if (text_starts_with(bytes, TEXT("\xEF\xBB\xBF"))) {
        decoder->at = 3;
        return;
    }
    if (!is_looked_at(decoder->declared)) {
        open_iconv(decoder, decoder->declared);
    }
}

void xml_decoder_close(struct xml_decoder *decoder) {
    if (decoder->iconv_is_open) {
        iconv_close(decoder->iconv);
    }
    *decoder = (struct xml_decoder){0};
}

/* --- Looking at each character --- */

static void note(size_t *n, size_t *first, size_t at) {
    if ((*n)++ == 0) {
        *first = at;
    }
}

/* Bytes of the UTF-8 character at the front, 0 when there is none. */
static size_t utf8_length(struct text rest) {
    unsigned char c = (unsigned char)rest.at[0];
    size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

    return n <= rest.n && text_is_utf8(text_part(rest, 0, n)) ? n : 0;
}

static size_t put_utf8(char *to, uint16_t c) {
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    to[0] = (char)(0xE0 | c >> 12);
    to[1] = (char)(0x80 | (c >> 6 & 0x3F));
    to[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

static bool is_plain(unsigned char c) {
    return (c >= 0x20 && c < 0x80) || c == '\n' || c == '\r' || c == '\t';
}

/* Writes the character at the front to `to` and returns how many bytes it took; *n is moved on. */
static size_t decode_character(struct xml_decoder *decoder, char *to, size_t *n) {
    struct text rest = text_part(decoder->bytes, decoder->at, decoder->bytes.n);
    unsigned char c = (unsigned char)rest.at[0];

    if (c < 0x20) {
        if (c == 0) {
            note(&decoder->n_nul, &decoder->first_nul, decoder->at);
        } else {
            note(&decoder->n_control, &decoder->first_control, decoder->at);
        }
        to[(*n)++] = ' ';
        return 1;
    }
    size_t length = utf8_length(rest);
    if (length > 0) {
        note(&decoder->n_utf8, &decoder->first_utf8, decoder->at);
        memcpy(to + *n, rest.at, length);
        *n += length;
        return length;
    }
    note(&decoder->n_single, &decoder->first_single, decoder->at);
    *n += put_utf8(to + *n, c < 0xA0 ? windows_1252[c - 0x80] : c);
    return 1;
}

static struct text decode_looking(struct xml_decoder *decoder, char *buffer) {
    const unsigned char *bytes = (const unsigned char *)decoder->bytes.at;
    size_t n = 0;

    while (decoder->at < decoder->bytes.n && n + 4 <= XML_CHUNK) {
        size_t left = decoder->bytes.n - decoder->at, room = XML_CHUNK - n, run = 0;
        size_t most = left < room ? left : room;
        while (run < most && is_plain(bytes[decoder->at + run])) {
            run++;
        }
        if (run > 0) {
            memcpy(buffer + n, bytes + decoder->at, run);
            n += run;
            decoder->at += run;
            continue;
        }
        decoder->at += decode_character(decoder, buffer, &n);
    }
    return (struct text){buffer, n};
}

/* --- Through iconv --- */

/* Control characters that came out of iconv, in place. */
static void blank_controls(struct xml_decoder *decoder, char *at, size_t n, size_t offset) {
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)at[i];
        if (c >= 0x20 || c == '\n' || c == '\r' || c == '\t') {
            continue;
        }
        if (c == 0) {
            note(&decoder->n_nul, &decoder->first_nul, offset);
        } else {
            note(&decoder->n_control, &decoder->first_control, offset);
        }
        at[i] = ' ';
    }
}

static struct text decode_iconv(struct xml_decoder *decoder, char *buffer) {
    char *to = buffer;
    size_t room = XML_CHUNK, before = decoder->at;

    while (decoder->at < decoder->bytes.n && room >= 4) {
        /* iconv does not write to its input; its interface is older than const. */
        char *from = (char *)(uintptr_t)(decoder->bytes.at + decoder->at);
        size_t left = decoder->bytes.n - decoder->at;
        size_t failed = iconv(decoder->iconv, &from, &left, &to, &room);
        decoder->at = decoder->bytes.n - left;
        if (failed != (size_t)-1 || errno == E2BIG) {
            break;
        }
        note(&decoder->n_invalid, &decoder->first_invalid, decoder->at);
        size_t skip = decoder->is_utf16 && left >= 2 ? 2 : 1;
        decoder->at += skip;
        if (room >= 3) { /* U+FFFD */
            to += put_utf8(to, 0xFFFD);
            room -= 3;
        }
    }
    blank_controls(decoder, buffer, XML_CHUNK - room, before);
    return (struct text){buffer, XML_CHUNK - room};
}

static void drop_pages(struct xml_decoder *decoder) {
    if (decoder->is_mapped && decoder->at - decoder->dropped >= STEP_BYTES) {
        source_drop_pages(decoder->bytes.at + decoder->dropped, decoder->bytes.at + decoder->at);
        decoder->dropped = decoder->at;
    }
}

struct text xml_decode(struct xml_decoder *decoder, char *buffer) {
    drop_pages(decoder);
    return decoder->iconv_is_open ? decode_iconv(decoder, buffer) : decode_looking(decoder, buffer);
}

/* --- The verdict --- */

static struct finding_place place_of(
    const struct xml_decoder *decoder, struct finding_place place, size_t offset) {
    struct text rest = text_part(decoder->bytes, 0, offset);
    uint32_t line = 1;

    while (rest.n > 0) {
        const char *step = rest.at, *end = step + (rest.n < STEP_BYTES ? rest.n : STEP_BYTES);
        rest = text_part(rest, STEP_BYTES, rest.n);
        for (const char *at = step; at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL;
             at++) {
            line++;
        }
        if (decoder->is_mapped) {
            source_drop_pages(step, end);
        }
    }
    place.line = line;
    return place;
}

void xml_decoder_report(
    const struct xml_decoder *decoder, struct findings *findings, struct finding_place place) {
    bool utf8_is_declared = is_utf8_name(decoder->declared);
    const char *who = decoder->is_from_user ? "asked for" : "declared";

    if (decoder->n_utf8 > 0 && !utf8_is_declared) {
        findings_add(findings, FINDING_ENCODING_DIFFERS,
            place_of(decoder, place, decoder->first_utf8),
            "'%.*s' is %s, %zu characters are UTF-8 and were read as such",
            TEXT_ARGS(decoder->declared), who, decoder->n_utf8);
    }
    if (decoder->n_single > 0 && (utf8_is_declared || !is_looked_at(decoder->declared))) {
        findings_add(findings, FINDING_ENCODING_DIFFERS,
            place_of(decoder, place, decoder->first_single),
            "'%.*s' is %s, %zu bytes were read as Windows-1252",
            TEXT_ARGS(decoder->declared.n == 0 ? TEXT("UTF-8") : decoder->declared), who,
            decoder->n_single);
    }
    if (decoder->n_invalid > 0) {
        findings_add(findings, FINDING_ENCODING_DIFFERS,
            place_of(decoder, place, decoder->first_invalid),
            "%zu bytes are not '%.*s' and were replaced", decoder->n_invalid,
            TEXT_ARGS(decoder->declared));
    }
    if (decoder->n_nul > 0) {
        findings_add(findings, FINDING_NUL_BYTES, place_of(decoder, place, decoder->first_nul),
            "%zu NUL bytes", decoder->n_nul);
    }
    if (decoder->n_control > 0) {
        findings_add(findings, FINDING_INVALID_VALUE,
            place_of(decoder, place, decoder->first_control),
            "%zu control characters were taken as blanks", decoder->n_control);
    }
}

struct text xml_decoder_verdict(const struct xml_decoder *decoder, struct arena *arena) {
    const char *found = "ASCII";

    if (decoder->iconv_is_open) {
        return arena_printf(arena, "%.*s (%s)", TEXT_ARGS(decoder->declared),
            decoder->is_utf16       ? "byte order"
            : decoder->is_from_user ? "asked for"
                                    : "declared");
    }
    if (decoder->n_utf8 > 0 && decoder->n_single > 0) {
        found = "UTF-8 and Windows-1252 mixed";
    } else if (decoder->n_utf8 > 0) {
        found = "UTF-8";
    } else if (decoder->n_single > 0) {
        found = "Windows-1252";
    }
    if (decoder->declared.n == 0) {
        return arena_printf(arena, "%s (nothing declared)", found);
    }
    bool as_declared = decoder->n_utf8 == 0 && !is_utf8_name(decoder->declared)
                           ? is_looked_at(decoder->declared)
                           : decoder->n_single == 0 && is_utf8_name(decoder->declared);
    const char *who = decoder->is_from_user ? "asked for" : "declared";
    if (as_declared) {
        return arena_printf(arena, "%.*s (%s)", TEXT_ARGS(decoder->declared), who);
    }
    return arena_printf(arena, "%s (%.*s %s)", found, TEXT_ARGS(decoder->declared), who);
}
