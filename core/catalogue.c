#include "core/catalogue.h"

#include <string.h>

#include "core/base.h"
#include "core/catalogue/letters.h"

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
static const struct catalogue_row db31[] = {
#include "core/catalogue/db31.def"
};
static const struct catalogue_row pacp[] = {
#include "core/catalogue/pacp.def"
};
static const struct catalogue_row mscc[] = {
#include "core/catalogue/mscc.def"
};
static const struct catalogue_row wsa05[] = {
#include "core/catalogue/wsa05.def"
};
#undef CODE

static const struct suffix {
    enum catalogue catalogue;
    const char *code, *letters;
} suffixes[] = {
#define SUFFIX(catalogue, code, letters, source) {CATALOGUE_##catalogue, code, letters},
#include "core/catalogue/suffixes.def"
#undef SUFFIX
};

static const struct misconnection {
    enum catalogue catalogue;
    const char *code, *char1, *char2; /* char1, char2 NULL: any */
} misconnections[] = {
#define MISCONNECTION(catalogue, code, char1, char2, source) \
    {CATALOGUE_##catalogue, code, char1, char2},
#include "core/catalogue/misconnections.def"
#undef MISCONNECTION
};

const struct catalogue_row *catalogue_rows(enum catalogue catalogue, size_t *n) {
    switch (catalogue) {
    case CATALOGUE_CJJ181:
        *n = ARRAY_LEN(cjj181);
        return cjj181;
    case CATALOGUE_EN13508:
        *n = ARRAY_LEN(en13508);
        return en13508;
    case CATALOGUE_DB31:
        *n = ARRAY_LEN(db31);
        return db31;
    case CATALOGUE_PACP:
        *n = ARRAY_LEN(pacp);
        return pacp;
    case CATALOGUE_MSCC:
        *n = ARRAY_LEN(mscc);
        return mscc;
    case CATALOGUE_WSA05:
        *n = ARRAY_LEN(wsa05);
        return wsa05;
    case CATALOGUE_UNKNOWN:
    case CATALOGUES:
        break;
    }
    *n = 0;
    return NULL;
}

/* --- finding rows --- */

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

/* The code without its last letter, when suffixes.def lets it have this one; {0} otherwise. */
static struct text without_suffix(enum catalogue catalogue, struct text code) {
    struct text stem = code.n < 2 ? (struct text){0} : text_part(code, 0, code.n - 1);
    bool has_letter = stem.n > 0 && is_letter(code.at[stem.n]);

    for (size_t i = 0; has_letter && i < ARRAY_LEN(suffixes); i++) {
        if (suffixes[i].catalogue == catalogue && compare_code(stem, suffixes[i].code) == 0 &&
            strchr(suffixes[i].letters, upper(code.at[stem.n])) != NULL) {
            return stem;
        }
    }
    return (struct text){0};
}

const struct catalogue_row *catalogue_find(
    enum catalogue catalogue, struct text code, struct text char1, struct text char2) {
    size_t n = 0;
    const struct catalogue_row *rows = catalogue_rows(catalogue, &n);

    if (catalogue == CATALOGUE_CJJ181 || catalogue == CATALOGUE_DB31) {
        code = without_pair_number(code);
    }
    const struct catalogue_row *row = first_row(rows, n, code);
    if (row == NULL) {
        row = first_row(rows, n, without_suffix(catalogue, code));
    }
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

bool catalogue_shows_misconnection(enum catalogue catalogue, const struct code *code) {
    for (size_t i = 0; i < ARRAY_LEN(misconnections); i++) {
        const struct misconnection *row = &misconnections[i];
        if (row->catalogue == catalogue && compare_code(code->code, row->code) == 0 &&
            takes(row->char1, code->char1) && takes(row->char2, code->char2)) {
            return true;
        }
    }
    return false;
}
