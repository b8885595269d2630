#include <criterion/criterion.h>
#include <math.h>

#include "core/base.h"
#include "formats/crs.h"

#define PRJ_4547                                                                                    \
    "PROJCS[\"CGCS2000_3_Degree_GK_CM_114E\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\"," \
    "DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],"                       \
    "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],"  \
    "PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"                      \
    "PARAMETER[\"Central_Meridian\",114.0],PARAMETER[\"Scale_Factor\",1.0],"                        \
    "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
#define PRJ_2272                                                                                    \
    "PROJCS[\"NAD83_Pennsylvania_South_ftUS\",GEOGCS[\"GCS_North_American_1983\","                  \
    "DATUM[\"D_North_American_1983\",SPHEROID[\"GRS_1980\",6378137,298.257222101]],"                \
    "PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.017453292519943295]],"                               \
    "PROJECTION[\"Lambert_Conformal_Conic\"],PARAMETER[\"standard_parallel_1\",40.96666666666667]," \
    "PARAMETER[\"standard_parallel_2\",39.93333333333333],"                                         \
    "PARAMETER[\"latitude_of_origin\",39.33333333333334],PARAMETER[\"central_meridian\",-77.75],"   \
    "PARAMETER[\"false_easting\",1968500],PARAMETER[\"false_northing\",0],"                         \
    "UNIT[\"Foot_US\",0.30480060960121924]]"
#define NO_KIND FINDING_KINDS

/* name, input, hint, a delivered point, in the plane (NAN: not compared), in the output CRS (the
 * input's), code, a finding that must be there */
static const struct {
    const char *name, *input;
    enum axes_hint axes;
    struct xy at, plane, out;
    int srs_id;
    enum finding_kind finding;
} inputs[] = {
    {"metres are the plane",                             "EPSG:25832",   AXES_EAST_FIRST,        {570396, 5932000},   {570396, 5932000},
     {570396, 5932000},                                                                                                                                             25832, NO_KIND                },
    {"a bare code will do",                              "25832",        AXES_EAST_FIRST,        {570396, 5932000},   {570396, 5932000},
     {570396, 5932000},                                                                                                                                             25832, NO_KIND                },
    {"an ISYBAU name with its zone in front",            "ETRS89_UTM32", AXES_EAST_FIRST,
     {32570396.311, 5932000},                                                                                         {570396.311, 5932000}, {570396.311, 5932000}, 25832,
     FINDING_ZONE_PREFIX                                                                                                                                                                          },
    {"an ISYBAU name of Gauss and Krueger",              "DE_DHDN_3GK2", AXES_EAST_FIRST,        {2570396, 5650000},
     {2570396, 5650000},                                                                                                                     {2570396, 5650000},    31466, NO_KIND                },
    {"a CRS with its zone in front",                     "EPSG:4526",    AXES_EAST_FIRST,        {38500000, 2500000},
     {38500000, 2500000},                                                                                                                    {38500000, 2500000},   4526,  NO_KIND                },
    {"... and coordinates without",                      "EPSG:4526",    AXES_EAST_FIRST,        {500000, 2500000},
     {38500000, 2500000},                                                                                                                    {38500000, 2500000},   4526,  FINDING_ZONE_PREFIX    },
    {"zone 38 in front of CM 114E",                      "EPSG:4547",    AXES_EAST_FIRST,        {38500000, 2500000},
     {500000, 2500000},                                                                                                                      {500000, 2500000},     4547,  FINDING_ZONE_PREFIX    },
    {"a .prj is identified",                             PRJ_4547,       AXES_EAST_FIRST,        {500000, 2500000},   {500000, 2500000},
     {500000, 2500000},                                                                                                                                             4547,  NO_KIND                },
    {"US feet become metres",                            PRJ_2272,       AXES_EAST_FIRST,        {1363195, 417631},
     {1363195 * 1200.0 / 3937, 417631 * 1200.0 / 3937},                                                                                      {1363195, 417631},     2272,  NO_KIND                },
    {"north first is turned where only that fits",       "EPSG:4547",    AXES_EAST_FIRST,        {2500000, 500000},
     {500000, 2500000},                                                                                                                      {500000, 2500000},     4547,  FINDING_AXES_SWAPPED   },
    {"north first with a zone too",                      "EPSG:4526",    AXES_EAST_FIRST,        {2500000, 38500000},
     {38500000, 2500000},                                                                                                                    {38500000, 2500000},   4526,  FINDING_AXES_SWAPPED   },
    {"a table of X and Y that fits as it is",            "EPSG:4547",    AXES_NORTH_FIRST,       {500000, 2500000},
     {500000, 2500000},                                                                                                                      {500000, 2500000},     4547,  NO_KIND                },
    {"degrees come on a local plane",                    "EPSG:4326",    AXES_EAST_FIRST,        {11.5, 48.1},        {0, 0},
     {11.5, 48.1},                                                                                                                                                  4326,  FINDING_GEOGRAPHIC_CRS },
    {"latitude first is turned in China",                "EPSG:4490",    AXES_EAST_FIRST,        {22.5, 114.1},       {0, 0},
     {114.1, 22.5},                                                                                                                                                 4490,  FINDING_AXES_SWAPPED   },
    {"Web Mercator is no true plane",                    "EPSG:3857",    AXES_EAST_FIRST,        {1280174, 6124000},  {0, 0},
     {1280174, 6124000},                                                                                                                                            3857,  FINDING_SCALE_DISTORTED},
    {"data outside of its CRS is said",                  "EPSG:25832",   AXES_EAST_FIRST,        {570396, 12000},
     {570396, 12000},                                                                                                                        {570396, 12000},       25832, FINDING_CRS_CONTRADICTS},
    {"the zone gives the CRS away",                      NULL,           AXES_EAST_FIRST,        {38500000, 2500000}, {38500000, 2500000},
     {38500000, 2500000},                                                                                                                                           4526,  FINDING_CRS_GUESSED    },
    {"... north first as well",                          NULL,           AXES_EAST_FIRST,        {2500000, 38500000}, {38500000, 2500000},
     {38500000, 2500000},                                                                                                                                           4526,  FINDING_AXES_SWAPPED   },
    {"no CRS is metres",                                 NULL,           AXES_EAST_FIRST,        {28765, 119684},     {28765, 119684},       {28765, 119684},
     -1,                                                                                                                                                                   FINDING_CRS_MISSING    },
    {"Chinese headings over a city grid are not enough", NULL,           AXES_MAYBE_NORTH_FIRST,
     {28765, 119684},                                                                                                 {28765, 119684},       {28765, 119684},       -1,    FINDING_CRS_MISSING    },
    {"... but over Gauss-Krueger figures",               NULL,           AXES_MAYBE_NORTH_FIRST, {2500000, 500000},
     {500000, 2500000},                                                                                                                      {500000, 2500000},     -1,    FINDING_AXES_SWAPPED   },
    {"state plane feet are not turned",                  NULL,           AXES_EAST_FIRST,        {2600000, 300000},   {2600000, 300000},
     {2600000, 300000},                                                                                                                                             -1,    FINDING_CRS_MISSING    },
    {"a table of X and Y goes by convention",            NULL,           AXES_NORTH_FIRST,       {28765, 119684},
     {119684, 28765},                                                                                                                        {119684, 28765},       -1,    FINDING_AXES_SWAPPED   },
    {"small metres can be claimed",                      "local",        AXES_EAST_FIRST,        {10, 20},            {10, 20},              {10, 20},              -1,
     NO_KIND                                                                                                                                                                                      },
};

static bool has_finding(const struct findings *findings, enum finding_kind kind) {
    for (size_t i = 0; i < findings->n; i++) {
        if (findings->at[i].kind == kind) {
            return true;
        }
    }
    return kind == NO_KIND && findings->n == 0;
}

static struct crs_request request_for(const char *input, struct xy at, double reach) {
    return (struct crs_request){
        .input = input,
        .extent = {at.x - reach, at.y - reach, at.x + reach, at.y + reach},
        .path = TEXT("pipes.shp"),
    };
}

Test(crs, inputs) {
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        CLEANUP(findings_release) struct findings findings = {0};
        struct crs_request request =
            request_for(inputs[i].input, inputs[i].at, fabs(inputs[i].at.x) < 180 ? 0.01 : 1000);
        struct crs *crs = NULL;
        struct crs_output *output = NULL;
        struct error err = {0};
        struct xy at = inputs[i].at;

        request.axes = inputs[i].axes;
        cr_assert(crs_open(&request, &crs, &findings, &err), "%s: %s", inputs[i].name, err.text);
        cr_expect(crs_to_plane(crs, &at, 1), "%s", inputs[i].name);
        cr_expect_float_eq(at.x, inputs[i].plane.x, 1e-3, "%s: x %f", inputs[i].name, at.x);
        cr_expect_float_eq(at.y, inputs[i].plane.y, 1e-3, "%s: y %f", inputs[i].name, at.y);
        cr_assert(crs_output_new(crs, &output, &err), "%s", inputs[i].name);
        crs_output_transform(output, &at, 1);
        cr_expect_float_eq(at.x, inputs[i].out.x, 1e-5, "%s: x %f", inputs[i].name, at.x);
        cr_expect_float_eq(at.y, inputs[i].out.y, 1e-5, "%s: y %f", inputs[i].name, at.y);
        cr_expect_eq(crs_output_definition(crs).srs_id, inputs[i].srs_id, "%s: %d", inputs[i].name,
            crs_output_definition(crs).srs_id);
        cr_expect(has_finding(&findings, inputs[i].finding), "%s", inputs[i].name);
        crs_output_release(output);
        crs_close(crs);
    }
}

/* A kilometre on the ellipsoid is a kilometre in the plane, whatever the CRS makes of it: one
 * minute of latitude at 48 degrees north is 1853.2 m. */
static const struct {
    const char *name, *input;
    struct xy south, north;
    double want_m, tolerance_m;
} lengths[] = {
    {"degrees",      "EPSG:4326", {11.5, 48.0},              {11.5, 48 + 1 / 60.0},     1853.16,  0.1 },
    {"Web Mercator", "EPSG:3857", {1280174, 6106854.834885}, {1280174, 6109628.022383}, 1853.16,
     0.2                                                                                              },
    {"US feet",      "EPSG:2272", {1363195, 417631},         {1363195, 418631},         304.8006, 1e-3},
};

Test(crs, lengths_are_true) {
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        CLEANUP(findings_release) struct findings findings = {0};
        struct crs_request request = request_for(
            lengths[i].input, lengths[i].south, fabs(lengths[i].south.x) < 180 ? 0.01 : 1000);
        struct xy at[] = {lengths[i].south, lengths[i].north};
        struct crs *crs = NULL;
        struct error err = {0};

        cr_assert(crs_open(&request, &crs, &findings, &err), "%s", lengths[i].name);
        crs_to_plane(crs, at, 2);
        double got_m = xy_distance_m(at[0], at[1]);
        cr_expect_float_eq(
            got_m, lengths[i].want_m, lengths[i].tolerance_m, "%s: %f", lengths[i].name, got_m);
        crs_close(crs);
    }
}

/* name, input, output, kind of the error, a word in it */
static const struct {
    const char *name, *input, *output;
    bool is_from_layer;
    struct xy at;
    enum error_kind kind;
    const char *word;
} refusals[] = {
    {"an unknown code",                 "EPSG:999999", NULL,          false, {0, 0},            ERROR_USAGE,  "999999" },
    {"an unknown output",               "EPSG:25832",  "EPSG:999999", false, {5e5, 5e6},        ERROR_USAGE,  "999999" },
    {"a vertical CRS",                  "EPSG:5773",   NULL,          false, {0, 0},            ERROR_USAGE,  "5773"   },
    {"degrees that are none",           "EPSG:4326",   NULL,          false, {500000, 2500000}, ERROR_USAGE,  "degrees"},
    {"degrees that nobody claims",      NULL,          NULL,          false, {11, 48},          ERROR_FORMAT, "--crs"  },
    {"an output without a known input", NULL,          "EPSG:25832",  false, {5e5, 5e6},        ERROR_USAGE,
     "--crs"                                                                                                           },
};

Test(crs, refusals) {
    for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
        CLEANUP(findings_release) struct findings findings = {0};
        struct crs_request request = request_for(refusals[i].input, refusals[i].at, 0.1);
        struct crs *crs = NULL;
        struct error err = {0};

        request.output = refusals[i].output;
        cr_expect_not(crs_open(&request, &crs, &findings, &err), "%s", refusals[i].name);
        cr_expect_eq(err.kind, refusals[i].kind, "%s: %s", refusals[i].name, err.text);
        cr_expect_not_null(
            strstr(err.text, refusals[i].word), "%s: %s", refusals[i].name, err.text);
    }
}

Test(crs, a_layer_with_an_unknown_crs_is_a_layer_without) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct crs_request request = request_for("NONSENSE[1]", (struct xy){5e5, 5e6}, 100);
    struct crs *crs = NULL;
    struct error err = {0};

    request.is_from_layer = true;
    cr_assert(crs_open(&request, &crs, &findings, &err));
    cr_expect(has_finding(&findings, FINDING_CRS_MISSING));
    crs_close(crs);
}

Test(crs, degrees_of_a_layer_whose_coordinates_are_none_are_not_believed) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct crs_request request = request_for("EPSG:4326", (struct xy){500000, 2500000}, 100);
    struct crs *crs = NULL;
    struct error err = {0};

    request.is_from_layer = true; /* GeoJSON without a CRS */
    cr_assert(crs_open(&request, &crs, &findings, &err), "%s", err.text);
    cr_expect(has_finding(&findings, FINDING_CRS_CONTRADICTS));
    cr_expect(has_finding(&findings, FINDING_CRS_MISSING));
    cr_expect_eq(crs_output_definition(crs).srs_id, -1);
    crs_close(crs);
}

Test(crs, output_in_another_crs) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct crs_request request = request_for("EPSG:4547", (struct xy){500000, 2500000}, 1000);
    struct xy at = {500000, 2500000};
    struct crs *crs = NULL;
    struct crs_output *output = NULL;
    struct error err = {0};

    request.output = "EPSG:4490";
    cr_assert(crs_open(&request, &crs, &findings, &err), "%s", err.text);
    cr_assert(crs_output_new(crs, &output, &err));
    cr_expect(crs_to_plane(crs, &at, 1));
    crs_output_transform(output, &at, 1);
    cr_expect_float_eq(at.x, 114, 1e-9, "%f", at.x);
    cr_expect_float_eq(at.y, 22.597822907, 1e-8, "%f", at.y);
    cr_expect(crs_output_definition(crs).is_geographic);
    cr_expect_eq(crs_output_definition(crs).srs_id, 4490);
    cr_expect_not_null(crs_operation_name(crs));
    cr_expect_not_null(
        strstr(crs_operation_name(crs), "3-degree Gauss-Kruger"), "%s", crs_operation_name(crs));
    cr_expect_eq(crs_operation_accuracy_m(crs), 0);
    cr_expect_not_null(strstr(crs_output_definition(crs).definition, "GEOGCS["));
    crs_output_release(output);
    crs_close(crs);
}

Test(crs, without_a_transformation_there_is_no_operation) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct crs_request request = request_for("EPSG:4547", (struct xy){500000, 2500000}, 1000);
    struct crs *crs = NULL;
    struct error err = {0};

    cr_assert(crs_open(&request, &crs, &findings, &err));
    cr_expect_null(crs_operation_name(crs));
    cr_expect(isnan(crs_operation_accuracy_m(crs)));
    cr_expect_str_eq(crs_output_definition(crs).organization, "EPSG");
    cr_expect_eq(crs_output_definition(crs).organization_id, 4547);
    cr_expect_eq(strncmp(crs_output_definition(crs).definition, "PROJCS[", 7), 0);
    crs_close(crs);
}

Test(crs, points_that_cannot_be_moved_are_nan) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct crs_request request = request_for("EPSG:4326", (struct xy){11, 48}, 0.1);
    struct xy at[] = {
        {11,       48},
        {INFINITY, 48},
    };
    struct crs *crs = NULL;
    struct error err = {0};

    cr_assert(crs_open(&request, &crs, &findings, &err));
    cr_expect_not(crs_to_plane(crs, at, 2));
    cr_expect(xy_is_set(at[0]));
    cr_expect_not(xy_is_set(at[1]));
    crs_close(crs);
}

/* The same place in three other CRS comes to the same point of the plane. */
static const struct {
    const char *name, *input;
    struct xy at;
} others[] = {
    {"the network's own", NULL,        {500000, 2500000}  },
    {"with its zone",     "EPSG:4526", {38500000, 2500000}},
    {"zone unsaid",       "EPSG:4547", {38500000, 2500000}},
    {"degrees",           "EPSG:4490", {114, 22.597822907}},
    {"degrees unmeant",   "EPSG:4326", {500000, 2500000}  },
    {"north first",       "EPSG:4547", {2500000, 500000}  },
};

Test(crs, other_inputs) {
    CLEANUP(findings_release) struct findings findings = {0};
    struct crs_request request = request_for("EPSG:4547", (struct xy){500000, 2500000}, 1000);
    struct crs *crs = NULL;
    struct error err = {0};

    cr_assert(crs_open(&request, &crs, &findings, &err));
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        struct crs_request other = request_for(others[i].input, others[i].at, 0.001);
        other.is_from_layer = true;
        struct crs_input *input = NULL;
        struct xy at = others[i].at;
        cr_assert(crs_input_open(crs, &other, &input, &findings, &err), "%s", others[i].name);
        cr_expect(crs_input_to_plane(input, &at, 1), "%s", others[i].name);
        cr_expect_float_eq(at.x, 500000, 0.01, "%s: %f", others[i].name, at.x);
        cr_expect_float_eq(at.y, 2500000, 0.01, "%s: %f", others[i].name, at.y);
        crs_input_close(input);
    }
    crs_close(crs);
}
