#pragma once
/* In which encoding are the texts of a DBF (or CSV), and what do they say in UTF-8?
 *
 * Two bytes declare it, the language driver (LDID) and the .cpg beside the file, and both lie; the
 * bytes of the texts settle it. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/index.h"
#include "core/pool.h"
#include "core/text.h"

/* What speaks for an encoding.  The counts are of texts that are not ASCII. */
struct encoding_evidence {
    const char *given; /* by the user; NULL */
    int ldid;          /* 0 none */
    struct text cpg;
    size_t n_texts;
    size_t n_utf8;           /* well-formed UTF-8, the last character may be cut */
    size_t n_gbk;            /* well-formed GBK */
    size_t n_pairs, n_hanzi; /* byte pairs in GBK texts, and those that are common characters */
};

void encoding_evidence_add(struct encoding_evidence *evidence, struct text text);

struct encoding_verdict {
    const char *encoding; /* for word_decoder_open */
    bool differs;         /* something declares another one */
    char text[160];       /* for people: "GBK (LDID 0x4D; bytes agree; .cpg says UTF-8)" */
};

struct encoding_verdict encoding_decide(const struct encoding_evidence *evidence);

/* Turns texts into UTF-8.  Texts that are not in the encoding are read in the next best one. */
struct word_decoder {
    struct arena arena;
    void *converter; /* NULL for UTF-8 */
    struct index words;
    size_t n_wrong; /* texts that were not in the encoding */
};

/* False when nobody knows the encoding. */
bool word_decoder_open(const char *encoding, struct word_decoder *out);
void word_decoder_release(struct word_decoder *decoder);

/* Trimmed; the text itself when it is ASCII or UTF-8 already, else a copy in the arena. */
struct text word_decoder_text(struct word_decoder *decoder, struct arena *arena, struct text raw);

/* The number of the word in the pool; each distinct word is converted once. */
uint32_t word_decoder_word(struct word_decoder *decoder, struct pool *pool, struct text raw);

/* One character of UTF-8 in the decoder's encoding; returns its bytes, 0 when it has none. */
size_t encoding_of_character(const char *encoding, struct text character, char out[8]);
