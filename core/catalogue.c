#include "core/catalogue.h"

#include <string.h>

#include "core/arena.h"
#include "core/base.h"

/* The catalogues are data, in catalogue/; here is only how they are asked.  Each distinct code of a
 * survey comes here once, so that a binary search over short rows is all the speed there needs be.
 */

#define CODE(code, char1, char2, kind, family, role, source, name_en, name_zh) \
    {code, char1, char2, name_en, name_zh, CODE_##kind, FAMILY_##family, ROLE_##role, source},
static const struct catalogue_row cjj181[] = {
#include "core/catalogue/cjj181.def"
};
static const struct catalogue_row en13508[] = {
#include "core/catalogue/en13508.def"
};
#undef CODE

static const struct {
    const char *code, *name;
} cjj181_aliases[] = {
#define ALIAS(code, name) {code, name},
#include "core/catalogue/aliases.def"
#undef ALIAS
};

const struct catalogue_row *catalogue_rows(enum catalogue catalogue, size_t *n) {
    switch (catalogue) {
    case CATALOGUE_CJJ181:
        *n = ARRAY_LEN(cjj181);
        return cjj181;
    case CATALOGUE_EN13508:
        *n = ARRAY_LEN(en13508);
        return en13508;
    case CATALOGUE_UNKNOWN:
    case CATALOGUE_DB31:
    case CATALOGUE_PACP:
    case CATALOGUE_MSCC:
    case CATALOGUE_WSA05:
    case CATALOGUES:
        break;
    }
    *n = 0;
    return NULL;
}

/* --- finding rows --- */

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char upper(char c) {
    return (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c);
}

/* As text_compare, with the ASCII letters of `text` taken as capitals. */
static int compare_code(struct text text, const char *code) {
    size_t n = strlen(code);

    for (size_t i = 0; i < text.n && i < n; i++) {
        int order = (unsigned char)upper(text.at[i]) - (unsigned char)code[i];
        if (order != 0) {
            return order;
        }
    }
    return (text.n > n) - (text.n < n);
}

static const struct catalogue_row *first_row(
    const struct catalogue_row *rows, size_t n, struct text code) {
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_code(code, rows[middle].code) > 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && compare_code(code, rows[low].code) == 0 ? &rows[low] : NULL;
}

static bool takes(const char *wanted, struct text given) {
    return wanted == NULL || compare_code(given, wanted) == 0;
}

/* KS01 and JS01 carry the number of their pair. */
static struct text without_pair_number(struct text code) {
    struct text letters = text_part(code, 0, 2);
    size_t n = 2;

    if (code.n <= 2 || (compare_code(letters, "KS") != 0 && compare_code(letters, "JS") != 0)) {
        return code;
    }
    while (n < code.n && is_digit(code.at[n])) {
        n++;
    }
    return n == code.n ? letters : code;
}

const struct catalogue_row *catalogue_find(
    enum catalogue catalogue, struct text code, struct text char1, struct text char2) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(catalogue, &n);

    if (catalogue == CATALOGUE_CJJ181) {
        code = without_pair_number(code);
    }
    const struct catalogue_row *row = first_row(rows, n, code);
    if (row == NULL) {
        return NULL;
    }
    for (const char *found = row->code; row < rows + n && strcmp(row->code, found) == 0; row++) {
        if (takes(row->char1, char1) && takes(row->char2, char2)) {
            return row;
        }
    }
    return NULL;
}

/* --- names --- */

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

static struct text code_of_name(enum catalogue catalogue, struct text name) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(catalogue, &n);

    for (size_t i = 0; i < n; i++) {
        if (text_equal(name, text_from(rows[i].name_zh)) ||
            text_equal_nocase(name, text_from(rows[i].name_en))) {
            return text_from(rows[i].code);
        }
    }
    for (size_t i = 0; catalogue == CATALOGUE_CJJ181 && i < ARRAY_LEN(cjj181_aliases); i++) {
        if (text_equal(name, text_from(cjj181_aliases[i].name))) {
            return text_from(cjj181_aliases[i].code);
        }
    }
    return (struct text){0};
}

static struct text code_of_code(enum catalogue catalogue, struct text text) {
    const struct catalogue_row *row =
        catalogue_find(catalogue, text, (struct text){0}, (struct text){0});
    return row == NULL ? (struct text){0} : text_from(row->code);
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

struct text catalogue_code_from_name(enum catalogue catalogue, struct text name) {
    char buffer[NAME_BYTES];
    struct text trimmed = text_trim(name), folded = fold(trimmed, buffer);
    struct text code = code_of_name(catalogue, trimmed);

    if (code.n == 0) {
        code = code_of_code(catalogue, folded);
    }
    if (code.n == 0) {
        code = code_of_name(catalogue, folded);
    }
    if (code.n == 0 && catalogue == CATALOGUE_CJJ181) { /* a code and a name in one cell */
        code = first_run_known(catalogue, folded, is_letter, code_of_code);
        if (code.n == 0) {
            code = first_run_known(catalogue, folded, is_name_byte, code_of_name);
        }
    }
    return code;
}

/* --- EN 13508-2 codes glued to their characterisations --- */

static bool is_between(char c) {
    return c == ' ' || c == '.' || c == '-';
}

/* One capital letter as a text that lives for ever. */
static struct text letter(char c) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return (struct text){letters + (upper(c) - 'A'), 1};
}

/* These codes have characterisations of two letters (XP, AA). */
static bool has_two_letters(const char *code, struct text rest) {
    if (strcmp(code, "BCD") == 0 || strcmp(code, "BCE") == 0) {
        return rest.n >= 2 && upper(rest.at[0]) == 'X';
    }
    return rest.n >= 2 && (strcmp(code, "BDB") == 0 || strcmp(code, "DDB") == 0);
}

bool catalogue_split_en13508(
    struct text glued, struct text *code, struct text *char1, struct text *char2) {
    char letters[8] = {0};
    size_t n = 0;

    glued = text_trim(glued);
    for (size_t i = 0; i < glued.n; i++) {
        if (is_between(glued.at[i])) {
            continue;
        }
        if (!is_letter(glued.at[i]) || n == 6) {
            return false;
        }
        letters[n++] = glued.at[i];
    }
    const struct catalogue_row *row =
        n < 3 ? NULL : first_row(en13508, ARRAY_LEN(en13508), (struct text){letters, 3});
    if (row == NULL || !is_letter(glued.at[0]) || !is_letter(glued.at[1]) ||
        !is_letter(glued.at[2])) {
        return false;
    }

    struct text rest = {letters + 3, n - 3}, first = {0}, second = {0};
    if (has_two_letters(row->code, rest)) {
        size_t from = 3;
        while (is_between(glued.at[from])) {
            from++;
        }
        if (!is_letter(glued.at[from + 1])) {
            return false;
        }
        first = text_part(glued, from, from + 2);
        rest = text_part(rest, 2, rest.n);
    } else if (rest.n > 0) {
        first = letter(rest.at[0]);
        rest = text_part(rest, 1, rest.n);
    }
    if (rest.n > 1) {
        return false;
    }
    if (rest.n == 1) {
        second = letter(rest.at[0]);
    }
    *code = text_from(row->code);
    *char1 = first;
    *char2 = second;
    return true;
}

/* --- whole surveys --- */

/* Rows per code, and the first row of each. */
struct code_use {
    uint64_t n_rows;
    uint32_t first_line;
};

/* An array of its own, one item per code. */
static struct code_use *count_uses(const struct survey *survey) {
    size_t capacity = 0;
    struct code_use *uses = array_reserve(NULL, &capacity, survey->n_codes, sizeof *uses);

    for (size_t i = 0; i < survey->n_codes; i++) {
        uses[i] = (struct code_use){0};
    }
    for (size_t i = 0; i < survey->n_observations; i++) {
        struct code_use *use = &uses[survey->observations[i].code];
        if (use->n_rows++ == 0) {
            use->first_line = survey->observations[i].line;
        }
    }
    return uses;
}

static bool speaks(enum catalogue catalogue, const struct code *code) {
    struct text main_code, char1, char2;

    return catalogue_find(catalogue, code->code, code->char1, code->char2) != NULL ||
           catalogue_code_from_name(catalogue, code->code).n > 0 ||
           (catalogue == CATALOGUE_EN13508 &&
               catalogue_split_en13508(code->code, &main_code, &char1, &char2));
}

enum catalogue catalogue_guess(const struct survey *survey) {
    CLEANUP(array_release) struct code_use *uses = count_uses(survey);
    uint64_t n_known[CATALOGUES] = {0}, n = 0;
    enum catalogue best = CATALOGUE_UNKNOWN;

    for (size_t i = 0; i < survey->n_codes; i++) {
        if (survey->codes[i].code.n == 0) {
            continue;
        }
        n += uses[i].n_rows;
        for (enum catalogue c = CATALOGUE_UNKNOWN + 1; c < CATALOGUES; c++) {
            n_known[c] += speaks(c, &survey->codes[i]) ? uses[i].n_rows : 0;
        }
    }
    for (enum catalogue c = CATALOGUE_UNKNOWN + 1; c < CATALOGUES; c++) {
        if (n_known[c] > n_known[best]) {
            best = c;
        }
    }
    return n_known[best] * 2 >= n ? best : CATALOGUE_UNKNOWN;
}

/* At most n bytes, never a part of a character. */
static struct text cut(struct text text, size_t n) {
    if (text.n <= n) {
        return text;
    }
    while (n > 0 && ((unsigned char)text.at[n] & 0xC0) == 0x80) {
        n--;
    }
    return text_part(text, 0, n);
}

static void report_unknown(struct survey *survey, const struct code *code, struct code_use use) {
    struct text written = code->delivered.n > 0 ? code->delivered : code->code;

    findings_add(&survey->findings, FINDING_UNKNOWN_CODE,
        (struct finding_place){.file = survey->file.path, .line = use.first_line},
        "'%.*s' in %llu row%s", TEXT_ARGS(cut(written, 200)), (unsigned long long)use.n_rows,
        use.n_rows == 1 ? "" : "s");
}

void catalogue_resolve(struct survey *survey) {
    CLEANUP(array_release) struct code_use *uses = count_uses(survey);

    for (size_t i = 0; i < survey->n_codes; i++) {
        struct code *code = &survey->codes[i];
        const struct catalogue_row *row =
            catalogue_find(survey->catalogue, code->code, code->char1, code->char2);

        code->name = row == NULL ? NULL : row->name_en;
        code->kind = row == NULL ? CODE_UNKNOWN : row->kind;
        code->role = row == NULL ? ROLE_NONE : row->role;
        code->family = row == NULL ? FAMILY_NONE : row->family;
        if (row == NULL && uses[i].n_rows > 0) {
            report_unknown(survey, code, uses[i]);
        }
    }
}
