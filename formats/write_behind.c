/* A VFS around the default one.  Writes that follow each other are gathered in a piece; full pieces
 * wait in a ring for the thread that writes them, in order. */
#include "formats/write_behind.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>

#include "core/arena.h"

enum { PIECES = 4, PIECE_BYTES = 1024 * 1024, STEP_BYTES = 65536 };

struct piece {
    sqlite3_int64 from; /* in the file */
    size_t n;
    char *bytes; /* an array of its own */
};

struct write_behind {
    sqlite3_vfs vfs; /* first: SQLite gives it back to us */
    sqlite3_vfs *system;
    char name[32];
    sqlite3_file *file; /* the system's; NULL before the database is opened */
    struct piece pieces[PIECES];

    thrd_t thread;
    mtx_t mutex; /* guards what follows; piece n_gathered is the gatherer's own */
    cnd_t changed;
    size_t n_gathered, n_written;
    bool is_ending;
    int status, system_error; /* of the first write that failed; later ones are left out */
};

/* What SQLite holds; the system's file stands behind it. */
struct behind_file {
    sqlite3_file base;
    struct write_behind *behind;
};

/* --- the writing thread --- */

/* In steps of SQLite's largest page: its system layer counts no further. */
static int write_bytes(sqlite3_file *file, const struct piece *piece) {
    for (size_t at = 0; at < piece->n; at += STEP_BYTES) {
        size_t n = piece->n - at < STEP_BYTES ? piece->n - at : STEP_BYTES;
        int status = file->pMethods->xWrite(
            file, piece->bytes + at, (int)n, piece->from + (sqlite3_int64)at);
        if (status != SQLITE_OK) {
            return status;
        }
    }
    return SQLITE_OK;
}

static void write_piece(struct write_behind *behind, const struct piece *piece) {
    if (behind->status != SQLITE_OK) {
        return; /* only this thread sets it */
    }
    int status = write_bytes(behind->file, piece);
    if (status != SQLITE_OK) {
        int why = errno;
        mtx_lock(&behind->mutex);
        behind->status = status;
        behind->system_error = why;
        mtx_unlock(&behind->mutex);
    }
}

static int write_pieces(void *argument) {
    struct write_behind *behind = argument;

    mtx_lock(&behind->mutex);
    for (;;) {
        while (behind->n_written == behind->n_gathered && !behind->is_ending) {
            cnd_wait(&behind->changed, &behind->mutex);
        }
        if (behind->n_written == behind->n_gathered) {
            break;
        }
        const struct piece *piece = &behind->pieces[behind->n_written % PIECES];
        mtx_unlock(&behind->mutex);
        write_piece(behind, piece);
        mtx_lock(&behind->mutex);
        behind->n_written++;
        cnd_broadcast(&behind->changed);
    }
    mtx_unlock(&behind->mutex);
    return 0;
}

/* --- SQLite's side --- */

/* Hands the piece at hand over and waits until at most `n_left` pieces are not written. */
static int hand_over(struct write_behind *behind, size_t n_left) {
    struct piece *piece = &behind->pieces[behind->n_gathered % PIECES];

    mtx_lock(&behind->mutex);
    if (piece->n > 0) {
        behind->n_gathered++;
        cnd_broadcast(&behind->changed);
    }
    while (behind->n_gathered - behind->n_written > n_left) {
        cnd_wait(&behind->changed, &behind->mutex);
    }
    int status = behind->status, why = behind->system_error;
    mtx_unlock(&behind->mutex);
    behind->pieces[behind->n_gathered % PIECES].n = 0;
    if (status != SQLITE_OK) {
        errno = why; /* where SQLite looks for it */
    }
    return status;
}

static struct write_behind *behind_of(sqlite3_file *file) {
    return ((struct behind_file *)file)->behind;
}

static int file_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 from) {
    struct write_behind *behind = behind_of(file);
    struct piece *piece = &behind->pieces[behind->n_gathered % PIECES];
    size_t size = (size_t)n;

    if (piece->n + size > PIECE_BYTES ||
        (piece->n > 0 && piece->from + (sqlite3_int64)piece->n != from)) {
        int status = hand_over(behind, PIECES - 1);
        if (status != SQLITE_OK) {
            return status;
        }
        piece = &behind->pieces[behind->n_gathered % PIECES];
    }
    if (piece->n == 0) {
        piece->from = from;
    }
    memcpy(piece->bytes + piece->n, bytes, size);
    piece->n += size;
    return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *bytes, int n, sqlite3_int64 from) {
    struct write_behind *behind = behind_of(file);
    int status = hand_over(behind, 0);

    return status != SQLITE_OK ? status
                               : behind->file->pMethods->xRead(behind->file, bytes, n, from);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    struct write_behind *behind = behind_of(file);
    int status = hand_over(behind, 0);

    return status != SQLITE_OK ? status : behind->file->pMethods->xTruncate(behind->file, size);
}

static int file_sync(sqlite3_file *file, int flags) {
    struct write_behind *behind = behind_of(file);
    int status = hand_over(behind, 0);

    return status != SQLITE_OK ? status : behind->file->pMethods->xSync(behind->file, flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out) {
    struct write_behind *behind = behind_of(file);
    int status = hand_over(behind, 0);

    return status != SQLITE_OK ? status : behind->file->pMethods->xFileSize(behind->file, out);
}

static int file_close(sqlite3_file *file) {
    struct write_behind *behind = behind_of(file);
    int status = hand_over(behind, 0), closed = behind->file->pMethods->xClose(behind->file);

    behind->file = NULL;
    return status != SQLITE_OK ? status : closed;
}

static int file_lock(sqlite3_file *file, int level) {
    sqlite3_file *real = behind_of(file)->file;
    return real->pMethods->xLock(real, level);
}

static int file_unlock(sqlite3_file *file, int level) {
    sqlite3_file *real = behind_of(file)->file;
    return real->pMethods->xUnlock(real, level);
}

static int file_check_lock(sqlite3_file *file, int *out) {
    sqlite3_file *real = behind_of(file)->file;
    return real->pMethods->xCheckReservedLock(real, out);
}

static int file_control(sqlite3_file *file, int what, void *argument) {
    sqlite3_file *real = behind_of(file)->file;
    return real->pMethods->xFileControl(real, what, argument);
}

static int file_sector_size(sqlite3_file *file) {
    sqlite3_file *real = behind_of(file)->file;
    return real->pMethods->xSectorSize(real);
}

static int file_characteristics(sqlite3_file *file) {
    sqlite3_file *real = behind_of(file)->file;
    return real->pMethods->xDeviceCharacteristics(real);
}

/* Version 1: no shared memory and no mapping, which would look past us. */
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
};

/* One file: the database.  There is no journal, and what is temporary stays in memory. */
static int vfs_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags) {
    struct write_behind *behind = (struct write_behind *)vfs;
    struct behind_file *ours = (struct behind_file *)file;

    ours->base.pMethods = NULL;
    if (behind->file != NULL) {
        return SQLITE_CANTOPEN;
    }
    sqlite3_file *real = (sqlite3_file *)(ours + 1);
    int status = behind->system->xOpen(behind->system, path, real, flags, out_flags);
    if (status == SQLITE_OK) {
        *ours = (struct behind_file){{&methods}, behind};
        behind->file = real;
    }
    return status;
}

static bool start_thread(struct write_behind *behind) {
    if (mtx_init(&behind->mutex, mtx_plain) != thrd_success) {
        return false;
    }
    if (cnd_init(&behind->changed) != thrd_success) {
        mtx_destroy(&behind->mutex);
        return false;
    }
    if (thrd_create(&behind->thread, write_pieces, behind) != thrd_success) {
        cnd_destroy(&behind->changed);
        mtx_destroy(&behind->mutex);
        return false;
    }
    return true;
}

struct write_behind *write_behind_new(void) {
    size_t capacity = 0;
    struct write_behind *behind = array_reserve(NULL, &capacity, 1, sizeof *behind);

    *behind = (struct write_behind){.system = sqlite3_vfs_find(NULL)};
    if (behind->system == NULL || !start_thread(behind)) {
        array_release(&behind);
        return NULL;
    }
    for (size_t i = 0; i < PIECES; i++) {
        capacity = 0;
        behind->pieces[i].bytes = array_reserve(NULL, &capacity, PIECE_BYTES, 1);
    }
    /* SQLite knows a VFS by name: each of ours has its own. */
    snprintf(behind->name, sizeof behind->name, "behind-%p", (void *)behind);
    behind->vfs = *behind->system;
    behind->vfs.pNext = NULL;
    behind->vfs.zName = behind->name;
    behind->vfs.szOsFile += (int)sizeof(struct behind_file);
    behind->vfs.xOpen = vfs_open;
    sqlite3_vfs_register(&behind->vfs, 0);
    return behind;
}

const char *write_behind_vfs(const struct write_behind *behind) {
    return behind == NULL ? NULL : behind->name;
}

bool write_behind_check(const struct write_behind *behind, struct error *err) {
    if (behind == NULL || behind->status == SQLITE_OK) { /* closing waited for the last piece */
        return true;
    }
    return error_set(err, ERROR_FILE, "%s: %s", sqlite3_errstr(behind->status),
        behind->system_error == 0 ? "nothing more is known" : strerror(behind->system_error));
}

void write_behind_release(struct write_behind **behind_at) {
    struct write_behind *behind = *behind_at;

    if (behind == NULL) {
        return;
    }
    sqlite3_vfs_unregister(&behind->vfs);
    mtx_lock(&behind->mutex);
    behind->is_ending = true;
    cnd_broadcast(&behind->changed);
    mtx_unlock(&behind->mutex);
    thrd_join(behind->thread, NULL);
    cnd_destroy(&behind->changed);
    mtx_destroy(&behind->mutex);
    for (size_t i = 0; i < PIECES; i++) {
        array_release(&behind->pieces[i].bytes);
    }
    array_release(behind_at);
}
