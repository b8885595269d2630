#pragma once
/* Encodings: what the bytes of a text look like, and bringing them to UTF-8. */
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/text.h"

enum encoding {
    ENCODING_UNKNOWN,
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_GBK, /* decoded as GB18030, which contains it */
    ENCODING_GB18030,
    ENCODING_BIG5,
    ENCODING_CP1250,
    ENCODING_CP1251,
    ENCODING_CP1252, /* also for ISO-8859-1, of which it is a superset in all that people write */
    ENCODING_CP437,
    ENCODING_CP850,
    ENCODING_CP852,
    ENCODING_ISO_8859_2,
    ENCODING_ISO_8859_15,
    ENCODINGS,
};

/* By any of its usual names, without regard to case, blanks and dashes; what stands behind a ':'
 * is ignored (ISO-8859-1:1998). */
enum encoding encoding_from_name(struct text name);
const char *encoding_name(enum encoding encoding); /* for people */

/* The part of a text that is well-formed UTF-8, from its start; a fast pass. */
struct utf8_scan {
    size_t n_valid;
    bool is_ascii, has_nul; /* of the valid part */
};
struct utf8_scan utf8_scan(struct text bytes);

/* A byte order mark at the start: its length, 0 for none. */
size_t encoding_bom(struct text bytes, enum encoding *out);

/* What bytes that are no UTF-8 are most likely written in: UTF-16 by its NUL bytes, GBK, GB18030,
 * CP850 or CP1252 by statistics.  Needs no more than some thousand bytes. */
enum encoding encoding_guess(struct text bytes);

struct encoding_decoder {
    enum encoding encoding;
    void *handle; /* iconv_t; NULL for UTF-8 */
};

bool encoding_decoder_open(enum encoding encoding, struct encoding_decoder *out, struct error *err);
void encoding_decoder_close(struct encoding_decoder *decoder); /* safe on {0}; also as CLEANUP */

/* Writes the text as UTF-8; `out` must have room for three bytes per byte.  What cannot be decoded
 * becomes U+FFFD and is counted in *n_bad. */
size_t encoding_decoder_run(
    const struct encoding_decoder *decoder, struct text bytes, char *out, size_t *n_bad);
