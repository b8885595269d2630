#pragma once
/* Paths of delivered files as the output shows them: from its own folder, with '/'. */
#include "core/arena.h"
#include "core/index.h"
#include "core/result.h"

struct file_paths {
    struct arena arena;
    struct text folder; /* of the output, absolute; unset when it cannot be told */
    struct text *of_surveys;
    struct index index; /* from a path as given to its place in `shown` */
    struct text *shown; /* an array of its own */
    size_t n, capacity;
};

void file_paths_find(struct file_paths *paths, const char *output, const struct result *result);

/* The path of any file, as of those that were there when the paths were found; a path that was not
 * is shown as given. */
struct text file_paths_shown(const struct file_paths *paths, struct text given);

/* `path` as told from the folder (empty, or with '/' at its end), without '.', and without '..'
 * where a name is before it; in the arena.  Nothing is looked up. */
struct text path_join(struct arena *arena, struct text folder, struct text path);

void file_paths_release(struct file_paths *paths);

/* `path` as seen from the folder; both absolute and without '.', '..' or doubled '/'. */
struct text path_from_folder(struct arena *arena, struct text folder, struct text path);
