#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/vector_file.h"
#include "temp_files.h"
#include "tests/samples.h"

/* What the visits of one layer came to. */
struct visits {
    size_t n, n_parts, n_vertices, n_outer;
    enum vector_geometry last;
    double z_last, number;
    char text[40];
};

static void visit(void *context, const struct vector_feature *feature) {
    struct visits *visits = context;
    char buffer[32];

    visits->n++;
    visits->last = feature->geometry;
    visits->n_parts = feature->n_parts;
    visits->n_vertices = visits->n_outer = 0;
    for (size_t i = 0; i < feature->n_parts; i++) {
        visits->n_vertices += feature->parts[i].n;
        visits->n_outer += feature->parts[i].is_outer;
    }
    visits->z_last = feature->z_last;
    struct text text = vector_value_text(&feature->values[0], buffer);
    snprintf(visits->text, sizeof visits->text, "%.*s", TEXT_ARGS(text));
    visits->number = vector_value_number(&feature->values[0]);
}

static bool read_first(const char *path, struct visits *out, struct error *err) {
    struct vector_file *file = NULL;
    const size_t wanted[] = {0};
    struct vector_read read = {.wanted = wanted, .n_wanted = 1, .visit = visit, .context = out};

    if (!vector_open(path, &file, err)) {
        return false;
    }
    bool is_read = vector_read(file, &read, err);
    vector_close(file);
    return is_read;
}

/* name, a row of a CSV with WKT, kind, parts, outer parts, vertices */
static const struct {
    const char *name, *wkt;
    enum vector_geometry kind;
    size_t n_parts, n_outer, n_vertices;
} shapes[] = {
    {"a point",                   "POINT(1 2)",                                            VECTOR_POINT,   1, 1, 1},
    {"a line",                    "LINESTRING(0 0,1 1,2 2)",                               VECTOR_LINE,    1, 1, 3},
    {"lines",                     "MULTILINESTRING((0 0,1 1),(2 2,3 3))",                  VECTOR_LINE,    2, 2, 4},
    {"a polygon with a hole",     "POLYGON((0 0,9 0,9 9,0 0),(1 1,2 1,2 2,1 1))",          VECTOR_POLYGON, 2, 1,
     8                                                                                                            },
    {"polygons",                  "MULTIPOLYGON(((0 0,9 0,9 9,0 0)),((1 1,2 1,2 2,1 1)))", VECTOR_POLYGON, 2, 2, 8},
    {"a collection is its first", "GEOMETRYCOLLECTION(LINESTRING(0 0,1 1),POINT(1 2))",    VECTOR_LINE,
     2,                                                                                                       2, 3},
    {"an empty line",             "LINESTRING EMPTY",                                      VECTOR_LINE,    0, 0, 0},
    {"nothing",                   "",                                                      VECTOR_NONE,    0, 0, 0},
};

Test(vector_file, shapes) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
        char csv[300];
        struct visits visits = {0};
        struct error err = {0};
        snprintf(csv, sizeof csv, "name,WKT\nP,\"%s\"\n", shapes[i].wkt);
        struct temp_path path = temp_text(&folder, "shapes.csv", csv);
        cr_assert(read_first(path.at, &visits, &err), "%s: %s", shapes[i].name, err.text);
        cr_expect_eq(visits.n, 1, "%s", shapes[i].name);
        cr_expect_eq(visits.last, shapes[i].kind, "%s: %d", shapes[i].name, (int)visits.last);
        cr_expect_eq(visits.n_parts, shapes[i].n_parts, "%s: %zu", shapes[i].name, visits.n_parts);
        cr_expect_eq(visits.n_outer, shapes[i].n_outer, "%s", shapes[i].name);
        cr_expect_eq(visits.n_vertices, shapes[i].n_vertices, "%s", shapes[i].name);
        cr_expect_str_eq(visits.text, "P", "%s", shapes[i].name);
    }
}

/* name, a property of GeoJSON, its text, its number */
static const struct {
    const char *name, *json, *text;
    double number;
} values[] = {
    {"a text",                      "\"abc\"",  "abc",   NAN  },
    {"a number in a text",          "\"12,5\"", "12,5",  12.5 },
    {"a whole number",              "12",       "12",    12   },
    {"a number",                    "12.25",    "12.25", 12.25},
    {"a whole number among others", "12.0",     "12",    12   },
    {"nothing",                     "null",     "",      NAN  },
};

Test(vector_file, values) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        char feature[300];
        struct visits visits = {0};
        struct error err = {0};
        snprintf(feature, sizeof feature,
            "{\"type\":\"Feature\",\"properties\":{\"v\":%s},\"geometry\":{\"type\":\"LineString\","
            "\"coordinates\":[[0,0,1],[1,0,2]]}}",
            values[i].json);
        struct temp_path path = temp_geojson(&folder, "values.geojson", feature, NULL);
        cr_assert(read_first(path.at, &visits, &err), "%s: %s", values[i].name, err.text);
        cr_expect_str_eq(visits.text, values[i].text, "%s: %s", values[i].name, visits.text);
        bool is_same =
            isnan(values[i].number) ? isnan(visits.number) : visits.number == values[i].number;
        cr_expect(is_same, "%s: %g", values[i].name, visits.number);
        cr_expect_eq(visits.z_last, 2, "%s", values[i].name);
    }
}

Test(vector_file, cells_of_a_dbf_are_raw) {
    static const char *const texts[] = {"\xd3\xea\xcb\xae", "x"};
    static const struct xy lines[2][2] = {
        {{0, 0}, {1, 0}},
        {{1, 0}, {2, 0}}
    };
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    struct temp_shape shape = {"gx", 0x4D, "UTF-8", "NAME", texts, lines, 2};
    struct temp_path path = temp_shapefile(&folder, &shape);
    struct vector_file *file = NULL;
    struct visits visits = {0};
    struct error err = {0};
    const size_t wanted[] = {0};
    struct vector_read read = {.wanted = wanted,
        .n_wanted = 1,
        .without_geometry = true,
        .limit = 1,
        .visit = visit,
        .context = &visits};

    cr_assert(vector_open(path.at, &file, &err), "%s", err.text);
    const struct vector_layer *layer = vector_layer(file, 0);
    cr_expect_str_eq(vector_driver(file), "ESRI Shapefile");
    cr_expect_eq(vector_n_layers(file), 1);
    cr_expect(layer->is_raw && layer->is_dbf);
    cr_expect_eq(layer->ldid, 0x4D);
    cr_expect(text_equal(layer->cpg, TEXT("UTF-8")));
    cr_expect_eq(layer->n_features, 2);
    cr_expect_null(layer->crs);
    cr_expect(vector_read(file, &read, &err));
    cr_expect_eq(visits.n, 1);
    cr_expect_str_eq(visits.text, "\xd3\xea\xcb\xae");
    cr_expect_eq(visits.n_parts, 0);
    vector_close(file);
}

/* name, file, bytes (NULL: not there), kind */
static const struct {
    const char *name, *file, *bytes;
    enum error_kind kind;
} refusals[] = {
    {"not there",      "none.shp",  NULL,         ERROR_FILE  },
    {"not a vector",   "a.shp",     "hello",      ERROR_FORMAT},
    {"an empty file",  "a.gpkg",    "",           ERROR_FORMAT},
    {"one word",       "a.txt",     "hello",      ERROR_FORMAT},
    {"broken GeoJSON", "a.geojson", "{\"type\":", ERROR_FORMAT},
};

Test(vector_file, refusals) {
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();

    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        struct temp_path path = temp_path_of(&folder, refusals[i].file);
        struct vector_file *file = NULL;
        struct error err = {0};
        if (refusals[i].bytes != NULL) {
            path = temp_text(&folder, refusals[i].file, refusals[i].bytes);
        }
        cr_expect_not(vector_open(path.at, &file, &err), "%s", refusals[i].name);
        cr_expect_eq(err.kind, refusals[i].kind, "%s: %s", refusals[i].name, err.text);
        const char *first = strstr(err.text, path.at);
        cr_assert_not_null(first, "%s: %s", refusals[i].name, err.text);
        cr_expect_null(strstr(first + 1, path.at), "named twice: %s", err.text);
    }
}

/* --- texts that OGR does not keep --- */

static void keep_both(void *context, const struct vector_feature *feature) {
    char(*texts)[40] = context, buffer[32];

    for (size_t i = 0; i < 2; i++) {
        struct text text = vector_value_text(&feature->values[i], buffer);
        snprintf(texts[i], sizeof texts[i], "%.*s", TEXT_ARGS(text));
    }
}

Test(vector_file, two_dates_of_a_feature_are_both_told) {
    static const char document[] =
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":null,"
        "\"properties\":{\"from\":\"2024-03-04\",\"to\":\"2025-12-31\"}}]}";
    CLEANUP(temp_folder_release) struct temp_folder folder = temp_folder_new();
    struct temp_path path = temp_bytes(&folder, "dates.geojson", document, strlen(document));
    const size_t wanted[] = {0, 1};
    char texts[2][40] = {"", ""};
    struct vector_file *file = NULL;
    struct error err = {0};

    cr_assert(vector_open(path.at, &file, &err), "%s", err.text);
    struct vector_read read = {
        .wanted = wanted, .n_wanted = 2, .visit = keep_both, .context = texts};
    cr_expect(vector_read(file, &read, &err), "%s", err.text);
    vector_close(file);
    cr_expect_str_eq(texts[0], "2024/03/04");
    cr_expect_str_eq(texts[1], "2025/12/31");
}

/* A real xls; OGR's driver for it is not asked. */
Test(vector_file, an_xls_is_tables_of_texts) {
    char buffer[1024];
    const char *path = sample_path(buffer, sizeof buffer, "cn_cjj181/cjj181_springboot_0001.xls");
    struct vector_file *file = NULL;
    struct error err = {0};

    if (path == NULL) {
        cr_skip_test("no sample of an xls here");
    }
    cr_assert(vector_open(path, &file, &err), "%s", err.text);
    cr_expect_str_eq(vector_driver(file), "XLS");
    cr_assert_gt(vector_n_layers(file), 0);
    cr_expect_eq(vector_layer(file, 0)->geometry, VECTOR_NONE);
    cr_expect_gt(vector_layer(file, 0)->n_fields, 10);
    cr_expect_gt(vector_layer(file, 0)->n_features, 30);
    vector_close(file);
}
