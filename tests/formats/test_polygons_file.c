#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/network_file.h"
#include "temp_files.h"

#define POLYGON(properties, rings)                                                              \
    "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":{\"type\":\"Polygon\"," \
    "\"coordinates\":[" rings "]}}"
#define SQUARE "[[500000,2500000],[500100,2500000],[500100,2500100],[500000,2500100]]"
#define HOLE \
    "[[500040,2500040],[500060,2500040],[500060,2500060],[500040,2500060],[500040,2500040]]"
#define CRS_4547 "urn:ogc:def:crs:EPSG::4547"

static struct crs *open_plane(const char *input, struct findings *findings) {
    struct crs_request request = {
        .input = input, .extent = {499000, 2499000, 501000, 2501000},
             .path = TEXT("pipes.shp")
    };
    struct crs *crs = NULL;
    struct error err = {0};

    cr_assert(crs_open(&request, &crs, findings, &err), "%s", err.text);
    return crs;
}

/* name, role, properties, name and value of the polygon, findings */
static const struct {
    const char *name;
    enum polygon_role role;
    const char *properties, *field, *want_name;
    double want;
    size_t n_findings;
} cases[] = {
    {"a district",                POLYGON_DISTRICT,        "\"NAME\":\"城东\",\"id\":7",      NULL, "城东",          NAN, 0},
    {"a district by a number",    POLYGON_DISTRICT,        "\"DIST_ID\":7",                     NULL, "7",               NAN, 0},
    {"the only text is its name", POLYGON_DISTRICT,        "\"foo\":\"城东\",\"bar\":7",      NULL, "城东",          NAN,
     0                                                                                                                         },
    {"a district without a name", POLYGON_DISTRICT,        "\"bar\":7",                         NULL, "#1",              NAN, 1},
    {"the user knows the column", POLYGON_DISTRICT,        "\"NAME\":\"x\",\"bar\":\"城东\"",
     "district_name=bar",                                                                             "城东",          NAN, 0},
    {"importance as a figure",    POLYGON_AREA_IMPORTANCE, "\"K\":6",                           NULL, "6",               6,   0},
    {"importance in words",       POLYGON_AREA_IMPORTANCE, "\"name\":\"中心商业区\"",      NULL, "中心商业区",
     10,                                                                                                                      0},
    {"importance that is none",   POLYGON_AREA_IMPORTANCE, "\"K\":4",                           NULL, "4",               NAN, 1},
    {"soil in words",             POLYGON_SOIL,            "\"土质\":\"粉砂层\"",          NULL, "粉砂层",       10,  0},
    {"groundwater as a figure",   POLYGON_GROUNDWATER,     "\"value\":1",                       NULL, "1",               3,   0},
    {"groundwater in words",      POLYGON_GROUNDWATER,     "\"Grundwasser\":\"wechselnd\"",     NULL,
     "wechselnd",                                                                                                        2,   0},
    {"groundwater that is none",  POLYGON_GROUNDWATER,     "\"groundwater\":\"43.2 m\"",        NULL, "43.2 m",
     NAN,                                                                                                                     1},
};

Test(polygons_file, names_and_values) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct temp_folder folder = temp_folder_new();
    struct crs *crs = open_plane("EPSG:4547", &findings);

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(polygons_release) struct polygons polygons = {0};
        struct network_request request = {
            .fields = &cases[i].field, .n_fields = cases[i].field != NULL};
        struct error err = {0};
        char feature[1000];

        snprintf(feature, sizeof feature, POLYGON("%s", SQUARE), cases[i].properties);
        struct temp_path path = temp_geojson(&folder, "areas.geojson", feature, CRS_4547);
        cr_assert(polygons_read(path.at, cases[i].role, &request, crs, &polygons, &err), "%s: %s",
            cases[i].name, err.text);
        cr_assert_eq(polygons.n, 1, "%s", cases[i].name);
        cr_expect(text_equal(polygons.at[0].name, text_from(cases[i].want_name)), "%s: '%.*s'",
            cases[i].name, TEXT_ARGS(polygons.at[0].name));
        double got = polygons.at[0].value;
        cr_expect(
            isnan(cases[i].want) ? isnan(got) : got == cases[i].want, "%s: %g", cases[i].name, got);
        cr_expect_eq(polygons.findings.n, cases[i].n_findings, "%s", cases[i].name);
        cr_expect_eq(
            polygons_find(&polygons, (struct xy){500050, 2500050}), 0, "%s", cases[i].name);
    }
    crs_close(crs);
    temp_folder_release(&folder);
}

/* name, geometry (features), CRS, a place and the polygon there */
static const struct {
    const char *name, *features, *crs;
    struct xy at;
    uint32_t want;
} places[] = {
    {"inside",                 POLYGON("\"name\":\"a\"",                                         SQUARE),          CRS_4547,          {500010, 2500010}, 0         },
    {"outside",                POLYGON("\"name\":\"a\"",                                         SQUARE),          CRS_4547,          {500110, 2500010}, NO_POLYGON},
    {"in a hole",              POLYGON("\"name\":\"a\"",                                         SQUARE "," HOLE), CRS_4547,          {500050, 2500050},
     NO_POLYGON                                                                                                                                                    },
    {"beside a hole",          POLYGON("\"name\":\"a\"",                                         SQUARE "," HOLE), CRS_4547,          {500030, 2500050}, 0         },
    {"a second part",
     "{\"type\":\"Feature\",\"properties\":{\"name\":\"a\"},\"geometry\":{\"type\":"
        "\"MultiPolygon\",\"coordinates\":[[" SQUARE
        "],[[[500200,2500000],[500300,2500000],[500300,2500100],[500200,2500100]]]]}}",          CRS_4547,         {500250, 2500050}, 0                },
    {"in degrees of its own",
     POLYGON("\"name\":\"a\"", "[[113.99,22.59],[114.01,22.59],[114.01,22.61],[113.99,22.61]]"),
     "urn:ogc:def:crs:EPSG::4490",                                                                                 {500010, 2500010},                 0          },
    {"with the zone in front",
     POLYGON("\"name\":\"a\"",    "[[38500000,2500000],[38500100,2500000],[38500100,2500100]]"),
     "urn:ogc:def:crs:EPSG::4526",                                                                                 {500090, 2500010},                 0},
};

Test(polygons_file, places) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct temp_folder folder = temp_folder_new();
    struct crs *crs = open_plane("EPSG:4547", &findings);

    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        CLEANUP(polygons_release) struct polygons polygons = {0};
        struct network_request request = {0};
        struct error err = {0};
        struct temp_path path =
            temp_geojson(&folder, "areas.geojson", places[i].features, places[i].crs);

        cr_assert(polygons_read(path.at, POLYGON_DISTRICT, &request, crs, &polygons, &err),
            "%s: %s", places[i].name, err.text);
        cr_expect_eq(polygons_find(&polygons, places[i].at), places[i].want, "%s", places[i].name);
    }
    crs_close(crs);
    temp_folder_release(&folder);
}

Test(polygons_file, rings_keep_their_side) {
    CLEANUP(findings_release) struct findings findings = {0};
    CLEANUP(polygons_release) struct polygons polygons = {0};
    struct temp_folder folder = temp_folder_new();
    struct crs *crs = open_plane("EPSG:4547", &findings);
    struct network_request request = {0};
    struct error err = {0};
    struct temp_path path = temp_geojson(
        &folder, "areas.geojson", POLYGON("\"name\":\"a\"", SQUARE "," HOLE), CRS_4547);

    cr_assert(polygons_read(path.at, POLYGON_DISTRICT, &request, crs, &polygons, &err));
    cr_expect_eq(polygons.at[0].n_rings, 2);
    cr_expect_eq(polygons.at[0].ring_n[0], 5); /* closed */
    cr_expect(polygons.at[0].ring_is_outer[0]);
    cr_expect_not(polygons.at[0].ring_is_outer[1]);
    cr_expect_eq(polygons.at[0].n, 10);
    crs_close(crs);
    temp_folder_release(&folder);
}

/* name, features, role, kind, word of the message */
static const struct {
    const char *name, *features;
    enum polygon_role role;
    enum error_kind kind;
    const char *word;
} refusals[] = {
    {"no polygons",
     "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":"
        "[500000,2500000]}}",                                           POLYGON_DISTRICT, ERROR_FORMAT, "no polygons"},
    { "no column with a value",      POLYGON("\"foo\":1",                                SQUARE),     POLYGON_SOIL, ERROR_FORMAT,       "'foo'"},
    { "polygons without area", POLYGON("\"name\":\"a\"", "[[500000,2500000],[500001,2500000]]"),
     POLYGON_DISTRICT,                                                                    ERROR_FORMAT, "no polygons"},
};

Test(polygons_file, refusals) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct temp_folder folder = temp_folder_new();
    struct crs *crs = open_plane("EPSG:4547", &findings);

    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        struct polygons polygons = {0};
        struct network_request request = {0};
        struct error err = {0};
        struct temp_path path =
            temp_geojson(&folder, "areas.geojson", refusals[i].features, CRS_4547);

        cr_expect_not(polygons_read(path.at, refusals[i].role, &request, crs, &polygons, &err),
            "%s", refusals[i].name);
        cr_expect_eq(err.kind, refusals[i].kind, "%s: %s", refusals[i].name, err.text);
        cr_expect_not_null(
            strstr(err.text, refusals[i].word), "%s: %s", refusals[i].name, err.text);
    }
    crs_close(crs);
    temp_folder_release(&folder);
}
