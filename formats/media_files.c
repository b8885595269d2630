#include "formats/media_files.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base.h"

static void close_folder(DIR **folder) {
    if (*folder != NULL) {
        closedir(*folder);
    }
}

void media_files_list(const char *path, unsigned depth, struct file_names *media) {
    CLEANUP(close_folder) DIR *folder = opendir(path);
    CLEANUP(arena_release) struct arena arena = {0};

    if (folder == NULL) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        struct stat about;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
            continue;
        }
        const char *full = arena_printf(&arena, "%s/%s", path, name).at;
        if (lstat(full, &about) == 0 && S_ISDIR(about.st_mode)) {
            if (depth > 0) {
                media_files_list(full, depth - 1, media);
            }
        } else if (stat(full, &about) == 0 && S_ISREG(about.st_mode)) {
            file_names_add(media, text_from(name));
        }
    }
}

/* The part before the last slash; "." without one, "/" at the root. */
static struct text parent(struct text path) {
    size_t n = path.n;

    while (n > 0 && path.at[n - 1] != '/') {
        n--;
    }
    return n == 0 ? TEXT(".") : n == 1 ? text_part(path, 0, 1) : text_part(path, 0, n - 1);
}

const char *media_files_folder(const char *survey_path, struct arena *arena) {
    struct text folder = parent(text_from(survey_path));

    if (text_equal_nocase(text_base_name(folder), TEXT("DB"))) {
        folder = parent(folder);
    }
    return arena_copy(arena, folder).at;
}
