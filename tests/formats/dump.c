#include "tests/formats/dump.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Little endian, as the writer makes them. */
static uint32_t read_u32(const unsigned char *at) {
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static double read_double(const unsigned char *at) {
    uint64_t bits = read_u32(at) | (uint64_t)read_u32(at + 4) << 32;
    double number;

    memcpy(&number, &bits, sizeof number);
    return number;
}

/* "(x y, x y)", with a Z behind each x y where there is one; returns what stands behind. */
static const unsigned char *dump_vertices(
    const unsigned char *at, uint32_t n, bool has_z, FILE *out) {
    for (uint32_t i = 0; i < n; i++, at += 16) {
        fprintf(out, "%s%.10g %.10g", i == 0 ? "(" : ", ", read_double(at), read_double(at + 8));
        if (has_z) {
            fprintf(out, " %.10g", read_double(at + 16));
            at += 8;
        }
    }
    fputs(")", out);
    return at;
}

enum { WKB_Z = 1000 };

static const unsigned char *dump_wkb(const unsigned char *at, FILE *out) {
    static const char *const names[] = {
        [1] = "POINT", [2] = "LINESTRING", [3] = "POLYGON", [6] = "MULTIPOLYGON"};
    uint32_t type = read_u32(at + 1) % WKB_Z, n = read_u32(at + 5);
    bool has_z = read_u32(at + 1) > WKB_Z;

    fprintf(out, "%s%s", names[type], has_z ? " Z" : "");
    switch (type) {
    case 1:
        return dump_vertices(at + 5, 1, has_z, out);
    case 2:
        return dump_vertices(at + 9, n, has_z, out);
    default:
        at += 9;
        for (uint32_t i = 0; i < n; i++) {
            at = type == 6 ? dump_wkb(at, out) : dump_vertices(at + 4, read_u32(at), has_z, out);
        }
        return at;
    }
}

static void dump_geometry(const unsigned char *blob, int n, FILE *out) {
    int n_envelope = (blob[3] >> 1 & 7) == 1 ? 32 : 0;

    fprintf(out, "srs %u ", read_u32(blob + 4));
    if (n_envelope > 0) {
        fprintf(out, "[%g %g %g %g] ", read_double(blob + 8), read_double(blob + 16),
            read_double(blob + 24), read_double(blob + 32));
    }
    const unsigned char *end = dump_wkb(blob + 8 + n_envelope, out);
    if (end != blob + n) {
        fprintf(out, " and %td bytes more", blob + n - end);
    }
}

void dump_table(sqlite3 *db, const char *table, FILE *out) {
    char sql[128];
    sqlite3_stmt *rows = NULL;

    sqlite3_snprintf(sizeof sql, sql, "SELECT * FROM \"%w\"", table);
    fprintf(out, "%s\n", table);
    if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK) {
        fprintf(out, "  %s\n", sqlite3_errmsg(db));
        return;
    }
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            if (sqlite3_column_type(rows, i) == SQLITE_NULL) {
                continue;
            }
            fprintf(out, "  %s: ", sqlite3_column_name(rows, i));
            if (sqlite3_column_type(rows, i) == SQLITE_BLOB) {
                dump_geometry(sqlite3_column_blob(rows, i), sqlite3_column_bytes(rows, i), out);
            } else {
                fprintf(out, "%s", (const char *)sqlite3_column_text(rows, i));
            }
            fputs("\n", out);
        }
        fputs("  --\n", out);
    }
    sqlite3_finalize(rows);
}
