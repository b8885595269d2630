#pragma once
/* Files for tests: a folder of their own, texts, and small shapefiles written byte by byte. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/geom.h"

struct temp_folder {
    char path[200];
};

static inline struct temp_folder temp_folder_new(void) {
    struct temp_folder folder;
    const char *base = getenv("TMPDIR");

    snprintf(folder.path, sizeof folder.path, "%.150s/chainage-test-XXXXXX",
        base == NULL || base[0] == '\0' ? "/tmp" : base);
    cr_assert_not_null(mkdtemp(folder.path));
    return folder;
}

static inline void temp_folder_release(struct temp_folder *folder) {
    DIR *dir = opendir(folder->path);
    struct dirent *entry;
    char path[600];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder->path, entry->d_name);
        unlink(path);
    }
    if (dir != NULL) {
        closedir(dir);
    }
    rmdir(folder->path);
}

struct temp_path {
    char at[600];
};

static inline struct temp_path temp_path_of(const struct temp_folder *folder, const char *name) {
    struct temp_path path;

    snprintf(path.at, sizeof path.at, "%s/%s", folder->path, name);
    return path;
}

static inline struct temp_path temp_bytes(
    const struct temp_folder *folder, const char *name, const void *bytes, size_t n) {
    struct temp_path path = temp_path_of(folder, name);
    FILE *file = fopen(path.at, "wb");

    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, n, file), n);
    cr_assert_eq(fclose(file), 0);
    return path;
}

static inline struct temp_path temp_text(
    const struct temp_folder *folder, const char *name, const char *text) {
    return temp_bytes(folder, name, text, strlen(text));
}

/* GeoJSON out of its features, with a CRS when `crs` is not NULL. */
static inline struct temp_path temp_geojson(
    const struct temp_folder *folder, const char *name, const char *features, const char *crs) {
    static char text[65536];
    char crs_text[200] = "";

    if (crs != NULL) {
        snprintf(crs_text, sizeof crs_text,
            "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"%s\"}},", crs);
    }
    int n = snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",%s\"features\":[%s]}",
        crs_text, features);
    cr_assert(n > 0 && (size_t)n < sizeof text);
    return temp_text(folder, name, text);
}

/* --- shapefiles --- */

struct temp_bytes {
    unsigned char at[16384];
    size_t n;
};

static inline void put(struct temp_bytes *bytes, const void *from, size_t n) {
    cr_assert(bytes->n + n <= sizeof bytes->at);
    memcpy(bytes->at + bytes->n, from, n);
    bytes->n += n;
}

static inline void put_zeros(struct temp_bytes *bytes, size_t n) {
    cr_assert(bytes->n + n <= sizeof bytes->at);
    memset(bytes->at + bytes->n, 0, n);
    bytes->n += n;
}

static inline void put_big(struct temp_bytes *bytes, uint32_t v) {
    unsigned char b[] = {(unsigned char)(v >> 24), (unsigned char)(v >> 16),
        (unsigned char)(v >> 8), (unsigned char)v};
    put(bytes, b, 4);
}

static inline void put_little(struct temp_bytes *bytes, uint32_t v) {
    unsigned char b[] = {(unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16),
        (unsigned char)(v >> 24)};
    put(bytes, b, 4);
}

static inline void put_header(struct temp_bytes *bytes, uint32_t n_words) {
    put_big(bytes, 9994);
    put_zeros(bytes, 20);
    put_big(bytes, n_words);
    put_little(bytes, 1000);
    put_little(bytes, 3); /* polylines */
    put_zeros(bytes, 64);
}

/* One text column of 40 bytes (and no other) for every line of two vertices. */
struct temp_shape {
    const char *name; /* without extension */
    int ldid;
    const char *cpg;    /* NULL: none */
    const char *column; /* at most 10 bytes, of the encoding */
    const char *const *texts;
    const struct xy (*lines)[2];
    size_t n;
};

static inline void put_dbf(struct temp_bytes *dbf, const struct temp_shape *shape) {
    unsigned char head[32] = {3, 124, 1, 1}, field[32] = {0};

    head[4] = (unsigned char)shape->n;
    head[8] = 65;
    head[10] = 41;
    head[29] = (unsigned char)shape->ldid;
    memcpy(field, shape->column, strlen(shape->column));
    field[11] = 'C';
    field[16] = 40;
    put(dbf, head, sizeof head);
    put(dbf, field, sizeof field);
    put(dbf, "\r", 1);
    for (size_t i = 0; i < shape->n; i++) {
        char row[41];
        memset(row, ' ', sizeof row);
        memcpy(row + 1, shape->texts[i], strlen(shape->texts[i]));
        put(dbf, row, sizeof row);
    }
    put(dbf, "\x1a", 1);
}

static inline struct temp_path temp_shapefile(
    const struct temp_folder *folder, const struct temp_shape *shape) {
    static struct temp_bytes shp, shx, dbf;
    char name[100];
    const uint32_t n_words = 40; /* of one record's content */

    shp.n = shx.n = dbf.n = 0;
    put_header(&shp, 50 + (uint32_t)shape->n * (n_words + 4));
    put_header(&shx, 50 + (uint32_t)shape->n * 4);
    for (size_t i = 0; i < shape->n; i++) {
        put_big(&shx, 50 + (uint32_t)i * (n_words + 4));
        put_big(&shx, n_words);
        put_big(&shp, (uint32_t)i + 1);
        put_big(&shp, n_words);
        put_little(&shp, 3);
        put_zeros(&shp, 32);
        put_little(&shp, 1);
        put_little(&shp, 2);
        put_little(&shp, 0);
        put(&shp, shape->lines[i], sizeof shape->lines[i]);
    }
    put_dbf(&dbf, shape);
    snprintf(name, sizeof name, "%s.shx", shape->name);
    temp_bytes(folder, name, shx.at, shx.n);
    snprintf(name, sizeof name, "%s.dbf", shape->name);
    temp_bytes(folder, name, dbf.at, dbf.n);
    if (shape->cpg != NULL) {
        snprintf(name, sizeof name, "%s.cpg", shape->name);
        temp_text(folder, name, shape->cpg);
    }
    snprintf(name, sizeof name, "%s.shp", shape->name);
    return temp_bytes(folder, name, shp.at, shp.n);
}
