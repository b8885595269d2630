#include "formats/gpkg/style/template.h"

#include <assert.h>
#include <string.h>

#include "core/base.h"
#include "formats/gpkg/style/style.h"

struct named {
    const char *name, *value;
};

static const struct named words[] = {
#define WORD(name, text) {#name, text},
#include "formats/gpkg/style/words.def"
#undef WORD
};

const char *style_word(const char *name, size_t n, enum language language) {
    size_t from = 0, to = ARRAY_LEN(words);

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strncmp(words[middle].name, name, n);
        if (order == 0 && words[middle].name[n] == '\0') {
            return lang_text(language, words[middle].value);
        }
        if (order < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return NULL;
}

static void xml_append_char(sqlite3_str *out, char c) {
    switch (c) {
    case '&':
        sqlite3_str_appendall(out, "&amp;");
        break;
    case '<':
        sqlite3_str_appendall(out, "&lt;");
        break;
    case '>':
        sqlite3_str_appendall(out, "&gt;");
        break;
    case '"':
        sqlite3_str_appendall(out, "&quot;");
        break;
    case '\n':
        sqlite3_str_appendall(out, "&#10;");
        break;
    default:
        if ((unsigned char)c >= ' ') { /* XML has no way to write the others */
            sqlite3_str_appendchar(out, 1, c);
        }
    }
}

void xml_append(sqlite3_str *out, const char *text) {
    for (; *text != '\0'; text++) {
        xml_append_char(out, *text);
    }
}

static void append_word(sqlite3_str *out, const char *word, enum template_use use) {
    for (; *word != '\0'; word++) {
        if (*word == '\'' && use == TEMPLATE_EXPRESSION) {
            xml_append_char(out, '\'');
        }
        xml_append_char(out, *word);
    }
}

void template_append(struct qml *out, const char *template, size_t n, enum template_use use) {
    static const char name_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const char *end = template + n;

    while (template <end) {
        if (*template != '$') {
            xml_append_char(out->text, *template ++);
            continue;
        }
        if (template + 1 < end && template[1] == '$') {
            xml_append_char(out->text, '$');
            template += 2;
            continue;
        }
        const char *name = ++template;
        size_t name_n = strspn(name, name_letters);
        size_t value = theme_find(name, name_n);
        if (value < THEME_VALUES) {
            xml_append(out->text, out->theme->values[value]);
        } else {
            const char *word = style_word(name, name_n, out->language);
            assert(word != NULL); /* a style names what is in no table */
            append_word(out->text, word == NULL ? "" : word, use);
        }
        template += name_n;
    }
}
