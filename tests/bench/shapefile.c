#include "shapefile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* CGCS2000 / 3-degree Gauss-Kruger CM 114E, EPSG:4547, as ESRI writes it. */
static const char prj[] =
    "PROJCS[\"CGCS2000_3_Degree_GK_CM_114E\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\","
    "DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],"
    "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],"
    "PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"
    "PARAMETER[\"Central_Meridian\",114.0],PARAMETER[\"Scale_Factor\",1.0],"
    "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

FILE *open_in(const char *folder, const char *name, const char *suffix) {
    char path[1024];

    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        perror(path);
        exit(3);
    }
    return file;
}

static void put_text(const char *folder, const char *name, const char *suffix, const char *text) {
    FILE *file = open_in(folder, name, suffix);

    fputs(text, file);
    fclose(file);
}

static void put_le(FILE *file, uint64_t value, int n_bytes) {
    for (int i = 0; i < n_bytes; i++) {
        fputc((int)(value >> 8 * i & 0xff), file);
    }
}

static void put_be32(FILE *file, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        fputc((int)(value >> shift & 0xff), file);
    }
}

static void put_double(FILE *file, double value) {
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    put_le(file, bits, 8);
}

static void put_shape_header(
    FILE *file, enum shape_kind kind, uint32_t words, const double box[4]) {
    rewind(file);
    put_be32(file, 9994);
    for (int i = 0; i < 5; i++) {
        put_be32(file, 0);
    }
    put_be32(file, words);
    put_le(file, 1000, 4);
    put_le(file, (uint64_t)kind, 4);
    for (int i = 0; i < 4; i++) {
        put_double(file, box[i]);
    }
    for (int i = 0; i < 4; i++) {
        put_double(file, 0);
    }
}

static void put_table_header(const struct shapefile *s) {
    unsigned record = 1;

    for (size_t i = 0; i < s->n_columns; i++) {
        record += s->columns[i].width;
    }
    rewind(s->dbf);
    put_le(s->dbf, 0x01017c03, 4); /* dBASE III, 2024-01-01 */
    put_le(s->dbf, s->n_rows, 4);
    put_le(s->dbf, 32 * s->n_columns + 33, 2);
    put_le(s->dbf, record, 2);
    put_le(s->dbf, 0, 8);
    put_le(s->dbf, 0, 8);
    put_le(s->dbf, s->to_gbk == (iconv_t)-1 ? 0 : 0x4d00, 4); /* language driver: GBK */
    for (size_t i = 0; i < s->n_columns; i++) {
        const struct column *c = &s->columns[i];
        char name[11] = "";
        snprintf(name, sizeof name, "%s", c->name);
        fwrite(name, 1, sizeof name, s->dbf);
        fputc(c->type, s->dbf);
        put_le(s->dbf, 0, 4);
        fputc(c->width, s->dbf);
        fputc(c->decimals, s->dbf);
        put_le(s->dbf, 0, 8);
        put_le(s->dbf, 0, 6);
    }
    fputc('\r', s->dbf);
}

void shapefile_open(struct shapefile *out, const char *folder, const char *name,
    enum shape_kind kind, const struct column *columns, size_t n_columns, bool is_gbk) {
    *out = (struct shapefile){
        .shp = open_in(folder, name, ".shp"),
        .shx = open_in(folder, name, ".shx"),
        .dbf = open_in(folder, name, ".dbf"),
        .kind = kind,
        .columns = columns,
        .n_columns = n_columns,
        .words = 50,
        .box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL},
        .to_gbk = is_gbk ? iconv_open("GBK", "UTF-8") : (iconv_t)-1,
    };
    put_shape_header(out->shp, kind, 0, out->box);
    put_shape_header(out->shx, kind, 0, out->box);
    put_table_header(out);
    put_text(folder, name, ".prj", prj);
    put_text(folder, name, ".cpg", is_gbk ? "GBK" : "UTF-8");
}

static void grow(double box[4], const double *xy, size_t n) {
    for (size_t i = 0; i < n; i++) {
        box[0] = fmin(box[0], xy[2 * i]);
        box[1] = fmin(box[1], xy[2 * i + 1]);
        box[2] = fmax(box[2], xy[2 * i]);
        box[3] = fmax(box[3], xy[2 * i + 1]);
    }
}

static void put_cell(struct shapefile *s, const struct column *c, const char *value) {
    char text[256] = "";
    char *out = text;
    size_t left = sizeof text - 1;

    if (c->type == 'C' && s->to_gbk != (iconv_t)-1) {
        char in[256];
        snprintf(in, sizeof in, "%s", value);
        char *from = in;
        size_t n = strlen(in);
        iconv(s->to_gbk, &from, &n, &out, &left);
        *out = '\0';
    } else {
        snprintf(text, sizeof text, "%s", value);
    }
    fprintf(s->dbf, c->type == 'C' ? "%-*.*s" : "%*.*s", c->width, c->width, text);
}

void shapefile_add(struct shapefile *s, const double *xy, size_t n, const char *const *values) {
    uint32_t words = s->kind == SHAPE_POINT ? 10 : (uint32_t)(48 + 16 * n) / 2;
    double box[4] = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};

    put_be32(s->shx, s->words);
    put_be32(s->shx, words);
    put_be32(s->shp, ++s->n_rows);
    put_be32(s->shp, words);
    s->words += 4 + words;
    put_le(s->shp, (uint64_t)s->kind, 4);
    grow(box, xy, n);
    grow(s->box, xy, n);
    if (s->kind != SHAPE_POINT) {
        for (int i = 0; i < 4; i++) {
            put_double(s->shp, box[i]);
        }
        put_le(s->shp, 1, 4); /* one part, that starts at vertex 0 */
        put_le(s->shp, n, 4);
        put_le(s->shp, 0, 4);
    }
    for (size_t i = 0; i < 2 * n; i++) {
        put_double(s->shp, xy[i]);
    }
    fputc(' ', s->dbf);
    for (size_t i = 0; i < s->n_columns; i++) {
        put_cell(s, &s->columns[i], values[i]);
    }
}

void shapefile_close(struct shapefile *s) {
    fputc(0x1a, s->dbf);
    put_shape_header(s->shp, s->kind, s->words, s->box);
    put_shape_header(s->shx, s->kind, 50 + 4 * s->n_rows, s->box);
    put_table_header(s);
    if (s->to_gbk != (iconv_t)-1) {
        iconv_close(s->to_gbk);
    }
    if (fclose(s->shp) != 0 || fclose(s->shx) != 0 || fclose(s->dbf) != 0) {
        perror("shapefile");
        exit(3);
    }
}
