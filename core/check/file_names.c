#include "core/check/file_names.h"

#include <string.h>

enum { LONGEST_NAME = 512 };

struct text file_names_base(struct text name) {
    size_t from = name.n;

    while (from > 0 && name.at[from - 1] != '/' && name.at[from - 1] != '\\') {
        from--;
    }
    return text_part(name, from, name.n);
}

bool file_names_next_name(struct text *rest, struct text *name) {
    while (rest->n > 0) {
        const char *mark = memchr(rest->at, ';', rest->n);
        size_t end = mark == NULL ? rest->n : (size_t)(mark - rest->at);
        *name = text_trim(text_part(*rest, 0, end));
        *rest = text_part(*rest, end + 1, rest->n);
        if (name->n > 0) {
            return true;
        }
    }
    return false;
}

/* The base name in lower case, cut at LONGEST_NAME. */
static struct text fold(struct text name, char out[LONGEST_NAME]) {
    name = file_names_base(text_trim(name));
    size_t n = name.n < LONGEST_NAME ? name.n : LONGEST_NAME;

    for (size_t i = 0; i < n; i++) {
        char c = name.at[i];
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return (struct text){out, n};
}

static struct text without_extension(struct text name) {
    size_t n = name.n;

    while (n > 0 && name.at[n - 1] != '.') {
        n--;
    }
    return n > 1 ? text_part(name, 0, n - 1) : name;
}

void file_names_add(struct file_names *media, struct text base_name) {
    char bytes[LONGEST_NAME];
    struct text name = arena_copy(&media->arena, fold(base_name, bytes));

    index_add(&media->names, name, 0);
    index_add(&media->names, without_extension(name), 0);
    media->n_files++;
}

bool file_names_has(const struct file_names *media, struct text name) {
    char bytes[LONGEST_NAME];

    return index_find(&media->names, fold(name, bytes)) != INDEX_NONE;
}

void file_names_release(struct file_names *media) {
    arena_release(&media->arena);
    index_release(&media->names);
    *media = (struct file_names){0};
}
