#include "formats/sibling.h"

#include <dirent.h>
#include <stddef.h>

static void close_folder(DIR **folder) {
    if (*folder != NULL) {
        closedir(*folder);
    }
}

/* The path up to its last '/', with it; empty for a file of the current folder. */
static struct text folder_of(struct text path) {
    size_t n = path.n - text_base_name(path).n;

    return text_part(path, 0, n);
}

bool sibling_find(const char *path, struct text name, struct arena *arena, struct text *out) {
    struct text folder = folder_of(text_from(path)), best = {0};
    const char *folder_path = folder.n == 0 ? "." : arena_copy(arena, folder).at;
    CLEANUP(close_folder) DIR *listing = opendir(folder_path);

    if (listing == NULL || name.n == 0) {
        return false;
    }
    for (const struct dirent *file; (file = readdir(listing)) != NULL;) {
        struct text found = text_from(file->d_name);
        if (!text_equal_nocase(found, name)) {
            continue;
        }
        bool is_better = best.n == 0 || text_equal(found, name) ||
                         (!text_equal(best, name) && text_compare(found, best) < 0);
        best = is_better ? arena_copy(arena, found) : best;
    }
    if (best.n > 0) {
        *out = arena_printf(arena, "%.*s%.*s", TEXT_ARGS(folder), TEXT_ARGS(best));
    }
    return best.n > 0;
}

bool sibling_find_extension(
    const char *path, const char *extension, struct arena *arena, struct text *out) {
    struct text name = text_base_name(text_from(path));
    size_t dot = name.n;

    while (dot > 0 && name.at[dot - 1] != '.') {
        dot--;
    }
    struct text stem = dot > 1 ? text_part(name, 0, dot - 1) : name;
    return sibling_find(
        path, arena_printf(arena, "%.*s%s", TEXT_ARGS(stem), extension), arena, out);
}
