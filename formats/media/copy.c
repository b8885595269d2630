#include "formats/media/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base.h"

static void file_close(int *file) {
    if (*file >= 0) {
        close(*file);
    }
}

static bool fail(struct error *err, const char *doing, const char *path) {
    return error_set(
        err, ERROR_FILE, N_("%s '%s': %s"), lang_text(err->language, doing), path, strerror(errno));
}

/* The folders of a path, from the first on. */
static bool make_folders(const char *path, struct error *err) {
    char folder[PATH_MAX];
    size_t n = strlen(path);

    if (n >= sizeof folder) {
        return error_set(err, ERROR_FILE, "the path '%.100s...' is too long", path);
    }
    for (size_t i = 1; i < n; i++) {
        if (path[i] != '/') {
            continue;
        }
        memcpy(folder, path, i);
        folder[i] = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
            return fail(err, N_("cannot make folder"), folder);
        }
    }
    return true;
}

static bool copy_bytes(int from, int to) {
    char bytes[65536];
    ssize_t n = 0;

    while ((n = read(from, bytes, sizeof bytes)) > 0) {
        for (ssize_t written = 0; written < n;) {
            ssize_t some = write(to, bytes + written, (size_t)(n - written));
            if (some < 0) {
                return false;
            }
            written += some;
        }
    }
    return n == 0;
}

static bool is_copied(const struct stat *from, const char *to) {
    struct stat copy;

    return lstat(to, &copy) == 0 && S_ISREG(copy.st_mode) && copy.st_size == from->st_size &&
           copy.st_mtim.tv_sec == from->st_mtim.tv_sec;
}

/* Under another name, which gets its own when the copy is whole. */
static bool copy_to(
    int from, const struct stat *info, const char *part, const char *to, struct error *err) {
    const struct timespec times[] = {info->st_mtim, info->st_mtim};
    CLEANUP(file_close)
    int copy = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);

    if (copy < 0 || !copy_bytes(from, copy) || futimens(copy, times) != 0 ||
        rename(part, to) != 0) {
        fail(err, N_("cannot write"), to);
        unlink(part);
        return false;
    }
    return true;
}

bool copy_file(const char *from, const char *to, struct error *err) {
    char part[PATH_MAX];
    struct stat info;
    CLEANUP(file_close) int file = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (file < 0 || fstat(file, &info) != 0) {
        return fail(err, N_("cannot read"), from);
    }
    if (is_copied(&info, to)) {
        return true;
    }
    if (snprintf(part, sizeof part, "%s.part", to) >= (int)sizeof part) {
        return error_set(err, ERROR_FILE, "the path '%.100s...' is too long", to);
    }
    return make_folders(to, err) && copy_to(file, &info, part, to, err);
}
