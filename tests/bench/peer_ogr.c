/* A peer for the benchmark: the job as one writes it with OGR alone, spatial indexes as they come.
 *
 *   peer_ogr FOLDER OUT.gpkg
 *
 * Reads pipes.shp, districts.shp, inspections.csv and observations.csv; writes `defects`,
 * `continuous`, `segments` and `district_counts` in EPSG:4490.  No checks: a measuring stick. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

static const double scores[5] = {0, 0.5, 2, 5, 10};

struct pipe {
    char id[17];
    OGRGeometryH line;
    double drawn_m, length_m, sum;
    char *upper, *lower, *material, *road;
    int diameter_mm, year, n, worst;
};

struct inspection {
    long id;
    struct pipe *pipe;
    char direction;
    int year, month, day;
    double length_m;
};

struct district {
    OGRGeometryH area;
    OGRPreparedGeometryH prepared;
    OGREnvelope box;
    int id;
    char *name;
    long n, n_severe;
};

struct stretch {
    const struct inspection *inspection;
    char code[4];
    int grade;
    double from_m, to_m;
};

struct job {
    const char *folder;
    GDALDatasetH out;
    OGRSpatialReferenceH to;
    OGRCoordinateTransformationH transformation;
    struct pipe *pipes;
    size_t n_pipes;
    struct inspection *inspections;
    size_t n_inspections;
    struct district *districts;
    size_t n_districts;
    struct stretch *stretches;
    size_t n_stretches;
};

static void *need(void *pointer) {
    if (pointer == NULL) {
        fputs("peer_ogr: failed\n", stderr);
        exit(1);
    }
    return pointer;
}

static GDALDatasetH open_layer(const struct job *job, const char *name, OGRLayerH *layer) {
    char path[1024];

    snprintf(path, sizeof path, "%s/%s", job->folder, name);
    GDALDatasetH set = need(GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL));
    *layer = need(GDALDatasetGetLayer(set, 0));
    return set;
}

static OGRLayerH create_layer(const struct job *job, const char *name, OGRwkbGeometryType type,
    const char *fields) { /* "name:s name:i name:r name:d", s text, i integer, r real, d date */
    OGRLayerH layer = need(GDALDatasetCreateLayer(job->out, name, job->to, type, NULL));
    char field[32];
    char kind;
    int used;

    for (; sscanf(fields, " %31[^:]:%c%n", field, &kind, &used) == 2; fields += used) {
        OGRFieldDefnH column = OGR_Fld_Create(field, kind == 's'   ? OFTString
                                                     : kind == 'i' ? OFTInteger
                                                     : kind == 'r' ? OFTReal
                                                                   : OFTDate);
        OGR_L_CreateField(layer, column, 1);
        OGR_Fld_Destroy(column);
    }
    return layer;
}

static void store(OGRLayerH layer, OGRFeatureH f) {
    if (OGR_L_CreateFeature(layer, f) != OGRERR_NONE) {
        need(NULL);
    }
    OGR_F_Destroy(f);
}

static int compare_pipes(const void *a, const void *b) {
    return strcmp(((const struct pipe *)a)->id, ((const struct pipe *)b)->id);
}

static void read_pipes(struct job *job) {
    OGRLayerH layer;
    OGRFeatureH f;
    GDALDatasetH set = open_layer(job, "pipes.shp", &layer);

    job->pipes = need(calloc((size_t)OGR_L_GetFeatureCount(layer, 1), sizeof *job->pipes));
    while ((f = OGR_L_GetNextFeature(layer)) != NULL) {
        struct pipe *p = &job->pipes[job->n_pipes++];
        snprintf(p->id, sizeof p->id, "%s", OGR_F_GetFieldAsString(f, 0));
        p->upper = CPLStrdup(OGR_F_GetFieldAsString(f, 1));
        p->lower = CPLStrdup(OGR_F_GetFieldAsString(f, 2));
        p->diameter_mm = OGR_F_GetFieldAsInteger(f, 3);
        p->material = CPLStrdup(OGR_F_GetFieldAsString(f, 4));
        p->length_m = OGR_F_GetFieldAsDouble(f, 5);
        p->year = OGR_F_GetFieldAsInteger(f, 6);
        p->road = CPLStrdup(OGR_F_GetFieldAsString(f, 7));
        p->line = OGR_F_StealGeometry(f);
        p->drawn_m = OGR_G_Length(p->line);
        OGR_F_Destroy(f);
    }
    GDALClose(set);
    /* For bsearch; the generator's ids ascend already. */
    qsort(job->pipes, job->n_pipes, sizeof *job->pipes, compare_pipes);
}

static void read_districts(struct job *job) {
    OGRLayerH layer;
    OGRFeatureH f;
    GDALDatasetH set = open_layer(job, "districts.shp", &layer);

    job->districts = need(calloc((size_t)OGR_L_GetFeatureCount(layer, 1), sizeof *job->districts));
    while ((f = OGR_L_GetNextFeature(layer)) != NULL) {
        struct district *d = &job->districts[job->n_districts++];
        d->id = OGR_F_GetFieldAsInteger(f, 0);
        d->name = CPLStrdup(OGR_F_GetFieldAsString(f, 1));
        d->area = OGR_F_StealGeometry(f);
        d->prepared = OGRCreatePreparedGeometry(d->area);
        OGR_G_GetEnvelope(d->area, &d->box);
        OGR_F_Destroy(f);
    }
    GDALClose(set);
}

/* Inspections are numbered from 1 in the order of the file. */
static void read_inspections(struct job *job) {
    OGRLayerH layer;
    OGRFeatureH f;
    GDALDatasetH set = open_layer(job, "inspections.csv", &layer);
    size_t capacity = 0;

    while ((f = OGR_L_GetNextFeature(layer)) != NULL) {
        if (job->n_inspections == capacity) {
            capacity = capacity == 0 ? 4096 : 2 * capacity;
            job->inspections = need(realloc(job->inspections, capacity * sizeof *job->inspections));
        }
        struct inspection *i = &job->inspections[job->n_inspections++];
        struct pipe key = {0};
        snprintf(key.id, sizeof key.id, "%s", OGR_F_GetFieldAsString(f, 1));
        i->id = atol(OGR_F_GetFieldAsString(f, 0));
        i->pipe = bsearch(&key, job->pipes, job->n_pipes, sizeof key, compare_pipes);
        i->direction = OGR_F_GetFieldAsString(f, 2)[0];
        sscanf(OGR_F_GetFieldAsString(f, 3), "%d-%d-%d", &i->year, &i->month, &i->day);
        i->length_m = CPLAtof(OGR_F_GetFieldAsString(f, 4));
        OGR_F_Destroy(f);
    }
    GDALClose(set);
}

static double share(const struct inspection *i, double chainage_m) {
    double t = fmin(1, fmax(0, chainage_m / i->length_m));

    return i->direction == 'U' ? 1 - t : t;
}

static void count_in_district(struct job *job, OGRGeometryH point, int grade) {
    double x = OGR_G_GetX(point, 0), y = OGR_G_GetY(point, 0);

    for (size_t i = 0; i < job->n_districts; i++) {
        struct district *d = &job->districts[i];
        if (x >= d->box.MinX && x <= d->box.MaxX && y >= d->box.MinY && y <= d->box.MaxY &&
            OGRPreparedGeometryContains(d->prepared, point)) {
            d->n++;
            d->n_severe += grade >= 3;
            return;
        }
    }
}

/* An A mark opens a continuous defect, the next B mark of the same inspection closes it. */
static void follow_marks(
    struct job *job, struct stretch *open, const struct inspection *i, OGRFeatureH f) {
    char mark = OGR_F_GetFieldAsString(f, 6)[0];
    double at_m = CPLAtof(OGR_F_GetFieldAsString(f, 1));

    if (mark == 'A') {
        *open = (struct stretch){.inspection = i, .from_m = at_m};
        open->grade = OGR_F_GetFieldAsInteger(f, 3);
        snprintf(open->code, sizeof open->code, "%s", OGR_F_GetFieldAsString(f, 2));
    } else if (mark == 'B' && open->inspection == i) {
        open->to_m = at_m;
        if (at_m > open->from_m) {
            if ((job->n_stretches & (job->n_stretches - 1)) == 0) {
                size_t capacity = job->n_stretches == 0 ? 1 : 2 * job->n_stretches;
                job->stretches = need(realloc(job->stretches, capacity * sizeof *job->stretches));
            }
            job->stretches[job->n_stretches++] = *open;
        }
        open->inspection = NULL;
    }
}

static void write_defect(
    struct job *job, OGRLayerH layer, const struct inspection *i, OGRFeatureH from) {
    double chainage_m = CPLAtof(OGR_F_GetFieldAsString(from, 1));
    int grade = OGR_F_GetFieldAsInteger(from, 3);
    OGRGeometryH point = OGR_G_Value(i->pipe->line, share(i, chainage_m) * i->pipe->drawn_m);
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));

    count_in_district(job, point, grade);
    i->pipe->n++;
    i->pipe->sum += scores[grade];
    i->pipe->worst = grade > i->pipe->worst ? grade : i->pipe->worst;
    OGR_G_Transform(point, job->transformation);
    OGR_F_SetFieldInteger(f, 0, (int)i->id);
    OGR_F_SetFieldString(f, 1, i->pipe->id);
    OGR_F_SetFieldDouble(f, 2, chainage_m);
    OGR_F_SetFieldString(f, 3, OGR_F_GetFieldAsString(from, 2));
    OGR_F_SetFieldInteger(f, 4, grade);
    for (int column = 4; column < 6; column++) {
        int hour = OGR_F_GetFieldAsInteger(from, column);
        if (hour != 0) {
            OGR_F_SetFieldInteger(f, column + 1, hour);
        }
    }
    if (OGR_F_GetFieldAsString(from, 6)[0] != '\0') {
        OGR_F_SetFieldString(f, 7, OGR_F_GetFieldAsString(from, 6));
    }
    OGR_F_SetFieldDateTime(f, 8, i->year, i->month, i->day, 0, 0, 0, 0);
    OGR_F_SetGeometryDirectly(f, point);
    store(layer, f);
}

static void write_defects(struct job *job) {
    OGRLayerH in, out = create_layer(job, "defects", wkbPoint,
                      "insp_id:i pipe_id:s chainage:r code:s grade:i clock_from:i clock_to:i "
                      "cont:s date:d");
    OGRFeatureH f;
    GDALDatasetH set = open_layer(job, "observations.csv", &in);
    struct stretch open = {0};

    while ((f = OGR_L_GetNextFeature(in)) != NULL) {
        long number = atol(OGR_F_GetFieldAsString(f, 0));
        if (number >= 1 && (size_t)number <= job->n_inspections &&
            job->inspections[number - 1].pipe != NULL) {
            const struct inspection *i = &job->inspections[number - 1];
            write_defect(job, out, i, f);
            follow_marks(job, &open, i, f);
        }
        OGR_F_Destroy(f);
    }
    GDALClose(set);
}

static void add_vertex(OGRGeometryH line, OGRGeometryH point) {
    OGR_G_AddPoint_2D(line, OGR_G_GetX(point, 0), OGR_G_GetY(point, 0));
    OGR_G_DestroyGeometry(point);
}

static OGRGeometryH substring(OGRGeometryH line, double from_m, double to_m) {
    OGRGeometryH part = OGR_G_CreateGeometry(wkbLineString);
    double along_m = 0;

    add_vertex(part, OGR_G_Value(line, from_m));
    for (int i = 1; i + 1 < OGR_G_GetPointCount(line); i++) {
        double x = OGR_G_GetX(line, i), y = OGR_G_GetY(line, i);
        along_m += hypot(x - OGR_G_GetX(line, i - 1), y - OGR_G_GetY(line, i - 1));
        if (along_m > from_m + 1e-9 && along_m < to_m - 1e-9) {
            OGR_G_AddPoint_2D(part, x, y);
        }
    }
    add_vertex(part, OGR_G_Value(line, to_m));
    return part;
}

static void write_continuous(struct job *job) {
    OGRLayerH layer = create_layer(
        job, "continuous", wkbLineString, "insp_id:i pipe_id:s code:s grade:i from_m:r to_m:r");

    for (size_t k = 0; k < job->n_stretches; k++) {
        const struct stretch *s = &job->stretches[k];
        const struct inspection *i = s->inspection;
        double a = share(i, s->from_m) * i->pipe->drawn_m, b = share(i, s->to_m) * i->pipe->drawn_m;
        OGRGeometryH part = substring(i->pipe->line, fmin(a, b), fmax(a, b));
        OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_G_Transform(part, job->transformation);
        OGR_F_SetFieldInteger(f, 0, (int)i->id);
        OGR_F_SetFieldString(f, 1, i->pipe->id);
        OGR_F_SetFieldString(f, 2, s->code);
        OGR_F_SetFieldInteger(f, 3, s->grade);
        OGR_F_SetFieldDouble(f, 4, s->from_m);
        OGR_F_SetFieldDouble(f, 5, s->to_m);
        OGR_F_SetGeometryDirectly(f, part);
        store(layer, f);
    }
}

static double pipe_score(const struct pipe *p) {
    double mean = p->n == 0 ? 0 : p->sum / p->n;
    double importance = p->diameter_mm >= 1500   ? 10
                        : p->diameter_mm >= 1000 ? 6
                        : p->diameter_mm >= 600  ? 3
                                                 : 0;
    double age = p->year < 1980 ? 10 : p->year < 2000 ? 6 : 0;

    return 0.7 * fmax(mean, scores[p->worst]) + 0.1 * importance + 0.15 * age;
}

static void write_segments(struct job *job) {
    OGRLayerH layer = create_layer(job, "segments", wkbLineString,
        "pipe_id:s us_mh:s ds_mh:s diam:i material:s length:r year:i road:s n_obs:i max_grade:i "
        "score:r priority:i");

    for (size_t k = 0; k < job->n_pipes; k++) {
        struct pipe *p = &job->pipes[k];
        double score = pipe_score(p);
        OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_G_Transform(p->line, job->transformation);
        OGR_F_SetFieldString(f, 0, p->id);
        OGR_F_SetFieldString(f, 1, p->upper);
        OGR_F_SetFieldString(f, 2, p->lower);
        OGR_F_SetFieldInteger(f, 3, p->diameter_mm);
        OGR_F_SetFieldString(f, 4, p->material);
        OGR_F_SetFieldDouble(f, 5, p->length_m);
        OGR_F_SetFieldInteger(f, 6, p->year);
        OGR_F_SetFieldString(f, 7, p->road);
        OGR_F_SetFieldInteger(f, 8, p->n);
        OGR_F_SetFieldInteger(f, 9, p->worst);
        OGR_F_SetFieldDouble(f, 10, score);
        OGR_F_SetFieldInteger(f, 11, score > 7 ? 4 : score > 4 ? 3 : score > 1 ? 2 : 1);
        OGR_F_SetGeometryDirectly(f, p->line);
        store(layer, f);
    }
}

static void write_districts(struct job *job) {
    OGRLayerH layer =
        create_layer(job, "district_counts", wkbPolygon, "dist_id:i name:s n_obs:i n_severe:i");

    for (size_t k = 0; k < job->n_districts; k++) {
        struct district *d = &job->districts[k];
        OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_G_Transform(d->area, job->transformation);
        OGR_F_SetFieldInteger(f, 0, d->id);
        OGR_F_SetFieldString(f, 1, d->name);
        OGR_F_SetFieldInteger64(f, 2, d->n);
        OGR_F_SetFieldInteger64(f, 3, d->n_severe);
        OGR_F_SetGeometry(f, d->area);
        store(layer, f);
    }
}

static OGRSpatialReferenceH crs(int epsg) {
    OGRSpatialReferenceH out = need(OSRNewSpatialReference(NULL));

    OSRImportFromEPSG(out, epsg);
    OSRSetAxisMappingStrategy(out, OAMS_TRADITIONAL_GIS_ORDER);
    return out;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: peer_ogr FOLDER OUT.gpkg\n", stderr);
        return 2;
    }
    GDALAllRegister();
    remove(argv[2]);
    OGRSpatialReferenceH from = crs(4547), to = crs(4490);
    struct job job = {
        .folder = argv[1],
        .out = need(GDALCreate(GDALGetDriverByName("GPKG"), argv[2], 0, 0, 0, GDT_Unknown, NULL)),
        .to = to,
        .transformation = need(OCTNewCoordinateTransformation(from, to)),
    };

    read_pipes(&job);
    read_districts(&job);
    read_inspections(&job);
    GDALDatasetStartTransaction(job.out, 0);
    write_defects(&job);
    write_continuous(&job);
    write_segments(&job);
    write_districts(&job);
    GDALDatasetCommitTransaction(job.out);
    GDALClose(job.out);
    return 0; /* what was read lives until the end of the program */
}
