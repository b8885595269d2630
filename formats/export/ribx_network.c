#include "formats/export/ribx_network.h"

#include <math.h>
#include <stdio.h>

#include "core/base.h"
#include "formats/export/materials.h"

void ribx_network_open(const struct export_request *request, struct ribx_network *out) {
    const struct network *network = request->network;

    *out = (struct ribx_network){.request = request};
    if (network == NULL || !text_starts_with(network->crs, TEXT("EPSG:"))) {
        return;
    }
    out->network = network;
    for (size_t i = 0; i < network->n_nodes; i++) {
        index_add(&out->nodes, network->nodes[i].id, (uint32_t)i);
    }
    for (size_t i = 0; i < network->n_segments; i++) {
        index_add(&out->segments, segment_own_id(&network->segments[i]), (uint32_t)i);
    }
    if (!text_equal(network->crs, TEXT("EPSG:28992"))) {
        snprintf(out->srs_name, sizeof out->srs_name, " srsName=\"%.*s\"",
            TEXT_ARGS(text_cut(network->crs, 16)));
    }
}

void ribx_network_release(struct ribx_network *network) {
    index_release(&network->nodes);
    index_release(&network->segments);
}

static double rounded(double value) {
    return nearbyint(value * 1000) / 1000;
}

static const struct node *node_of(const struct ribx_network *network, struct text id) {
    uint32_t at = network->network == NULL ? INDEX_NONE : index_find(&network->nodes, id);

    return at == INDEX_NONE ? NULL : &network->network->nodes[at];
}

struct xy ribx_network_at(const struct ribx_network *network, struct text id, struct xy own) {
    const struct node *node = xy_is_set(own) ? NULL : node_of(network, id);

    return node == NULL ? own : (struct xy){rounded(node->at.x), rounded(node->at.y)};
}

/* --- pipes --- */

static bool is_called(const struct network *network, uint32_t node, struct text id) {
    return node == NO_NODE ? id.n == 0 : text_equal(network->nodes[node].id, id);
}

/* Another pipe may bear the same id: the nodes tell. */
static const struct segment *segment_of(
    const struct ribx_network *network, const struct inspection *inspection) {
    const struct text ends[] = {inspection->start_node, inspection->finish_node};
    uint32_t at = network->network == NULL
                      ? INDEX_NONE
                      : index_find(&network->segments, inspection->segment_ref);

    if (at == INDEX_NONE) {
        return NULL;
    }
    const struct segment *segment = &network->network->segments[at];
    uint32_t from = segment->from_node, to = segment->to_node;
    bool is_straight =
             is_called(network->network, from, ends[0]) && is_called(network->network, to, ends[1]),
         is_turned =
             is_called(network->network, from, ends[1]) && is_called(network->network, to, ends[0]);
    return is_straight || is_turned ? segment : NULL;
}

static void fill_text(struct text *value, struct text from_network) {
    *value = value->n > 0 ? *value : from_network;
}

const struct segment *ribx_network_fill(
    const struct ribx_network *network, struct inspection *inspection) {
    const struct segment *segment = segment_of(network, inspection);
    struct inspection_more *more = inspection->more;

    more->start_at = ribx_network_at(network, inspection->start_node, more->start_at);
    more->finish_at = ribx_network_at(network, inspection->finish_node, more->finish_at);
    if (segment == NULL) {
        return NULL;
    }
    if (isnan(inspection->diameter_mm)) {
        inspection->diameter_mm = segment->diameter_mm;
        inspection->height_mm = segment->height_mm;
    }
    if (isnan(inspection->expected_m)) {
        inspection->expected_m = nearbyint(segment->length_m * 100) / 100;
    }
    fill_text(&more->material, material_of_segment(network->request, segment, MATERIALS_EN));
    fill_text(&more->shape, network_word(network->network, segment->shape));
    fill_text(&more->street, network_word(network->network, segment->street));
    if (segment->system != SYSTEM_UNKNOWN) {
        fill_text(&more->system, text_from(sewer_system_name((enum sewer_system)segment->system)));
    }
    return segment;
}

/* The straight line between the nodes goes without saying. */
static void put_line(
    struct xml_out *xml, const struct ribx_network *network, const struct segment *segment) {
    CLEANUP(text_out_release) struct text_out list = {0};

    if (segment->line.n < 3) {
        return;
    }
    for (size_t i = 0; i < segment->line.n; i++) {
        text_out_string(&list, i > 0 ? " " : "");
        text_out_number(&list, rounded(segment->line.at[i].x));
        text_out_string(&list, " ");
        text_out_number(&list, rounded(segment->line.at[i].y));
    }
    xml_out_open(xml, "AXY", NULL);
    xml_out_open(xml, "gml:LineString", network->srs_name);
    xml_out_text(xml, "gml:posList", (struct text){list.at, list.n});
    xml_out_close(xml);
    xml_out_close(xml);
}

void ribx_network_put_pipe(struct xml_out *xml, const struct ribx_network *network,
    const struct segment *segment, struct text node1) {
    bool is_turned = !is_called(network->network, segment->from_node, node1);
    double from_m = rounded(segment->from_invert_m), to_m = rounded(segment->to_invert_m);

    xml_out_number(xml, "AXG", is_turned ? to_m : from_m);
    xml_out_number(xml, "AXH", is_turned ? from_m : to_m);
    if (segment->year_built > 0) {
        xml_out_count(xml, "ACN", (unsigned)segment->year_built);
    }
    put_line(xml, network, segment);
}

void ribx_network_put_manhole(
    struct xml_out *xml, const struct ribx_network *network, struct text id) {
    const struct node *node = node_of(network, id);

    if (node != NULL) {
        xml_out_text(xml, "CAR", network_word(network->network, node->kind));
        xml_out_number(xml, "CCU", rounded(node->ground_m));
    }
}

/* --- measurements --- */

/* The letters of RIBX 1.3 (facts/robots.md, section 2); NULL for what it has no letter for. */
static const char *letter_of(const struct measurement *measurement) {
    static const struct {
        enum measurement_kind kind;
        enum measurement_unit unit;
        const char *letter;
    } letters[] = {
        {MEASUREMENT_DEVIATION,   MEASURED_IN_MILLIMETRES,                   "A"},
        {MEASUREMENT_LEVEL,       MEASURED_IN_METRES,                        "B"},
        {MEASUREMENT_PRESSURE,    MEASURED_IN_PASCALS,                       "C"},
        {MEASUREMENT_TEMPERATURE, MEASURED_IN_CELSIUS,                       "D"},
        {MEASUREMENT_RADAR,       MEASURED_IN_UNKNOWN,                       "E"},
        {MEASUREMENT_STRENGTH,    MEASURED_IN_NEWTONS_PER_SQUARE_MILLIMETRE, "F"},
        {MEASUREMENT_CAVITY,      MEASURED_IN_UNKNOWN,                       "G"},
        {MEASUREMENT_CORROSION,   MEASURED_IN_MILLIMETRES,                   "H"},
        {MEASUREMENT_DEPOSIT,     MEASURED_IN_MILLIMETRES,                   "I"},
        {MEASUREMENT_SLOPE,       MEASURED_IN_DEGREES,                       "J"},
        {MEASUREMENT_SLOPE,       MEASURED_IN_PERCENT,                       "K"},
    };

    for (size_t i = 0; i < ARRAY_LEN(letters); i++) {
        if (letters[i].kind == (enum measurement_kind)measurement->kind &&
            letters[i].unit == (enum measurement_unit)measurement->unit) {
            return letters[i].letter;
        }
    }
    return NULL;
}

/* They are in the order of their inspections. */
static size_t first_of(const struct survey *survey, uint32_t inspection) {
    size_t from = 0, to = survey->n_measurements;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (survey->measurements[middle].inspection < inspection) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

void ribx_put_measurements(struct xml_out *xml, const struct inspection *inspection) {
    const struct survey *survey = inspection->survey;
    uint32_t number = (uint32_t)(inspection - survey->inspections);

    for (size_t i = first_of(survey, number);
         i < survey->n_measurements && survey->measurements[i].inspection == number; i++) {
        const struct measurement *measurement = &survey->measurements[i];
        const char *letter = letter_of(measurement);
        if (letter == NULL) {
            continue;
        }
        xml_out_open(xml, "ZC", NULL);
        xml_out_text(xml, "A", TEXT("BXA"));
        xml_out_text(xml, "B", text_from(letter));
        xml_out_number(xml, "D", measurement->value);
        xml_out_number(xml, "I", measurement->chainage_m);
        xml_out_close(xml);
    }
}
