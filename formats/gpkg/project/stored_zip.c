/* PKWARE's APPNOTE 6.3: a local header with the bytes, the same again as directory, and its end;
 * all numbers little endian. */
#include "formats/gpkg/project/stored_zip.h"

#include <assert.h>
#include <string.h>

uint32_t crc32_of(const void *bytes, size_t n) {
    const unsigned char *at = bytes;
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < n; i++) {
        crc ^= at[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (0xEDB88320 & (uint32_t) - (int32_t)(crc & 1));
        }
    }
    return ~crc;
}

static void append_number(sqlite3_str *out, uint32_t number, int n_bytes) {
    for (int i = 0; i < n_bytes; i++) {
        char byte = (char)(number >> 8 * i & 0xFF);
        sqlite3_str_append(out, &byte, 1);
    }
}

enum {
    LOCAL_HEADER = 0x04034B50,
    DIRECTORY_HEADER = 0x02014B50,
    DIRECTORY_END = 0x06054B50,
    VERSION = 20,
    UTF8_NAMES = 0x0800,
    STORED = 0,
    MIDNIGHT = 0,
    DAY_ONE = 0x21, /* 1 January 1980: the same input gives the same file */
    LOCAL_HEADER_BYTES = 30,
    DIRECTORY_HEADER_BYTES = 46,
};

/* What both headers tell in the same order. */
static void append_about(sqlite3_str *out, uint32_t crc, size_t name_n, size_t n) {
    append_number(out, VERSION, 2);
    append_number(out, UTF8_NAMES, 2);
    append_number(out, STORED, 2);
    append_number(out, MIDNIGHT, 2);
    append_number(out, DAY_ONE, 2);
    append_number(out, crc, 4);
    append_number(out, (uint32_t)n, 4); /* compressed */
    append_number(out, (uint32_t)n, 4);
    append_number(out, (uint32_t)name_n, 2);
    append_number(out, 0, 2); /* no extra field */
}

void stored_zip_append(sqlite3_str *out, const char *name, const char *bytes, size_t n) {
    size_t name_n = strlen(name);
    uint32_t crc = crc32_of(bytes, n);

    assert(n < UINT32_MAX && name_n < UINT16_MAX);
    append_number(out, LOCAL_HEADER, 4);
    append_about(out, crc, name_n, n);
    sqlite3_str_append(out, name, (int)name_n);
    sqlite3_str_append(out, bytes, (int)n);

    append_number(out, DIRECTORY_HEADER, 4);
    append_number(out, VERSION, 2); /* made by */
    append_about(out, crc, name_n, n);
    append_number(out, 0, 2); /* no comment */
    append_number(out, 0, 2); /* disk */
    append_number(out, 0, 2); /* internal attributes */
    append_number(out, 0, 4); /* external attributes */
    append_number(out, 0, 4); /* where its local header is */
    sqlite3_str_append(out, name, (int)name_n);

    append_number(out, DIRECTORY_END, 4);
    append_number(out, 0, 4); /* this disk, the directory's disk */
    append_number(out, 1, 2); /* files on it */
    append_number(out, 1, 2);
    append_number(out, (uint32_t)(DIRECTORY_HEADER_BYTES + name_n), 4);
    append_number(out, (uint32_t)(LOCAL_HEADER_BYTES + name_n + n), 4);
    append_number(out, 0, 2); /* no comment */
}
