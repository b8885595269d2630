#include "core/lang.h"

#include <string.h>

#include "core/base.h"

static const struct lang_entry zh[] = {
#define ENTRY(english, translated) {english, translated},
#include "core/lang_zh.inc"
#undef ENTRY
};

static const struct {
    const char *name;
    const struct lang_entry *entries;
    size_t n;
} languages[LANGUAGES] = {
    [LANGUAGE_EN] = {"en", NULL, 0            },
    [LANGUAGE_ZH] = {"zh", zh,   ARRAY_LEN(zh)},
};

const struct lang_entry *lang_entries(enum language language, size_t *n) {
    *n = languages[language].n;
    return languages[language].entries;
}

const char *lang_text(enum language language, const char *english) {
    const struct lang_entry *entries = languages[language].entries;
    size_t from = 0, to = english == NULL ? 0 : languages[language].n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strcmp(english, entries[middle].english);
        if (order == 0) {
            return entries[middle].translated;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return english;
}

const char *lang_name(enum language language) {
    return languages[language].name;
}

/* The part in front of country, encoding and modifier. */
static bool is_called(const char *locale, const char *name) {
    size_t n = strcspn(locale, "_-.@");

    return strlen(name) == n && strncmp(locale, name, n) == 0;
}

bool lang_from_locale(const char *locale, enum language *out) {
    *out = LANGUAGE_EN;
    for (size_t i = 0; i < LANGUAGES; i++) {
        if (is_called(locale, languages[i].name)) {
            *out = (enum language)i;
            return true;
        }
    }
    return is_called(locale, "C") || is_called(locale, "POSIX");
}

const char *lang_locale(const char *lc_all, const char *lc_messages, const char *lang) {
    const char *const variables[] = {lc_all, lc_messages, lang};

    for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
        if (variables[i] != NULL && variables[i][0] != '\0') {
            return variables[i];
        }
    }
    return "C";
}
