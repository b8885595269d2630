#define _DEFAULT_SOURCE /* madvise: glibc's posix_madvise does nothing for DONTNEED */
#include "formats/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/sha256.h"

static void close_file(int *file) {
    if (*file >= 0) {
        close(*file);
    }
}

static bool system_error(struct error *err, const char *what, const char *path) {
    char reason[256] = "";
    int number = errno;

    if (strerror_r(number, reason, sizeof reason) != 0) {
        return error_set(
            err, ERROR_FILE, "%s '%s': error %d", lang_text(err->language, what), path, number);
    }
    return error_set(
        err, ERROR_FILE, N_("%s '%s': %s"), lang_text(err->language, what), path, reason);
}

/* Opens without waiting, so that a pipe without a writer cannot hang the run. */
static bool open_regular(const char *path, int *out, struct stat *about, struct error *err) {
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (file < 0) {
        return system_error(err, N_("cannot open"), path);
    }
    if (fstat(file, about) != 0) {
        return system_error(err, N_("cannot look at"), path);
    }
    if (S_ISDIR(about->st_mode)) {
        return error_set(err, ERROR_FILE, "cannot read '%s': it is a directory", path);
    }
    if (!S_ISREG(about->st_mode)) {
        return error_set(err, ERROR_FILE, "cannot read '%s': it is no regular file", path);
    }
    *out = file;
    file = -1;
    return true;
}

/* Reads until the buffer is full or the file ends. */
static bool read_full(int file, void *to, size_t size, size_t *out) {
    size_t n = 0;

    while (n < size) {
        ssize_t got = read(file, (char *)to + n, size - n);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        n += (size_t)got;
    }
    *out = n;
    return true;
}

bool source_open(const char *path, struct source *out, struct error *err) {
    CLEANUP(close_file) int file = -1;
    struct stat about = {0};
    size_t n = 0;

    if (!open_regular(path, &file, &about, err)) {
        return false;
    }
    if (!read_full(file, out->head, sizeof out->head, &n)) {
        return system_error(err, N_("cannot read"), path);
    }
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    out->path = path;
    out->name = name;
    out->extension = dot == NULL || dot == name ? "" : dot;
    out->head_n = n;
    out->size_bytes = (uint64_t)about.st_size;
    if (n < sizeof out->head) {
        out->head[n] = '\0';
    }
    return true;
}

bool source_has_extension(const struct source *source, const char *extension) {
    return text_equal_nocase(text_from(source->extension), text_from(extension));
}

bool source_map(const struct source *source, void **at, size_t *n, struct error *err) {
    CLEANUP(close_file) int file = -1;
    struct stat about = {0};

    if (!open_regular(source->path, &file, &about, err)) {
        return false;
    }
    if (about.st_size == 0) {
        *at = NULL;
        *n = 0;
        return true;
    }
    if ((uintmax_t)about.st_size > SIZE_MAX) {
        return error_set(err, ERROR_FILE, "cannot map '%s': it is too large", source->path);
    }
    void *mapped = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped == MAP_FAILED) {
        return system_error(err, N_("cannot map"), source->path);
    }
    *at = mapped;
    *n = (size_t)about.st_size;
    return true;
}

void source_unmap(void *at, size_t n) {
    if (n > 0) {
        munmap(at, n);
    }
}

void source_drop_pages(const char *from, const char *to) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = ((uintptr_t)from + page - 1) / page * page,
              last = (uintptr_t)to / page * page;

    if (first < last) {
        madvise((void *)first, last - first, MADV_DONTNEED);
    }
}

static bool digest_failed(const char *path, struct error *err) {
    return error_set(err, ERROR_LIBRARY, "no SHA-256 of '%s' to be had from libcrypto", path);
}

bool source_sha256(const char *path, char out[65], struct error *err) {
    CLEANUP(close_file) int file = -1;
    CLEANUP(sha256_release) struct sha256 *hash = sha256_new();
    struct stat about = {0};
    unsigned char block[65536];
    size_t n = 0;

    if (hash == NULL) {
        return digest_failed(path, err);
    }
    if (!open_regular(path, &file, &about, err)) {
        return false;
    }
    do {
        if (!read_full(file, block, sizeof block, &n)) {
            return system_error(err, N_("cannot read"), path);
        }
        if (!sha256_add(hash, block, n)) {
            return digest_failed(path, err);
        }
    } while (n == sizeof block);
    return sha256_finish(hash, out) || digest_failed(path, err);
}

static bool head_has(const struct source *source, struct text word) {
    for (size_t i = 0; i + word.n <= source->head_n; i++) {
        if (source->head[i] == (unsigned char)word.at[0] &&
            memcmp(source->head + i, word.at, word.n) == 0) {
            return true;
        }
    }
    return false;
}

/* Either byte order of UTF-16 has this run of bytes. */
bool source_head_names(const struct source *source, const char *word) {
    char wide[128];
    size_t n = strlen(word);

    if (n == 0 || n > sizeof wide / 2) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        wide[2 * i] = word[i];
        wide[2 * i + 1] = '\0';
    }
    return head_has(source, text_from(word)) || head_has(source, (struct text){wide, 2 * n - 1});
}
