#pragma once
/* The bytes of an XML document as UTF-8.
 *
 * Declarations lie, and files are glued from parts in different encodings.  What is declared as
 * UTF-8, ISO-8859-1 or Windows-1252, or not at all, is therefore read character by character: what
 * is well-formed UTF-8 is UTF-8, any other byte is Windows-1252.  Other encodings go through
 * iconv. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/findings.h"
#include "core/text.h"

struct xml_decoder {
    struct text bytes; /* borrowed */
    bool is_mapped;    /* pages behind `at` go back to the system; set after opening */
    size_t at, dropped;
    struct text declared; /* "" when nothing is declared; borrowed from the bytes or the user */
    void *iconv;          /* NULL when every character is looked at */
    bool iconv_is_open, is_from_user, is_utf16;
    size_t n_utf8, n_single, n_invalid, n_nul, n_control;
    size_t first_utf8, first_single, first_invalid, first_nul, first_control; /* offsets */
};

/* `encoding` is what the user says, or NULL. */
void xml_decoder_open(struct xml_decoder *decoder, struct text bytes, const char *encoding);
void xml_decoder_close(struct xml_decoder *decoder);

enum { XML_CHUNK = 64 * 1024 };

/* The next part of the document in UTF-8, without byte order mark, at most XML_CHUNK bytes; n = 0
 * at the end.  NUL bytes and control characters come out as blanks. */
struct text xml_decode(struct xml_decoder *decoder, char *buffer);

/* After the last part: a finding for each thing that was not as declared. */
void xml_decoder_report(
    const struct xml_decoder *decoder, struct findings *findings, struct finding_place place);

/* For people: "UTF-8 (ISO-8859-1 declared)". */
struct text xml_decoder_verdict(const struct xml_decoder *decoder, struct arena *arena);
