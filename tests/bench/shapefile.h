#pragma once
/* Writes shapefiles row by row, without a library: the generator needs nothing but C. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <iconv.h>

enum shape_kind {
    SHAPE_POINT = 1,
    SHAPE_LINE = 3,
    SHAPE_POLYGON = 5,
};

struct column {
    const char *name;
    char type; /* C or N */
    unsigned char width, decimals;
};

struct shapefile {
    FILE *shp, *shx, *dbf;
    enum shape_kind kind;
    const struct column *columns;
    size_t n_columns;
    uint32_t n_rows, words; /* 16-bit words in .shp so far */
    double box[4];          /* min x, min y, max x, max y */
    iconv_t to_gbk;         /* (iconv_t)-1 for UTF-8 */
};

/* Creates FOLDER/NAME.{shp,shx,dbf,prj,cpg}; ends the program when it cannot. */
void shapefile_open(struct shapefile *out, const char *folder, const char *name,
    enum shape_kind kind, const struct column *columns, size_t n_columns, bool is_gbk);

/* n vertices as x, y pairs, one part or ring; one text per column. */
void shapefile_add(struct shapefile *file, const double *xy, size_t n, const char *const *values);

void shapefile_close(struct shapefile *file);

/* Opens FOLDER/NAMESUFFIX for writing, ends the program when it cannot. */
FILE *open_in(const char *folder, const char *name, const char *suffix);
