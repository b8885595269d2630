/* Makes a city of sewers for the benchmark, the same city for the same size and seed.
 *
 *   gen FOLDER N-SEGMENTS [GBK|UTF-8] [SEED]
 *
 * Streets run north to south on a bent grid; every one drains into the trunk along the south edge,
 * which drains west to the outfall: node 0.  Written are pipes.shp, manholes.shp, districts.shp,
 * inspections.csv and observations.csv (for the peers), and survey.csv: the same inspections as one
 * sheet, a row per observation and a row without a code for a clean inspection (for us).
 * About 4 observations a segment; EPSG:4547. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "shapefile.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
enum { TEXT = 64, CAMPAIGN = 100, EDGE = 48 };
static const double pi = 3.14159265358979323846;
static const double spacing_m = 35, origin_x = 480000, origin_y = 2490000;

static uint64_t state;

static uint64_t next_random(void) { /* splitmix64 */
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static double uniform(void) {
    return (double)(next_random() >> 11) * 0x1p-53;
}

static size_t below(size_t n) {
    return (size_t)(uniform() * (double)n);
}

/* Near enough to a normal deviate, and without a logarithm that differs between machines. */
static double deviate(void) {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        sum += uniform();
    }
    return sum - 6;
}

struct city {
    size_t n_segments, n_columns;
    double *x, *y;   /* of the nodes, one more than segments */
    double *drawn_m; /* of the segments */
    const char *folder;
    bool is_gbk;
};

/* Segment i leaves node i + 1 for the node south of it, on the trunk for the node to the west. */
static size_t node_below(const struct city *c, size_t node) {
    return node >= c->n_columns ? node - c->n_columns : node - 1;
}

static void place_nodes(struct city *c) {
    for (size_t i = 0; i <= c->n_segments; i++) {
        double column = (double)(i % c->n_columns), row = (double)(i / c->n_columns);
        double bend = 12 * sin(row / 9) + 9 * sin(column / 14);
        c->x[i] = origin_x + column * spacing_m + bend + 3 * deviate();
        c->y[i] = origin_y + row * spacing_m + 8 * sin(column / 11) + 3 * deviate();
    }
}

static void write_nodes(const struct city *c) {
    static const struct column columns[] = {
        {"MH_ID",  'C', 16, 0},
        {"GROUND", 'N', 9,  3},
        {"INVERT", 'N', 9,  3},
        {"TYPE",   'C', 16, 0}
    };
    static const char *const kinds[] = {"检查井", "雨水口", "跌水井", "闸门井"};
    struct shapefile out;

    shapefile_open(&out, c->folder, "manholes", SHAPE_POINT, columns, COUNT(columns), c->is_gbk);
    for (size_t i = 0; i <= c->n_segments; i++) {
        char id[TEXT], ground[TEXT], invert[TEXT];
        double level = 8 + 0.02 * (double)(i / c->n_columns) + 2 * uniform();
        snprintf(id, sizeof id, "MH%08zu", i);
        snprintf(ground, sizeof ground, "%.3f", level);
        snprintf(invert, sizeof invert, "%.3f", level - 1.8 - 2 * uniform());
        const char *values[] = {id, ground, invert, kinds[below(COUNT(kinds))]};
        shapefile_add(&out, (double[]){c->x[i], c->y[i]}, 1, values);
    }
    shapefile_close(&out);
}

/* Two to six vertices between two nodes, a little off the straight line. */
static size_t draw_segment(const struct city *c, size_t from, size_t to, double *xy) {
    double dx = c->x[to] - c->x[from], dy = c->y[to] - c->y[from];
    size_t n = uniform() < 0.5 ? 2 : 3 + below(4);

    for (size_t i = 0; i < n; i++) {
        double t = (double)i / (double)(n - 1);
        double aside = i == 0 || i == n - 1 ? 0 : 0.02 * deviate();
        xy[2 * i] = c->x[from] + t * dx - aside * dy;
        xy[2 * i + 1] = c->y[from] + t * dy + aside * dx;
    }
    return n;
}

static void write_segments(struct city *c) {
    static const struct column columns[] = {
        {"PIPE_ID",  'C', 16, 0},
        {"US_MH",    'C', 16, 0},
        {"DS_MH",    'C', 16, 0},
        {"DIAM",     'N', 6,  0},
        {"MATERIAL", 'C', 24, 0},
        {"LENGTH",   'N', 10, 2},
        {"YEAR",     'N', 4,  0},
        {"ROAD",     'C', 40, 0}
    };
    static const char *const materials[] = {
        "混凝土", "钢筋混凝土", "HDPE双壁波纹管", "球墨铸铁", "PVC-U", "陶土"};
    static const char *const diameters[] = {
        "300", "300", "400", "400", "500", "600", "800", "1000", "1200", "1500"};
    static const char *const roads[] = {"文化", "和平", "青年", "新华", "东风", "长江", "工业"};
    static const char *const kinds[] = {"路", "街", "大道", "巷"};
    struct shapefile out;

    shapefile_open(&out, c->folder, "pipes", SHAPE_LINE, columns, COUNT(columns), c->is_gbk);
    for (size_t i = 0; i < c->n_segments; i++) {
        size_t from = i + 1, to = node_below(c, from);
        double xy[12];
        size_t n = draw_segment(c, from, to, xy);
        for (size_t k = 1; k < n; k++) {
            c->drawn_m[i] += hypot(xy[2 * k] - xy[2 * k - 2], xy[2 * k + 1] - xy[2 * k - 1]);
        }

        char id[TEXT], upper[TEXT], lower[TEXT], length[TEXT], year[TEXT], road[TEXT];
        snprintf(id, sizeof id, "WS%08zu", i);
        snprintf(upper, sizeof upper, "MH%08zu", from);
        snprintf(lower, sizeof lower, "MH%08zu", to);
        snprintf(length, sizeof length, "%.2f", c->drawn_m[i]);
        snprintf(year, sizeof year, "%zu", 1955 + below(68));
        size_t street = from % c->n_columns;
        snprintf(road, sizeof road, "%s%zu%s", roads[street % COUNT(roads)], street / 7,
            kinds[street % COUNT(kinds)]);
        const char *values[] = {id, upper, lower, diameters[below(COUNT(diameters))],
            materials[below(COUNT(materials))], length, year, road};
        shapefile_add(&out, xy, n, values);
    }
    shapefile_close(&out);
}

/* A grid of districts bent everywhere but at the city's edge: the same seen from either side. */
static void border_point(
    const struct city *c, size_t n_across, size_t n_up, double across, double up, double xy[2]) {
    double width = (double)c->n_columns * spacing_m + 240;
    double height = (double)(c->n_segments / c->n_columns + 1) * spacing_m + 240;
    double u = across / (double)n_across, v = up / (double)n_up;
    double aside = 0.06 * sin(5 * up + 2 * across) * sin(pi * u) / (double)n_across;
    double rise = 0.06 * sin(5 * across + 2 * up) * sin(pi * v) / (double)n_up;

    xy[0] = origin_x - 120 + (u + aside) * width;
    xy[1] = origin_y - 120 + (v + rise) * height;
}

static void write_districts(const struct city *c) {
    static const struct column columns[] = {
        {"DIST_ID", 'N', 6,  0},
        {"NAME",    'C', 40, 0}
    };
    size_t n_up = c->n_segments >= 1000000 ? 10 : c->n_segments >= 100000 ? 6 : 4;
    size_t n_across = c->n_segments >= 1000000 ? 20 : c->n_segments >= 100000 ? 10 : 5;
    static const int way[4][2] = {
        {0,  1 },
        {1,  0 },
        {0,  -1},
        {-1, 0 }
    }; /* clockwise */
    struct shapefile out;

    shapefile_open(&out, c->folder, "districts", SHAPE_POLYGON, columns, COUNT(columns), c->is_gbk);
    for (size_t i = 0; i < n_across * n_up; i++) {
        double across = (double)(i % n_across), up = (double)(i / n_across);
        double xy[2 * (4 * EDGE + 1)];
        size_t n = 0;
        for (int side = 0; side < 4; side++) {
            for (int k = 0; k < EDGE; k++, n++) {
                double a = across + (double)(way[side][0] * k) / EDGE;
                double u = up + (double)(way[side][1] * k) / EDGE;
                border_point(c, n_across, n_up, a, u, xy + 2 * n);
            }
            across += way[side][0];
            up += way[side][1];
        }
        xy[2 * n] = xy[0];
        xy[2 * n + 1] = xy[1];

        char id[TEXT], name[TEXT];
        snprintf(id, sizeof id, "%zu", i + 1);
        snprintf(name, sizeof name, "第%zu排水片区", i + 1);
        const char *values[] = {id, name};
        shapefile_add(&out, xy, n + 1, values);
    }
    shapefile_close(&out);
}

struct deliveries {
    FILE *inspections, *observations, *survey;
    size_t n_inspections, n_observations;
};

static void write_observation(struct deliveries *to, const char *head, double at, const char *code,
    size_t grade, const char *mark) {
    size_t from = 1 + below(12), until = uniform() < 0.5 ? 1 + below(12) : 0;
    char clock[TEXT];

    snprintf(clock, sizeof clock, until == 0 ? "%zu," : "%zu,%zu", from, until);
    fprintf(to->survey, "%s,%.2f,%s,%zu,%s,%s\n", head, at, code, grade, clock, mark);
    fprintf(to->observations, "%zu,%.2f,%s,%zu,%s,%s\n", to->n_inspections, at, code, grade, clock,
        mark);
    to->n_observations++;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void write_observations(struct deliveries *to, const char *head, double length_m) {
    static const char *const codes[] = {"PL", "BX", "FS", "CK", "QF", "TJ", "TL", "AJ", "CR", "SL",
        "CJ", "JG", "ZW", "CQ", "SG", "FZ"};
    double at[9];
    size_t n = below(9), n_continuous = 0;

    for (size_t i = 0; i < n; i++) {
        at[i] = uniform() * length_m;
    }
    qsort(at, n, sizeof at[0], ascending);
    for (size_t i = 0; i < n; i++) {
        const char *code = codes[below(COUNT(codes))];
        size_t grade = 1 + below(uniform() < 0.6 ? 2 : 4);
        if (i + 1 < n && uniform() < 0.08) {
            char mark[TEXT];
            snprintf(mark, sizeof mark, "A%02zu", ++n_continuous);
            write_observation(to, head, at[i], code, grade, mark);
            mark[0] = 'B';
            write_observation(to, head, at[++i], code, grade, mark);
        } else {
            write_observation(to, head, at[i], code, grade, "");
        }
    }
    if (n == 0) {
        fprintf(to->survey, "%s,,,,,,\n", head);
    }
}

static void write_inspection(const struct city *c, struct deliveries *to, size_t segment) {
    double length_m = fmax(1, c->drawn_m[segment] * (1 + 0.01 * deviate()));
    bool is_downstream = uniform() < 0.6;
    size_t upper = segment + 1, lower = node_below(c, upper);
    char date[TEXT], head[4 * TEXT];
    size_t operator_number = below(40);

    to->n_inspections++;
    snprintf(date, sizeof date, "20%02zu-%02zu-%02zu", 15 + below(9), 1 + below(12), 1 + below(28));
    fprintf(to->inspections, "%zu,WS%08zu,%c,%s,%.2f,OP%02zu\n", to->n_inspections, segment,
        is_downstream ? 'D' : 'U', date, length_m, operator_number);
    snprintf(head, sizeof head, "%zu,WS%08zu,MH%08zu,MH%08zu,%c,%s,OP%02zu,%.2f", to->n_inspections,
        segment, is_downstream ? upper : lower, is_downstream ? lower : upper,
        is_downstream ? 'D' : 'U', date, operator_number, length_m);
    write_observations(to, head, length_m);
}

/* Campaigns of neighbouring segments in a shuffled order; 5 % are never seen, 5 % twice. */
static void write_inspections(const struct city *c) {
    size_t n = (c->n_segments + CAMPAIGN - 1) / CAMPAIGN;
    size_t *order = calloc(n, sizeof *order);
    struct deliveries to = {
        .inspections = open_in(c->folder, "inspections", ".csv"),
        .observations = open_in(c->folder, "observations", ".csv"),
        .survey = open_in(c->folder, "survey", ".csv"),
    };

    for (size_t i = 0; i < n; i++) {
        size_t other = below(i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    fputs("insp_id,pipe_id,direction,date,insp_len,operator\n", to.inspections);
    fputs("insp_id,chainage,code,grade,clock_from,clock_to,cont\n", to.observations);
    fputs("inspection_id,segment_id,start_node,finish_node,direction,date,operator,inspected_m,"
          "chainage_m,code,grade,clock_from,clock_to,continuous\n",
        to.survey);
    for (size_t i = 0; i < n; i++) {
        size_t last = (order[i] + 1) * CAMPAIGN;
        for (size_t s = order[i] * CAMPAIGN; s < last && s < c->n_segments; s++) {
            int times = uniform() < 0.05 ? 0 : uniform() < 0.05 ? 2 : 1;
            for (; times > 0; times--) {
                write_inspection(c, &to, s);
            }
        }
    }
    free(order);
    if (fclose(to.inspections) != 0 || fclose(to.observations) != 0 || fclose(to.survey) != 0) {
        perror(c->folder);
        exit(3);
    }
    fprintf(stderr, "%zu segments, %zu inspections, %zu observations in %s\n", c->n_segments,
        to.n_inspections, to.n_observations, c->folder);
}

int main(int argc, char **argv) {
    if (argc < 3 || strtoul(argv[2], NULL, 10) < 10 || strtoul(argv[2], NULL, 10) > 50000000) {
        fputs("usage: gen FOLDER N-SEGMENTS(10 to 50000000) [GBK|UTF-8] [SEED]\n", stderr);
        return 2;
    }
    size_t n = strtoul(argv[2], NULL, 10);
    struct city c = {
        .n_segments = n,
        .n_columns = (size_t)sqrt((double)n),
        .x = calloc(n + 1, sizeof(double)),
        .y = calloc(n + 1, sizeof(double)),
        .drawn_m = calloc(n, sizeof(double)),
        .folder = argv[1],
        .is_gbk = argc < 4 || strcmp(argv[3], "UTF-8") != 0,
    };

    if (c.x == NULL || c.y == NULL || c.drawn_m == NULL) {
        fputs("gen: out of memory\n", stderr);
        return 1;
    }
    state = argc > 4 ? strtoull(argv[4], NULL, 10) : 1;
    mkdir(c.folder, 0777);
    place_nodes(&c);
    write_nodes(&c);
    write_segments(&c);
    write_districts(&c);
    write_inspections(&c);
    free(c.x);
    free(c.y);
    free(c.drawn_m);
    return 0;
}
