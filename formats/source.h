#pragma once
/* A file offered to the readers: its first bytes, its name, its size. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/text.h"

struct source {
    const char *path;          /* as given */
    const char *name;          /* part of path behind the last '/' */
    const char *extension;     /* with the dot, "" for none */
    unsigned char head[65536]; /* the first bytes, NUL behind them when there is room */
    size_t head_n;
    uint64_t size_bytes;
};

/* Looks at a regular file.  Fails with ERROR_FILE: no such file, a directory, not readable. */
bool source_open(const char *path, struct source *out, struct error *err);

/* The extension without regard to case: source_has_extension(src, ".xml"). */
bool source_has_extension(const struct source *source, const char *extension);

/* Does the word stand in the first bytes, as text of one byte a letter or of two? */
bool source_head_names(const struct source *source, const char *word);

/* What the first bytes look like, for people: "a PDF document", "an empty file", "text".
 * Knows the usual kinds of files only; never fails. */
const char *source_looks_like(const struct source *source);

/* The whole file mapped read-only; empty files give n = 0.  Unmap with source_unmap. */
bool source_map(const struct source *source, void **at, size_t *n, struct error *err);
void source_unmap(void *at, size_t n);

/* Gives whole pages of such a mapping back to the system: they are read again when needed, and do
 * not count as memory meanwhile.  Only ever for a mapped file: other memory would lose its bytes.
 */
void source_drop_pages(const char *from, const char *to);

/* SHA-256 of the file in hex. */
bool source_sha256(const char *path, char out[65], struct error *err);
