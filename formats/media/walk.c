#include "formats/media/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base.h"

struct walker {
    const struct walk *walk;
    unsigned depth;
    size_t n_left;
    size_t n; /* bytes of the path at hand */
    char path[4096];
};

static void folder_close(DIR **folder) {
    if (*folder != NULL) {
        closedir(*folder);
    }
}

static void walk_below(struct walker *walker, int parent, const char *name, unsigned depth);

/* With the entry's name behind the path at hand. */
static void visit(struct walker *walker, int folder, const char *name, unsigned depth) {
    size_t n_before = walker->n, n = strlen(name);
    struct stat info;

    if (n_before + n + 2 > sizeof walker->path ||
        fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return;
    }
    memcpy(walker->path + n_before, name, n);
    walker->n = n_before + n;
    if (S_ISREG(info.st_mode)) {
        walker->walk->found(walker->walk->context, (struct text){walker->path, walker->n});
    } else if (S_ISDIR(info.st_mode) && depth < walker->depth) {
        walker->path[walker->n++] = '/';
        walk_below(walker, folder, name, depth + 1);
    }
    walker->n = n_before;
}

static void walk_open(struct walker *walker, int opened, unsigned depth) {
    CLEANUP(folder_close) DIR *folder = fdopendir(opened);
    struct dirent *entry = NULL;

    if (folder == NULL) {
        close(opened);
        return;
    }
    while (walker->n_left > 0 && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            walker->n_left--;
            visit(walker, dirfd(folder), entry->d_name, depth);
        }
    }
}

static void walk_below(struct walker *walker, int parent, const char *name, unsigned depth) {
    int opened = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (opened >= 0) {
        walk_open(walker, opened, depth);
    }
}

bool walk_folder(const char *folder, const struct walk *walk) {
    struct walker walker = {
        .walk = walk,
        .depth = walk->depth == 0 ? WALK_DEPTH : walk->depth,
        .n_left = WALK_MOST,
    };
    int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (opened < 0) {
        return false;
    }
    walk_open(&walker, opened, 1);
    return true;
}
