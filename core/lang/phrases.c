#include "core/lang/phrases.h"

static const char *const texts[PHRASES] = {
#define PHRASE(id, text) [PHRASE_##id] = text,
#include "core/lang/phrases.def"
#undef PHRASE
};

struct phrases phrases_in(enum language language) {
    struct phrases phrases = {.language = language};

    for (size_t i = 0; i < PHRASES; i++) {
        phrases.at[i] = lang_text(language, texts[i]);
    }
    return phrases;
}

const char *phrase_text(const struct phrases *phrases, enum phrase phrase) {
    return phrases == NULL ? texts[phrase] : phrases->at[phrase];
}

const char *phrases_word(const struct phrases *phrases, const char *english) {
    return phrases == NULL ? english : lang_text(phrases->language, english);
}
