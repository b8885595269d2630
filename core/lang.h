#pragma once
/* Texts for people in other languages than English.
 *
 * The English text is the key.  Catalogues are gettext's PO files in core/lang/, compiled into
 * sorted tables at build time.  gettext itself is not used at run time: it takes a catalogue only
 * under a locale that is installed, which minimal machines have not, and it keeps the language in
 * the process; here a language is a value that travels in options.
 *
 * Only texts for people are translated.  Names of tables and columns, values that stand for a
 * choice, kinds of findings and keys of JSON are a contract and stay as they are. */
#include <stdbool.h>
#include <stddef.h>

#include "core/base.h"

enum language {
    LANGUAGE_EN,
    LANGUAGE_ZH, /* simplified Chinese */
    LANGUAGES,
};

/* Marks a text that is handed to lang_text elsewhere, for the test that no text lacks its
 * translation. */
#define N_(text) text

/* The text in the language; `english` itself when there is no translation, NULL for NULL.  Static
 * or borrowed.  Some ten comparisons of strings: for what comes up for every segment, see
 * core/lang/phrases.h.  A format of printf stays one for the same values, though in another order
 * if its words want that (%2$s): a test compares them. */
const char *lang_text(enum language language, const char *english) FORMAT_OF(2);

struct lang_entry {
    const char *english, *translated;
};

/* The whole catalogue, sorted by the bytes of the English text; n is 0 for English. */
const struct lang_entry *lang_entries(enum language language, size_t *n);

const char *lang_name(enum language language); /* en, zh */

/* From "zh", "zh_CN.UTF-8", "en_GB", "C", "POSIX"; false, with English, when there is no catalogue
 * for it. */
bool lang_from_locale(const char *locale, enum language *out);

/* What the variables of the environment come to, each NULL when it is not set: the first that is
 * there and not empty counts, as POSIX has it; without any "C". */
const char *lang_locale(const char *lc_all, const char *lc_messages, const char *lang);
