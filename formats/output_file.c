#include "formats/output_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char suffix[] = ".chainage-tmp";

struct name_parts {
    struct text folder, name;
};

static struct name_parts split(const char *path) {
    struct text all = text_from(path);
    size_t at = all.n;

    while (at > 0 && path[at - 1] != '/') {
        at--;
    }
    struct text folder = at == 0 ? TEXT(".") : at == 1 ? TEXT("/") : text_part(all, 0, at - 1);
    return (struct name_parts){folder, text_part(all, at, all.n)};
}

static bool check_target(const char *path, struct name_parts parts, struct error *err) {
    struct stat found;

    if (parts.name.n == 0) {
        return error_set(err, ERROR_FILE, "'%s' is no name for a file", path);
    }
    if (stat(path, &found) != 0) {
        return true;
    }
    if (S_ISDIR(found.st_mode)) {
        return error_set(err, ERROR_FILE, "'%s' is a folder, not a file", path);
    }
    if (!S_ISREG(found.st_mode)) {
        return error_set(err, ERROR_FILE, "'%s' is not a plain file", path);
    }
    return true;
}

/* A file of our own pid was left by a dead process that had the same number. */
static int create(const char *path) {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode = 0666;
    int fd = open(path, flags, mode);

    if (fd < 0 && errno == EEXIST && unlink(path) == 0) {
        fd = open(path, flags, mode);
    }
    return fd;
}

struct text output_file_temporary(struct arena *arena, const char *folder, struct text name) {
    return arena_printf(arena, "%s/.%.*s.%ld%s", folder, TEXT_ARGS(name), (long)getpid(), suffix);
}

bool output_file_begin(const char *path, struct output_file *out, struct error *err) {
    struct name_parts parts = split(path);
    struct output_file output = {0};

    if (!check_target(path, parts, err)) {
        return false;
    }
    output.path = arena_copy(&output.arena, text_from(path)).at;
    output.folder = arena_copy(&output.arena, parts.folder).at;
    output.temporary = output_file_temporary(&output.arena, output.folder, parts.name).at;
    int fd = create(output.temporary);
    if (fd < 0) {
        error_set(
            err, ERROR_FILE, "cannot write in the folder '%s': %s", output.folder, strerror(errno));
        arena_release(&output.arena);
        return false;
    }
    close(fd);
    *out = output;
    return true;
}

static bool sync_path(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);

    if (fd < 0) {
        return false;
    }
    bool is_synced = fsync(fd) == 0;
    int why = errno;
    close(fd);
    errno = why;
    return is_synced;
}

bool output_file_commit(struct output_file *output, struct error *err) {
    if (!sync_path(output->temporary, O_RDWR)) {
        return error_set(
            err, ERROR_FILE, "cannot bring '%s' to the disk: %s", output->path, strerror(errno));
    }
    if (rename(output->temporary, output->path) != 0) {
        return error_set(err, ERROR_FILE, "cannot write '%s': %s", output->path, strerror(errno));
    }
    output->temporary = NULL;
    sync_path(output->folder, O_RDONLY); /* some file systems cannot; the name is there anyway */
    return true;
}

void output_file_release(struct output_file *output) {
    if (output->temporary != NULL) {
        unlink(output->temporary);
    }
    arena_release(&output->arena);
    *output = (struct output_file){0};
}

/* The process in `.NAME.PID.chainage-tmp`, 0 for any other name. */
static long pid_in(struct text file, struct text name) {
    long pid = 0;
    size_t from = name.n + 2, to = file.n - (sizeof suffix - 1);

    if (file.n < from + sizeof suffix || file.at[0] != '.' || file.at[from - 1] != '.' ||
        !text_equal(text_part(file, 1, from - 1), name) ||
        !text_equal(text_part(file, to, file.n), text_from(suffix))) {
        return 0;
    }
    for (size_t i = from; i < to; i++) {
        if (file.at[i] < '0' || file.at[i] > '9' || pid > 100000000) {
            return 0;
        }
        pid = pid * 10 + (file.at[i] - '0');
    }
    return pid;
}

static void close_folder(DIR **folder) {
    if (*folder != NULL) {
        closedir(*folder);
    }
}

void output_file_clean_up(const char *path) {
    struct name_parts parts = split(path);
    CLEANUP(arena_release) struct arena arena = {0};
    const char *folder = arena_copy(&arena, parts.folder).at;
    CLEANUP(close_folder) DIR *listing = opendir(folder);

    if (listing == NULL) {
        return;
    }
    for (const struct dirent *file; (file = readdir(listing)) != NULL;) {
        long pid = pid_in(text_from(file->d_name), parts.name);
        if (pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH) {
            unlink(arena_printf(&arena, "%s/%s", folder, file->d_name).at);
        }
    }
}
