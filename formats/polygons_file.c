/* Polygons with a value each, out of anything that OGR reads, brought into the network's plane. */
#include <math.h>
#include <string.h>

#include "core/base.h"
#include "core/mend.h"
#include "formats/dbf_encoding.h"
#include "formats/network/roles.h"
#include "formats/network/values.h"
#include "formats/network_file.h"
#include "formats/vector_file.h"

enum { ENCODING_SAMPLE = 2000, MIN_RING = 4 };

struct polygon_reader {
    enum polygon_role role;
    enum column_role column_role;
    struct polygons *polygons;
    struct word_decoder decoder;
    bool has_column;
    struct box extent; /* as delivered */
    size_t n_unnamed;
};

static enum column_role column_of(enum polygon_role role) {
    switch (role) {
    case POLYGON_DISTRICT:
        return COLUMN_DISTRICT_NAME;
    case POLYGON_AREA_IMPORTANCE:
        return COLUMN_IMPORTANCE_VALUE;
    case POLYGON_SOIL:
        return COLUMN_SOIL_VALUE;
    case POLYGON_GROUNDWATER:
        return COLUMN_GROUNDWATER_VALUE;
    }
    return COLUMN_DISTRICT_NAME;
}

/* --- geometry --- */

static size_t count_vertices(const struct vector_feature *feature) {
    size_t n = 0;

    for (size_t i = 0; i < feature->n_parts; i++) {
        n += feature->parts[i].n + 1; /* one to close the ring */
    }
    return n;
}

static size_t copy_ring(const struct vector_part *part, struct xy *to) {
    size_t n_broken = 0;

    memcpy(to, part->at, part->n * sizeof *to);
    size_t n = line_clean(to, part->n, &n_broken);
    if (n > 0 && (to[0].x != to[n - 1].x || to[0].y != to[n - 1].y)) {
        to[n++] = to[0];
    }
    return n < MIN_RING ? 0 : n;
}

static bool copy_rings(
    struct polygon_reader *reader, const struct vector_feature *feature, struct polygon *polygon) {
    struct arena *arena = &reader->polygons->arena;
    size_t n_vertices = count_vertices(feature);

    if (n_vertices > UINT32_MAX) {
        return false;
    }
    struct xy *at = ARENA_NEW(arena, struct xy, n_vertices + 1);
    uint32_t *ring_n = ARENA_NEW(arena, uint32_t, feature->n_parts + 1);
    bool *is_outer = ARENA_NEW(arena, bool, feature->n_parts + 1);
    for (size_t i = 0; i < feature->n_parts; i++) {
        size_t n = copy_ring(&feature->parts[i], at + polygon->n);
        if (n == 0) {
            continue;
        }
        ring_n[polygon->n_rings] = (uint32_t)n;
        is_outer[polygon->n_rings++] = feature->parts[i].is_outer;
        polygon->n += (uint32_t)n;
    }
    for (size_t i = 0; i < polygon->n; i++) {
        box_add(&reader->extent, at[i]);
    }
    polygon->at = at;
    polygon->ring_n = ring_n;
    polygon->ring_is_outer = is_outer;
    return polygon->n_rings > 0;
}

/* --- name and value --- */

static struct text text_of(struct polygon_reader *reader, const struct vector_feature *feature) {
    char buffer[32];

    if (!reader->has_column) {
        return (struct text){0};
    }
    struct text raw = vector_value_text(&feature->values[0], buffer);
    struct text text = word_decoder_text(&reader->decoder, &reader->polygons->arena, raw);
    return text.n == 0 ? (struct text){0} : arena_copy(&reader->polygons->arena, text);
}

/* -1 when the text says nothing that the role could be. */
static int value_of(enum polygon_role role, struct text text) {
    switch (role) {
    case POLYGON_DISTRICT:
        return -1;
    case POLYGON_AREA_IMPORTANCE:
        return area_importance_parse(text);
    case POLYGON_SOIL:
        return soil_influence_parse(text);
    case POLYGON_GROUNDWATER:
        return groundwater_parse(text);
    }
    return -1;
}

static void name_polygon(struct polygon_reader *reader, struct polygon *polygon, struct text text,
    struct finding_place place) {
    struct polygons *polygons = reader->polygons;

    polygon->name = text;
    if (reader->role != POLYGON_DISTRICT) {
        int value = value_of(reader->role, text);
        if (value >= 0) {
            polygon->value = value;
        } else {
            findings_add(
                &polygons->findings, FINDING_UNKNOWN_VALUE, place, "'%.*s'", TEXT_ARGS(text));
        }
    } else if (text.n == 0) {
        polygon->name = arena_printf(&polygons->arena, "#%u", place.line);
        findings_add(&polygons->findings, FINDING_ID_MISSING, place, "district '%.*s'",
            TEXT_ARGS(polygon->name));
    }
}

static void visit_polygon(void *context, const struct vector_feature *feature) {
    struct polygon_reader *reader = context;
    struct polygons *polygons = reader->polygons;
    struct finding_place place = {.file = polygons->path, .line = feature->number};
    struct polygon polygon = {.value = NAN, .box = box_empty()};

    if (feature->geometry != VECTOR_POLYGON && feature->n_parts > 0) {
        return;
    }
    if (!copy_rings(reader, feature, &polygon)) {
        findings_add(&polygons->findings, FINDING_GEOMETRY_BROKEN, place, "a polygon without area");
        return;
    }
    name_polygon(reader, &polygon, text_of(reader, feature), place);
    polygons->at =
        array_reserve(polygons->at, &polygons->capacity, polygons->n + 1, sizeof *polygons->at);
    polygons->at[polygons->n++] = polygon;
}

/* --- layers --- */

struct sample {
    struct encoding_evidence evidence;
    size_t n_fields;
};

static void visit_sample(void *context, const struct vector_feature *feature) {
    struct sample *sample = context;

    for (size_t i = 0; i < sample->n_fields; i++) {
        encoding_evidence_add(&sample->evidence, feature->values[i].text);
    }
}

static const char *encoding_of(struct vector_file *file, size_t number,
    const struct network_request *request, struct polygons *polygons) {
    const struct vector_layer *layer = vector_layer(file, number);
    struct sample sample = {
        {.given = request->encoding, .ldid = layer->ldid, .cpg = layer->cpg},
        layer->n_fields
    };
    size_t *all = ARENA_NEW(&polygons->arena, size_t, layer->n_fields + 1);
    struct error ignored = {0};

    if (!layer->is_raw) {
        return "UTF-8";
    }
    for (size_t i = 0; i < layer->n_fields; i++) {
        all[i] = i;
        encoding_evidence_add(&sample.evidence, layer->fields[i].name);
    }
    struct vector_read read = {.layer = number,
        .wanted = all,
        .n_wanted = layer->n_fields,
        .without_geometry = true,
        .limit = ENCODING_SAMPLE,
        .visit = visit_sample,
        .context = &sample};
    vector_read(file, &read, &ignored); /* damage is said when the layer is read in earnest */
    struct encoding_verdict verdict = encoding_decide(&sample.evidence);
    if (verdict.differs) {
        findings_add(&polygons->findings, FINDING_ENCODING_DIFFERS,
            (struct finding_place){.file = polygons->path}, "%s", verdict.text);
    }
    return verdict.encoding;
}

static struct headings headings_of(const struct vector_layer *layer, struct word_decoder *decoder,
    const char *encoding, struct arena *arena) {
    struct text *raw = ARENA_NEW(arena, struct text, layer->n_fields + 1);
    struct text *text = ARENA_NEW(arena, struct text, layer->n_fields + 1);

    for (size_t i = 0; i < layer->n_fields; i++) {
        raw[i] = layer->fields[i].name;
        text[i] = arena_copy(arena, word_decoder_text(decoder, arena, raw[i]));
    }
    return (struct headings){raw, text, layer->n_fields, layer->is_dbf, encoding};
}

/* Districts without a known name column go by the only text that there is. */
static size_t only_text_column(const struct vector_layer *layer) {
    size_t column = NO_COLUMN;

    for (size_t i = 0; i < layer->n_fields; i++) {
        if (layer->fields[i].type == VECTOR_TEXT) {
            if (column != NO_COLUMN) {
                return NO_COLUMN;
            }
            column = i;
        }
    }
    return column;
}

static size_t find_column(const struct polygon_reader *reader, const struct vector_layer *layer,
    const struct headings *headings, struct given_fields *given) {
    struct columns columns = columns_none();

    columns_find(headings, column_role_layers(reader->column_role), given, &columns);
    size_t column = columns.of[reader->column_role];
    if (column == NO_COLUMN && reader->role == POLYGON_DISTRICT) {
        column = only_text_column(layer);
    }
    return column;
}

static bool read_layer(struct polygon_reader *reader, struct vector_file *file, size_t number,
    const struct network_request *request, struct given_fields *given, struct error *err) {
    struct polygons *polygons = reader->polygons;
    const struct vector_layer *layer = vector_layer(file, number);
    const char *encoding = encoding_of(file, number, request, polygons);
    struct error damage = {0};

    if (!word_decoder_open(encoding, &reader->decoder)) {
        return error_set(err, ERROR_USAGE, "no such encoding: '%s'", encoding);
    }
    struct headings headings = headings_of(layer, &reader->decoder, encoding, &polygons->arena);
    size_t column = find_column(reader, layer, &headings, given);
    reader->has_column = column != NO_COLUMN;
    if (!reader->has_column && reader->role != POLYGON_DISTRICT) {
        word_decoder_release(&reader->decoder);
        return error_set(err, ERROR_FORMAT,
            "'%.*s': no column for '%s' (say it with --field %s=NAME). Columns found: %.*s",
            TEXT_ARGS(polygons->path), column_role_name(reader->column_role),
            column_role_name(reader->column_role),
            TEXT_ARGS(headings_list(&headings, &polygons->arena)));
    }
    struct vector_read read = {.layer = number,
        .wanted = &column,
        .n_wanted = reader->has_column ? 1 : 0,
        .visit = visit_polygon,
        .context = reader};
    if (!vector_read(file, &read, &damage)) {
        findings_add(&polygons->findings, FINDING_FILE_DAMAGED,
            (struct finding_place){.file = polygons->path}, "%s", damage.text);
    }
    word_decoder_release(&reader->decoder);
    return true;
}

static bool check_given(
    const struct polygon_reader *reader, const struct given_fields *given, struct error *err) {
    for (size_t i = 0; i < given->n; i++) {
        if (given->at[i].role == reader->column_role && !given->at[i].is_found) {
            return error_set(err, ERROR_USAGE, "--field '%s=%.*s': no such column in '%.*s'",
                column_role_name(given->at[i].role), TEXT_ARGS(given->at[i].column),
                TEXT_ARGS(reader->polygons->path));
        }
    }
    return true;
}

static bool read_polygons(struct polygon_reader *reader, struct vector_file *file,
    const struct network_request *request, const char **crs, struct error *err) {
    struct given_fields given;

    if (!given_fields_parse(request, &reader->polygons->arena, &given, err)) {
        return false;
    }
    for (size_t i = 0; i < vector_n_layers(file) && reader->polygons->n == 0; i++) {
        const struct vector_layer *layer = vector_layer(file, i);
        if (layer->geometry != VECTOR_POLYGON && layer->geometry != VECTOR_MIXED) {
            continue;
        }
        *crs = layer->crs;
        if (!read_layer(reader, file, i, request, &given, err)) {
            return false;
        }
    }
    if (reader->polygons->n == 0) {
        return error_set(
            err, ERROR_FORMAT, "'%.*s': no polygons in it", TEXT_ARGS(reader->polygons->path));
    }
    return check_given(reader, &given, err);
}

/* --- into the plane --- */

static void move_polygon(struct polygons *polygons, size_t number, struct crs_input *input) {
    struct polygon *polygon = &polygons->at[number];
    struct xy *at = (struct xy *)(uintptr_t)polygon->at; /* in our arena */

    if (!crs_input_to_plane(input, at, polygon->n)) {
        findings_add(&polygons->findings, FINDING_GEOMETRY_BROKEN,
            (struct finding_place){.file = polygons->path},
            "polygon '%.*s' cannot be brought into the plane", TEXT_ARGS(polygon->name));
        polygon->n = polygon->n_rings = 0;
        return;
    }
    for (size_t i = 0; i < polygon->n; i++) {
        box_add(&polygon->box, at[i]);
    }
}

static bool move_polygons(
    struct polygon_reader *reader, struct crs *crs, const char *own_crs, struct error *err) {
    struct polygons *polygons = reader->polygons;
    struct crs_request request = {
        .input = own_crs, .extent = reader->extent, .path = polygons->path, .is_from_layer = true};
    struct crs_input *input = NULL;

    if (!crs_input_open(crs, &request, &input, &polygons->findings, err)) {
        return false;
    }
    for (size_t i = 0; i < polygons->n; i++) {
        move_polygon(polygons, i, input);
    }
    crs_input_close(input);
    polygons_index(polygons);
    return true;
}

bool polygons_read(const char *path, enum polygon_role role, const struct network_request *request,
    struct crs *crs, struct polygons *out, struct error *err) {
    struct polygons polygons = {0};
    struct polygon_reader reader = {
        .role = role, .column_role = column_of(role), .polygons = &polygons, .extent = box_empty()};
    struct vector_file *file = NULL;
    const char *own_crs = NULL;

    if (!vector_open(path, &file, err)) {
        return error_wrap(err, "reading polygons");
    }
    polygons.path = arena_copy(&polygons.arena, text_from(path));
    bool is_read = read_polygons(&reader, file, request, &own_crs, err) &&
                   move_polygons(&reader, crs, own_crs, err);
    vector_close(file);
    if (!is_read) {
        polygons_release(&polygons);
        return false;
    }
    *out = polygons;
    return true;
}
