#define _XOPEN_SOURCE 700 /* realpath */
#include "formats/gpkg/paths.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* How much of both paths is the same, whole names only; 0 or behind a '/'. */
static size_t common_folder(struct text folder, struct text path) {
    size_t n = 0;

    for (size_t i = 0; i < path.n && i < folder.n && path.at[i] == folder.at[i]; i++) {
        n = path.at[i] == '/' ? i + 1 : n;
    }
    bool is_below = folder.n < path.n && path.at[folder.n] == '/' && text_starts_with(path, folder);
    return is_below ? folder.n + 1 : n;
}

struct text path_from_folder(struct arena *arena, struct text folder, struct text path) {
    size_t n = common_folder(folder, path), n_up = 0;

    for (size_t i = n; i < folder.n; i++) {
        n_up += i == n || folder.at[i] == '/';
    }
    struct text rest = text_part(path, n, path.n);
    char *shown = ARENA_NEW(arena, char, 3 * n_up + rest.n + 1);
    for (size_t i = 0; i < n_up; i++) {
        memcpy(shown + 3 * i, "../", 3);
    }
    memcpy(shown + 3 * n_up, rest.at, rest.n);
    return (struct text){shown, 3 * n_up + rest.n};
}

/* Writes the next name behind the n bytes of `out`; returns how many there are then. */
static size_t add_name(char *out, size_t n, size_t root, struct text name) {
    size_t last = n;

    if (name.n == 0 || text_equal(name, TEXT("."))) {
        return n;
    }
    while (last > root && out[last - 1] != '/') {
        last--;
    }
    struct text before = {out + last, n - last};
    if (text_equal(name, TEXT("..")) && before.n > 0 && !text_equal(before, TEXT(".."))) {
        return last > root ? last - 1 : last;
    }
    if (text_equal(name, TEXT("..")) && n == root && root > 0) {
        return n; /* nothing is above the root */
    }
    if (n > root) {
        out[n++] = '/';
    }
    memcpy(out + n, name.at, name.n);
    return n + name.n;
}

struct text path_join(struct arena *arena, struct text folder, struct text path) {
    bool is_absolute = path.n > 0 && path.at[0] == '/';
    struct text whole =
        is_absolute ? path : arena_printf(arena, "%.*s%.*s", TEXT_ARGS(folder), TEXT_ARGS(path));
    char *out = ARENA_NEW(arena, char, whole.n + 2);
    size_t root = whole.n > 0 && whole.at[0] == '/', n = root;

    out[0] = '/';
    for (size_t from = 0, to; from < whole.n; from = to + 1) {
        for (to = from; to < whole.n && whole.at[to] != '/';) {
            to++;
        }
        n = add_name(out, n, root, text_part(whole, from, to));
    }
    out[n] = '\0';
    return (struct text){out, n};
}

static struct text absolute(struct arena *arena, struct text path) {
    char found[PATH_MAX];
    const char *given = arena_copy(arena, path).at;

    if (given == NULL || realpath(given, found) == NULL) {
        return (struct text){0};
    }
    return arena_copy(arena, text_from(found));
}

/* What is not there any more is where it was said to be. */
static struct text absolute_unseen(struct arena *arena, struct text path) {
    struct text here = absolute(arena, TEXT("."));

    return path_join(arena, arena_printf(arena, "%.*s/", TEXT_ARGS(here)), path);
}

static struct text find(struct file_paths *paths, struct text given, bool may_be_gone) {
    struct text path = absolute(&paths->arena, given);

    if (path.n == 0 && may_be_gone) {
        path = absolute_unseen(&paths->arena, given);
    }

    if (path.n == 0 || paths->folder.n == 0) {
        return given;
    }
    return path_from_folder(&paths->arena, paths->folder, path);
}

static struct text add(struct file_paths *paths, struct text given, bool may_be_gone) {
    uint32_t place = index_find(&paths->index, given);

    if (place == INDEX_NONE) {
        place = index_add(&paths->index, given, (uint32_t)paths->n);
        paths->shown =
            array_reserve(paths->shown, &paths->capacity, paths->n + 1, sizeof *paths->shown);
        paths->shown[paths->n++] = find(paths, given, may_be_gone);
    }
    return paths->shown[place];
}

static struct text folder_of(struct text path) {
    size_t n = path.n;

    while (n > 0 && path.at[n - 1] != '/') {
        n--;
    }
    return n == 0 ? TEXT(".") : text_part(path, 0, n);
}

void file_paths_find(struct file_paths *paths, const char *output, const struct result *result) {
    const char *last = NULL;

    *paths = (struct file_paths){0};
    paths->folder = absolute(&paths->arena, folder_of(text_from(output)));
    paths->of_surveys = ARENA_NEW(&paths->arena, struct text, result->n_surveys);
    for (size_t i = 0; i < result->n_surveys; i++) {
        const struct survey_file *file = &result->surveys[i].file;
        paths->of_surveys[i] = add(paths, file->path, file->earlier_result.n > 0);
        if (file->earlier_result.n > 0) {
            add(paths, file->earlier_result, false);
        }
    }
    for (size_t i = 0; i < result->findings.n; i++) {
        struct text file = result->findings.at[i].place.file;
        if (file.n > 0 && file.at != last) {
            add(paths, file, false);
            last = file.at;
        }
    }
}

struct text file_paths_shown(const struct file_paths *paths, struct text given) {
    uint32_t place = index_find(&paths->index, given);

    return place == INDEX_NONE ? given : paths->shown[place];
}

void file_paths_release(struct file_paths *paths) {
    arena_release(&paths->arena);
    index_release(&paths->index);
    array_release(&paths->shown);
    *paths = (struct file_paths){0};
}
