/*  0          4       8         10        32              header_n
 *  | version  | rows  | header_n| record_n| ... | columns | 0x0D | ' ' cell cell ... | ' ' cell ...
 *
 *  A column is 32 bytes: 11 of name, then its type, its width at 16. */
#include "formats/dbf_rows.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER = 32, COLUMN = 32, NAME = 11, END_OF_COLUMNS = 0x0D };

struct dbf_column {
    struct text name;
    size_t offset, width; /* in the record */
};

static size_t little_16(const unsigned char *at) {
    return at[0] | (size_t)at[1] << 8;
}

static uint32_t little_32(const unsigned char *at) {
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static bool map(const char *path, struct dbf_rows *rows) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat stat;

    if (file < 0) {
        return false;
    }
    bool is_usable = fstat(file, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_size >= HEADER;
    if (is_usable) {
        rows->mapping_n = (size_t)stat.st_size;
        rows->mapping = mmap(NULL, rows->mapping_n, PROT_READ, MAP_PRIVATE, file, 0);
        is_usable = rows->mapping != MAP_FAILED;
        rows->mapping = is_usable ? rows->mapping : NULL;
    }
    close(file);
    return is_usable;
}

static bool read_columns(struct dbf_rows *rows, struct arena *arena) {
    const unsigned char *at = rows->mapping;
    size_t n = (rows->header_n - HEADER) / COLUMN, offset = 1;
    struct dbf_column *columns = ARENA_NEW(arena, struct dbf_column, n + 1);

    for (size_t i = 0; i < n; i++) {
        const unsigned char *column = at + HEADER + i * COLUMN;
        if (column[0] == END_OF_COLUMNS) {
            break;
        }
        const unsigned char *end = memchr(column, 0, NAME);
        size_t name_n = end == NULL ? NAME - 1 : (size_t)(end - column);
        if (strchr("CNFDL", column[11]) == NULL || column[11] == '\0') {
            return false;
        }
        /* Wide text columns keep the high byte where others have their decimals. */
        size_t width = column[16] + (column[11] == 'C' ? (size_t)column[17] << 8 : 0);
        columns[i] = (struct dbf_column){
            {(const char *)column, name_n},
            offset, width
        };
        offset += width;
        rows->n_columns++;
    }
    rows->columns = columns;
    return offset <= rows->record_n && rows->n_columns > 0;
}

bool dbf_rows_open(const char *path, struct arena *arena, struct dbf_rows *out) {
    struct dbf_rows rows = {0};

    if (!map(path, &rows)) {
        return false;
    }
    const unsigned char *at = rows.mapping;
    rows.header_n = little_16(at + 8);
    rows.record_n = little_16(at + 10);
    if (rows.header_n <= HEADER || rows.header_n > rows.mapping_n || rows.record_n == 0 ||
        !read_columns(&rows, arena)) {
        dbf_rows_close(&rows);
        return false;
    }
    size_t n_whole = (rows.mapping_n - rows.header_n) / rows.record_n;
    uint32_t n_claimed = little_32(at + 4);
    rows.n_rows = n_claimed < n_whole ? n_claimed : (uint32_t)n_whole;
    *out = rows;
    return true;
}

void dbf_rows_close(struct dbf_rows *rows) {
    if (rows->mapping != NULL) {
        munmap(rows->mapping, rows->mapping_n);
    }
    *rows = (struct dbf_rows){0};
}

struct text dbf_rows_name(const struct dbf_rows *rows, size_t column) {
    return rows->columns[column].name;
}

struct text dbf_rows_cell(const struct dbf_rows *rows, uint64_t row, size_t column) {
    if (row >= rows->n_rows) {
        return (struct text){0};
    }
    const char *at = (const char *)rows->mapping + rows->header_n + (size_t)row * rows->record_n +
                     rows->columns[column].offset;
    size_t n = rows->columns[column].width;

    while (n > 0 && (at[n - 1] == ' ' || at[n - 1] == '\0')) {
        n--;
    }
    while (n > 0 && *at == ' ') {
        at++;
        n--;
    }
    const char *end = n == 0 ? NULL : memchr(at, 0, n);
    return (struct text){at, end == NULL ? n : (size_t)(end - at)};
}
