#include "cmd/check/names.h"

#include <string.h>
#include <sys/stat.h>

/* Without parts that are empty or "."; a slash stays in front. */
static struct text tidy(const char *path, struct arena *arena) {
    size_t size = strlen(path);
    char *out = ARENA_NEW(arena, char, size + 2);
    size_t n = 0;

    if (path[0] == '/') {
        out[n++] = '/';
    }
    while (*path != '\0') {
        size_t part_n = strcspn(path, "/");
        bool counts = part_n > 0 && !(part_n == 1 && path[0] == '.');
        if (counts && n > 0 && out[n - 1] != '/') {
            out[n++] = '/';
        }
        if (counts) {
            memcpy(out + n, path, part_n);
            n += part_n;
        }
        path += part_n;
        path += *path == '/';
    }
    out[n] = '\0';
    return (struct text){out, n};
}

static bool is_folder(const char *path) {
    struct stat about;

    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* Up to the last slash, which stays only at the root. */
static struct text parent(struct text path) {
    size_t n = path.n;

    while (n > 0 && path.at[n - 1] != '/') {
        n--;
    }
    return text_part(path, 0, n > 1 ? n - 1 : n);
}

/* Is the folder the path itself, or above it? */
static bool holds(struct text folder, struct text path) {
    if (folder.n == 0) {
        return path.n == 0 || path.at[0] != '/';
    }
    return text_starts_with(path, folder) &&
           (path.n == folder.n || folder.at[folder.n - 1] == '/' || path.at[folder.n] == '/');
}

const char *names_common_folder(const char *const *operands, size_t n, struct arena *arena) {
    struct text common = {0};

    for (size_t i = 0; i < n; i++) {
        struct text folder = tidy(operands[i], arena);
        if (!is_folder(operands[i])) {
            folder = parent(folder);
        }
        common = i == 0 ? folder : common;
        while (!holds(common, folder) && common.n > 0) {
            common = parent(common).n < common.n ? parent(common) : (struct text){0};
        }
    }
    return common.n == 0 ? "" : arena_copy(arena, common).at;
}

const char *names_within(const char *folder, const char *path, struct arena *arena) {
    struct text tidied = tidy(path, arena), above = tidy(folder, arena);

    if (above.n == 0 || !holds(above, tidied) || tidied.n == above.n) {
        return tidied.at;
    }
    size_t from = above.n;
    while (from < tidied.n && tidied.at[from] == '/') {
        from++;
    }
    return tidied.at + from;
}
