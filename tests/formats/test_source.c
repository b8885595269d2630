#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base.h"
#include "formats/sha256.h"
#include "formats/source.h"

/* Bytes of a literal, in a table. */
#define BYTES(literal) \
    { (literal), sizeof(literal) - 1 }

/* A folder that is gone after the test. */
struct folder {
    char path[64], file[128];
};

static void folder_new(struct folder *folder) {
    snprintf(folder->path, sizeof folder->path, "/tmp/chainage-source-XXXXXX");
    cr_assert_not_null(mkdtemp(folder->path));
}

static void folder_release(struct folder *folder) {
    unlink(folder->file);
    rmdir(folder->path);
}

static const char *folder_write(
    struct folder *folder, const char *name, const void *bytes, size_t n) {
    snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
    FILE *file = fopen(folder->file, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, n, file), n);
    fclose(file);
    return folder->file;
}

Test(source, a_file_shows_its_head_name_and_size) {
    CLEANUP(folder_release) struct folder folder = {0};
    static struct source source;
    struct error err = {0};
    folder_new(&folder);

    cr_assert(source_open(folder_write(&folder, "Log.2019.XML", "<a/>", 4), &source, &err));
    cr_expect_str_eq(source.name, "Log.2019.XML");
    cr_expect_str_eq(source.extension, ".XML");
    cr_expect(source_has_extension(&source, ".xml"));
    cr_expect_not(source_has_extension(&source, ".x"));
    cr_expect_eq(source.size_bytes, 4);
    cr_expect_eq(source.head_n, 4);
    cr_expect_str_eq((const char *)source.head, "<a/>");
}

Test(source, a_large_file_shows_its_first_bytes_and_maps_whole) {
    CLEANUP(folder_release) struct folder folder = {0};
    static struct source source;
    static char bytes[200000];
    struct error err = {0};
    void *at = NULL;
    size_t n = 0;
    folder_new(&folder);
    memset(bytes, 'x', sizeof bytes);

    cr_assert(source_open(folder_write(&folder, "large", bytes, sizeof bytes), &source, &err));
    cr_expect_str_eq(source.extension, "");
    cr_expect_eq(source.head_n, sizeof source.head);
    cr_assert(source_map(&source, &at, &n, &err));
    cr_expect_eq(n, sizeof bytes);
    cr_expect_eq(memcmp(at, bytes, n), 0);
    source_unmap(at, n);
}

Test(source, an_empty_file_maps_to_nothing) {
    CLEANUP(folder_release) struct folder folder = {0};
    static struct source source;
    struct error err = {0};
    void *at = &folder;
    size_t n = 1;
    folder_new(&folder);

    cr_assert(source_open(folder_write(&folder, ".hidden", "", 0), &source, &err));
    cr_expect_str_eq(source.extension, "");
    cr_expect_eq(source.head_n, 0);
    cr_assert(source_map(&source, &at, &n, &err));
    cr_expect_eq(n, 0);
    source_unmap(at, n);
}

Test(source, what_is_no_file_is_refused) {
    CLEANUP(folder_release) struct folder folder = {0};
    static struct source source;
    struct error err = {0};
    char hex[65];
    folder_new(&folder);
    snprintf(folder.file, sizeof folder.file, "%s/pipe", folder.path);

    cr_expect_not(source_open(folder.file, &source, &err));
    cr_expect_eq(err.kind, ERROR_FILE);
    cr_expect_not_null(strstr(err.text, "pipe': No such file"), "%s", err.text);
    cr_expect_not(source_open(folder.path, &source, &err));
    cr_expect_not_null(strstr(err.text, "it is a directory"), "%s", err.text);
    cr_assert_eq(mkfifo(folder.file, 0600), 0);
    cr_expect_not(source_open(folder.file, &source, &err), "a pipe does not hang the run");
    cr_expect_not_null(strstr(err.text, "no regular file"), "%s", err.text);
    cr_expect_not(source_sha256(folder.path, hex, &err));
}

/* Known answers: FIPS 180-4's examples and lengths around the block. */
/* clang-format off */
static const struct {
    const char *name;
    char fill;
    size_t n;
    const char *want;
} hashes[] = {
    {"nothing", 'a', 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"one byte", 'a', 1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"},
    {"55 bytes", 'a', 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
    {"56 bytes", 'a', 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
    {"64 bytes", 'a', 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    {"a million bytes", 'a', 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};
/* clang-format on */

Test(source, sha256) {
    for (size_t i = 0; i < ARRAY_LEN(hashes); i++) {
        CLEANUP(folder_release) struct folder folder = {0};
        static char bytes[1000000];
        struct error err = {0};
        char hex[65] = "";
        folder_new(&folder);
        memset(bytes, hashes[i].fill, hashes[i].n);
        folder_write(&folder, "f", bytes, hashes[i].n);

        cr_assert(source_sha256(folder.file, hex, &err), "%s", hashes[i].name);
        cr_expect_str_eq(hex, hashes[i].want, "%s", hashes[i].name);
    }
}

Test(source, sha256_in_parts_is_the_same) {
    CLEANUP(sha256_release) struct sha256 *hash = sha256_new();
    char bytes[55], hex[65] = "";

    memset(bytes, 'a', sizeof bytes);
    for (size_t i = 0, n = 1; i < sizeof bytes; i += n, n++) {
        sha256_add(hash, bytes, i + n <= sizeof bytes ? n : sizeof bytes - i);
    }
    sha256_finish(hash, hex);
    cr_expect_str_eq(hex, hashes[2].want);
}

/* clang-format off */
static const struct {
    struct text head;
    const char *extension, *want;
} kinds[] = {
    {{"", 0}, "", "an empty file"},
    {BYTES("a,b\r\n1,2\r\n"), ".csv", "text"},
    {BYTES("PK\x03\x04..."), ".xlsx", "a ZIP archive or Office document (xlsx, ods)"},
    {BYTES("%PDF-1.4"), ".pdf", "a PDF document"},
    {BYTES("\xFF\xD8\xFF\xE0"), ".jpg", "a JPEG picture"},
    {BYTES("\0\0\x27\x0A\0\0\0\0\0\0\0\0"), ".shp", "a shapefile"},
    {BYTES("SQLite format 3\0"), ".db3", "an SQLite database"},
    {BYTES("\0\1\0\0Standard Jet DB\0"), ".mdb", "an Access database"},
    {BYTES("\x03\x76\x01\x01\0\0\0\0"), ".DBF", "a dBASE table"},
    {BYTES("<?xml version='1.0'?><a/>"), ".xml", "an XML document"},
    {BYTES("\1\2\3"), "", "binary data"},
};
/* clang-format on */

Test(source, looks_like) {
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        static struct source source;
        source.extension = kinds[i].extension;
        source.head_n = kinds[i].head.n;
        memcpy(source.head, kinds[i].head.at, kinds[i].head.n);

        cr_expect_str_eq(source_looks_like(&source), kinds[i].want);
    }
}
