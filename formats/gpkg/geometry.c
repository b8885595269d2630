/* GeoPackage 1.3, clause 2.1.3: "GP", version, flags, srs_id, envelope; then well-known binary, all
 * of it little endian. */
#include "formats/gpkg/geometry.h"

#include <math.h>
#include <string.h>

enum { WKB_POINT = 1, WKB_LINE = 2, WKB_POLYGON = 3, WKB_MULTIPOLYGON = 6, WKB_Z = 1000 };
enum { FLAG_LITTLE_ENDIAN = 1, FLAG_ENVELOPE_XY = 2 };
enum { HEADER = 8, ENVELOPE = 32, WKB_HEADER = 5, COUNT = 4, VERTEX = 16, Z = 8 };

struct vertices shapes_add(struct shapes *shapes, const struct block *block, size_t n) {
    struct vertices *all = &shapes->all;
    size_t first = shapes->n;

    shapes->n += n;
    all->at = array_reserve(all->at, &shapes->at_capacity, shapes->n, sizeof *all->at);
    all->level_m =
        array_reserve(all->level_m, &shapes->level_capacity, shapes->n, sizeof *all->level_m);
    shapes->runs[shapes->n_runs++] = (struct shape_run){(uint32_t)(block->n_rows - 1), (uint32_t)n};
    for (size_t i = first; i < shapes->n; i++) {
        all->level_m[i] = NAN;
    }
    return (struct vertices){all->at + first, all->level_m + first};
}

void shapes_add_point(struct shapes *shapes, const struct block *block, struct xy at) {
    shapes_add_point_at_level(shapes, block, at, NAN);
}

void shapes_add_point_at_level(
    struct shapes *shapes, const struct block *block, struct xy at, double level_m) {
    if (xy_is_set(at)) {
        struct vertices room = shapes_add(shapes, block, 1);
        *room.at = at;
        *room.level_m = level_m;
    }
}

void shapes_shorten(struct shapes *shapes, size_t n) {
    struct shape_run *run = &shapes->runs[shapes->n_runs - 1];

    shapes->n -= run->n - n;
    run->n = (uint32_t)n;
    if (n == 0) {
        shapes->n_runs--;
    }
}

void shapes_release(struct shapes *shapes) {
    array_release(&shapes->all.at);
    array_release(&shapes->all.level_m);
    *shapes = (struct shapes){0};
}

static unsigned char *write_u32(unsigned char *at, uint32_t number) {
    for (size_t i = 0; i < 4; i++) {
        at[i] = (unsigned char)(number >> 8 * i);
    }
    return at + 4;
}

static unsigned char *write_double(unsigned char *at, double number) {
    uint64_t bits;

    memcpy(&bits, &number, sizeof bits);
    for (size_t i = 0; i < 8; i++) {
        at[i] = (unsigned char)(bits >> 8 * i);
    }
    return at + 8;
}

static unsigned char *write_wkb_header(unsigned char *at, uint32_t type) {
    *at = 1; /* little endian */
    return write_u32(at + 1, type);
}

static unsigned char *write_vertices(unsigned char *at, const struct xy *vertices, size_t n) {
    for (size_t i = 0; i < n; i++) {
        at = write_double(at, vertices[i].x);
        at = write_double(at, vertices[i].y);
    }
    return at;
}

static unsigned char *write_vertices_with_z(
    unsigned char *at, const struct xy *vertices, const double *level_m, size_t n) {
    for (size_t i = 0; i < n; i++) {
        at = write_vertices(at, &vertices[i], 1);
        at = write_double(at, level_m[i]);
    }
    return at;
}

static unsigned char *write_header(unsigned char *at, int srs_id, const struct box *envelope) {
    at[0] = 'G';
    at[1] = 'P';
    at[2] = 0;
    at[3] = envelope == NULL ? FLAG_LITTLE_ENDIAN : FLAG_LITTLE_ENDIAN | FLAG_ENVELOPE_XY;
    at = write_u32(at + 4, (uint32_t)srs_id);
    if (envelope != NULL) {
        at = write_double(at, envelope->min_x);
        at = write_double(at, envelope->max_x);
        at = write_double(at, envelope->min_y);
        at = write_double(at, envelope->max_y);
    }
    return at;
}

static bool have_levels(const double *level_m, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(level_m[i])) {
            return false;
        }
    }
    return true;
}

/* False when a vertex is nowhere. */
static bool measure(const struct xy *vertices, size_t n, struct box *out) {
    struct box box = box_empty();

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(vertices[i].x) || !isfinite(vertices[i].y)) {
            return false;
        }
        box_add(&box, vertices[i]);
    }
    *out = box;
    return true;
}

/* One row's geometry. */
struct encoding {
    const struct shapes_request *request;
    const struct xy *vertices;
    const double *level_m;
    size_t n;
    bool has_z;
    struct box box;
    const struct polygon *polygon; /* of polygons only */
};

static void put_geometry(
    const struct encoding *encoding, size_t row, const void *bytes, const unsigned char *end) {
    struct block *block = encoding->request->block;

    put_blob(&block->values[row * block->n_columns], bytes,
        (size_t)(end - (const unsigned char *)bytes));
}

static unsigned char *write_coordinates(unsigned char *at, const struct encoding *encoding) {
    if (!encoding->has_z) {
        return write_vertices(at, encoding->vertices, encoding->n);
    }
    *encoding->request->has_z = true;
    return write_vertices_with_z(at, encoding->vertices, encoding->level_m, encoding->n);
}

static uint32_t type_of(const struct encoding *encoding, uint32_t flat) {
    return encoding->has_z ? flat + WKB_Z : flat;
}

static void encode_point(const struct encoding *encoding, size_t row) {
    unsigned char *bytes = block_bytes(encoding->request->block, HEADER + WKB_HEADER + VERTEX + Z);

    unsigned char *at = write_header(bytes, encoding->request->srs_id, NULL);
    at = write_wkb_header(at, type_of(encoding, WKB_POINT));
    at = write_coordinates(at, encoding);
    put_geometry(encoding, row, bytes, at);
}

/* The envelope has no Z, as the R-tree has none. */
static void encode_line(const struct encoding *encoding, size_t row) {
    size_t vertex = encoding->has_z ? VERTEX + Z : VERTEX;
    unsigned char *bytes = block_bytes(
        encoding->request->block, HEADER + ENVELOPE + WKB_HEADER + COUNT + vertex * encoding->n);

    unsigned char *at = write_header(bytes, encoding->request->srs_id, &encoding->box);
    at = write_wkb_header(at, type_of(encoding, WKB_LINE));
    at = write_u32(at, (uint32_t)encoding->n);
    at = write_coordinates(at, encoding);
    put_geometry(encoding, row, bytes, at);
}

/* How many rings belong together: an outer one and its holes. */
static uint32_t rings_of_part(const struct polygon *polygon, uint32_t first) {
    uint32_t n = 1;

    while (first + n < polygon->n_rings && !polygon->ring_is_outer[first + n]) {
        n++;
    }
    return n;
}

static uint32_t count_parts(const struct polygon *polygon) {
    uint32_t n = 0;

    for (uint32_t ring = 0; ring < polygon->n_rings; ring += rings_of_part(polygon, ring)) {
        n++;
    }
    return n;
}

static void encode_polygon(const struct encoding *encoding, size_t row) {
    const struct polygon *polygon = encoding->polygon;
    const struct xy *vertices = encoding->vertices;
    uint32_t n_parts = count_parts(polygon);
    unsigned char *bytes = block_bytes(
        encoding->request->block, HEADER + ENVELOPE + (WKB_HEADER + COUNT) * (1 + (size_t)n_parts) +
                                      COUNT * (size_t)polygon->n_rings + VERTEX * encoding->n);

    unsigned char *at = write_header(bytes, encoding->request->srs_id, &encoding->box);
    at = write_wkb_header(at, WKB_MULTIPOLYGON);
    at = write_u32(at, n_parts);
    for (uint32_t ring = 0; ring < polygon->n_rings;) {
        uint32_t n = rings_of_part(polygon, ring);
        at = write_wkb_header(at, WKB_POLYGON);
        at = write_u32(at, n);
        for (uint32_t end = ring + n; ring < end; ring++) {
            at = write_u32(at, polygon->ring_n[ring]);
            at = write_vertices(at, vertices, polygon->ring_n[ring]);
            vertices += polygon->ring_n[ring];
        }
    }
    put_geometry(encoding, row, bytes, at);
}

static size_t finish(struct shapes *shapes, const struct shapes_request *request,
    const struct polygon *polygons, void (*encode)(const struct encoding *encoding, size_t row)) {
    const struct xy *vertices = shapes->all.at;
    const double *level_m = shapes->all.level_m;
    size_t n_failed = 0;

    if (request->output != NULL && shapes->n > 0) {
        crs_output_transform(request->output, shapes->all.at, shapes->n);
    }
    for (size_t i = 0; i < shapes->n_runs; i++) {
        struct shape_run run = shapes->runs[i];
        struct encoding encoding = {
            .request = request,
            .vertices = vertices,
            .level_m = level_m,
            .n = run.n,
            .has_z = have_levels(level_m, run.n),
        };
        vertices += run.n;
        level_m += run.n;
        if (!measure(encoding.vertices, run.n, &encoding.box)) {
            n_failed++;
            continue;
        }
        encoding.polygon = polygons == NULL ? NULL : &polygons[run.row];
        encode(&encoding, run.row);
        request->found(request->context, run.row, encoding.box);
    }
    shapes->n = 0;
    shapes->n_runs = 0;
    return n_failed;
}

size_t shapes_finish_points(struct shapes *shapes, const struct shapes_request *request) {
    return finish(shapes, request, NULL, encode_point);
}

size_t shapes_finish_lines(struct shapes *shapes, const struct shapes_request *request) {
    return finish(shapes, request, NULL, encode_line);
}

size_t shapes_finish_polygons(
    struct shapes *shapes, const struct shapes_request *request, const struct polygon *polygons) {
    return finish(shapes, request, polygons, encode_polygon);
}
