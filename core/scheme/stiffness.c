#include "core/scheme/stiffness.h"

#include "core/base.h"

static const struct {
    const char *word; /* ASCII letters small */
    enum pipe_stiffness stiffness;
} materials[] = {
#define CODE(word, is) {word, STIFFNESS_##is},
#include "core/scheme/stiffness.def"
#undef CODE
};

static const struct {
    const char *word;
    enum pipe_stiffness stiffness;
} parts[] = {
#define PART(word, is) {word, STIFFNESS_##is},
#include "core/scheme/stiffness.def"
#undef PART
};

enum pipe_stiffness stiffness_of_material(struct text material) {
    char small[64];
    struct text word = text_trim(material);

    if (word.n == 0 || word.n > sizeof small) {
        return STIFFNESS_UNKNOWN;
    }
    for (size_t i = 0; i < word.n; i++) {
        char c = word.at[i];
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    word = (struct text){small, word.n};
    for (size_t i = 0; i < ARRAY_LEN(materials); i++) {
        if (text_equal(word, text_from(materials[i].word))) {
            return materials[i].stiffness;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (text_contains(word, text_from(parts[i].word))) {
            return parts[i].stiffness;
        }
    }
    return STIFFNESS_UNKNOWN;
}

const char *stiffness_name(enum pipe_stiffness stiffness) {
    switch (stiffness) {
    case STIFFNESS_UNKNOWN:
        return "unknown";
    case STIFFNESS_RIGID:
        return "rigid";
    case STIFFNESS_FLEXIBLE:
        return "flexible";
    }
    return NULL;
}
