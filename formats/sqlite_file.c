#include "formats/sqlite_file.h"

#include <unistd.h>

#include "core/base.h"

static void report_log(struct survey *survey, enum sqlite_wal outcome) {
    struct finding_place place = {.file = survey->file.path};

    switch (outcome) {
    case SQLITE_WAL_EMPTY:
    case SQLITE_WAL_APPLIED:
        break;
    case SQLITE_WAL_DAMAGED:
        survey->file.is_damaged = true;
        findings_add(&survey->findings, FINDING_FILE_DAMAGED, place,
            "the log beside it (-wal) breaks off; it was read up to there");
        break;
    case SQLITE_WAL_FOREIGN:
        findings_add(&survey->findings, FINDING_JOURNAL_UNREAD, place,
            "the file with -wal behind its name is no log of this database");
        break;
    }
}

static uint32_t big(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* SQLite reads on in a file that lost pages nobody asks for: the header tells how many there were.
 * Its count is good when the change counter behind it is the one at its start.
 * https://www.sqlite.org/fileformat2.html#in_header_database_size */
static void check_size(struct text bytes, struct survey *survey) {
    enum { HEADER_BYTES = 100, CHANGED = 24, PAGES = 28, COUNTED = 92 };
    const unsigned char *at = (const unsigned char *)bytes.at;

    if (bytes.n < HEADER_BYTES || big(at + CHANGED) != big(at + COUNTED)) {
        return;
    }
    uint64_t page_bytes = (uint64_t)at[16] << 8 | at[17];
    uint64_t n_bytes = (page_bytes == 1 ? 65536 : page_bytes) * big(at + PAGES);
    if (bytes.n < n_bytes) {
        survey->file.is_damaged = true;
        findings_add(&survey->findings, FINDING_FILE_DAMAGED,
            (struct finding_place){.file = survey->file.path},
            "it has '%zu' bytes of '%llu': the rest was cut off", bytes.n,
            (unsigned long long)n_bytes);
    }
}

struct text sqlite_file_apply(
    struct text bytes, struct text log, struct survey *survey, struct sqlite_image *image) {
    check_size(bytes, survey);
    if (log.n == 0 && !sqlite_wal_is_used(bytes)) {
        return bytes;
    }
    report_log(survey, sqlite_wal_apply(bytes, log, image));
    return (struct text){(const char *)image->at, image->n};
}

/* The log, when there is one. */
static void open_log(struct survey *survey, const char *path, struct sqlite_file *file) {
    struct error err = {0};
    void *at = NULL;
    size_t n = 0;

    if (access(path, F_OK) != 0) {
        return;
    }
    struct source *source = ARENA_NEW(&file->arena, struct source, 1);
    if (!source_open(path, source, &err) || !source_map(source, &at, &n, &err)) {
        findings_add(&survey->findings, FINDING_JOURNAL_UNREAD,
            (struct finding_place){.file = survey->file.path}, "%s", err.text);
        return;
    }
    file->log = (struct text){at, n};
}

/* A rollback journal with something in it: the last change of the database was not completed. */
static void report_journal(struct survey *survey, const char *path) {
    CLEANUP(arena_release) struct arena arena = {0};
    struct source *source = ARENA_NEW(&arena, struct source, 1);
    struct error ignored = {0};

    if (access(path, F_OK) == 0 && source_open(path, source, &ignored) && source->head_n > 0 &&
        source->head[0] != 0) {
        findings_add(&survey->findings, FINDING_JOURNAL_UNREAD,
            (struct finding_place){.file = survey->file.path},
            "a change was not completed: '%s' would take it back", source->name);
    }
}

struct text sqlite_file_mapped(const struct survey *survey, struct text database) {
    return database.at == survey->mapping ? database : (struct text){0};
}

bool sqlite_file_open(const struct source *source, struct survey *survey, struct sqlite_file *out,
    struct error *err) {
    void *at = NULL;
    size_t n = 0;

    if (!source_map(source, &at, &n, err)) {
        return false;
    }
    out->bytes = (struct text){at, n};
    out->survey = survey;
    survey->mapping = at;
    open_log(survey, arena_printf(&survey->arena, "%s-wal", source->path).at, out);
    report_journal(survey, arena_printf(&survey->arena, "%s-journal", source->path).at);
    return true;
}

void sqlite_file_close(struct sqlite_file *file) {
    if (file->bytes.at != NULL) {
        source_unmap((void *)(uintptr_t)file->bytes.at, file->bytes.n);
    }
    if (file->survey != NULL) {
        file->survey->mapping = NULL;
    }
    if (file->log.at != NULL) {
        source_unmap((void *)(uintptr_t)file->log.at, file->log.n);
    }
    arena_release(&file->arena);
    *file = (struct sqlite_file){0};
}
