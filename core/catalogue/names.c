#include "core/base.h"
#include "core/catalogue.h"
#include "core/catalogue/letters.h"

/* What people write in the place of a code. */

struct alias {
    const char *code, *name;
};

#define ALIAS(code, name) {code, name},
static const struct alias cjj181_aliases[] = {
#include "core/catalogue/cjj181_aliases.def"
};
static const struct alias db31_aliases[] = {
#include "core/catalogue/db31_aliases.def"
};
#undef ALIAS

static bool is_chinese(enum catalogue catalogue) {
    return catalogue == CATALOGUE_CJJ181 || catalogue == CATALOGUE_DB31;
}

enum { NAME_BYTES = 128 };

/* The text without blanks and with full-width ASCII (U+FF01 to U+FF5E) made plain; {0} when it is
 * too long to be the name of a code. */
static struct text fold(struct text text, char buffer[NAME_BYTES]) {
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++) {
        struct text rest = text_part(text, i, text.n);
        unsigned char c = (unsigned char)text.at[i];
        if (n == NAME_BYTES) {
            return (struct text){0};
        }
        if (c == ' ' || c == '\t') {
            continue;
        }
        if (text_starts_with(rest, TEXT("\xE3\x80\x80"))) { /* ideographic space */
            i += 2;
            continue;
        }
        if (rest.n >= 3 && c == 0xEF) {
            unsigned char middle = (unsigned char)rest.at[1], last = (unsigned char)rest.at[2];
            if ((middle == 0xBC && last >= 0x81) || (middle == 0xBD && last <= 0x9E)) {
                buffer[n++] = (char)(middle == 0xBC ? last - 0x60 : last - 0x20);
                i += 2;
                continue;
            }
        }
        buffer[n++] = (char)c;
    }
    return (struct text){buffer, n};
}

static struct text code_of_own_name(enum catalogue catalogue, struct text name) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(catalogue, &n);

    for (size_t i = 0; i < n; i++) {
        if (text_equal(name, text_from(rows[i].name_zh)) ||
            text_equal_nocase(name, text_from(rows[i].name_en))) {
            return text_from(rows[i].code);
        }
    }
    return (struct text){0};
}

static struct text code_of_alias(const struct alias *aliases, size_t n, struct text name) {
    for (size_t i = 0; i < n; i++) {
        if (text_equal(name, text_from(aliases[i].name))) {
            return text_from(aliases[i].code);
        }
    }
    return (struct text){0};
}

static struct text code_of_code(enum catalogue catalogue, struct text text) {
    const struct catalogue_row *row =
        catalogue_find(catalogue, text, (struct text){0}, (struct text){0});
    return row == NULL ? (struct text){0} : text_from(row->code);
}

/* Names of CJJ 181 stand for the same code in DB31, when it has that code. */
static struct text code_of_name(enum catalogue catalogue, struct text name) {
    struct text code = code_of_own_name(catalogue, name);

    if (code.n == 0 && catalogue == CATALOGUE_DB31) {
        code = code_of_alias(db31_aliases, ARRAY_LEN(db31_aliases), name);
    }
    if (code.n == 0 && is_chinese(catalogue)) {
        code = code_of_alias(cjj181_aliases, ARRAY_LEN(cjj181_aliases), name);
        code = code_of_code(catalogue, code);
    }
    return code;
}

static bool is_name_byte(char c) {
    return (unsigned char)c >= 0x80;
}

/* The next run of ASCII letters (of_letters) or of other characters than ASCII in the text. */
static struct text next_run(struct text *rest, bool (*belongs)(char)) {
    size_t from = 0;

    while (from < rest->n && !belongs(rest->at[from])) {
        from++;
    }
    size_t to = from;
    while (to < rest->n && belongs(rest->at[to])) {
        to++;
    }
    struct text run = text_part(*rest, from, to);
    *rest = text_part(*rest, to, rest->n);
    return run;
}

static struct text first_run_known(enum catalogue catalogue, struct text text,
    bool (*belongs)(char), struct text (*code_of)(enum catalogue, struct text)) {
    while (text.n > 0) {
        struct text run = next_run(&text, belongs);
        struct text code = run.n == 0 ? run : code_of(catalogue, run);
        if (code.n > 0) {
            return code;
        }
    }
    return (struct text){0};
}

/* The code in a folded text: the text itself, or letters beside a name. */
static struct text code_in(enum catalogue catalogue, struct text folded) {
    struct text code = code_of_code(catalogue, folded);

    return code.n == 0 && is_chinese(catalogue)
               ? first_run_known(catalogue, folded, is_letter, code_of_code)
               : code;
}

static struct text code_from(enum catalogue catalogue, struct text name,
    struct text (*code_of)(enum catalogue, struct text)) {
    char buffer[NAME_BYTES];
    struct text trimmed = text_trim(name), folded = fold(trimmed, buffer);
    struct text code = code_of(catalogue, trimmed);

    if (code.n == 0) {
        code = code_of_code(catalogue, folded);
    }
    if (code.n == 0) {
        code = code_of(catalogue, folded);
    }
    if (code.n == 0) {
        code = code_in(catalogue, folded);
    }
    if (code.n == 0 && is_chinese(catalogue)) {
        code = first_run_known(catalogue, folded, is_name_byte, code_of);
    }
    return code;
}

struct text catalogue_code_in(enum catalogue catalogue, struct text name) {
    char buffer[NAME_BYTES];

    return code_in(catalogue, fold(text_trim(name), buffer));
}

struct text catalogue_code_from_own_name(enum catalogue catalogue, struct text name) {
    return code_from(catalogue, name, code_of_own_name);
}

struct text catalogue_code_from_name(enum catalogue catalogue, struct text name) {
    return code_from(catalogue, name, code_of_name);
}
