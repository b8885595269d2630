/* The identity in place of PROJ: the writer's tests look at coordinates that they can predict. */
#include <math.h>

#include "formats/crs.h"

bool crs_output_new(const struct crs *crs, struct crs_output **out, struct error *err) {
    (void)crs;
    (void)err;
    *out = NULL;
    return true;
}

void crs_output_release(struct crs_output *output) {
    (void)output;
}

void crs_output_transform(struct crs_output *output, struct xy *at, size_t n) {
    (void)output;
    (void)at;
    (void)n;
}

struct crs_definition crs_output_definition(const struct crs *crs) {
    (void)crs;
    return (struct crs_definition){
        .srs_id = 4547,
        .name = "CGCS2000 / 3-degree Gauss-Kruger CM 114E",
        .organization = "EPSG",
        .organization_id = 4547,
        .definition = "PROJCS[\"CGCS2000 / 3-degree Gauss-Kruger CM 114E\",GEOGCS[\"CGCS2000\","
                      "DATUM[\"China_2000\",SPHEROID[\"CGCS2000\",6378137,298.257222101]],"
                      "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
                      "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
                      "PARAMETER[\"central_meridian\",114],PARAMETER[\"scale_factor\",1],"
                      "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],"
                      "UNIT[\"metre\",1],AUTHORITY[\"EPSG\",\"4547\"]]",
    };
}

const char *crs_input_name(const struct crs *crs) {
    (void)crs;
    return "EPSG:4547";
}

const char *crs_operation_name(const struct crs *crs) {
    (void)crs;
    return NULL;
}

double crs_operation_accuracy_m(const struct crs *crs) {
    (void)crs;
    return NAN;
}
