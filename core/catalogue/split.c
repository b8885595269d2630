#include "core/catalogue.h"
#include "core/catalogue/letters.h"

/* EN 13508-2 codes glued to their characterisations. */

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
    struct text none = {0};
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
        n < 3 ? NULL : catalogue_find(CATALOGUE_EN13508, (struct text){letters, 3}, none, none);
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
