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

static struct text absolute(struct arena *arena, struct text path) {
    char found[PATH_MAX];
    const char *given = arena_copy(arena, path).at;

    if (given == NULL || realpath(given, found) == NULL) {
        return (struct text){0};
    }
    return arena_copy(arena, text_from(found));
}

static struct text find(struct file_paths *paths, struct text given) {
    struct text path = absolute(&paths->arena, given);

    if (path.n == 0 || paths->folder.n == 0) {
        return given;
    }
    return path_from_folder(&paths->arena, paths->folder, path);
}

static struct text add(struct file_paths *paths, struct text given) {
    uint32_t place = index_find(&paths->index, given);

    if (place == INDEX_NONE) {
        place = index_add(&paths->index, given, (uint32_t)paths->n);
        paths->shown =
            array_reserve(paths->shown, &paths->capacity, paths->n + 1, sizeof *paths->shown);
        paths->shown[paths->n++] = find(paths, given);
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
        paths->of_surveys[i] = add(paths, result->surveys[i].file.path);
    }
    for (size_t i = 0; i < result->findings.n; i++) {
        struct text file = result->findings.at[i].place.file;
        if (file.n > 0 && file.at != last) {
            add(paths, file);
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
