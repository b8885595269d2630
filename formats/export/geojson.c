/* GeoJSON (RFC 7946): one feature for each observation, a point in WGS 84 where it has a place on
 * the network, without geometry where it has none (`unplaced` says why); and one without geometry
 * for each inspection that saw nothing.  Properties are the fields of fields.def that are set. */
#include <math.h>

#include "core/base.h"
#include "formats/export/geojson_check.h"
#include "formats/export/targets.h"

static const bool holds[EXPORT_FIELDS] = {
#define HOLDS(field) [EXPORT_##field] = true,
#include "formats/export/geojson.def"
#undef HOLDS
};

/* --- properties --- */

struct writer {
    const struct export_request *request;
    struct crs_output *crs;
    struct text_out *out;
    struct text_out value; /* of one property */
    bool has_features, has_properties;
};

static void put_key(struct writer *writer, const char *key) {
    text_out_printf(writer->out, "%s\"%s\":", writer->has_properties ? "," : "", key);
    writer->has_properties = true;
}

static void put_text(struct writer *writer, const char *key, struct text value) {
    if (value.n > 0) {
        put_key(writer, key);
        text_out_json(writer->out, value);
    }
}

static void put_number(struct writer *writer, const char *key, double value) {
    if (!isnan(value)) {
        put_key(writer, key);
        text_out_number(writer->out, value);
    }
}

static const char *word_of(enum export_field field, const struct inspection *inspection,
    const struct observation *observation) {
    static const char *const marks[] = {
        [MARK_NONE] = NULL, [MARK_START] = "start", [MARK_CHANGE] = "change", [MARK_END] = "end"};
    static const char *const zeros[] = {NULL, "node centre", "inner wall", "pipe end", "midway"};
    static const char *const joints[] = {NULL, "yes", "no"};

    switch ((int)field) {
    case EXPORT_OBJECT:
        return inspection->object == OBJECT_NODE ? "node" : "segment";
    case EXPORT_DIRECTION:
        return direction_name((enum direction)inspection->direction);
    case EXPORT_ZERO:
        return zeros[inspection->zero];
    case EXPORT_CONTINUOUS:
        return marks[observation->mark];
    case EXPORT_JOINT:
        return joints[observation->at_joint];
    default:
        return NULL;
    }
}

bool geojson_value(enum export_field field, const struct inspection *inspection,
    const struct observation *observation, struct text_out *out) {
    struct export_value value = export_value_of(field, inspection, observation);
    const char *word = value.is_set ? word_of(field, inspection, observation) : NULL;

    if (word != NULL) {
        text_out_string(out, word);
        return true;
    }
    if (field == EXPORT_DATE) {
        text_out_date(out, inspection->inspected_on);
        return true;
    }
    if (value.is_set && isnan(value.number)) {
        text_out_put(out, value.text);
        return true;
    }
    if (field == EXPORT_DIAMETER || field == EXPORT_HEIGHT) {
        text_out_float(out, (float)value.number);
    } else if (value.is_set) {
        text_out_number(out, value.number);
    }
    return false;
}

static void put_field(struct writer *writer, enum export_field field,
    const struct inspection *inspection, const struct observation *observation) {
    struct text_out *value = &writer->value;

    value->n = 0;
    bool is_text = geojson_value(field, inspection, observation, value);
    struct text text = {value->at, value->n};
    if (is_text) {
        put_text(writer, export_field_name(field), text);
    } else if (text.n > 0) {
        put_key(writer, export_field_name(field));
        text_out_put(writer->out, text);
    }
}

static void put_fields(struct writer *writer, const struct inspection *inspection,
    const struct observation *observation) {
    for (enum export_field field = 0; field < EXPORT_FIELDS; field++) {
        enum export_level level = export_field_level(field);
        bool is_there = level == EXPORT_OF_INSPECTION ||
                        (level == EXPORT_OF_OBSERVATION && observation != NULL);
        if (is_there && holds[field]) {
            put_field(writer, field, inspection, observation);
        }
    }
}

/* --- places --- */

/* Where on the network it is, in the working plane; NAN without a place. */
static struct xy place_of(const struct result *result, const struct inspection *inspection,
    const struct observation *observation) {
    struct xy none = {NAN, NAN};

    if (observation == NULL || !observation_is_placed(inspection, observation)) {
        return none;
    }
    if (inspection->object == OBJECT_NODE) {
        return inspection->node == NO_NODE ? none : result->network.nodes[inspection->node].at;
    }
    if (observation->stretch == NO_STRETCH || isnan(observation->along_m)) {
        return none;
    }
    const struct segment *segment =
        &result->network.segments[result->stretches[observation->stretch].segment];
    return segment->line.n == 0 ? none : polyline_point_at(segment->line, observation->along_m);
}

static void put_geometry(struct writer *writer, struct xy at) {
    if (xy_is_set(at)) {
        crs_output_transform(writer->crs, &at, 1);
    }
    if (!xy_is_set(at)) {
        text_out_string(writer->out, "\"geometry\":null,");
        return;
    }
    text_out_string(writer->out, "\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
    text_out_number(writer->out, nearbyint(at.x * 1e9) / 1e9); /* 0.1 mm */
    text_out_string(writer->out, ",");
    text_out_number(writer->out, nearbyint(at.y * 1e9) / 1e9);
    text_out_string(writer->out, "]},");
}

static void put_placing(struct writer *writer, const struct inspection *inspection,
    const struct observation *observation) {
    const struct result *result = writer->request->result;

    if (observation == NULL) {
        return;
    }
    if (!observation_is_placed(inspection, observation)) {
        put_text(writer, "unplaced",
            text_from(unplaced_reason_name(observation_unplaced_reason(inspection, observation))));
        return;
    }
    if (inspection->object != OBJECT_NODE && observation->stretch != NO_STRETCH) {
        put_text(writer, "network_segment",
            result->network.segments[result->stretches[observation->stretch].segment].id);
        put_number(writer, "along_m", nearbyint(observation->along_m * 1e3) / 1e3);
        put_number(writer, "along_to_m", nearbyint(observation->along_to_m * 1e3) / 1e3);
    }
    put_text(writer, "position_method",
        text_from(position_method_name((enum position_method)observation->position_method)));
}

static void put_feature(struct writer *writer, const struct inspection *inspection,
    const struct observation *observation) {
    text_out_string(writer->out,
        writer->has_features ? ",\n{\"type\":\"Feature\"," : "\n{\"type\":\"Feature\",");
    writer->has_features = true;
    put_geometry(writer, place_of(writer->request->result, inspection, observation));
    text_out_string(writer->out, "\"properties\":{");
    writer->has_properties = false;
    put_text(writer, "kind", observation == NULL ? TEXT("inspection") : TEXT("observation"));
    put_fields(writer, inspection, observation);
    put_text(writer, "catalogue", text_from(catalogue_name(inspection->survey->catalogue)));
    put_placing(writer, inspection, observation);
    put_text(writer, "source_file", inspection->survey->file.path);
    put_number(writer, "source_line", observation == NULL ? inspection->line : observation->line);
    text_out_string(writer->out, "}}");
}

static void put_inspection(struct writer *writer, const struct inspection *inspection) {
    const struct observation *observations = inspection_observations(inspection);

    if (inspection->n_observations == 0) {
        put_feature(writer, inspection, NULL);
    }
    for (size_t i = 0; i < inspection->n_observations; i++) {
        put_feature(writer, inspection, &observations[i]);
    }
}

static bool write_geojson(
    const struct export_request *request, struct text_out *out, struct error *err) {
    struct writer writer = {.request = request, .out = out};

    if (!crs_output_new(request->crs, &writer.crs, err)) {
        return false;
    }
    text_out_string(out, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i < request->n_inspections; i++) {
        put_inspection(&writer, request->inspections[i]);
    }
    text_out_string(out, "\n]}\n");
    crs_output_release(writer.crs);
    text_out_release(&writer.value);
    return true;
}

const struct export_target export_geojson = {
    .name = "geojson",
    .description = "GeoJSON, placed observations as points in WGS 84",
    .extensions = ".geojson .json",
    .holds = holds,
    .output_crs = "EPSG:4326",
    .is_placed = true,
    .needs_network = true,
    .mixes_catalogues = true,
    .write = write_geojson,
    .check = geojson_check,
};
