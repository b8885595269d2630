#include "formats/gpkg/pages/page_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/gpkg/pages/bytes.h"

enum {
    BUFFER_BYTES = 1024 * 1024,
    HEADER_BYTES = 100,
    LOCK_BYTE = 0x40000000,
};

/* Where things stand in the header. */
enum {
    AT_PAGE_BYTES = 16,
    AT_FORMATS = 18, /* of writing, of reading */
    AT_RESERVED = 20,
    AT_CHANGES = 24,
    AT_N_PAGES = 28,
    AT_SCHEMA_FORMAT = 44,
    AT_VACUUM_ROOT = 52,
    AT_ENCODING = 56,
    AT_VALID_FOR = 92, /* the change at which n_pages was right */
};

static bool system_error(const char *doing, struct error *err) {
    if (errno == ENOSPC || errno == EFBIG || errno == EDQUOT) {
        return error_set(err, ERROR_FILE, "the disk is full, or the file grew beyond a limit");
    }
    return error_set(err, ERROR_FILE, "%s: %s", doing, strerror(errno));
}

static bool write_at(
    struct page_file *file, const unsigned char *bytes, size_t n, uint64_t at, struct error *err) {
    while (n > 0) {
        ssize_t got = pwrite(file->descriptor, bytes, n, (off_t)at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return system_error("writing", err);
        }
        bytes += got;
        at += (uint64_t)got;
        n -= (size_t)got;
    }
    return true;
}

static bool read_header(struct page_file *file, struct error *err) {
    size_t n = 0;

    while (n < HEADER_BYTES) {
        ssize_t got = pread(file->descriptor, file->header + n, HEADER_BYTES - n, (off_t)n);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return system_error("reading", err);
        }
        if (got == 0) {
            return error_set(err, ERROR_LIBRARY, "SQLite: the new database has no header");
        }
        n += (size_t)got;
    }
    return true;
}

static bool is_as_expected(const unsigned char *header) {
    return memcmp(header, "SQLite format 3", 16) == 0 && header[AT_FORMATS] == 1 &&
           header[AT_FORMATS + 1] == 1 && header[AT_RESERVED] == 0 &&
           read_be32(header + AT_CHANGES) == read_be32(header + AT_VALID_FOR) &&
           read_be32(header + AT_SCHEMA_FORMAT) == 4 && read_be32(header + AT_VACUUM_ROOT) == 0 &&
           read_be32(header + AT_ENCODING) == 1;
}

bool page_file_open(const char *path, struct page_file *out, struct error *err) {
    size_t capacity = 0;

    *out = (struct page_file){.descriptor = open(path, O_RDWR | O_CLOEXEC)};
    if (out->descriptor < 0) {
        return system_error("opening", err);
    }
    out->header = array_reserve(NULL, &capacity, HEADER_BYTES, 1);
    if (!read_header(out, err)) {
        return false;
    }
    if (!is_as_expected(out->header)) {
        return error_set(
            err, ERROR_LIBRARY, "SQLite: it makes databases of a kind that is not known here");
    }
    out->page_bytes = read_be16(out->header + AT_PAGE_BYTES);
    if (out->page_bytes == 1) {
        out->page_bytes = 65536; /* too large for its two bytes */
    }
    out->n_pages = read_be32(out->header + AT_N_PAGES);
    out->lock_page = (uint32_t)(LOCK_BYTE / out->page_bytes + 1);
    capacity = 0;
    out->buffer = array_reserve(NULL, &capacity, BUFFER_BYTES, 1);
    return true;
}

static uint64_t place_of(const struct page_file *file, uint32_t number) {
    return (uint64_t)(number - 1) * file->page_bytes;
}

static bool flush(struct page_file *file, struct error *err) {
    uint32_t first = file->n_pages - (uint32_t)file->n_buffered + 1;
    size_t n = file->n_buffered;

    file->n_buffered = 0;
    return write_at(file, file->buffer, n * file->page_bytes, place_of(file, first), err);
}

uint32_t page_file_next(const struct page_file *file) {
    uint32_t next = file->n_pages + 1;

    return next == file->lock_page ? next + 1 : next;
}

static bool add_page(struct page_file *file, unsigned char **at, struct error *err) {
    if ((file->n_buffered + 1) * file->page_bytes > BUFFER_BYTES && !flush(file, err)) {
        return false;
    }
    *at = file->buffer + file->n_buffered++ * file->page_bytes;
    memset(*at, 0, file->page_bytes);
    file->n_pages++;
    return true;
}

bool page_file_add(
    struct page_file *file, unsigned char **at, uint32_t *number, struct error *err) {
    if (file->n_pages >= UINT32_MAX - 2) {
        return error_set(err, ERROR_FILE, "the file would have more pages than SQLite can count");
    }
    if (file->n_pages + 1 == file->lock_page && !add_page(file, at, err)) {
        return false;
    }
    if (!add_page(file, at, err)) {
        return false;
    }
    *number = file->n_pages;
    return true;
}

bool page_file_replace(
    struct page_file *file, uint32_t number, const unsigned char *bytes, struct error *err) {
    return write_at(file, bytes, file->page_bytes, place_of(file, number), err);
}

bool page_file_finish(struct page_file *file, struct error *err) {
    unsigned char *header = file->header;
    uint32_t change = read_be32(header + AT_CHANGES) + 1;

    write_be32(header + AT_CHANGES, change);
    write_be32(header + AT_VALID_FOR, change);
    write_be32(header + AT_N_PAGES, file->n_pages);
    if (!flush(file, err) || !write_at(file, header, HEADER_BYTES, 0, err)) {
        return false;
    }
    int descriptor = file->descriptor;
    file->descriptor = -1;
    return close(descriptor) == 0 || system_error("closing", err);
}

void page_file_release(struct page_file *file) {
    if (file->descriptor >= 0) {
        close(file->descriptor);
        file->descriptor = -1;
    }
    array_release(&file->buffer);
    array_release(&file->header);
}
