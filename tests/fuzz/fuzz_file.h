#pragma once
/* For targets whose libraries want a file: the input as one, under a name of this process. */
#include <fcntl.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

struct fuzz_file {
    char path[300];
};

static inline void fuzz_file_release(struct fuzz_file *file) {
    unlink(file->path);
}

/* `extension` with its dot. */
static inline struct fuzz_file fuzz_file_of(const uint8_t *data, size_t n, const char *extension) {
    struct fuzz_file out;
    const char *base = getenv("TMPDIR");

    snprintf(out.path, sizeof out.path, "%.200s/chainage-fuzz-%ld%s",
        base == NULL || base[0] == '\0' ? "/tmp" : base, (long)getpid(), extension);
    int file = open(out.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE(file >= 0);
    REQUIRE(n == 0 || write(file, data, n) == (ssize_t)n);
    close(file);
    return out;
}
