/* The log is read here and not by SQLite, which would lock the file, make FILE-shm beside it, and
 * refuse a log in a folder that cannot be written to: a delivery stays as it was delivered.
 *
 *     header of 32 bytes: magic, version, page size, checkpoint, two salts, two checksums
 *     frames: a header of 24 bytes (page, size of the database in pages or 0, two salts, two
 *             checksums), then the page
 *
 * All numbers are big endian.  A frame counts when its salts are those of the header and the
 * checksums, which run on from frame to frame, are right; frames behind the last one with a size
 * were never committed.  https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
#include "formats/sqlite_wal.h"

#include <stdint.h>
#include <string.h>

#include "core/arena.h"

enum { HEADER_BYTES = 32, FRAME_BYTES = 24, DATABASE_HEADER_BYTES = 100 };

struct log {
    const unsigned char *at;
    size_t n, page_bytes;
    bool is_big_endian; /* in the checksums */
};

static uint32_t big(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t little(const unsigned char *at) {
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

/* Of n bytes, a multiple of eight; runs on from the sums before. */
static void add_up(const struct log *log, const unsigned char *at, size_t n, uint32_t sums[2]) {
    for (size_t i = 0; i < n; i += 8) {
        sums[0] += (log->is_big_endian ? big(at + i) : little(at + i)) + sums[1];
        sums[1] += (log->is_big_endian ? big(at + i + 4) : little(at + i + 4)) + sums[0];
    }
}

static size_t page_bytes_of(struct text database) {
    const unsigned char *at = (const unsigned char *)database.at;
    size_t n = (size_t)at[16] << 8 | at[17];

    return n == 1 ? 65536 : n;
}

static bool open_log(struct text database, struct text bytes, struct log *log, uint32_t sums[2]) {
    const unsigned char *at = (const unsigned char *)bytes.at;

    if (database.n < DATABASE_HEADER_BYTES || bytes.n < HEADER_BYTES ||
        (big(at) & ~1U) != 0x377F0682U || big(at + 4) != 3007000) {
        return false;
    }
    *log = (struct log){at, bytes.n, big(at + 8), (big(at) & 1) != 0};
    bool is_power = (log->page_bytes & (log->page_bytes - 1)) == 0;
    if (!is_power || log->page_bytes < 512 || log->page_bytes != page_bytes_of(database)) {
        return false;
    }
    add_up(log, at, FRAME_BYTES, sums);
    return sums[0] == big(at + 24) && sums[1] == big(at + 28);
}

static const unsigned char *frame_at(const struct log *log, size_t number) {
    return log->at + HEADER_BYTES + number * (FRAME_BYTES + log->page_bytes);
}

/* The number of frames up to the last commit; *n_pages is the size of the database after it. */
static size_t count_committed(
    const struct log *log, uint32_t sums[2], uint32_t *n_pages, bool *is_damaged) {
    size_t n_frames = (log->n - HEADER_BYTES) / (FRAME_BYTES + log->page_bytes), n_committed = 0;

    for (size_t i = 0; i < n_frames; i++) {
        const unsigned char *frame = frame_at(log, i);
        if (memcmp(frame + 8, log->at + 16, 8) != 0) { /* left over from an earlier log */
            return n_committed;
        }
        add_up(log, frame, 8, sums);
        add_up(log, frame + FRAME_BYTES, log->page_bytes, sums);
        if (sums[0] != big(frame + 16) || sums[1] != big(frame + 20) || big(frame) == 0) {
            *is_damaged = true;
            return n_committed;
        }
        if (big(frame + 4) != 0) {
            *n_pages = big(frame + 4);
            n_committed = i + 1;
        }
    }
    *is_damaged = (log->n - HEADER_BYTES) % (FRAME_BYTES + log->page_bytes) != 0;
    return n_committed;
}

static void resize(struct sqlite_image *image, size_t n) {
    image->at = array_reserve(image->at, &image->capacity, n + 1, 1);
    if (n > image->n) {
        memset(image->at + image->n, 0, n - image->n);
    }
    image->n = n;
}

static void copy_pages(const struct log *log, size_t n_frames, struct sqlite_image *out) {
    for (size_t i = 0; i < n_frames; i++) {
        const unsigned char *frame = frame_at(log, i);
        size_t at = (size_t)(big(frame) - 1) * log->page_bytes;
        if (at < out->n) {
            memcpy(out->at + at, frame + FRAME_BYTES, log->page_bytes);
        }
    }
}

/* Bytes 18 and 19 are the versions to write and to read with: 2 with a log, 1 without. */
bool sqlite_wal_is_used(struct text database) {
    return database.n >= DATABASE_HEADER_BYTES && (database.at[18] == 2 || database.at[19] == 2);
}

static void need_no_log(struct sqlite_image *image) {
    if (image->n >= DATABASE_HEADER_BYTES) {
        image->at[18] = image->at[18] == 2 ? 1 : image->at[18];
        image->at[19] = image->at[19] == 2 ? 1 : image->at[19];
    }
}

static enum sqlite_wal apply(struct text database, struct text bytes, struct sqlite_image *out) {
    struct log log = {0};
    uint32_t sums[2] = {0}, n_pages = 0;
    bool is_damaged = false;

    if (bytes.n == 0) {
        return SQLITE_WAL_EMPTY;
    }
    if (!open_log(database, bytes, &log, sums)) {
        return SQLITE_WAL_FOREIGN;
    }
    size_t n_committed = count_committed(&log, sums, &n_pages, &is_damaged);
    if (n_committed == 0) {
        return is_damaged ? SQLITE_WAL_DAMAGED : SQLITE_WAL_EMPTY;
    }
    if (n_pages > (database.n + bytes.n) / log.page_bytes) { /* pages out of nothing */
        return SQLITE_WAL_FOREIGN;
    }
    resize(out, (size_t)n_pages * log.page_bytes);
    copy_pages(&log, n_committed, out);
    return is_damaged ? SQLITE_WAL_DAMAGED : SQLITE_WAL_APPLIED;
}

enum sqlite_wal sqlite_wal_apply(struct text database, struct text log, struct sqlite_image *out) {
    resize(out, database.n);
    if (database.n > 0) {
        memcpy(out->at, database.at, database.n);
    }
    enum sqlite_wal outcome = apply(database, log, out);
    need_no_log(out);
    return outcome;
}

void sqlite_image_release(struct sqlite_image *image) {
    array_release(&image->at);
    *image = (struct sqlite_image){0};
}
