/* Nothing of an archive is believed: names are taken apart and put together again, sizes are
 * counted while they come out, and only plain files are made. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "formats/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/encoding.h"

/* More than any delivery holds; a bomb holds more. */
static const uint64_t most_bytes = 16ULL << 30;
static const uint64_t most_growth = 200; /* times the archive's size, and some for small ones */
static const uint64_t free_growth = 256ULL << 20;
enum { MOST_MEMBERS = 200000, BLOCK = 65536, MOST_NAME = 240, MOST_PARTS = 32 };

struct unpacking {
    struct archive *archive;
    struct arena *arena;
    struct findings *findings;
    const char *shown, *folder;
    struct encoding_decoder decoder; /* of names that are no UTF-8 */
    uint64_t n_bytes, n_most;
    size_t n_members;
};

static void archive_freep(struct archive **archive) {
    if (*archive != NULL) {
        archive_read_free(*archive);
    }
}

static void close_file(int *file) {
    if (*file >= 0) {
        close(*file);
    }
}

bool unpack_is_archive(const struct source *source) {
    static const struct {
        const char *magic;
        size_t n, at;
    } kinds[] = {
        {"PK\x03\x04",         4, 0  },
        {"PK\x05\x06",         4, 0  },
        {"7z\xBC\xAF\x27\x1C", 6, 0  },
        {"ustar",              5, 257},
        {"\x1F\x8B",           2, 0  },
    };
    static const char *const documents[] = {"[Content_Types].xml", "mimetype", "_rels/"};

    for (size_t i = 0; i < ARRAY_LEN(documents) && source->head_n > 64; i++) {
        size_t n = strlen(documents[i]);
        if (memcmp(source->head, "PK\x03\x04", 4) == 0 &&
            memcmp(source->head + 30, documents[i], n) == 0) {
            return false; /* an office document */
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (source->head_n >= kinds[i].at + kinds[i].n &&
            memcmp(source->head + kinds[i].at, kinds[i].magic, kinds[i].n) == 0) {
            return kinds[i].n > 2 || source_has_extension(source, ".tgz") ||
                   source_has_extension(source, ".gz");
        }
    }
    return false;
}

/* --- names --- */

/* In UTF-8: as it is, else as GB18030, in which Chinese programs write them. */
static struct text name_of(struct unpacking *unpacking, struct archive_entry *entry) {
    const char *raw = archive_entry_pathname(entry);
    struct text name = text_from(raw == NULL ? archive_entry_pathname_utf8(entry) : raw);
    struct error ignored = {0};
    size_t n_bad = 0;

    if (name.n == 0 || name.n > 4096 || text_is_utf8(name)) {
        return name.n > 4096 ? (struct text){0} : name;
    }
    if (unpacking->decoder.encoding == ENCODING_UNKNOWN &&
        !encoding_decoder_open(ENCODING_GB18030, &unpacking->decoder, &ignored)) {
        return (struct text){0};
    }
    char *out = arena_alloc(unpacking->arena, name.n * 3 + 1, 1);
    size_t n = encoding_decoder_run(&unpacking->decoder, name, out, &n_bad);
    return (struct text){out, n};
}

/* The member's path below the folder, made of its plain parts; NULL when it leads elsewhere. */
static const char *safe_path(struct unpacking *unpacking, struct text name) {
    struct text rest = name, path = text_from(unpacking->folder);
    size_t n_parts = 0;

    while (rest.n > 0) {
        size_t n = 0;
        while (n < rest.n && rest.at[n] != '/' && rest.at[n] != '\\') {
            n++;
        }
        struct text part = text_part(rest, 0, n);
        rest = text_part(rest, n + 1, rest.n);
        bool is_drive = part.n == 2 && part.at[1] == ':';
        if (part.n == 0 && n_parts > 0) {
            continue; /* a double or last slash */
        }
        if (part.n == 0 || part.n > MOST_NAME || is_drive || text_equal(part, TEXT("..")) ||
            memchr(part.at, '\0', part.n) != NULL || ++n_parts > MOST_PARTS) {
            return NULL;
        }
        if (!text_equal(part, TEXT("."))) {
            path = arena_printf(unpacking->arena, "%.*s/%.*s", TEXT_ARGS(path), TEXT_ARGS(part));
        }
    }
    return n_parts == 0 ? NULL : path.at;
}

static void leave_out(struct unpacking *unpacking, struct text name, const char *why) {
    findings_add(unpacking->findings, FINDING_MEMBER_LEFT_OUT,
        (struct finding_place){.file = text_from(unpacking->shown)}, "'%.*s': %s",
        TEXT_ARGS(text_cut(name, 200)), why);
}

/* --- bytes --- */

static bool make_folders(const char *path, size_t n_below) {
    char name[8192];
    size_t n = strlen(path);

    if (n >= sizeof name) {
        return false;
    }
    memcpy(name, path, n + 1);
    for (size_t i = n_below + 1; i < n; i++) {
        if (name[i] == '/') {
            name[i] = '\0';
            if (mkdir(name, 0700) != 0 && errno != EEXIST) {
                return false;
            }
            name[i] = '/';
        }
    }
    return true;
}

static bool write_all(int file, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t done = write(file, bytes, n);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return false;
        }
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static bool copy_member(
    struct unpacking *unpacking, int file, struct text name, struct error *err) {
    char block[BLOCK];

    for (;;) {
        la_ssize_t n = archive_read_data(unpacking->archive, block, sizeof block);
        if (n == 0) {
            return true;
        }
        if (n < 0) {
            const char *why = archive_error_string(unpacking->archive);
            leave_out(unpacking, name, why == NULL ? "it is damaged" : why);
            return true; /* what came before is kept */
        }
        unpacking->n_bytes += (uint64_t)n;
        if (unpacking->n_bytes > unpacking->n_most) {
            return error_set(err, ERROR_FORMAT,
                "the archive '%s' unpacks to more than %llu MiB, which no delivery does",
                unpacking->shown, (unsigned long long)(unpacking->n_most >> 20));
        }
        if (!write_all(file, block, (size_t)n)) {
            return error_set(
                err, ERROR_FILE, "unpacking '%s': %s", unpacking->shown, strerror(errno));
        }
    }
}

static bool unpack_member(
    struct unpacking *unpacking, struct archive_entry *entry, struct error *err) {
    struct text name = name_of(unpacking, entry);
    const char *path = safe_path(unpacking, name);

    if (archive_entry_filetype(entry) == AE_IFDIR) {
        return true; /* made when something is in it */
    }
    if (path == NULL) {
        leave_out(unpacking, name, "its name leads out of the archive or is too long");
        return true;
    }
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != NULL) {
        leave_out(unpacking, name, "it is no plain file");
        return true;
    }
    if (archive_entry_is_encrypted(entry) == 1) {
        leave_out(unpacking, name, "it is encrypted");
        return true;
    }
    if (!make_folders(path, strlen(unpacking->folder))) {
        leave_out(unpacking, name, "its folder cannot be made");
        return true;
    }
    CLEANUP(close_file)
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        leave_out(unpacking, name,
            errno == EEXIST ? "the archive has two of that name" : strerror(errno));
        return true;
    }
    return copy_member(unpacking, file, name, err);
}

/* A tar ends in blocks of zeros, and where it is cut between two members nothing else tells. */
static bool ends_in_zeros(const char *path, off_t n_bytes) {
    char last[512] = "x";
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0 || n_bytes < (off_t)sizeof last ||
        pread(file, last, sizeof last, n_bytes - (off_t)sizeof last) != (ssize_t)sizeof last) {
        return false;
    }
    return last[0] == '\0' && memcmp(last, last + 1, sizeof last - 1) == 0;
}

static void check_end(struct unpacking *unpacking, const char *path, off_t n_bytes) {
    bool is_tar =
        (archive_format(unpacking->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
    bool is_plain = archive_filter_code(unpacking->archive, 0) == ARCHIVE_FILTER_NONE;

    if (is_tar && is_plain && !ends_in_zeros(path, n_bytes)) {
        leave_out(unpacking, TEXT("the rest"), "the archive has no end: it may be cut off");
    }
}

static bool unpack_all(struct unpacking *unpacking, struct error *err) {
    struct archive_entry *entry = NULL;

    for (;;) {
        int status = archive_read_next_header(unpacking->archive, &entry);
        if (status == ARCHIVE_EOF) {
            return true;
        }
        if (status == ARCHIVE_FATAL || status == ARCHIVE_FAILED) {
            const char *why = archive_error_string(unpacking->archive);
            if (unpacking->n_members == 0) {
                return error_set(err, ERROR_FORMAT, "the archive '%s' cannot be read: %s",
                    unpacking->shown, why == NULL ? "it is damaged" : why);
            }
            leave_out(unpacking, TEXT("the rest"), why == NULL ? "it is damaged" : why);
            return true;
        }
        if (++unpacking->n_members > MOST_MEMBERS) {
            return error_set(err, ERROR_FORMAT, "the archive '%s' has more than %d members",
                unpacking->shown, MOST_MEMBERS);
        }
        if (!unpack_member(unpacking, entry, err)) {
            return false;
        }
    }
}

/* --- the folder --- */

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *where) {
    (void)about;
    (void)type;
    (void)where;
    return remove(path);
}

void unpack_remove(const char *folder) {
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *make_folder(struct arena *arena, struct error *err) {
    const char *base = getenv("TMPDIR");
    struct text path =
        arena_printf(arena, "%s/chainage-XXXXXX", base == NULL || base[0] == '\0' ? "/tmp" : base);
    char *folder = mkdtemp((char *)path.at);

    if (folder == NULL) {
        error_set(err, ERROR_FILE, "no folder for unpacking can be made in '%s': %s",
            base == NULL ? "/tmp" : base, strerror(errno));
    }
    return folder;
}

const char *unpack_archive(const char *path, const char *shown, struct arena *arena,
    struct findings *findings, struct error *err) {
    CLEANUP(archive_freep) struct archive *archive = archive_read_new();
    struct stat about = {0};

    archive_read_support_filter_gzip(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_tar(archive);
    if (stat(path, &about) != 0 || archive_read_open_filename(archive, path, BLOCK) != ARCHIVE_OK) {
        const char *why = archive_error_string(archive);
        error_set(err, ERROR_FORMAT, "the archive '%s' cannot be read: %s", shown,
            why == NULL ? "it is damaged" : why);
        return NULL;
    }
    uint64_t growth = (uint64_t)about.st_size * most_growth + free_growth;
    struct unpacking unpacking = {
        .archive = archive,
        .arena = arena,
        .findings = findings,
        .shown = shown,
        .folder = make_folder(arena, err),
        .n_most = growth < most_bytes ? growth : most_bytes,
    };
    if (unpacking.folder == NULL) {
        return NULL;
    }
    bool is_done = unpack_all(&unpacking, err);
    encoding_decoder_close(&unpacking.decoder);
    if (!is_done) {
        unpack_remove(unpacking.folder);
        return NULL;
    }
    check_end(&unpacking, path, about.st_size);
    return unpacking.folder;
}
