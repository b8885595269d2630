#include "core/reference.h"

#include <string.h>

bool reference_next(struct text *list, struct text *out) {
    while (list->n > 0) {
        size_t n = 0;
        while (n < list->n && list->at[n] != ';') {
            n++;
        }
        struct text piece = text_trim(text_part(*list, 0, n));
        *list = text_part(*list, n + 1, list->n);
        if (piece.n > 0) {
            *out = piece;
            return true;
        }
    }
    return false;
}

static bool is_separator(char c) {
    return c == '/' || c == '\\';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* E:\photos\a.jpg, and E:a.jpg too. */
static struct text without_drive(struct text reference) {
    bool has_drive = reference.n >= 2 && reference.at[1] == ':' && lower(reference.at[0]) >= 'a' &&
                     lower(reference.at[0]) <= 'z';

    return has_drive ? text_part(reference, 2, reference.n) : reference;
}

struct text reference_normalise(struct text reference, char out[REFERENCE_SIZE]) {
    struct text rest = without_drive(text_trim(reference));
    size_t n = 0;

    while (rest.n > 0) {
        size_t name_n = 0;
        while (name_n < rest.n && !is_separator(rest.at[name_n])) {
            name_n++;
        }
        struct text name = text_part(rest, 0, name_n);
        rest = text_part(rest, name_n + 1, rest.n);
        if (text_equal(name, TEXT(".."))) {
            n = 0;
        } else if (name.n > 0 && !text_equal(name, TEXT("."))) {
            if (n + name.n + 1 >= REFERENCE_SIZE) {
                return (struct text){0};
            }
            if (n > 0) {
                out[n++] = '/';
            }
            for (size_t i = 0; i < name.n; i++) {
                out[n++] = lower(name.at[i]);
            }
        }
    }
    return n == 0 ? (struct text){0} : (struct text){out, n};
}

/* The folder of a path, without the '/' behind it. */
static struct text folder_of(struct text path) {
    struct text name = text_base_name(path);

    return name.n == path.n ? (struct text){0} : text_part(path, 0, path.n - name.n - 1);
}

size_t reference_common(struct text a, struct text b) {
    size_t n = 0;

    for (;;) {
        a = folder_of(a);
        b = folder_of(b);
        if (a.n == 0 || b.n == 0 || !text_equal(text_base_name(a), text_base_name(b))) {
            return n;
        }
        n++;
    }
}

struct text reference_stem(struct text name) {
    for (size_t i = name.n; i > 1; i--) {
        if (name.at[i - 1] == '.') {
            return text_part(name, 0, i - 1);
        }
    }
    return name;
}
