/* The bytes go into a temporary file, which gets the name when it has them all. */
#define _GNU_SOURCE /* copy_file_range, renameat2 */
#include "formats/media/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/output_file.h"

static void file_close(int *file) {
    if (*file >= 0) {
        close(*file);
    }
}

static enum copy_outcome fail(struct error *err, const char *doing, const char *path) {
    error_set(
        err, ERROR_FILE, N_("%s '%s': %s"), lang_text(err->language, doing), path, strerror(errno));
    return COPY_FAILED;
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
            fail(err, N_("cannot make folder"), folder);
            return false;
        }
    }
    return true;
}

static bool write_all(int to, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t written = write(to, bytes, n);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            bytes += written;
            n -= (size_t)written;
        }
    }
    return true;
}

/* COPY_FAILED leaves the reason in errno.  The system copies what it can by itself; where it cannot
 * go on, or at the end, reading and writing tells why. */
static enum copy_outcome copy_bytes(int from, int to) {
    enum { AT_ONCE = 1 << 30 };
    char bytes[65536];
    ssize_t n = 0;

    while (copy_file_range(from, NULL, to, NULL, AT_ONCE, 0) > 0) {
    }
    while ((n = read(from, bytes, sizeof bytes)) != 0) {
        if (n < 0 && errno != EINTR) {
            return COPY_UNREADABLE;
        }
        if (n > 0 && !write_all(to, bytes, (size_t)n)) {
            return COPY_FAILED;
        }
    }
    return COPY_MADE;
}

/* Some file systems cannot refuse a name that is taken by themselves. */
static enum copy_outcome give_name(const char *part, const char *to) {
    struct stat info;

    if (renameat2(AT_FDCWD, part, AT_FDCWD, to, RENAME_NOREPLACE) == 0) {
        return COPY_MADE;
    }
    if (errno == EEXIST) {
        return COPY_TAKEN;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return COPY_FAILED;
    }
    if (lstat(to, &info) == 0) {
        return COPY_TAKEN;
    }
    return rename(part, to) == 0 ? COPY_MADE : COPY_FAILED;
}

static enum copy_outcome fill(int from, const struct stat *info, int to) {
    const struct timespec times[] = {info->st_mtim, info->st_mtim};
    enum copy_outcome outcome = copy_bytes(from, to);

    return outcome == COPY_MADE && futimens(to, times) != 0 ? COPY_FAILED : outcome;
}

static enum copy_outcome copy_to(
    int from, const struct stat *info, const char *part, const char *to, struct error *err) {
    unlink(part); /* left by a dead process that had our number */
    CLEANUP(file_close) int copy = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (copy < 0) {
        return fail(err, N_("cannot write"), to);
    }
    enum copy_outcome outcome = fill(from, info, copy);
    if (outcome == COPY_MADE) {
        outcome = give_name(part, to);
    }
    if (outcome == COPY_FAILED) {
        fail(err, N_("cannot write"), to);
    }
    if (outcome != COPY_MADE) {
        unlink(part);
    }
    return outcome;
}

enum copy_outcome copy_file(const char *from, const char *to, struct error *err) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct stat info, there;
    CLEANUP(file_close) int file = open(from, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (file < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        return COPY_UNREADABLE;
    }
    if (lstat(to, &there) == 0) {
        return COPY_TAKEN;
    }
    if (!make_folders(to, err)) {
        return COPY_FAILED;
    }
    struct text folder = text_part(text_from(to), 0, strlen(to) - text_base_name(text_from(to)).n);
    struct text part = output_file_temporary(&arena, arena_copy(&arena, folder).at, TEXT("copy"));
    return copy_to(file, &info, part.at, to, err);
}

bool copy_is_unfinished(struct text name) {
    return text_starts_with(name, TEXT(".copy.")) && text_contains(name, TEXT(".chainage-tmp"));
}

void copy_clean_up(const char *folder) {
    CLEANUP(arena_release) struct arena arena = {0};

    output_file_clean_up(arena_printf(&arena, "%s/copy", folder).at);
}
