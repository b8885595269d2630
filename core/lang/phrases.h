#pragma once
/* The phrases of reasons, looked up once a run: a city has a million reasons. */
#include "core/lang.h"

enum phrase {
#define PHRASE(id, text) PHRASE_##id,
#include "core/lang/phrases.def"
#undef PHRASE
    PHRASES,
};

struct phrases {
    enum language language;
    const char *at[PHRASES];
};

struct phrases phrases_in(enum language language);

/* `phrases` NULL: English. */
const char *phrase_text(const struct phrases *phrases, enum phrase phrase);

/* A word that is rare, like what makes a defect a hazard, by lang_text. */
const char *phrases_word(const struct phrases *phrases, const char *english) FORMAT_OF(2);
